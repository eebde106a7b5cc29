"""Dust of fibrogenic action and the biological factor: приложения № 9 и 10 к методике."""

from dataclasses import replace
from fractions import Fraction

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row

from ..types.sout import ClassedFactor, Level
from .sout_check import norm_of, number_of, of_row, only, unit_of, value_of
from .sout_grade import Graded, answer, grade_fixed, grade_times
from .sout_law import Edition, because, exact, shown

KINDS = ("apfd_high", "apfd_low")
GROUPS = {"1": "I", "2": "II", "3": "III", "4": "IV"}
UNITS = ("мг/м³", "мг/м3")


def dust(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """АПФД: кратность среднесменной концентрации к ПДК или пылевой нагрузки к контрольной.

    П. 32: «ПН = Kсс·N·Q, КПН = ПДКсс·Nгод·Q» при непостоянном контакте; п. 33: при нескольких видах
    пыли класс — по пыли с наименьшей ПДК.
    """
    only(levels, ("dust_ss", "dust_load"), "АПФД")
    graded, extra = [], list[Reason]()
    for level in levels:
        name = level.subject or "Пыль"
        if level.indicator == "dust_load":
            row = _row(edition, level, None)
            graded.append(grade_times(row, value_of(level, name), norm_of(level, name), level, name))
            continue
        unit_of(level, name, UNITS)
        value, norm = value_of(level, name), norm_of(level, name)
        row = _row(edition, level, norm)
        if level.shifts is not None or level.shifts_year is not None:
            value, norm, why = dust_load(edition, level, value, norm)
            extra.append(why)
            level = replace(level, unit="мг")  # noqa: PLW2901 - the load has a unit of its own
        graded.append(grade_times(row, value, norm, level, name))
    return answer(edition, "dust", _decisive(edition, levels, graded, extra), *extra)


def _decisive(
    edition: Edition, levels: tuple[Level, ...], graded: list[Graded], extra: list[Reason]
) -> list[Graded]:
    """Keep the dust of the smallest ПДК; annual loads already are comparisons of their own."""
    norms = [level.norm for level in levels if level.indicator == "dust_ss"]
    if len(norms) < len(levels) or len(set(norms)) == 1:
        return graded
    smallest = min(exact(norm) for norm in norms if norm is not None)
    kept = [each for each, norm in zip(graded, norms, strict=True) if exact(norm or 0) == smallest]
    rule = edition.row("sout_combine", "dust several")
    extra.append(because(rule, f"{rule.values['title']}: ПДК {shown(smallest)} мг/м³"))
    return kept


def dust_load(
    edition: Edition, level: Level, value: Fraction, norm: Fraction
) -> tuple[Fraction, Fraction, Reason]:
    """Return the annual load and its control value."""
    shifts = _shifts(level.shifts, "смен в контакте (shifts)")
    year = _shifts(level.shifts_year, "всего смен в году (shifts_year)")
    if shifts > year:
        raise Refused(f"АПФД: смен в контакте {shifts} больше, чем смен в году {year}. Исправьте число смен.")
    code = of_row(edition, "sout_dust_volume", level.category, "АПФД, категория работ (category)")
    row = edition.row("sout_dust_volume", code)
    volume = exact(row.values["value"])
    load, control = value * shifts * volume, norm * year * volume
    text = (
        f"Пылевая нагрузка за год: {shown(value)} × {shifts} × {shown(volume)} = {shown(load)} мг; "
        f"контрольная: {shown(norm)} × {year} × {shown(volume)} = {shown(control)} мг"
    )
    return load, control, because(row, text)


def _shifts(number: int | None, title: str) -> int:
    found = number_of(number, f"АПФД, {title}", low=1, high=366)
    return int(found)


def _row(edition: Edition, level: Level, norm: Fraction | None) -> Row:
    """Return the row of the dust: named, or by its ПДК; fibres always stand in the first."""
    named = [code for code in level.features if code in KINDS]
    if named:
        return edition.row("sout_ratios", named[0])
    if "fibre" in level.marks:
        return edition.row("sout_ratios", KINDS[0])
    if norm is None:
        raise Refused(f"АПФД: вид пыли не указан. Укажите в поле features одно из: {', '.join(KINDS)}.")
    return edition.row("sout_ratios", KINDS[norm > edition.number("apfd_split")])


def biological(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Биологический фактор (приложение № 9): продуценты — по кратности, патогены — по группе."""
    only(levels, ("bio_producer", "bio_pathogen"), "Биологический фактор")
    graded = []
    for level in levels:
        name = level.subject or "Микроорганизмы"
        if level.indicator == "bio_pathogen":
            code = GROUPS.get(level.code, level.code)
            row = edition.row(
                "sout_pathogens",
                of_row(edition, "sout_pathogens", code, f"{name}, группа патогенности (code)"),
            )
            graded.append(grade_fixed(row, row.values["fixed"], level, name))
        else:
            row = edition.row("sout_ratios", "bio_producer")
            graded.append(grade_times(row, value_of(level, name), norm_of(level, name), level, name))
    return answer(edition, "biological", graded)
