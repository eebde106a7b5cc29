"""Trees of the exchange file as the values the methodology compares."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ..types.sout import FactorMeasured, Level
from ..types.sout_file import Tree, text_of

LEVEL = frozenset(each.name for each in fields(Level))
NUMBERS = frozenset({"value", "norm", "hours", "share", "band"})


def measured_of(
    factor: str, trees: list[Tree], given: Sequence[Mapping[str, Any]] = ()
) -> FactorMeasured | None:
    """Return the values of a factor, or None: the card holds none the methodology compares.

    Without trees (a card typed by hand or by another system) the given values are those of the methodology.
    """
    read = READERS.get(factor)
    if any(_beyond(factor, tree) for tree in trees):
        return None
    if trees:
        levels = tuple(level for tree in trees for level in read(tree)) if read else ()
    else:
        levels = tuple(level_of(each) for each in given)
    return FactorMeasured(factor, levels) if levels else None


def level_of(given: Mapping[str, Any]) -> Level:
    """Read one value as a form or another system gives it."""
    known = {name: given[name] for name in LEVEL if given.get(name) not in (None, "")}
    for name in NUMBERS & known.keys():
        known[name] = _number(known[name])
    for name in ("features", "sums", "marks"):
        if name in known:
            known[name] = tuple(known[name])
    return Level(**{"indicator": "", **known})


def _number(value: object) -> float | None:
    text = text_of(value).strip()
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _unit(value: object, default: str = "") -> str:
    return str(value.get("@Unit", "")) or default if isinstance(value, dict) else default


def _noise(tree: Tree) -> Iterator[Level]:
    """Шум: эквивалентный уровень; +5 дБА за импульсный шум не добавляется: схема не говорит, учтён ли он."""
    value = tree.get("Value")
    yield Level(indicator="noise_laeq", value=_number(value), unit=_unit(value, "дБА"), marks=("included",))


def _infrasound(tree: Tree) -> Iterator[Level]:
    yield Level(indicator="infrasound_total", value=_number(tree.get("Value")), unit="дБ Лин")


def _whole(tree: Tree) -> Iterator[Level]:
    for tag, indicator in (("ValueX", "vib_x"), ("ValueY", "vib_y"), ("ValueZ", "vib_z")):
        if tag in tree:
            yield Level(indicator=indicator, value=_number(tree[tag]), unit=_unit(tree[tag], "дБ"))


def _local(tree: Tree) -> Iterator[Level]:
    for tag in ("ValueX", "ValueY", "ValueZ"):
        if tag in tree:
            yield Level(
                indicator="vib_local", value=_number(tree[tag]), unit=_unit(tree[tag], "дБ"), place=tag[-1]
            )


def _chemical(tree: Tree) -> Iterator[Level]:
    for agent in tree.get("ChemicalAgent", ()):
        yield from _agent(agent, (("ConcentrationMax", "NormValueMax", "chem_max"),
                                  ("ConcentrationAvg", "NormValueAvg", "chem_ss")))  # fmt: skip
    for agent in tree.get("ChemicalAgentNoNormValue", ()):
        yield Level(indicator="chem_none", subject=_subject(agent))
    for agent in tree.get("Enzyme", ()):
        yield from _agent(agent, (("ConcentrationMax", "NormValue", "chem_max"),), ("chem_enzyme",))


def _dust(tree: Tree) -> Iterator[Level]:
    if burden := tree.get("DustBurden"):
        yield Level(
            indicator="dust_load", value=_number(burden.get("Value")), norm=_number(burden.get("NormValue"))
        )
        return
    for agent in tree.get("ChemicalAgent", ()):
        yield from _agent(agent, (("ConcentrationAvg", "NormValue", "dust_ss"),))


def _biological(tree: Tree) -> Iterator[Level]:
    for agent in tree.get("MicroorganismProducer", ()):
        for place in agent.get("MeasuringPlace", ()):
            value = place.get("ConcentrationMax")
            if value is not None:
                yield Level(
                    indicator="bio_producer", value=_number(value), norm=_number(agent.get("NormValue")),
                    unit=_unit(value), subject=_subject(agent), place=text_of(place.get("Name")),
                )  # fmt: skip


def _agent(
    agent: Tree, kinds: tuple[tuple[str, str, str], ...], features: tuple[str, ...] = ()
) -> Iterator[Level]:
    for tag, norm, indicator in kinds:
        if tag in agent:
            yield Level(
                indicator=indicator,
                value=_number(agent[tag]),
                unit=_unit(agent[tag], "мг/м³"),
                norm=_number(agent.get(norm)),
                subject=_subject(agent),
                features=features,
            )


def _subject(agent: Tree) -> str:
    kod = agent.get("Kod", "")
    return str(kod.get("@Name") or kod.get("", "")) if isinstance(kod, dict) else str(kod)


def _microclimate(tree: Tree) -> Iterator[Level]:
    for place in tree.get("MeasuringPlace", ()):
        name, share = text_of(place.get("Name")), _number(place.get("Duration"))
        for tag, field, indicator in CLIMATE:
            value = place.get(tag, {}).get(field)
            if value is not None:
                yield Level(
                    indicator=indicator, value=_number(value), place=name, share=share,
                    category=text_of(place.get("WorkCategory")),
                )  # fmt: skip


def _light(tree: Tree) -> Iterator[Level]:
    for place in tree.get("MeasuringPlace", ()):
        for tag in ("GeneralIllumination", "CombinedIlluminationTotal", "CombinedIlluminationFromGeneral"):
            found = place.get(tag, {})
            if "Value" in found:
                yield Level(
                    indicator="illuminance", value=_number(found["Value"]), unit="лк",
                    norm=_number(found.get("NormValue")), place=text_of(place.get("Name")),
                    share=_number(place.get("Duration")),
                )  # fmt: skip


def _heaviness(tree: Tree) -> Iterator[Level]:
    for group in tree.values():
        if not isinstance(group, dict):
            continue
        for tag, found in (
            *group.items(),
            *((name, value) for name, value in tree.items() if value is group),
        ):
            if isinstance(found, dict) and tag in HEAVY and "Value" in found:
                indicator, sex = HEAVY[tag]
                yield Level(indicator=indicator, value=_number(found["Value"]), sex=sex)
    if pose := tree.get("WorkingPose"):
        yield Level(indicator="pose", code=text_of(pose.get("Value")))


def _tension(tree: Tree) -> Iterator[Level]:
    for tag, indicator in TENSE.items():
        if "Value" in tree.get(tag, {}):
            yield Level(indicator=indicator, value=_number(tree[tag]["Value"]))


CLIMATE = (
    ("AirTemperature", "Value", "air_temperature"),
    ("AirHumidity", "Value", "air_humidity"),
    ("AirSpeed", "Value", "air_speed"),
    ("ThermalLoadIndex", "Value", "tns"),
    ("HeatRadiationIntensity", "Value", "heat_flux"),
    ("HeatRadiationIntensity", "DoseValue", "heat_dose"),
)
PAIRS = {
    "WeightMovementLess1m": "dyn_regional_1m",
    "WeightMovement1to5m": "dyn_general_1_5m",
    "WeightMovementMore5m": "dyn_general_over_5m",
    "SingleWeightLifting": "lift_occasional",
    "ConstantWeightLifting": "lift_constant",
    "TotalWeightLiftingOffWorkSurface": "sum_surface",
    "TotalWeightLiftingOffFlor": "sum_floor",
    "StaticalLoadOneHand": "static_one",
    "StaticalLoadTwoHands": "static_two",
    "StaticalLoadBody": "static_body",
}
HEAVY = {
    "MotorStereotypyLocalLoad": ("stereo_local", ""),
    "MotorStereotypyRegionalLoad": ("stereo_regional", ""),
    "BodyBending": ("bends", ""),
    "HorizontalTravelling": ("walk_h", ""),
    "VerticalTravelling": ("walk_v", ""),
} | {
    f"{tag}{end}": (indicator, sex)
    for tag, indicator in PAIRS.items()
    for end, sex in (("Male", "male"), ("Female", "female"))
}
TENSE = {
    "SignalDensity": "signals",
    "ObjectsUnderControl": "objects",
    "OpticalInstrumentUsage": "optics",
    "VocalLoad": "voice",
    "OperationMonotony": "elements",
    "ControlMonotony": "watching",
}
# Parts the methodology's tables in the data do not judge: with them the class is an expert's.
BEYOND = {
    "light": ("DirectGlare", "ReflectedGlare"),
    "tension": ("RaptAttentionTime",),
    "biological": ("MicroorganismPathogenic",),
}


def _beyond(factor: str, tree: Tree) -> bool:
    names = BEYOND.get(factor, ())
    places = tree.get("MeasuringPlace", ())
    return any(name in tree or any(name in place for place in places) for name in names)


READERS: dict[str, Callable[[Tree], Iterator[Level]]] = {
    "noise": _noise,
    "infrasound": _infrasound,
    "vibration_whole": _whole,
    "vibration_local": _local,
    "chemical": _chemical,
    "biological": _biological,
    "dust": _dust,
    "microclimate": _microclimate,
    "light": _light,
    "heaviness": _heaviness,
    "tension": _tension,
}
