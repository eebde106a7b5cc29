"""Questionnaires: sums with reversed items, bands, alarms; a skipped item gives no score."""

from statistics import fmean
from typing import Any

from ..types import Book, Facts, Outcome, OutOfRange
from .rounding import clean, people, shown, under, upto


def summed(facts: Facts, book: Book) -> Outcome:
    """Return the sum of a scale with its band and what its declaration derives from it."""
    scale, items = book["scale"], facts["items"]
    for place, known in scale.get("only", {}).items():
        if items[int(place) - 1] not in known:
            raise OutOfRange(
                f"items[{place}]", items[int(place) - 1], f"одно из {', '.join(map(str, known))}"
            )
    top = scale["top"]
    turned = [top - item if n in scale.get("reversed", ()) else item for n, item in enumerate(items, 1)]
    total = int(sum(turned))
    value: dict[str, Any] = {"total": total}
    flags: list[str] = []
    band = _banded(total, scale, value)
    for name, least in scale.get("since", {}).items():
        value[name] = total >= least
    if alarm := scale.get("alarm"):
        value[alarm["name"]] = items[alarm["item"] - 1] > 0
        flags += [alarm["text"]] if value[alarm["name"]] else []
    words = {"sum": str(total), "max": str(scale["whole"]), "band": band or "оценки по полосам нет"}
    return Outcome(value, band and str(value[scale["band"]]), tuple(flags), None, (), words)


def _banded(total: float, scale: Any, value: dict[str, Any]) -> str:
    if "bands" not in scale:
        return ""
    code = upto(total, scale["bands"])
    value[scale["band"]] = code
    return str(scale["words"].get(code, code))


def copd_questionnaire(facts: Facts, book: Book) -> Outcome:
    """Return the means of the whole and of its three parts."""
    items, parts = facts["items"], book["scale"]["parts"]
    value = {"total": fmean(items)} | {name: fmean(items[n - 1] for n in of) for name, of in parts.items()}
    category = "symptomatic" if clean(value["total"]) >= book["scale"]["symptomatic"] else "quiet"
    return Outcome(
        value,
        category,
        (),
        None,
        (),
        {"sum": shown(value["total"], 1), "max": "6", "band": book["scale"]["words"][category]},
    )


def breath(facts: Facts, book: Book) -> Outcome:
    """Return whether breathlessness is of the high group."""
    high = facts["grade"] >= book["scale"]["high"]
    words = book["scale"]["words"]["high" if high else "low"]
    return Outcome(
        {"gold_high_symptoms": high, "grade": facts["grade"]},
        "high" if high else "low",
        (),
        None,
        (),
        {"sum": str(facts["grade"]), "max": "4", "band": words},
    )


def anxiety_depression(facts: Facts, book: Book) -> Outcome:
    """Return the bands of both sums."""
    bands = book["scale"]["bands"]
    value = {name: upto(facts[f"{name}_sum"], bands) for name in ("anxiety", "depression")}
    worst = max(value.values(), key=[name for _, name in bands].index)
    words = book["scale"]["words"]
    said = f"тревога {words[value['anxiety']]}, депрессия {words[value['depression']]}"
    total = max(facts["anxiety_sum"], facts["depression_sum"])
    return Outcome(value, worst, (), None, (), {"sum": str(total), "max": "21", "band": said})


def burnout(facts: Facts, book: Book) -> Outcome:
    """Return the mean and whether it is burnout."""
    score = fmean(facts["items"])
    high = clean(score) >= book["scale"]["since"]
    words = {
        "sum": shown(score, 0),
        "max": "100",
        "band": "выгорание вероятно" if high else "без признаков выгорания",
    }
    return Outcome({"score": score, "burnout": high}, "burnout" if high else "none", (), None, (), words)


def ability(facts: Facts, book: Book) -> Outcome:
    """Return the band of the work ability index."""
    band = upto(facts["total"], book["scale"]["bands"])
    words = {"sum": str(facts["total"]), "max": "49", "band": book["scale"]["words"][band]}
    return Outcome(band, band, (), None, (), words)


