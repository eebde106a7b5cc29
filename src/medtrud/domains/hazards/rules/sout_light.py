"""Light: приложение № 16 к методике."""

from fractions import Fraction

from medtrud.kernel.decision import Decision
from medtrud.kernel.errors import Refused

from ..types.sout import ClassedFactor, Level
from .sout_check import norm_of, only, told, unit_of, value_of
from .sout_grade import Graded, answer, answer_as, lined
from .sout_law import Edition, because, exact, least, named, shown, worst
from .sout_rays import shares

INDICATORS = ("illuminance", "outdoor")


def light(edition: Edition, levels: tuple[Level, ...]) -> Decision[ClassedFactor]:
    """Световая среда: освещённость против нормы Ен; несколько зон — по баллам и долям времени.

    П. 57: работа только на открытой территории днём — класс 2; п. 58: «УТ = Σ УТi·ti».
    """
    only(levels, INDICATORS, "Световая среда")
    if any(level.indicator == "outdoor" for level in levels):
        if len(levels) > 1:
            raise Refused(
                "Световая среда: вместе с работой только на открытой территории названы другие зоны. "
                "Оставьте либо outdoor, либо измерения."
            )
        row = edition.row("sout_light", "outdoor")
        found = row.values["steps"][0]["class"]
        text = f"{row.values['title'].capitalize()}: без измерений {named(found)}"
        return answer(
            edition, "light", [Graded(lined(levels[0], found, row.values["title"]), because(row, text))]
        )
    zones: dict[str, list[Level]] = {}
    for level in levels:
        zones.setdefault(level.place, []).append(level)
    graded = {place: [_graded(edition, level) for level in own] for place, own in zones.items()}
    flat = [each for own in graded.values() for each in own]
    if len(zones) == 1:
        return answer(edition, "light", flat)
    worst_of = {place: worst([each.sout_class for each in own]) for place, own in graded.items()}
    timed = shares([_timed(own) for own in zones.values()], "Световая среда")
    joined = light_zones(edition, [(worst_of[level.place], share) for level, share in timed])
    return answer_as(edition, "light", flat, joined.outcome, *joined.reasons)


def _timed(levels: list[Level]) -> Level:
    """Return the level of a zone that says how long the work there lasts."""
    return next((level for level in levels if level.share is not None), levels[0])


def _graded(edition: Edition, level: Level) -> Graded:
    title = "Освещённость" + (f", {level.place}" if level.place else "")
    unit_of(level, title, ("лк",))
    value, norm = value_of(level, title), norm_of(level, title)
    row = edition.row("sout_light", "illuminance")
    found, low, high = least(row.values["steps"], value / norm)
    parts = [f"не меньше {shown(low)} нормы"] if low is not None else []
    parts += [f"меньше {shown(high)} нормы"] if high is not None else []
    text = f"{title}: {shown(value)} лк при норме {shown(norm)} лк — {', но '.join(parts)}: {named(found)}"
    bound = float(norm * exact(low if low is not None else high or 0))
    return Graded(lined(level, found, title, value, "лк", bound), because(row, text))


def light_zones(edition: Edition, zones: list[tuple[str, Fraction]]) -> Decision[str]:
    """Класс по классам зон и долям времени: 0, 1 и 2 балла за 2, 3.1 и 3.2 (п. 58)."""
    scale = {
        row.values["class"]: row.values["points"]
        for row in edition.rows("sout_zone_points").values()
        if row.values["scale"] == "light"
    }
    if not zones:
        raise Refused("Световая среда: нет ни одной зоны. Укажите классы зон и доли времени.")
    for found, _ in zones:
        if found not in scale:
            raise Refused(
                f"Световая среда: класса «{told(found)}» у зоны не бывает. Есть: {', '.join(scale)}."
            )
    points = sum((scale[found] * share for found, share in zones), Fraction(0))
    row = edition.row("sout_light", "zones")
    joined = next(
        step["class"]
        for step in row.values["points"]
        if step["below"] is None or points < exact(step["below"])
    )
    terms = " + ".join(f"{scale[found]} × {shown(share)}" for found, share in zones)
    return Decision(joined, (because(row, f"Зоны: {terms} = {shown(points)} балла: {named(joined)}"),))
