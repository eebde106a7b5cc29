"""Measured values of the exchange file: what stands in the tree of each factor."""

from collections.abc import Iterator
from typing import Any

from ..types.sout_file import Tree, text_of

FACTOR_TAGS = {
    "ChemicalFactors": "chemical",
    "BiologicalFactors": "biological",
    "Aerosol": "dust",
    "Noise": "noise",
    "Infrasound": "infrasound",
    "Ultrasound": "ultrasound",
    "LocalVibration": "vibration_local",
    "OverallVibration": "vibration_whole",
    "NonionizingRadiation": "nonionizing",
    "IonizingRadiation": "ionizing",
    "Microclimate": "microclimate",
    "LightEnvironment": "light",
    "LabourSeverity": "heaviness",
    "LabourIntensity": "tension",
}
FACTOR_NAMES = {
    "chemical": "химический фактор",
    "biological": "биологический фактор",
    "dust": "АПФД",
    "noise": "шум",
    "infrasound": "инфразвук",
    "ultrasound": "ультразвук",
    "vibration_local": "вибрация локальная",
    "vibration_whole": "вибрация общая",
    "nonionizing": "неионизирующие излучения",
    "ionizing": "ионизирующие излучения",
    "microclimate": "микроклимат",
    "light": "световая среда",
    "heaviness": "тяжесть",
    "tension": "напряжённость",
}
VALUES = (
    ("Value", "NormValue", ""),
    ("ConcentrationMax", "NormValueMax", "максимальная разовая"),
    ("ConcentrationAvg", "NormValueAvg", "среднесменная"),
    ("ValueX", "NormValueXY", "ось X"),
    ("ValueY", "NormValueXY", "ось Y"),
    ("ValueZ", "NormValueZ", "ось Z"),
    ("DoseValue", "DoseNormValue", "доза"),
    ("EnergyValue", "NormEnergyValue", "энергетическая экспозиция"),
    ("PowerValue", "NormPowerValue", "облучённость"),
)
PLAIN_NORMS = {"ConcentrationMax": "NormValue", "ConcentrationAvg": "NormValue", "ValueX": "NormValue",
               "ValueY": "NormValue", "ValueZ": "NormValue"}  # fmt: skip


def levels_of(tag: str, tree: Tree) -> Iterator[dict[str, Any]]:
    """Yield the values of a factor that carry a class or a norm; places and readings stay in the detail."""
    yield from _values(tag, tree, "", "")


def _values(tag: str, tree: Tree, subject: str, place: str) -> Iterator[dict[str, Any]]:
    if kod := tree.get("Kod"):
        subject = kod.get("@Name") or kod.get("", "") if isinstance(kod, dict) else str(kod)
    if tag == "MeasuringPlace":
        place = text_of(tree.get("Name"))
    if not NORMS.isdisjoint(tree) or ("WorkingConditions" in tree and "Value" in tree):
        yield from _said(tag, tree, subject, place)
    for name, each in _children(tag, tree):
        yield from _values(name, each, subject, place)


def _children(tag: str, tree: Tree) -> Iterator[tuple[str, Tree]]:
    for name, value in tree.items():
        if type(value) is str or name in SKIPPED or (name == "MeasuringPlace" and tag not in PLACED):
            continue
        for each in value if type(value) is list else (value,):
            if type(each) is dict:
                yield name, each


NORMS = frozenset({"NormValue", "NormValueMin", "NormValueMax", "NormValueAvg", "NormValueXY"})
PLACED = frozenset({"Microclimate", "LightEnvironment", "Ultrasound"})  # the class belongs to a place
SKIPPED = frozenset(
    {"Protocol", "MeasuringTool", "WorkerForMeasurement", "MeasurementConditions", "WorkOperationStrategy",
     "WorkFunctionStrategy", "WorkDayStrategy", "Kod", "Height", "WorkCategory", "TimeBehavior"}
)  # fmt: skip


def _said(tag: str, tree: Tree, subject: str, place: str) -> Iterator[dict[str, Any]]:
    for name, norm_name, axis in VALUES:
        if name not in tree:
            continue
        value = tree[name]
        norm = tree.get(norm_name, tree.get(PLAIN_NORMS.get(name, ""), ""))
        low, high = tree.get("NormValueMin"), tree.get("NormValueMax") if name == "Value" else None
        unit = value.get("@Unit", "") if isinstance(value, dict) else ""
        said = {
            "indicator": tag if tag not in ("ChemicalAgent", "Enzyme") else "",
            "axis": axis,
            "subject": subject,
            "place": place,
            "value": text_of(value),
            "sign": value.get("@Sign", "") if isinstance(value, dict) else "",
            "unit": unit,
            "norm": text_of(norm) or " – ".join(filter(None, (text_of(low), text_of(high)))),
            "uncertainty": text_of(tree.get("Uncertainty")),
            "share": text_of(tree.get("Duration")),
            "stated": text_of(tree.get("WorkingConditions")),
        }
        yield {key: text for key, text in said.items() if text}
