"""A card by hand or from another system: a new one, or a new version of a known one."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import workplace_of

from ..models import SoutAcquaintance, SoutCard, SoutReport
from ..queries.sout_readers import unread
from ..rules.sout_check import clean_unit
from ..rules.sout_derive import act_of
from ..rules.sout_indicators import INDICATORS, indicator_title, unit_of_indicator
from ..types import class_parse
from ..types.sout_card import CardIn, LineIn, ReportIn, SoutOutcome
from ..types.sout_file import ERROR
from .sout_write import NUMBERS, Writing, portion_write, report_save


@action
def sout_card_set(
    actor: Actor,
    *,
    card: CardIn,
    approved_on: dt.date,
    number: str = "",
    assessor: str = "",
    workplace: UUID | None = None,
) -> SoutCard:
    """Record a card; the former one of the workplace ends on the day of approval."""
    report = ReportIn(
        approved_on, act_of(approved_on), number=number.strip(), assessor=" ".join(assessor.split())
    )
    writing = writing_of(actor, report)
    if workplace is not None:
        place = workplace_of(actor, workplace)
        writing.places[card.number] = place.pk
    found = list(portion_write(writing, [checked(card)]))
    if writing.problems and writing.problems[0].level == ERROR:
        raise Refused(writing.problems[0].text)
    if not found or found[0].change == "unchanged":
        raise Refused("Эта карта уже записана именно так. Измените сведения или дату утверждения.")
    rows = SoutCard.objects.visible_to(actor).filter(report=writing.saved, number=card.number)
    row: SoutCard = rows.order_by("-pk")[0]
    record(actor, "hazards.sout_card_set", row, approved_on=approved_on, stated=row.stated)
    return row


@action
def sout_cards_set(
    actor: Actor, *, cards: Sequence[CardIn], report: ReportIn, source: UUID, sheet: str = ""
) -> SoutOutcome:
    """Record a list of cards of one report, as a spreadsheet brings them."""
    report.act = report.act or act_of(report.approved_on)
    writing = writing_of(actor, report, source=source, sheet=sheet)
    outcome = SoutOutcome(report, source)
    for found in portion_write(writing, [checked(card) for card in cards]):
        outcome.add(found)
    outcome.say(writing.problems)
    outcome.saved = writing.saved
    record(actor, "hazards.sout_cards_set", source, count=len(cards), **outcome.counts)
    return outcome


def writing_of(actor: Actor, report: ReportIn, *, source: UUID | None = None, sheet: str = "") -> Writing:
    """Begin to write cards that no file brings."""
    if actor.organization is None:
        raise Refused("Карты СОУТ ведёт работодатель. Выберите его рабочее место и повторите.")
    writing = Writing(actor, actor.organization, report, source or uuid4(), today(), sheet=sheet)
    writing.make = lambda: _report(actor, writing)
    return writing


def _report(actor: Actor, writing: Writing) -> SoutReport:
    """Take the report of this day, number and assessor if it is known, or keep a new one."""
    known = SoutReport.objects.visible_to(actor).filter(
        employer=writing.employer, approved_on=writing.report.approved_on, number=writing.report.number,
        assessor=writing.report.assessor,
    )  # fmt: skip
    return known.order_by("-pk").first() or report_save(writing)


def checked(card: CardIn) -> CardIn:
    """Refuse what no card may hold: an empty number, an unknown factor or class."""
    card.number, card.position = card.number.strip(), " ".join(card.position.split())
    if not card.number:
        raise Refused("Не указан номер рабочего места. Возьмите его из карты СОУТ.")
    if not card.position:
        raise Refused(f"У рабочего места № {card.number} не указана должность.")
    card.stated, card.stated_ppe = class_parse(card.stated), class_parse(card.stated_ppe)
    for line in card.lines:
        _checked_line(card, line)
    return card


def _checked_line(card: CardIn, line: LineIn) -> None:
    if line.factor not in NUMBERS:
        raise Refused(
            f"Карта № {card.number}: фактора «{line.factor}» нет. Укажите один из: {', '.join(NUMBERS)}."
        )
    line.stated, line.stated_ppe = class_parse(line.stated), class_parse(line.stated_ppe)
    for level in line.levels:
        _checked_level(card, level)
        _checked_unit(card, level)


def _checked_level(card: CardIn, level: Any) -> None:
    value = level.get("value")
    cold = level.get("indicator") in ("air_temperature", "tns", "AirTemperature", "ThermalLoadIndex")
    try:
        number = float(str(value).replace(",", ".")) if value not in (None, "") else 0.0
    except ValueError:
        raise Refused(f"Карта № {card.number}: «{value}» — не число. Укажите измеренное значение.") from None
    if number < 0 and not cold:
        raise Refused(f"Карта № {card.number}: значение {value} меньше нуля, так не бывает. Проверьте знак.")


def _checked_unit(card: CardIn, level: Any) -> None:
    """Refuse another unit than the methodology compares in; fields have several, their ratio counts."""
    unit, code = str(level.get("unit") or ""), str(level.get("indicator", ""))
    expected = unit_of_indicator(code)
    if not unit or not expected or INDICATORS[code][0] == "nonionizing":
        return
    if clean_unit(unit).replace("м3", "м³") != expected:
        raise Refused(
            f"Карта № {card.number}: {indicator_title(code)} — единица «{unit}», а сравнивают в «{expected}»."
            " Пересчитайте значение в эту единицу."
        )


@action
def sout_acquaint_many(actor: Actor, *, employments: Sequence[UUID], on: dt.date) -> int:
    """Record that the holders of these jobs have read the cards of their workplaces; return how many."""
    if actor.organization is None:
        raise Refused("Ознакомление записывает работодатель. Выберите его рабочее место.")
    rows = list(unread(actor, employer=actor.organization, on=on).filter(uid__in=list(employments)))
    if not rows:
        raise Refused("Отмеченные работники уже ознакомлены или здесь не работают. Обновите страницу.")
    if early := [row for row in rows if on < row.card_since]:
        day = early[0].card_since
        raise Refused(f"Карта утверждена {day:%d.%m.%Y}, ознакомить с ней раньше нельзя. Исправьте дату.")
    SoutAcquaintance.objects.visible_to(actor).bulk_create(
        SoutAcquaintance(
            employer_id=actor.organization,
            card_id=row.card,
            person_id=row.person_id,
            on=on,
            recorded_at=now(),
        )
        for row in {(row.card, row.person_id): row for row in rows}.values()
    )
    record(actor, "hazards.sout_acquaint_many", employer=actor.organization, on=on, count=len(rows))
    return len(rows)


@action
def sout_acquaint(actor: Actor, *, card: UUID, persons: Sequence[int], on: dt.date) -> int:
    """Record that workers have read the card; who already has is left as he is."""
    row = find(SoutCard, actor, card)
    if actor.organization != row.employer_id:
        raise Refused("Ознакомление записывает работодатель.")
    if on < row.since:
        raise Refused(
            f"Карта утверждена {row.since:%d.%m.%Y}, ознакомить с ней раньше нельзя. Исправьте дату."
        )
    known = set(SoutAcquaintance.objects.visible_to(actor).filter(card=row).values_list("person", flat=True))
    new = [person for person in dict.fromkeys(persons) if person not in known]
    SoutAcquaintance.objects.visible_to(actor).bulk_create(
        SoutAcquaintance(employer_id=row.employer_id, card=row, person_id=person, on=on, recorded_at=now())
        for person in new
    )
    record(actor, "hazards.sout_acquaint", row, on=on, count=len(new))
    return len(new)
