"""Heat: the predicted strain of ISO 7933, minute by minute."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..types import Book, Facts, Outcome, OutOfRange
from .rounding import clean, comma

TRIES = 200  # an iteration that has not settled by then has no answer


@dataclass(frozen=True)
class Place:
    """What does not change during the work: the air, the clothes, the person."""

    work: float  # metabolic rate less the external work and the loss by breath, W/m2
    breath: float  # evaporation by breath, W/m2
    vapour: float  # pressure of vapour in the air, kPa
    area_factor: float
    clothes: float  # dynamic insulation of the clothes, m2 K/W
    resistance: float  # of clothes and air to vapour, m2 kPa/W
    convection: float  # coefficient, W/(m2 K)
    radiation: float  # emissivity times the radiating share times the constant of Stefan and Boltzmann
    heat: float  # what warms the body by one degree in a minute, W/m2
    core_goal: float
    skin_goal: Callable[[float], float]  # of the rectal temperature


@dataclass(frozen=True)
class Body:
    """The state at the end of a minute."""

    skin: float
    core: float
    rectal: float
    core_by_work: float
    share: float  # weight of the skin in the mean temperature
    sweat: float = 0.0  # W/m2
    lost: float = 0.0  # evaporated so far, W min/m2


def saturated(celsius: float) -> float:
    """Return the pressure of saturated vapour, kPa."""
    return 0.6105 * math.exp(17.27 * celsius / (celsius + 237.3))


def settled(step: Callable[[float], float], start: float) -> float:
    """Return the value that a step changes by less than a thousandth, going half way each time."""
    guess = start
    for _ in range(TRIES):
        found = step(guess)
        if abs(found - guess) <= 0.001:  # noqa: PLR2004 - the accuracy the method asks for
            return guess
        guess = (guess + found) / 2
    raise ArithmeticError


def insulation(facts: Facts, work: float, table: dict[str, Any]) -> tuple[float, float, float]:
    """Return the dynamic insulation of the clothes, their resistance to vapour and the area factor."""
    clo, air = facts["clo"], facts["v"]
    walk = min(0.0052 * (work - 58), 0.7)
    factor = 1 + 0.28 * clo
    dressed = min(1.044 * math.exp((0.066 * air - 0.398) * air + (0.094 * walk - 0.378) * walk), 1)
    bare = min(math.exp((0.047 * air - 0.472) * air + (0.117 * walk - 0.342) * walk), 1)
    moved = dressed if clo > 0.6 else ((0.6 - clo) * bare + clo * dressed) / 0.6  # noqa: PLR2004
    whole = (clo * 0.155 + table["still_air"] / factor) * moved
    permeable = min(table["permeability"] * ((2.6 * moved - 6.5) * moved + 4.9), 0.9)
    return whole - bare * table["still_air"] / factor, whole / permeable / 16.7, factor


def place_of(facts: Facts, table: dict[str, Any]) -> Place:
    """Return what the air, the clothes and the person make of the work."""
    air, tdb, tr = (float(facts[name]) for name in ("v", "tdb", "tr"))
    vapour = saturated(tdb) * float(facts["rh"]) / 100
    work = float(facts["met"] * table["met"])
    clothes, resistance, factor = insulation(facts, work, table)
    expired = 28.56 + 0.115 * tdb + 0.641 * vapour
    breath = 0.00127 * work * (59.34 + 0.53 * tdb - 11.63 * vapour)
    dry = 0.001516 * work * (expired - tdb)
    forced = 3.5 + 5.2 * air if air <= 1 else 8.7 * air**0.6
    covered = table["covered"]
    emitted = (1 - covered) * table["emissivity"] + covered * (1 - table["reflecting"])
    dressed = 12.165 + 0.02017 * tdb + 0.04361 * tr + 0.19354 * vapour - 0.25315 * air + 0.005346 * work
    bare = 7.191 + 0.064 * tdb + 0.061 * tr + 0.198 * vapour - 0.348 * air
    part = min(max(2.5 * (float(facts["clo"]) - 0.2), 0), 1)

    def skin_goal(rectal: float) -> float:
        return (1 - part) * (bare + 0.616 * rectal) + part * (dressed + 0.51274 * rectal)

    return Place(
        work=work - facts["wme"] * table["met"] - dry - breath,
        breath=breath,
        vapour=vapour,
        area_factor=factor,
        clothes=clothes,
        resistance=resistance,
        convection=max(2.38 * abs(tr + 0.1 - tdb) ** 0.25, forced),
        radiation=5.67e-8 * table["posture"][facts["posture"]] * emitted,
        heat=table["met"] * facts["weight"] / area(facts),
        core_goal=0.0036 * work + 36.6,
        skin_goal=skin_goal,
    )


def area(facts: Facts) -> float:
    """Return the surface of the body after Du Bois, m2."""
    return float(0.202 * facts["weight"] ** 0.425 * facts["height_m"] ** 0.725)


def dry_loss(place: Place, facts: Facts, skin: float) -> float:
    """Return the loss by convection and radiation, W/m2, at the temperature the clothes settle at."""
    tdb, tr, factor = float(facts["tdb"]), float(facts["tr"]), place.area_factor

    def radiant(surface: float) -> float:
        return place.radiation * ((surface + 273) ** 4 - (tr + 273) ** 4) / (surface - tr)

    def step(surface: float) -> float:
        coefficient = radiant(surface)
        given = factor * (place.convection * tdb + coefficient * tr) + skin / place.clothes
        return given / (factor * (place.convection + coefficient) + 1 / place.clothes)

    surface = settled(step, tr + 0.1)
    return factor * (place.convection * (surface - tdb) + radiant(surface) * (surface - tr))


def sweating(needed: float, possible: float, most: float) -> float:
    """Return the sweat the body asks for, W/m2."""
    if needed <= 0:
        return 0.0
    wet = needed / possible if possible > 0 else math.inf
    if wet >= 1.7:  # noqa: PLR2004 - beyond it no sweat is enough
        return most
    efficiency = (2 - wet) ** 2 / 2 if wet > 1 else 1 - wet**2 / 2
    return min(needed / max(0.05, efficiency), most)


def evaporated(sweat: float, possible: float, wettest: float) -> float:
    """Return what really evaporates, W/m2."""
    if sweat <= 0:
        return 0.0
    ratio = possible / max(sweat, 1e-6)
    wet = math.sqrt(ratio**2 + 2) - ratio if ratio >= 0.5 else 1.0  # noqa: PLR2004
    return min(wet, wettest) * possible


def skin_share(core: float) -> float:
    """Return the weight of the skin in the mean temperature of the body."""
    return max(min(0.3 - 0.09 * (core - 36.8), 0.3), 0.1)


def minute(body: Body, place: Place, facts: Facts, table: dict[str, Any], *, first: bool) -> Body:
    """Return the body a minute later."""
    slow, quick = math.exp(-1 / 10), math.exp(-1 / 3)
    by_work = body.core_by_work * slow + place.core_goal * (1 - slow)
    stored = place.heat * (by_work - body.core_by_work) * (1 - body.share)
    goal = place.skin_goal(body.rectal)
    skin = goal if first else body.skin * quick + goal * (1 - quick)
    used = facts["acclimatized"]
    possible = (saturated(skin) - place.vapour) / place.resistance or 0.001
    needed = place.work - stored - dry_loss(place, facts, skin)
    asked = sweating(needed, possible, table["sweat_most"][used])
    if needed > 0:
        possible = max(possible, 0)
    sweat = max(body.sweat * slow + asked * (1 - slow), 0)
    kept = max(needed, 0) - evaporated(sweat, possible, table["wettest"][used]) + stored

    def core_of(guess: float) -> float:
        share = skin_share(guess)
        warmed = kept / place.heat + (body.skin * body.share - skin * share) / 2
        return (warmed + body.core * (1 - body.share / 2)) / (1 - share / 2)

    guess = settled(core_of, body.core)
    core = core_of(guess)
    rectal = body.rectal + (2 * core - 1.962 * body.rectal - 1.31) / 9
    return Body(skin, core, rectal, by_work, skin_share(guess), sweat, body.lost + sweat + place.breath)


def predicted(facts: Facts, book: Book) -> Outcome:
    """Return the rectal temperature and the sweat at the end, and when each limit is reached."""
    table = book["phs"]
    _applicable(facts, table)
    place, body = place_of(facts, table), Body(**table["start"])
    grams = 2.67 * area(facts) / 1.8 / 60
    most = table["loss_share"] * facts["weight"] * 1000
    hot = lost = facts["duration"]
    for now in range(1, facts["duration"] + 1):
        body = minute(body, place, facts, table, first=now == 1)
        hot = min(hot, now) if body.rectal >= table["rectal_most"] else hot
        lost = min(lost, now) if body.lost * grams >= most else lost
    value = {
        "t_re": body.rectal,
        "sweat_loss_g": body.lost * grams,
        "d_lim_t_re": hot,
        "d_lim_loss_95": lost,
    }
    flags = []
    if body.rectal >= table["rectal_most"] or hot < facts["duration"]:
        flags.append(f"ректальная температура {comma(table['rectal_most'])} °C на {hot}-й минуте")
    if lost < facts["duration"]:
        flags.append(f"потеря воды {comma(100 * table['loss_share'])} % массы тела на {lost}-й минуте")
    return Outcome(value, "", tuple(flags))


def _applicable(facts: Facts, table: dict[str, Any]) -> None:
    limits = table["limits"]
    for name, value, title in (
        ("tr", facts["tr"] - facts["tdb"], "выше воздуха на {low}–{high} °C"),
        ("rh", saturated(facts["tdb"]) * facts["rh"] / 100, "давление пара {low}–{high} кПа"),
        ("met", facts["met"] * table["met"], "{low}–{high} Вт/м², то есть 0,97–4,29 мет"),
    ):
        low, high = limits[name]
        if not low <= clean(value) <= high:
            raise OutOfRange(name, facts[name], title.format(low=comma(low), high=comma(high)))
