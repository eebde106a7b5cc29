"""Parts of the exchange file as the methodology compares them: a wrong class is found, a gap is named."""

from pathlib import Path

import pytest

from medtrud.domains.hazards.drivers import sout_read, sout_stream, xsd_problems
from medtrud.domains.hazards.rules.sout_derive import act_of, derive
from medtrud.domains.hazards.rules.sout_place import PlaceReader, report_of
from medtrud.domains.hazards.types.sout_card import Derived
from medtrud.domains.hazards.types.sout_file import PlaceRead

from .sout_xml import GUARANTEES, PLACE, report
from .test_sout_file import SHARED, schemas

WHERE = "<Name>пост</Name><Date>2024-12-20</Date>"
USED = '<MeasuringTool Id="T1"/>'
WHO = '<WorkerForMeasurement Id="E1"/>'
ACT = "<NormativeAct>СанПиН</NormativeAct>"
SOURCE = "<Duration>1</Duration><FactorSource>установка</FactorSource>"


def tag(name: str, *inside: str) -> str:
    return f"<{name}>{''.join(inside)}</{name}>"


def classed(stated: str) -> str:
    return tag("WorkingConditions", stated)


def measured(value: object, norm: object, unit: str, stated: str = "2", *, norm_unit: str = "") -> str:
    return (
        f'<Value Unit="{unit}">{value}</Value><NormValue Unit="{norm_unit or unit}">{norm}</NormValue>'
        f"{classed(stated)}{ACT}"
    )


def heights(*levels: str) -> str:
    return "".join(f"<MeasuringData><Height>{at}</Height><Value>1</Value></MeasuringData>" for at in levels)


POSTURE = "<Duration>1</Duration><Posture>0</Posture><FactorSource>установка</FactorSource>"
POWER_PLACE = tag("MeasuringPlace", WHERE, SOURCE, heights("0.5"), USED, WHO)
RADIO_PLACE = tag("MeasuringPlace", WHERE, POSTURE, heights("0.5", "1", "1.7"), USED, WHO)
ULTRAVIOLET_PLACE = tag("MeasuringPlace", WHERE, SOURCE, heights("0.5", "1"), USED, WHO)


def ultrasound(stated: str, *octaves: tuple[int, float]) -> str:
    bands = "".join(
        f"<SoundPressureOctave><Octave>{code}</Octave><Value>{value}</Value><NormValue>100</NormValue>"
        "</SoundPressureOctave>"
        for code, value in octaves
    )
    behaviour = tag("TimeBehavior", "0")
    place = tag("MeasuringPlace", WHERE, behaviour, SOURCE, classed(stated), bands, USED, WHO)
    return tag("Ultrasound", classed(stated), ACT, place)


def rays(stated: str, body: str) -> str:
    return f"<NonionizingRadiation>{classed(stated)}{body}</NonionizingRadiation>"


def power(name: str, value: float, norm: float, unit: str, **more: str) -> str:
    at = "0" if name.startswith("Local") else "0.5"
    place = tag("MeasuringPlace", WHERE, SOURCE, heights(at), USED, WHO)
    return tag("ElectromagneticField50Hz", tag(name, measured(value, norm, unit, **more), place))


def radio(group: str, name: str, value: float, norm: float) -> str:
    body = tag(name, measured(value, norm, "В/м"), RADIO_PLACE)
    return tag("RadioFields", tag(f"RadioFields_{group}", body))


def laser(kind: str, value: float | None, norm: float = 1) -> str:
    values = "" if value is None else tag("PowerValue", str(value)) + tag("NormPowerValue", str(norm))
    source = tag(
        "ContinuousRadiation", tag("ExposureType", kind), tag("ExposureTime", "1"), tag("Duration", "10"),
        tag("WaveLength", "650"), USED, WHO,
    )  # fmt: skip
    data = tag(
        "MeasuringData", tag("MeasuringPlaceName", "стол"), tag("Date", "2024-12-20"), values, classed("2"),
        ACT, source,
    )  # fmt: skip
    return tag("LaserRadiation", tag("SkinIrradiation", data))


def ionizing(stated: str, dose: float, more: str = "") -> str:
    place = tag(
        "MeasuringPlace", "<Name>пульт</Name><Value>1</Value><RadiationType>1</RadiationType>", SOURCE,
        tag("Date", "2024-12-20"), USED, WHO,
    )  # fmt: skip
    dosed = tag("XRadiation", tag("EffectiveDose", measured(dose, 20, "мЗв/год"), place))
    return tag("IonizingRadiation", classed(stated), tag("StaffGroup", "0"), dosed, more)


def contamination(value: float, stated: str) -> str:
    place = tag("MeasuringPlace", "<Name>стол</Name><Value>1</Value><Duration>1</Duration>", USED, WHO)
    body = (
        f"<ContaminationObject>2</ContaminationObject><Value>{value}</Value><NormValue>5</NormValue>"
        f"<Date>2024-12-20</Date>{classed(stated)}{ACT}{place}"
    )
    return tag("RadioactiveContamination", tag("BetaActiveNuclides", body))


