"""What changes if a worker is moved, a level is lowered, protection is worn, another edition holds.

The past is the exposure of hazards, the future is assumed; risks are answers of the models, the programme
that of the rules. Nothing is stored.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from medtrud.domains.hazards.public import (
    exposure_at,
    factors_on,
    levels_on,
)
from medtrud.domains.hazards.types import Exposure, classes
from medtrud.domains.hazards.types.dose import Measure, dose_kind
from medtrud.domains.risk.public import ask, figure, gathered, model_of
from medtrud.domains.risk.types import Result
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import age_on
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment, employments_of, workplaces_of
from medtrud.registries.people.public import Person, name_of
from medtrud.registries.people.types import PersonName

from ..rules import counted_factors, programme
from ..types import Programme
from ..types.what_if import Assumed, Compared, ComparedPart
from .contingent import facts_with_last, last_exams, raw_facts_of

NONE = "—"
NO_EDITION = "редакции на этот день нет"
UNITS = {Measure.NOISE: "дБА", Measure.LOCAL: "м/с²", Measure.DUST: "мг/м³"}
NAMES = {
    Measure.NOISE: "Шум за смену",
    Measure.LOCAL: "Локальная вибрация, A(8)",
    Measure.DUST: "Пыль за смену",
}
NOTHING = {Measure.NOISE: 0.0, Measure.LOCAL: 0.001}  # the least the models take
SEXES = {"male": "M", "female": "F"}


@dataclass(frozen=True)
class Level:
    """A level at a workplace with what the dust load needs besides."""

    value: float
    norm: float | None = None
    air: float | None = None
    shifts: int | None = None


@dataclass(frozen=True)
class Past:
    """What the career has brought: years and mean levels, periods of dust."""

    noise: tuple[float, float] | None = None  # level, years
    local: tuple[float, float] | None = None
    dust: tuple[Mapping[str, Any], ...] = ()
    group: str = "high"


@dataclass(frozen=True)
class Side:
    """One column of the comparison."""

    title: str
    exposure: Exposure
    levels: Mapping[Measure, Level]
    reduction: float
    on: dt.date
    outcome: Programme | None
    refusal: str = ""

    def lacks(self, measure: Measure) -> bool:
        """Tell whether the conditions are known and this factor is not among them."""
        known = self.exposure.factors or self.exposure.sout_class
        return bool(known) and all(
            dose_kind(each.code).measure is not measure for each in self.exposure.factors
        )


@dataclass(frozen=True)
class WhatIf:
    """The comparison as a page shows it."""

    person: PersonName
    now: Side
    then: Side
    parts: tuple[ComparedPart, ...]
    levels: Mapping[Measure, Level]


def what_if(actor: Actor, job: Employment, assumed: Assumed, *, on: dt.date) -> WhatIf:
    """Compare the conditions of today with the assumed ones.

    The employer gets the conditions, the dose of his own workplaces and the examinations; what may come of it
    for the health of the man is not his to see.
    """
    person = name_of(actor, job.person_id)
    last = last_exams([job.person_id]).get(job.person_id)
    past = _past(actor, job, on)
    exposure = factors_on(actor, [job.pk], on=on).get(job.pk, Exposure())
    levels = _levels(actor, job.workplace_id, on)
    now = _side("Сейчас", person, last, exposure, levels, 0.0, on)
    then = _assumed(actor, person, last, now, assumed, past.group)
    horizon = [
        ComparedPart("Условия", tuple(_conditions(now, then))),
        ComparedPart(f"Доза через {assumed.years:g} лет", tuple(_doses(past, now, then, assumed.years))),
        ComparedPart("Осмотры", tuple(_programmes(now, then))),
    ]
    if actor.role is not Role.EMPLOYER:
        risks = tuple(_risks(person, past, now, then, assumed.years, on))
        horizon.insert(2, ComparedPart(f"Риск через {assumed.years:g} лет", risks))
    return WhatIf(person, now, then, tuple(part for part in horizon if part.rows), levels)


def _past(actor: Actor, job: Employment, on: dt.date) -> Past:
    known = gathered(actor, [job.person_id], on=on).get(job.person_id, {})

    def pair(level: str, years: str) -> tuple[float, float] | None:
        return (known[level].value, known[years].value) if level in known and years in known else None

    dust = known["dust_periods"].value if "dust_periods" in known else ()
    group = known["dust_group"].value if "dust_group" in known else "high"
    return Past(pair("lex8h", "noise_years"), pair("hav_a8", "hav_years"), tuple(dust), group)


def _levels(actor: Actor, workplace: int | None, on: dt.date) -> dict[Measure, Level]:
    """Return the level in force of each measured factor of a workplace."""
    if workplace is None:
        return {}
    found: dict[Measure, Level] = {}
    rows = levels_on(actor, workplace=workplace).filter(since__lte=on, withdrawn_at__isnull=True)
    for row in rows.reverse():
        found[dose_kind(row.code).measure] = Level(row.value, row.norm_max, None, row.shifts)
    return found


def _assumed(
    actor: Actor, person: PersonName, last: dt.date | None, now: Side, assumed: Assumed, group: str
) -> Side:
    title, exposure, levels = "Если изменить", now.exposure, dict(now.levels)
    if assumed.workplace is not None:
        place = workplaces_of(actor, [assumed.workplace]).first()
        title = str(place) if place else title
        found = exposure_at(actor, [assumed.workplace], on=now.on).get(assumed.workplace, Exposure())
        exposure = replace(found, harmful_since=now.exposure.harmful_since)
        levels = _levels(actor, assumed.workplace, now.on)
    for measure, value in assumed.levels.items():
        levels[measure] = replace(levels.get(measure, Level(value)), value=value)
    for measure in assumed.levels:
        if found_class := _class_of(measure, levels[measure], group):
            exposure = _with_class(exposure, measure, found_class)
    return _side(title, person, last, exposure, levels, assumed.reduction, assumed.on)


def _class_of(measure: Measure, level: Level, group: str) -> str:
    """Return the class by a level; "" where the level alone does not tell it."""
    if measure is Measure.NOISE:
        return str(ask(model_of("sout_noise_class"), {"laeq": level.value}).value or "")
    if measure is Measure.LOCAL:
        asked = {"kind": "local", "level_db": ask(model_of("vib_level_db"), {"a": level.value}).value}
        return str(ask(model_of("sout_vibration_class"), asked).value or "")
    if level.norm is None:
        return ""
    one = {"k": level.value, "n": 1, "t": 1, "q": 1}  # of one shift: the ratio of the level to its norm
    made = ask(model_of("dust_load"), {"pdk": level.norm, "aerosol": group, "periods": [one]})
    return str(made.value["cls"]) if made.computed else ""


def _with_class(exposure: Exposure, measure: Measure, found: str) -> Exposure:
    """Put the class of one factor in; the total is the worst of all, combinations are not counted.

    Where the class of another factor was not recorded, the total is not taken to be milder than it was.
    """
    factors = tuple(
        replace(factor, sout_class=found) if dose_kind(factor.code).measure is measure else factor
        for factor in exposure.factors
    )
    order = list(classes())
    known = [factor.sout_class for factor in factors if factor.sout_class]
    if any(not factor.sout_class for factor in factors) and exposure.sout_class:
        known.append(exposure.sout_class)
    total = max(known, key=order.index) if known else exposure.sout_class
    return replace(exposure, factors=factors, sout_class=total)


def _side(
    title: str,
    person: PersonName,
    last: dt.date | None,
    exposure: Exposure,
    levels: Mapping[Measure, Level],
    reduction: float,
    on: dt.date,
) -> Side:
    facts = raw_facts_of(exposure, sex=person.sex, born=person.birth_date, kind="periodic")
    try:
        counted = counted_factors(facts, on).outcome
        made = facts_with_last(replace(facts, factors=counted), last)
        outcome = programme(made, on).outcome if counted else None
    except Refused as refusal:  # a day on which no act is in force
        return Side(title, exposure, levels, reduction, on, None, str(refusal))
    return Side(title, exposure, levels, reduction, on, outcome)


def _conditions(now: Side, then: Side) -> Iterator[Compared]:
    yield Compared("День и редакция правил", _edition(now), _edition(then))
    yield Compared("Факторы и работы", _codes(now), _codes(then))
    yield Compared(
        "Класс условий", now.exposure.sout_class or NONE, then.exposure.sout_class or NONE,
        "при другом уровне – худший из классов факторов; без класса у фактора – не мягче нынешнего",
    )  # fmt: skip
    for measure, name in NAMES.items():
        if measure in now.levels or measure in then.levels:
            yield Compared(name, _level(now, measure), _level(then, measure))
    if then.reduction:
        yield Compared("СИЗ органа слуха", "не учтены", f"−{_ru(then.reduction)} дБ")


def _edition(side: Side) -> str:
    missing = NO_EDITION if side.refusal else "осмотр не обязателен"
    said = side.outcome.edition if side.outcome else missing
    return f"{side.on:%d.%m.%Y}: {said}"


def _codes(side: Side) -> str:
    return ", ".join(factor.code for factor in side.exposure.factors) or NONE


def _level(side: Side, measure: Measure) -> str:
    level = side.levels.get(measure)
    if level:
        return f"{_ru(level.value)} {UNITS[measure]}"
    return "фактора нет" if side.lacks(measure) else "не измерено"


def _doses(past: Past, now: Side, then: Side, years: float) -> Iterator[Compared]:
    pairs = [_periods(past, side, years) for side in (now, then)]
    if any(each["noise"] for each in pairs):
        yield _compared("Шум: средний уровень за стаж", "noise_career", pairs, "noise")
    if any(each["local"] for each in pairs):
        yield _compared("Вибрация: лет до белых пальцев у 10\u00a0%", "hav_career", pairs, "local")
    if any(each["dust"] for each in pairs):
        yield _dust(pairs, past.group)


def _periods(past: Past, side: Side, years: float) -> dict[str, list[Any]]:
    """Return the periods of each measure: the past, then the assumed years at the level of the side."""
    found: dict[str, list[Any]] = {"noise": [], "local": [], "dust": list(past.dust), "pdk": []}
    for key, measure, before in (("noise", Measure.NOISE, past.noise), ("local", Measure.LOCAL, past.local)):
        found[key] = (
            [list(before), *_coming(side, measure, years)] if before else _measured(side, measure, years)
        )
    level = side.levels.get(Measure.DUST)
    if level and past.dust:
        found["dust"].append({**past.dust[-1], "k": level.value, "t": years})
        found["pdk"] = [level.norm]
    return found


def _coming(side: Side, measure: Measure, years: float) -> list[list[float]]:
    """Return the assumed years at their level; without the factor they are years with next to nothing."""
    quiet = [[NOTHING[measure], years]] if side.lacks(measure) else []
    return _measured(side, measure, years) or quiet


def _measured(side: Side, measure: Measure, years: float) -> list[list[float]]:
    level = side.levels.get(measure)
    taken = side.reduction if measure is Measure.NOISE else 0.0
    return [[level.value - taken, years]] if level else []


def _compared(title: str, code: str, pairs: list[dict[str, list[Any]]], key: str) -> Compared:
    made = [ask(model_of(code), {"periods": each[key]}) for each in pairs]
    said = [figure(model_of(code).declared, each.value) if each.computed else NONE for each in made]
    return Compared(title, said[0], said[1], model_of(code).declared.title)


def _dust(pairs: list[dict[str, list[Any]]], group: str) -> Compared:
    said = []
    limits = [norm for each in pairs for norm in each["pdk"] if norm]
    for each in pairs:
        limit = next((norm for norm in (*each["pdk"], *limits) if norm), None)
        result = ask(model_of("dust_load"), {"pdk": limit, "aerosol": group, "periods": each["dust"]})
        said.append(f"{100 * result.value['share']:.0f}\u00a0% за 25 лет" if result.computed else NONE)
    return Compared("Пыль: доля контрольной нагрузки", said[0], said[1], "Пылевая нагрузка")


def _risks(
    person: PersonName, past: Past, now: Side, then: Side, years: float, on: dt.date
) -> Iterator[Compared]:
    base = {"sex": SEXES[person.sex], "age": int(age_on(person.birth_date, on) + years)}
    noise = [_career(_periods(past, side, years)["noise"]) for side in (now, then)]
    if any(noise):
        for title, share in (("Слух, середина людей", 0.5), ("Слух, худшие 10 из 100", 0.9)):
            yield _hearing(title, "htlan_mean_ru", [base | each | {"fractile": share} for each in noise])
        fence = model_of("hearing_degree_ru").tables["degree"]["upper"][0][0]
        asked = [base | each | {"fence": fence} for each in noise]
        yield _hearing(f"Слух хуже {fence} дБ", "hearing_loss_share", asked)


def _career(periods: list[Any]) -> dict[str, float]:
    if not periods:
        return {}
    mean = ask(model_of("noise_career"), {"periods": periods}).value
    return {"lex8h": round(mean, 2), "years": round(sum(each[1] for each in periods), 1)} if mean else {}


def _hearing(title: str, code: str, asked: list[dict[str, Any]]) -> Compared:
    model = model_of(code)
    said = []
    for each in asked:
        made = ask(model, each)
        known = "lex8h" in each
        said.append(_said(code, made) if made.computed else made.error if known else "шум не измерен")
    return Compared(title, said[0], said[1], f"{model.declared.title}; прогноз для группы людей")


def _said(code: str, result: Result) -> str:
    if code == "hearing_loss_share":
        return _shares(result.value)
    return figure(model_of(code).declared, result.value)


def _shares(value: Mapping[str, Any]) -> str:
    return f"у {value['share_text']} людей, без шума у {value['share_age_text']}".replace(" %", "\u00a0%")


def _programmes(now: Side, then: Side) -> Iterator[Compared]:
    yield Compared("Периодичность", _months(now), _months(then))
    if now.refusal or then.refusal:  # what nobody can know is not said to be needless
        return
    before, after = _lines(now), _lines(then)
    yield Compared("Врачей и исследований", str(len(before)), str(len(after)))
    if added := [title for title in after if title not in before]:
        yield Compared("Добавятся", NONE, "; ".join(added))
    if after and (gone := [title for title in before if title not in after]):
        yield Compared("Не понадобятся", NONE, "; ".join(gone))
    yield Compared("Следующий осмотр не позднее", _due(now), _due(then))


def _months(side: Side) -> str:
    if side.outcome is None:
        return "осмотр не обязателен" if not side.refusal else NO_EDITION
    return f"раз в {side.outcome.months} мес." if side.outcome.months else "не задана"


def _lines(side: Side) -> list[str]:
    if side.outcome is None:
        return []
    return [line.title for line in (*side.outcome.specialists, *side.outcome.tests) if line.open]


def _due(side: Side) -> str:
    due = side.outcome.next_due if side.outcome else None
    return f"{due:%d.%m.%Y}" if due else NONE


def _ru(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def what_if_links(actor: Actor, card: Person) -> list[tuple[str, str]]:
    """Return the way from the forecasts of a person to what-if, for each job he has."""
    if not actor.may("exams.what_if"):
        return []
    jobs = [job for job in employments_of(actor, person=card.pk) if job.until is None]
    return [("Что, если", reverse("exams:what_if", args=[job.uid])) for job in jobs[:1]]
