"""Non-ionising and ionising radiation: приложения № 17–19 к методике."""

from fractions import Fraction

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row

from ..types.sout import ClassedFactor, Level
from .sout_check import norm_of, number_of, only, unit_of, value_of
from .sout_grade import Graded, answer, answer_as, combined, grade, grade_times
from .sout_law import Edition, because, exact, shown, worst

OPTICAL = "sout_optical"
DOSES = {
    "dose_effective": ("dose_rate", "dose_inhaled"),
    "dose_lens": ("dose_rate_lens",),
    "dose_skin": ("dose_rate_skin",),
}
RATES = {rate: dose for dose, rates in DOSES.items() for rate in rates}
WHOLE = Fraction(1)


def nonionizing(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Неионизирующие излучения: кратность к ПДУ по каждому показателю.

    П. 62: класс по наихудшему показателю; два и более показателя одной и той же вредной степени —
    на одну степень выше. Лазер выше ПДУ2: таблица противоречит себе, класс ставит эксперт.
    """
    fields = [
        code for code, row in edition.rows("sout_ratios").items() if row.values["factor"] == "nonionizing"
    ]
    only(levels, (*fields, *edition.rows(OPTICAL)), "Неионизирующие излучения")
    graded: list[Graded] = []
    expert: list[tuple[Row, str]] = []
    for level in levels:
        row = edition.rows("sout_ratios").get(level.indicator) or edition.row(OPTICAL, level.indicator)
        name = ", ".join(filter(None, (level.subject or row.values["title"], level.place)))
        value, norm = value_of(level, name), norm_of(level, name)
        if row.values.get("expert") and value / norm > exact(row.values["steps"][-1]["upto"]):
            text = f"{name}: кратность {shown(value / norm)}, {row.values['note']}"
            expert.append((row, f"{text}; класс не вычисляется, его ставит эксперт"))
        else:
            graded.append(grade_times(row, value, norm, level, name))
    return _rays(edition, graded, expert)


def _rays(edition: Edition, graded: list[Graded], expert: list[tuple[Row, str]]) -> Decision[ClassedFactor]:
    shown_worst: dict[tuple[str, str], str] = {}  # places of one indicator are one indicator
    for each in graded:
        key = (each.line.indicator, each.line.subject)
        shown_worst[key] = worst([each.sout_class, shown_worst.get(key, each.sout_class)])
    joined = combined(edition, "nonionizing", list(shown_worst.values())) if graded else Decision("", ())
    if not expert:
        return answer_as(edition, "nonionizing", graded, joined.outcome, *joined.reasons)
    more = (*joined.reasons, *(because(row, text) for row, text in expert))
    plain = answer_as(edition, "nonionizing", graded, "", *more)
    told = plain.outcome
    flags = tuple(text for _, text in expert)
    over = worst([row.values["over"] for row, _ in expert])
    open_class = ClassedFactor(
        told.factor,
        told.title,
        "",
        plain.reasons,
        told.lines,
        flags,
        at_least=worst([joined.outcome or over, over]),
    )
    return Decision(open_class, plain.reasons)


def nonionizing_joined(edition: Edition, classes: list[str]) -> Decision[str]:
    """Класс по готовым классам показателей (п. 62)."""
    if not classes:
        raise Refused("Неионизирующие излучения: нет ни одного показателя. Укажите их классы.")
    return combined(edition, "nonionizing", classes)


def ionizing(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Ионизирующие излучения: мощность потенциальной дозы за год, приложение № 19.

    П. 66–68: «МПД = 1,7·H + 2,4·10⁶·Σ(C·ε)» для персонала группы А, 2,0·H для остальных; несколько
    мест — средневзвешенное по времени.
    """
    only(levels, (*DOSES, *RATES), "Ионизирующие излучения")
    graded, extra = [], list[Reason]()
    for level in levels:
        if level.indicator in DOSES:
            title = edition.row("sout_doses", level.indicator).values["title"]
            unit_of(level, title, ("мЗв/год",))
            graded.append(_dose(edition, level.indicator, value_of(level, title), level))
    for dose, rates in DOSES.items():
        own = [level for level in levels if level.indicator in rates]
        if own:
            amount, why = _year_dose(edition, dose, own)
            extra.append(why)
            graded.append(_dose(edition, dose, amount, own[0]))
    return answer(edition, "ionizing", graded, *extra)


def _dose(edition: Edition, dose: str, amount: Fraction, level: Level) -> Graded:
    return grade(edition.row("sout_doses", dose), amount, "мЗв/год", level)


def _year_dose(edition: Edition, dose: str, levels: list[Level]) -> tuple[Fraction, Reason]:
    """Return the dose of a year from the powers measured at the places of work."""
    marks = {mark for level in levels for mark in level.marks} & {"group_a", "others"}
    if len(marks) != 1:
        raise Refused(
            "Ионизирующие излучения: не указано, кто облучается. Поставьте в marks «group_a» (персонал "
            "группы А, 1700 ч в год) или «others» (остальные, 2000 ч)."
        )
    row = edition.row("sout_numbers", "dose_group_a" if marks == {"group_a"} else "dose_others")
    outside = [level for level in levels if level.indicator != "dose_inhaled"]
    inside = [level for level in levels if level.indicator == "dose_inhaled"]
    power = sum((_power(level) * share for level, share in shares(outside, "Мощность дозы")), Fraction(0))
    inhaled = sum(
        (_inhaled(level) * share for level, share in shares(inside, "Объёмная активность", summed=True)),
        Fraction(0),
    )
    amount = exact(row.values["value"]) * power + edition.number("dose_inhaled") * inhaled
    text = f"Доза за год: {shown(row.values['value'])} × {shown(power)} мкЗв/ч"
    if inside:
        text += f" + {shown(edition.number('dose_inhaled'))} × {shown(inhaled)}"
    return amount, because(row, f"{text} = {shown(amount)} мЗв/год")


def _power(level: Level) -> Fraction:
    unit_of(level, "Мощность дозы", ("мкЗв/ч",))
    return value_of(level, "Мощность дозы")


def _inhaled(level: Level) -> Fraction:
    unit_of(level, "Объёмная активность", ("Бк/м³", "Бк/м3"))
    if level.norm is None:
        raise Refused("Объёмная активность: не указан дозовый коэффициент ε, Зв/Бк. Укажите его в поле norm.")
    return value_of(level, "Объёмная активность") * number_of(level.norm, "Дозовый коэффициент", "Зв/Бк")


def shares(levels: list[Level], title: str, *, summed: bool = False) -> list[tuple[Level, Fraction]]:
    """Return each level with its share of the shift; without shares one place is the whole shift."""
    if len(levels) == 1 and levels[0].share is None:
        return [(levels[0], WHOLE)]
    found = [(level, number_of(level.share, f"{title}, доля смены (share)", high=1)) for level in levels]
    whole = sum((share for _, share in found), Fraction(0))
    if found and not summed and abs(whole - 1) > exact(0.001):
        raise Refused(f"{title}: доли смены в сумме дают {shown(whole)}, нужно 1. Исправьте доли.")
    return found
