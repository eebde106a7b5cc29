"""What is examined, how often and why."""

import datetime as dt
from functools import lru_cache, partial

from medtrud.kernel.dates import add_months, age_on
from medtrud.kernel.decision import Decision
from medtrud.kernel.errors import Refused

from ..types import Facts, Programme
from .center import center_of
from .edition import OLDEST, edition_on
from .reuse import Personal


def programme(facts: Facts, on: dt.date) -> Decision[Programme]:
    """Объём и периодичность осмотра с основаниями.

    Приказ № 29н, Порядок, пп. 12, 31: объём для всех и назначения по каждому фактору объединяются;
    сноска <1> приложения: буквы веществ; п. 7: ранее полученные результаты; п. 18: периодичность,
    следующий осмотр считается от прошлого, у кого его не было – от этого дня;
    п. 40: центр профпатологии; приложение № 2: противопоказания.
    """
    edition = edition_on(on)
    age = age_on(facts.birth_date, on)
    if not 0 <= age <= OLDEST:
        raise Refused(
            f"Дата рождения {facts.birth_date:%d.%m.%Y} не подходит к дате осмотра {on:%d.%m.%Y}: "
            f"получается возраст {age}. Исправьте одну из дат."
        )
    key = (facts.kind, facts.factors, facts.policy, facts.sex, edition.bands[age])
    found = edition.variants.get(key) or edition.variant(key)
    specialists, tests, months, months_reasons, markers, cautions, reasons, checks = found
    if facts.earlier or facts.indications or facts.repeats or facts.flags:
        personal = Personal(edition.tables, facts, on)
        specialists, tests = personal.lines(specialists), personal.lines(tests)
        cautions += tuple(personal.cautions)
    return Decision(
        Programme(
            on,
            facts.kind,
            edition.name,
            age,
            specialists,
            tests,
            months,
            months_reasons,
            _next(facts.last_exam or on, months) if months else None,
            markers,
            cautions,
            partial(center_of, edition.tables, facts, on),
            checks,
        ),
        reasons,
    )


_next = lru_cache(maxsize=4096)(add_months)  # a campaign has few days and fewer periods
