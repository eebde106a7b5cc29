"""Heaviness and tension of work: приложения № 20 и 21 к методике."""

from dataclasses import replace
from fractions import Fraction

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row

from ..types.sout import ClassedFactor, Level
from .sout_check import clean_unit, of_row, only, value_of
from .sout_grade import Graded, answer, answer_as, combined, grade, grade_fixed, lined
from .sout_law import Edition, because, exact, named, shown, worst

FOUR = ("1", "2", "3.1", "3.2")  # the columns of both tables
POSE, SHARES = "pose", "pose_"
SEXES = {"male": ("men", "мужчины"), "female": ("women", "женщины")}


def heaviness(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Тяжесть трудового процесса, приложение № 20.

    П. 82: по наиболее высокому показателю; п. 83: «два и более показателя с подклассом 3.1 или 3.2 —
    на одну степень выше»; пп. 74, 75, 78, 81: складываемые нагрузки; п. 79: доля позы — от восьми часов.
    """
    items, poses = edition.rows("sout_heaviness"), edition.rows("sout_pose_shares")
    only(levels, (*items, POSE, *(SHARES + code for code in poses)), "Тяжесть")
    extra: list[Reason] = []
    held = [_pose(edition, level) for level in levels if level.indicator.startswith(POSE)]
    added = _added(edition, [level for level in levels if level.indicator in items], extra)
    graded = [heavy_item(edition, level) for level in added]
    counted = [each.sout_class for each in graded] + ([worst([p.sout_class for p in held])] if held else [])
    joined = heavy_joined(edition, counted)
    return answer_as(edition, "heaviness", [*graded, *held], joined.outcome, *extra, *joined.reasons)


def heavy_joined(edition: Edition, classes: list[str]) -> Decision[str]:
    """Класс тяжести по классам показателей (п. 82, 83)."""
    if not classes:
        raise Refused("Тяжесть: нет ни одного показателя. Укажите их классы.")
    return combined(edition, "heaviness", classes)


def _added(edition: Edition, levels: list[Level], extra: list[Reason]) -> list[Level]:
    """Add up the loads the act adds up; each sex and place is counted apart."""
    for rule in edition.rows("sout_load_sums").values():
        for key in dict.fromkeys((level.sex, level.place) for level in levels):
            parts = [
                level
                for level in levels
                if level.indicator in rule.values["items"] and (level.sex, level.place) == key
            ]
            if len({level.indicator for level in parts}) > 1:
                levels = [level for level in levels if level not in parts]
                levels.append(_sum(edition, rule, parts, extra))
    return levels


def _sum(edition: Edition, rule: Row, parts: list[Level], extra: list[Reason]) -> Level:
    items = edition.rows("sout_heaviness")
    values = [value_of(level, items[level.indicator].values["title"]) for level in parts]
    amount, top = sum(values, Fraction(0)), max(values)
    largest = [level for level, value in zip(parts, values, strict=True) if value == top]
    by = next((level for level in largest if level.indicator == rule.values["tie"]), largest[0])
    terms = " + ".join(map(shown, values))
    text = f"{rule.values['title'].capitalize()}: {terms} = {shown(amount)}, сравнивается со строкой "
    note = f"; {rule.values['note']}" if rule.values["note"] else ""
    extra.append(because(rule, f"{text}«{items[by.indicator].values['title']}»{note}"))
    return replace(by, value=float(amount))


def heavy_item(edition: Edition, level: Level) -> Graded:
    """Класс по одному показателю тяжести: три верхние границы, выше третьей — 3.2."""
    row = edition.row(
        "sout_heaviness",
        of_row(edition, "sout_heaviness", level.indicator, "Тяжесть, показатель (indicator)"),
    )
    title, unit = row.values["title"], row.values["unit"]
    _same_unit(level, title, unit)
    value = value_of(level, title)
    bounds, who = row.values["men"], ""
    if row.values["men"] != row.values["women"]:
        if level.sex not in SEXES:
            raise Refused(f"{title}: нормы для мужчин и женщин разные. Укажите sex: male или female.")
        column, who = SEXES[level.sex]
        bounds, who = row.values[column], f", {who}"
    return _by_bounds(row, level, value, [exact(bound) for bound in bounds], f"{title}{who}", unit)


def _by_bounds(
    row: Row,
    level: Level,
    value: Fraction,
    bounds: list[Fraction],
    title: str,
    unit: str,
    *,
    falling: bool = False,
) -> Graded:
    """Compare with three bounds; a falling scale is worse below."""
    over = [bound for bound in bounds if (value < bound if falling else value > bound)]
    if falling and value == bounds[0]:
        over = bounds[:1]  # "more than ten" is class 1, ten itself is not
    found, number = FOUR[len(over)], len(over)
    parts = [f"{'не больше' if number == 1 else 'меньше'} {shown(bounds[number - 1])}"] if number else []
    parts += (
        [f"{'не меньше' if number else 'больше'} {shown(bounds[number])}"] if number < len(bounds) else []
    )
    if not falling:
        parts = [f"больше {shown(bounds[number - 1])}"] if number else []
        parts += [f"не больше {shown(bounds[number])}"] if number < len(bounds) else []
    text = f"{title}: {shown(value)} {unit} — {', но '.join(parts)}: {named(found)}"
    bound = float(bounds[min(number, len(bounds) - 1)])
    return Graded(lined(level, found, title, value, unit, bound), because(row, text))


def _pose(edition: Edition, level: Level) -> Graded:
    if level.indicator == POSE:
        code = of_row(edition, "sout_poses", level.code, "Рабочая поза, код (code)")
        row = edition.row("sout_poses", code)
        return grade_fixed(row, row.values["fixed"], level, "Рабочая поза")
    row = edition.row("sout_pose_shares", level.indicator.removeprefix(SHARES))
    title = f"Рабочая поза, {row.values['title']}"
    _same_unit(level, title, "%")
    value = value_of(level, title, high=100)
    if value < exact(row.values["above"]) or not value:
        raise Refused(
            f"{title}: {shown(value)} % таблица не называет. Уберите показатель или укажите код рабочей позы."
        )
    return grade(row, value, "%", level, title)


def tension(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Напряжённость трудового процесса, приложение № 21; п. 91: по наиболее высокому показателю."""
    only(levels, edition.rows("sout_tension"), "Напряжённость")
    return answer(edition, "tension", [tension_item(edition, level) for level in levels])


def tension_item(edition: Edition, level: Level) -> Graded:
    """Класс по одному показателю напряжённости."""
    row = edition.row(
        "sout_tension",
        of_row(edition, "sout_tension", level.indicator, "Напряжённость, показатель (indicator)"),
    )
    cells = row.values
    _same_unit(level, cells["title"], cells["unit"])
    value = value_of(level, cells["title"], high=100 if cells["unit"] == "%" else None)
    bounds = [exact(bound) for bound in cells["bounds"]]
    return _by_bounds(row, level, value, bounds, cells["title"], cells["unit"], falling=cells["falling"])


def _same_unit(level: Level, title: str, unit: str) -> None:
    if level.unit and clean_unit(level.unit) != unit:
        raise Refused(f"{title}: единица «{level.unit}», нужна {unit}. Пересчитайте значение.")
