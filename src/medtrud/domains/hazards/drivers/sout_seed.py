"""Values typed by hand as the trees of the exchange file: what is known of a factor stands in its place."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..types.sout_file import Tree
from .sout_asks import place_kind, put

PLACE = "WorkPlaceAttested"
Say = Callable[[str, object], None]
# indicator -> element under the factor, its value, its limit, the same value as it is read at the place
WAYS: dict[str, tuple[str, str, str, str]] = {
    "noise_laeq": ("", "Value", "NormValue", "MeasuringPlace[0]/Value[0]"),
    "infrasound_total": ("", "Value", "NormValue", "MeasuringPlace[0]/Value[0]"),
    "vib_x": ("", "ValueX", "NormValueXY", "MeasuringPlace[0]/ValueX[0]"),
    "vib_y": ("", "ValueY", "NormValueXY", "MeasuringPlace[0]/ValueY[0]"),
    "vib_z": ("", "ValueZ", "NormValueZ", "MeasuringPlace[0]/ValueZ[0]"),
    "chem_max": ("ChemicalAgent[{n}]", "ConcentrationMax", "NormValueMax",
                 "MeasuringPlace[0]/ConcentrationMax[0]"),
    "chem_ss": ("ChemicalAgent[{n}]", "ConcentrationAvg", "NormValueAvg",
                "MeasuringPlace[0]/ConcentrationAvg[0]"),
    "dust_ss": ("ChemicalAgent[{n}]", "ConcentrationAvg", "NormValue",
                "MeasuringPlace[0]/ConcentrationAvg[0]"),
    "bio_producer": ("MicroorganismProducer[{n}]", "", "NormValue", "MeasuringPlace[0]/ConcentrationMax[0]"),
    "bio_pathogen": ("MicroorganismPathogenic[{n}]", "", "", ""),
    "ultrasound_band": ("MeasuringPlace[0]", "", "", ""),
    "air_temperature": ("MeasuringPlace[0]/AirTemperature[0]", "Value", "", ""),
    "air_humidity": ("MeasuringPlace[0]/AirHumidity[0]", "Value", "", ""),
    "air_speed": ("MeasuringPlace[0]/AirSpeed[0]", "Value", "NormValue", ""),
    "tns": ("MeasuringPlace[0]/ThermalLoadIndex[0]", "Value", "NormValue", ""),
    "heat_flux": ("MeasuringPlace[0]/HeatRadiationIntensity[0]", "Value", "NormValue", ""),
    "illuminance": ("MeasuringPlace[{n}]/GeneralIllumination[0]", "Value", "NormValue", ""),
    "stereo_regional": ("MotorStereotypy[0]/MotorStereotypyRegionalLoad[0]", "Value", "NormValue", ""),
    "stereo_local": ("MotorStereotypy[0]/MotorStereotypyLocalLoad[0]", "Value", "NormValue", ""),
    "bends": ("BodyBending[0]", "Value", "NormValue", ""),
    "walk_h": ("Travelling[0]/HorizontalTravelling[0]", "Value", "NormValue", ""),
    "pose": ("WorkingPose[0]", "Value", "", ""),
    "signals": ("SignalDensity[0]", "Value", "", ""),
    "objects": ("ObjectsUnderControl[0]", "Value", "", ""),
    "voice": ("VocalLoad[0]", "Value", "", ""),
    "emf_50hz_e": ("ElectromagneticField50Hz[0]/ElectricFieldIntensity50Hz[0]", "Value", "NormValue",
                   "MeasuringPlace[0]/MeasuringData[0]/Value[0]"),
    "emf_50hz_m": ("ElectromagneticField50Hz[0]/OverallMagneticFieldIntensity50Hz[0]", "Value", "NormValue",
                   "MeasuringPlace[0]/MeasuringData[0]/Value[0]"),
    "emf_electrostatic": ("ElectrostaticField[0]", "Value", "NormValue", ""),
    "uv": ("UltravioletRadiation[0]/UVA_60min[0]", "Value", "NormValue", ""),
    "dose_effective": ("XRadiation[0]/EffectiveDose[0]", "Value", "NormValue", ""),
    "dose_lens": ("XRadiation[0]/EquivalentDoseLens[0]", "Value", "NormValue", ""),
    "dose_skin": ("XRadiation[0]/EquivalentDoseSkinHandFoot[0]", "Value", "NormValue", ""),
}  # fmt: skip
LIFTS = {"lift_occasional": "SingleWeightLifting", "lift_constant": "ConstantWeightLifting"}
SEXES = {"male": "Male", "female": "Female"}
NAMED = frozenset({"chem_max", "chem_ss", "dust_ss", "bio_producer", "bio_pathogen"})
STATED_APART = frozenset(
    {"noise_laeq", "infrasound_total", "vib_x", "vib_y", "vib_z", "vib_local", "ultrasound_band"}
)
PLACED = frozenset({"Microclimate", "LightEnvironment"})  # the place has a class of its own
BANDS = {12.5: "41", 16: "42", 20: "43", 25: "44", 31.5: "45", 40: "46", 50: "47", 63: "48", 80: "49",
         100: "50"}  # fmt: skip


def seed(tag: str, levels: Sequence[Mapping[str, Any]], stated: str, stated_ppe: str = "") -> Tree:
    """Return the tree of a factor from its values; what nobody has typed is not there."""
    kind = place_kind(PLACE).parts["Factors"].kind.parts[tag].kind
    tree: Tree = {}

    def say(path: str, text: object) -> None:
        if text not in (None, ""):
            put(kind, tree, path, str(text))

    say("WorkingConditions[0]", stated)
    say("WorkingConditionsPPE[0]", stated_ppe)
    subjects = list(dict.fromkeys(str(level.get("subject") or level.get("place") or "") for level in levels))
    for level in levels:
        number = subjects.index(str(level.get("subject") or level.get("place") or ""))
        _level(tag, level, number, stated, say)
    return tree


def _level(tag: str, level: Mapping[str, Any], number: int, stated: str, say: Say) -> None:
    code = str(level.get("indicator", ""))
    way = _way(code, level)
    if way is None:
        return
    element, value, norm, spot = way
    element = element.format(n=number)
    base = f"{element}/" if element else ""
    shown = level.get("code") if code == "pose" else level.get("value")
    mine = level.get("stated") or stated
    say(f"{base}Kod[0]/@Name", level.get("subject") if code in NAMED else "")
    for name, text in ((value, shown), (norm, level.get("norm"))):
        say(f"{base}{name}[0]", text if name else "")
        say(f"{base}{name}[0]/@Unit", level.get("unit") if name and text not in (None, "") else "")
    say(f"{base}{spot}", shown if spot else "")
    say(f"{base}WorkingConditions[0]", "" if code in STATED_APART else mine)
    if tag in PLACED:
        place = element.split("/")[0]
        say(f"{place}/Name[0]", level.get("subject") or level.get("place"))
        say(f"{place}/WorkingConditions[0]", mine)
    if code == "ultrasound_band":
        _octave(level, number, mine, say)


def _octave(level: Mapping[str, Any], number: int, stated: str, say: Say) -> None:
    octave = f"MeasuringPlace[0]/SoundPressureOctave[{number}]"
    say(f"{octave}/Octave[0]", BANDS.get(float(level.get("band") or 0)))
    say(f"{octave}/Value[0]", level.get("value"))
    say(f"{octave}/NormValue[0]", level.get("norm"))
    say("MeasuringPlace[0]/WorkingConditions[0]", stated)


def _way(code: str, level: Mapping[str, Any]) -> tuple[str, str, str, str] | None:
    if code in LIFTS and level.get("sex") in SEXES:
        return f"WeightLifting[0]/{LIFTS[code]}{SEXES[level['sex']]}[0]", "Value", "NormValue", ""
    if code == "vib_local" and level.get("place") in ("X", "Y", "Z"):
        axis = f"Value{level['place']}"
        return "", axis, "NormValue", f"MeasuringPlace[0]/{axis}[0]"
    return WAYS.get(code)