def pathogen(stated: str, part: str, name: str) -> str:
    place = tag("MeasuringPlace", WHERE, SOURCE, WHO)
    body = f'<Kod Name="{name}">12</Kod>{classed(part)}{ACT}{place}'
    return tag("BiologicalFactors", classed(stated), tag("MicroorganismPathogenic", body))


def glare(stated: str, part: str, lux: float = 400) -> str:
    general = tag("GeneralIllumination", measured(lux, 300, "лк"), USED, WHO)
    direct = tag("DirectGlare", classed(part), tag("FactorSource", "лампа"), ACT, WHO)
    about = "<Duration>1</Duration><VisualWorkCategory>3</VisualWorkCategory>"
    return tag(
        "LightEnvironment",
        classed(stated),
        tag("MeasuringPlace", WHERE, about, classed(part), general, direct),
    )


def file_of(factor: str, total: str, tmp_path: Path) -> Path:
    text = PLACE.format(
        number="1", title="Оператор", stated=total, guarantees=GUARANTEES, snils="отсутствует",
        factors=f"<Factors>{factor}</Factors>",
    )  # fmt: skip
    path = tmp_path / "отчёт.xml"
    path.write_text(report(text))
    return path


def said(factor: str, total: str, tmp_path: Path) -> tuple[Derived, str, bool, str]:
    """Derive the card of a file with one factor: the card, its class, whether it differs, the reasons."""
    with sout_stream(file_of(factor, total, tmp_path)) as stream:
        pieces = list(sout_read(stream))
    facts = report_of(pieces[0])  # type: ignore[arg-type]
    assert facts is not None
    place = next(piece for piece in pieces if isinstance(piece, PlaceRead))
    card = PlaceReader(facts).card(place)
    assert not place.problems
    facts.act = act_of(facts.approved_on)
    derived = derive(card, facts)
    found, differs, reasons = derived.lines[card.lines[0].factor]
    return derived, found, differs, " ".join(reason["text"] for reason in reasons)


