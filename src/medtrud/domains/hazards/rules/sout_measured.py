"""Trees of the exchange file as the values the methodology compares, and what a tree lacks for that."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from ..types.sout import FactorMeasured, Level
from ..types.sout_file import Tree, text_of
from .sout_indicators import INDICATORS
from .sout_parts import Gap, Piece, compared, number, subject_of, unit
from .sout_parts_rays import ionizing, nonionizing, ultrasound

LEVEL = frozenset(each.name for each in fields(Level))
NUMBERS = frozenset({"value", "norm", "hours", "share", "band"})
WITHOUT_TABLE = "строки для этого показателя в загруженных таблицах методики нет"


def reading_of(
    factor: str, trees: list[Tree], given: Sequence[Mapping[str, Any]] = ()
) -> tuple[FactorMeasured | None, tuple[Gap, ...]]:
    """Return the values of a factor the methodology compares, and what the card lacks for its class.

    Without trees (a card typed by hand or by another system) the given values are those of the methodology.
    """
    pieces = (
        [piece for tree in trees for piece in READERS[factor](tree)]
        if trees
        else [level_of(each) for each in given]
    )
    levels = tuple(each for each in pieces if isinstance(each, Level))
    gaps = tuple(each for each in pieces if isinstance(each, Gap))
    return (FactorMeasured(factor, levels) if levels else None), gaps


def level_of(given: Mapping[str, Any]) -> Level:
    """Read one value as a form or another system gives it."""
    known = {name: given[name] for name in LEVEL if given.get(name) not in (None, "")}
    for name in NUMBERS & known.keys():
        known[name] = number(known[name])
    for name in ("features", "sums", "marks"):
        if name in known:
            known[name] = tuple(known[name])
    return Level(**{"indicator": "", **known})


def _noise(tree: Tree) -> Iterator[Level]:
    """Шум: эквивалентный уровень; +5 дБА за импульсный шум не добавляется: схема не говорит, учтён ли он."""
    value = tree.get("Value")
    yield Level(indicator="noise_laeq", value=number(value), unit=unit(value, "дБА"), marks=("included",))


def _infrasound(tree: Tree) -> Iterator[Level]:
    yield Level(indicator="infrasound_total", value=number(tree.get("Value")), unit="дБ Лин")


def _whole(tree: Tree) -> Iterator[Level]:
    for tag, indicator in (("ValueX", "vib_x"), ("ValueY", "vib_y"), ("ValueZ", "vib_z")):
        if tag in tree:
            yield Level(indicator=indicator, value=number(tree[tag]), unit=unit(tree[tag], "дБ"))


def _local(tree: Tree) -> Iterator[Level]:
    for tag in ("ValueX", "ValueY", "ValueZ"):
        if tag in tree:
            yield Level(
                indicator="vib_local", value=number(tree[tag]), unit=unit(tree[tag], "дБ"), place=tag[-1]
            )


def _chemical(tree: Tree) -> Iterator[Level]:
    for agent in tree.get("ChemicalAgent", ()):
        yield from _agent(agent, (("ConcentrationMax", "NormValueMax", "chem_max"),
                                  ("ConcentrationAvg", "NormValueAvg", "chem_ss")))  # fmt: skip
    for agent in tree.get("ChemicalAgentNoNormValue", ()):
        yield Level(indicator="chem_none", subject=subject_of(agent))
    for agent in tree.get("Enzyme", ()):
        yield from _agent(agent, (("ConcentrationMax", "NormValue", "chem_max"),), ("chem_enzyme",))


def _dust(tree: Tree) -> Iterator[Level]:
    if burden := tree.get("DustBurden"):
        yield Level(
            indicator="dust_load", value=number(burden.get("Value")), norm=number(burden.get("NormValue"))
        )
        return
    for agent in tree.get("ChemicalAgent", ()):
        yield from _agent(agent, (("ConcentrationAvg", "NormValue", "dust_ss"),))


def _biological(tree: Tree) -> Iterator[Piece]:
    for agent in tree.get("MicroorganismProducer", ()):
        for place in agent.get("MeasuringPlace", ()):
            yield compared(
                "bio_producer", place.get("ConcentrationMax"), agent.get("NormValue"),
                subject=subject_of(agent), place=text_of(place.get("Name")),
                stated=text_of(agent.get("WorkingConditions")),
            )  # fmt: skip
    for agent in tree.get("MicroorganismPathogenic", ()):
        name = subject_of(agent)
        if found := GROUP.search(name):
            yield Level(indicator="bio_pathogen", code=(found[1] or found[2]).upper(), subject=name)
        else:
            yield Gap(
                f"Возбудитель «{name}»: группы патогенности (I–IV) в выгрузке нет: схема передаёт код. "
                "Узнайте группу у организации, проводившей СОУТ, и внесите её в новую версию карты.",
                text_of(agent.get("WorkingConditions")),
            )


GROUP = re.compile(
    r"\b(IV|I{1,3}|[1-4])[\s–-]*(?:й|я|ой)?\s*групп|групп\w*\s+(?:патогенности\s+)?(IV|I{1,3}|[1-4])\b",
    re.IGNORECASE,
)


def _agent(
    agent: Tree, kinds: tuple[tuple[str, str, str], ...], features: tuple[str, ...] = ()
) -> Iterator[Level]:
    for tag, norm, indicator in kinds:
        if tag in agent:
            yield Level(
                indicator=indicator,
                value=number(agent[tag]),
                unit=unit(agent[tag], "мг/м³"),
                norm=number(agent.get(norm)),
                subject=subject_of(agent),
                features=features,
            )


def _microclimate(tree: Tree) -> Iterator[Level]:
    for place in tree.get("MeasuringPlace", ()):
        name, share = text_of(place.get("Name")), number(place.get("Duration"))
        for tag, field, indicator in CLIMATE:
            value = place.get(tag, {}).get(field)
            if value is not None:
                yield Level(
                    indicator=indicator, value=number(value), place=name, share=share,
                    category=text_of(place.get("WorkCategory")),
                )  # fmt: skip


def _light(tree: Tree) -> Iterator[Piece]:
    for place in tree.get("MeasuringPlace", ()):
        where, share = text_of(place.get("Name")), number(place.get("Duration"))
        for tag in ("GeneralIllumination", "CombinedIlluminationTotal", "CombinedIlluminationFromGeneral"):
            found = place.get(tag, {})
            if "Value" in found:
                yield Level(
                    indicator="illuminance", value=number(found["Value"]), unit="лк",
                    norm=number(found.get("NormValue")), place=where, share=share,
                )  # fmt: skip
            elif found:
                yield _unmeasured("Освещённость", found, where)
        for tag, title in (("DirectGlare", "Прямая блёсткость"), ("ReflectedGlare", "Отражённая блёсткость")):
            if tag in place:
                text = f"{title}, {where}: измеряемой величины схема не передаёт, {WITHOUT_TABLE}."
                yield Gap(text, text_of(place[tag].get("WorkingConditions")))


def _unmeasured(title: str, part: Tree, place: str = "") -> Gap:
    """Say that a part has a class and no value."""
    where = f"{title}, {place}" if place else title
    return Gap(f"{where}: в выгрузке нет измеренного значения.", text_of(part.get("WorkingConditions")))


def _heaviness(tree: Tree) -> Iterator[Piece]:
    parts = [(tag, part) for tag, part in tree.items() if isinstance(part, dict)]
    inner = [each for _, part in parts for each in part.items() if isinstance(each[1], dict)]
    for tag, found in (*inner, *parts):
        if tag in HEAVY and "Value" in found:
            indicator, sex = HEAVY[tag]
            yield Level(indicator=indicator, value=number(found["Value"]), sex=sex)
        elif tag in HEAVY:
            yield _unmeasured(
                INDICATORS[HEAVY[tag][0]][1] if HEAVY[tag][0] in INDICATORS else "Тяжесть", found
            )
    if pose := tree.get("WorkingPose"):
        yield Level(indicator="pose", code=text_of(pose.get("Value")))


def _tension(tree: Tree) -> Iterator[Piece]:
    for tag, indicator in TENSE.items():
        if "Value" in tree.get(tag, {}):
            yield Level(indicator=indicator, value=number(tree[tag]["Value"]))
        elif tag in tree:
            yield _unmeasured(TENSE_TITLES[indicator], tree[tag])
    if part := tree.get("RaptAttentionTime"):
        text = f"Длительность сосредоточенного наблюдения: {WITHOUT_TABLE}."
        yield Gap(text, text_of(part.get("WorkingConditions")))


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
TENSE_TITLES = {
    "signals": "Плотность сигналов", "objects": "Число объектов наблюдения",
    "optics": "Работа с оптическими приборами", "voice": "Нагрузка на голосовой аппарат",
    "elements": "Число элементов задания", "watching": "Пассивное наблюдение",
}  # fmt: skip
READERS: dict[str, Callable[[Tree], Iterator[Piece]]] = {
    "noise": _noise,
    "infrasound": _infrasound,
    "ultrasound": ultrasound,
    "nonionizing": nonionizing,
    "ionizing": ionizing,
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
