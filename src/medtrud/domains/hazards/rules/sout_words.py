"""What the measured values of a card are called in Russian."""

from collections.abc import Mapping
from typing import Any

from .sout_indicators import indicator_title

TITLES = {
    "Noise": "эквивалентный уровень звука",
    "Infrasound": "общий уровень звукового давления",
    "Ultrasound": "уровень звукового давления",
    "LocalVibration": "корректированный уровень виброускорения",
    "OverallVibration": "корректированный уровень виброускорения",
    "SoundPressureOctave": "уровень в октавной полосе",
    "DustBurden": "пылевая нагрузка",
    "MicroorganismProducer": "микроорганизмы-продуценты",
    "MicroorganismPathogenic": "патогенные микроорганизмы",
    "AirTemperature": "температура воздуха",
    "AirSpeed": "скорость движения воздуха",
    "AirHumidity": "относительная влажность",
    "ThermalLoadIndex": "ТНС-индекс",
    "HeatRadiationIntensity": "интенсивность теплового облучения",
    "GeneralIllumination": "освещённость рабочей поверхности",
    "CombinedIlluminationTotal": "комбинированное освещение, всего",
    "CombinedIlluminationFromGeneral": "комбинированное освещение, от общего",
    "DirectGlare": "прямая блёскость",
    "ReflectedGlare": "отражённая блёскость",
    "SingleWeightLiftingMale": "подъём тяжести с чередованием, мужчины",
    "SingleWeightLiftingFemale": "подъём тяжести с чередованием, женщины",
    "ConstantWeightLiftingMale": "подъём тяжести постоянно, мужчины",
    "ConstantWeightLiftingFemale": "подъём тяжести постоянно, женщины",
    "TotalWeightLiftingOffWorkSurfaceMale": "суммарная масса за час с рабочей поверхности, мужчины",
    "TotalWeightLiftingOffWorkSurfaceFemale": "суммарная масса за час с рабочей поверхности, женщины",
    "TotalWeightLiftingOffFlorMale": "суммарная масса за час с пола, мужчины",
    "TotalWeightLiftingOffFlorFemale": "суммарная масса за час с пола, женщины",
    "MotorStereotypyLocalLoad": "стереотипные движения, локальная нагрузка",
    "MotorStereotypyRegionalLoad": "стереотипные движения, региональная нагрузка",
    "WorkingPose": "рабочая поза",
    "BodyBending": "наклоны корпуса",
    "HorizontalTravelling": "перемещения по горизонтали",
    "VerticalTravelling": "перемещения по вертикали",
    "SignalDensity": "плотность сигналов за час",
    "ObjectsUnderControl": "число объектов наблюдения",
    "OpticalInstrumentUsage": "работа с оптическими приборами",
    "VocalLoad": "нагрузка на голосовой аппарат",
    "OperationMonotony": "число элементов приёма",
    "ControlMonotony": "время пассивного наблюдения",
    "RaptAttentionTime": "сосредоточенное наблюдение",
    "EffectiveDose": "эффективная доза",
    "EquivalentDoseLens": "эквивалентная доза, хрусталик",
    "EquivalentDoseSkinHandFoot": "эквивалентная доза, кожа, кисти и стопы",
    "WeightMovementLess1mMale": "динамическая нагрузка до 1 м, мужчины",
    "WeightMovementLess1mFemale": "динамическая нагрузка до 1 м, женщины",
    "WeightMovement1to5mMale": "динамическая нагрузка 1–5 м, мужчины",
    "WeightMovement1to5mFemale": "динамическая нагрузка 1–5 м, женщины",
    "WeightMovementMore5mMale": "динамическая нагрузка более 5 м, мужчины",
    "WeightMovementMore5mFemale": "динамическая нагрузка более 5 м, женщины",
    "StaticalLoadOneHandMale": "статическая нагрузка одной рукой, мужчины",
    "StaticalLoadOneHandFemale": "статическая нагрузка одной рукой, женщины",
    "StaticalLoadTwoHandsMale": "статическая нагрузка двумя руками, мужчины",
    "StaticalLoadTwoHandsFemale": "статическая нагрузка двумя руками, женщины",
    "StaticalLoadBodyMale": "статическая нагрузка с участием корпуса и ног, мужчины",
    "StaticalLoadBodyFemale": "статическая нагрузка с участием корпуса и ног, женщины",
    "ElectrostaticField": "электростатическое поле",
    "ElectricFieldIntensity50Hz": "электрическое поле 50 Гц",
    "OverallMagneticFieldIntensity50Hz": "магнитное поле 50 Гц, общее",
    "OverallMagneticFieldInduction50Hz": "магнитная индукция 50 Гц, общая",
    "LocalMagneticFieldIntensity50Hz": "магнитное поле 50 Гц, локальное",
    "LocalMagneticFieldInduction50Hz": "магнитная индукция 50 Гц, локальная",
}


NUMBERS = ("value", "norm", "uncertainty")


def level_title(level: Mapping[str, Any]) -> str:
    """Name a measured value: the substance or the indicator, the axis, the place."""
    indicator = str(level.get("indicator", ""))
    known = TITLES.get(indicator) or indicator_title(indicator)
    head = str(level.get("subject") or known)
    if level.get("subject") and known:
        head = f"{known}: {head}"
    return ", ".join(filter(None, (head, str(level.get("axis", "")), str(level.get("place", "")))))


def level_printed(level: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a level as people read them: 88.4 of the file is 88,4."""
    shown = {
        name: str(level[name]).replace(".", ",") for name in NUMBERS if level.get(name) not in (None, "")
    }
    return {**level, **shown}