WRONG = {
    "ultrasound": (ultrasound("2", (43, 111)), "3.2", "Полоса 20 кГц: 111 дБ при ПДУ 100 дБ"),
    "ultrasound of several bands": (ultrasound("2", (43, 111), (44, 90)), "3.2", "Рабочая частота"),
    "electric field": (
        rays("2", power("ElectricFieldIntensity50Hz", 12, 5, "кВ/м")), "3.1", "кратность 2,4",
    ),
    "magnetic field": (
        rays("2", power("OverallMagneticFieldIntensity50Hz", 900, 80, "А/м")), "3.3", "11,25",
    ),
    "magnetic induction": (
        rays("2", power("LocalMagneticFieldInduction50Hz", 110, 100, "мкТл")), "3.1", "1,1",
    ),
    "impulse field": (
        rays("2", "<ElectromagneticField50Hz><ImpulseMagneticField><OperativeConditions2>"
        + measured(9000, 1400, "А/м") + POWER_PLACE
        + "</OperativeConditions2></ImpulseMagneticField></ElectromagneticField50Hz>"),
        "3.2", "режим 2",
    ),
    "radio 10-30 kHz": (
        rays("2", radio("0.01-0.03mHz", "ElectricFieldIntensity", 600, 500)), "3.1", "10–30 кГц",
    ),
    "radio 0.03-3 MHz": (
        rays("2", radio("0.03-300mHz", "ElectricFieldRadiantExposure_0.03-3mHz", 6, 1)), "3.2", "0,03–3 МГц",
    ),
    "radio 3-30 MHz": (
        rays("2", radio("0.03-300mHz", "ElectricFieldIntensity_3-30mHz", 11, 1)), "3.4", "3–30 МГц",
    ),
    "radio 30-300 MHz": (
        rays("2", radio("0.03-300mHz", "ElectricFieldIntensity_30-300mHz", 101, 1)), "4", "30–300 МГц",
    ),
    "radio 30-50 MHz": (
        rays("2", radio("0.03-300mHz", "MagneticFieldRadiantExposure_30-50mHz", 4, 1)), "3.2", "30–300 МГц",
    ),
    "radio of GHz": (
        rays("2", radio("300mHz-300gHz", "OverallEnergyFluxDensity", 6, 1)), "3.3", "300 МГц–300 ГГц",
    ),
    "electrostatic field": (
        rays("2", f"<ElectrostaticField>{measured(130, 20, 'кВ/м')}{RADIO_PLACE}</ElectrostaticField>"),
        "3.2", "Электростатическое поле",
    ),
    "constant magnetic field": (
        rays("2", "<ConstantMagneticField><OverallMagneticFieldInduction>" + measured(12, 10, "мТл")
        + RADIO_PLACE + "</OverallMagneticFieldInduction></ConstantMagneticField>"),
        "3.1", "Постоянное магнитное поле",
    ),
    "ultraviolet": (
        rays("2", f"<UltravioletRadiation><UVB_60min>{measured(0.2, 0.05, 'Вт/м²')}{ULTRAVIOLET_PLACE}"
        "</UVB_60min></UltravioletRadiation>"),
        "3.1", "УФ-В",
    ),
    "laser, chronic": (rays("2", laser("1", 3)), "3.1", "кожа, стол"),
    "ionizing": (ionizing("2", 12), "3.2", "эффективная доза"),
    "pathogens with a group": (pathogen("2", "2", "Brucella, II группа"), "3.3", "II группы"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_class_of_each_part_is_found_and_explained(name: str, tmp_path: Path) -> None:
    factor, expected, why = WRONG[name]
    derived, found, differs, reasons = said(factor, "2", tmp_path)
    assert (found, differs, derived.total) == (expected, True, expected)
    assert why.casefold() in reasons.casefold()
    assert f"в отчёте 2, по измерениям {expected}" in " ".join(derived.said["differs"])


@pytest.mark.parametrize("name", WRONG)
def test_the_right_class_of_each_part_is_confirmed(name: str, tmp_path: Path) -> None:
    factor, expected, _ = WRONG[name]
    name = factor[1 : factor.index(">")]
    right = factor.replace(f"<{name}>{classed('2')}", f"<{name}>{classed(expected)}", 1)
    derived, found, differs, _ = said(right, expected, tmp_path)
    assert (found, differs, derived.differs) == (expected, False, False)


@schemas
@pytest.mark.parametrize("name", WRONG)
def test_the_files_of_these_tests_pass_the_official_schema(name: str, tmp_path: Path) -> None:
    with sout_stream(file_of(WRONG[name][0], "2", tmp_path)) as stream:
        assert not xsd_problems(stream, SHARED / "Sout_1.0.3.xsd")


GAPS = {
    "a pathogen without a group": (
        pathogen("2", "3.1", "Brucella"), "группы патогенности (I–IV) в выгрузке нет",
    ),
    "glare": (glare("2", "3.1"), "Прямая блёсткость, пост: измеряемой величины схема не передаёт"),
    "contamination over its limit": (
        ionizing("2", 4, contamination(9, "3.1")), "Ступеней для загрязнения поверхностей",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_what_a_file_cannot_say_is_named_and_a_class_below_its_own_part_is_found(
    name: str, tmp_path: Path
) -> None:
    factor, why = GAPS[name]
    derived, found, differs, reasons = said(factor, "2", tmp_path)
    assert (found, differs) == ("", True)
    assert why in reasons
    assert "в отчёте 2, по измерениям не ниже 3.1" in " ".join(derived.said["differs"])


@schemas
@pytest.mark.parametrize("name", GAPS)
def test_the_files_with_gaps_pass_the_official_schema(name: str, tmp_path: Path) -> None:
    with sout_stream(file_of(GAPS[name][0], "2", tmp_path)) as stream:
        assert not xsd_problems(stream, SHARED / "Sout_1.0.3.xsd")


def test_glare_of_an_expert_does_not_hide_a_dark_workplace(tmp_path: Path) -> None:
    _, found, differs, reasons = said(glare("3.1", "2", lux=100), "3.1", tmp_path)
    assert (found, differs) == ("", True)
    assert "100 лк при норме 300 лк" in reasons


def test_contamination_within_its_limit_is_only_a_remark(tmp_path: Path) -> None:
    _, found, differs, reasons = said(ionizing("2", 4, contamination(3, "2")), "2", tmp_path)
    assert (found, differs) == ("2", False)
    assert "не выше допустимого 5" in reasons


def test_a_field_and_its_limit_in_different_units_are_not_compared(tmp_path: Path) -> None:
    factor = rays("2", power("ElectricFieldIntensity50Hz", 12, 5000, "кВ/м", norm_unit="В/м"))
    _, found, differs, reasons = said(factor, "2", tmp_path)
    assert (found, differs) == ("", False)
    assert "значение в «кВ/м», норматив в «В/м»" in reasons


def test_a_laser_without_values_says_which_are_missing(tmp_path: Path) -> None:
    _, found, _, reasons = said(rays("2", laser("1", None)), "2", tmp_path)
    assert not found
    assert "нет ни экспозиции, ни облучённости с нормативом" in reasons


def test_a_laser_over_the_second_limit_stays_with_the_expert_but_not_below_its_floor(tmp_path: Path) -> None:
    _, found, _, reasons = said(rays("2", laser("0", 4)), "2", tmp_path)
    assert not found
    assert "его ставит эксперт" in reasons


def test_two_ranges_of_one_harmful_class_raise_it_and_one_range_does_not(tmp_path: Path) -> None:
    one = radio("0.03-300mHz", "ElectricFieldIntensity_3-30mHz", 2, 1)
    static = f"<ElectrostaticField>{measured(30, 20, 'кВ/м')}{RADIO_PLACE}</ElectrostaticField>"
    _, found, _, _ = said(rays("3.1", one + static), "3.1", tmp_path)
    assert found == "3.2"
    _, found, _, _ = said(rays("3.1", one), "3.1", tmp_path)
    assert found == "3.1"