def nicotine(facts: Facts, book: Book) -> Outcome:
    """Return the score of dependence on nicotine."""
    scale = book["scale"]
    total = scale["first"][facts["first"]] + scale["hate"][facts["hate"]] + upto(facts["cpd"], scale["cpd"])
    total += sum(int(facts[name]) for name in ("forbidden", "morning", "ill"))
    band = upto(total, scale["bands"])
    return Outcome(
        {"total": total, "band": band},
        band,
        (),
        None,
        (),
        {"sum": str(total), "max": "10", "band": scale["words"][band]},
    )


def activity(facts: Facts, book: Book) -> Outcome:
    """Return the energy of a week and its category; short bouts are not counted, long days are cut."""
    scale = book["scale"]
    counted: dict[str, tuple[int, float]] = {}
    flags = []
    for name in scale["met"]:
        days, minutes = facts[name]
        if minutes > scale["longest"]:
            flags.append(f"больше {scale['longest']} мин в день: учтено {scale['longest']}")
        counted[name] = (days, min(minutes, scale["longest"])) if minutes >= scale["shortest"] else (0, 0)
    value: dict[str, Any] = {name: scale["met"][name] * m * d for name, (d, m) in counted.items()}
    value["total"] = sum(value.values())
    value["category"] = _active(counted, value, scale)
    words = {"sum": shown(value["total"], 0), "max": "∞", "band": scale["words"][value["category"]]}
    return Outcome(value, value["category"], tuple(flags), None, (), words)


def _active(counted: dict[str, tuple[int, float]], value: dict[str, Any], scale: Any) -> str:
    days = {name: d if m else 0 for name, (d, m) in counted.items()}
    every, hard = sum(days.values()), scale["high"]
    if (days["vigorous"] >= hard["vigorous_days"] and clean(value["vigorous"]) >= hard["vigorous_met"]) or (
        every >= hard["days"] and clean(value["total"]) >= hard["met"]
    ):
        return "high"
    some = scale["moderate"]
    enough = (
        days["vigorous"] >= some["vigorous_days"] and counted["vigorous"][1] >= some["vigorous_minutes"],
        sum(days[name] for name in ("walk", "moderate") if counted[name][1] >= some["minutes"])
        >= some["days"],
        every >= some["days"] and clean(value["total"]) >= some["met"],
    )
    return "moderate" if any(enough) else "low"


def diabetes(facts: Facts, book: Book) -> Outcome:
    """Return the score of FINDRISC with the share of people who get diabetes in ten years."""
    scale = book["scale"]
    points = {
        "возраст": under(facts["age"], scale["age"]),
        "ИМТ": _between(facts["bmi"], scale["bmi"]),
        "талия": _between(facts["waist"], scale["waist"][facts["sex"]]),
        "движение": 0 if facts["active_daily"] else scale["inactive"],
        "овощи": 0 if facts["veg_daily"] else scale["no_vegetables"],
        "лекарства от давления": scale["bp_meds"] * int(facts["bp_meds"]),
        "высокая глюкоза": scale["glucose"] * int(facts["high_glucose"]),
        "семья": int(facts["family_points"]),
    }
    score = sum(points.values())
    band = upto(score, scale["bands"])
    share = scale["percent"][band]
    steps = tuple(f"{name}: {point}" for name, point in points.items())
    return Outcome(
        {"score": score, "band": band, "percent": share}, band, (), None, steps, {"n": people(share)}
    )


def _between(value: float, points: Any) -> int:
    """Return 0 below the first border, the middle between both inclusive, the last above the second."""
    low, high = points["borders"]
    compared = clean(value)
    return int(points["points"][0 if compared < low else 1 if compared <= high else 2])


def body_mass(facts: Facts, book: Book) -> Outcome:
    """Return the body-mass index with its band; it is rounded to six places before comparing."""
    value = facts["weight"] / facts["height_m"] ** 2
    compared = clean(value, 6)
    band = [name for low, name in book["bands"]["since"] if compared >= low][-1]
    return Outcome(
        {"bmi": value, "band": band},
        band,
        (),
        None,
        (),
        {"b": shown(value, 1), "band": book["bands"]["words"][band]},
    )
