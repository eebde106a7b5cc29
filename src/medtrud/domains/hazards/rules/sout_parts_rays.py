"""Ultrasound and radiation of the exchange file as the values the methodology compares."""

from collections.abc import Iterator

from ..types.sout import Level
from ..types.sout_file import Tree, text_of
from .sout_parts import Gap, Piece, compared, number, unit

OCTAVES = {"41": 12.5, "42": 16, "43": 20, "44": 25, "45": 31.5, "46": 40, "47": 50, "48": 63, "49": 80,
           "50": 100}  # fmt: skip
RANGES = {
    "0.01-0.03mHz": ("rf_0.01_3", "ЭМП 10–30 кГц"),
    "0.03-3mHz": ("rf_0.01_3", "ЭМП 0,03–3 МГц"),
    "3-30mHz": ("rf_3_30", "ЭМП 3–30 МГц"),
    "30-50mHz": ("rf_30_300g", "ЭМП 30–300 МГц"),
    "30-300mHz": ("rf_30_300g", "ЭМП 30–300 МГц"),
    "300mHz-300gHz": ("rf_30_300g", "ЭМП 300 МГц–300 ГГц"),
}
FIELDS = {
    "ElectricFieldIntensity": "напряжённость электрического поля",
    "MagneticFieldIntensity": "напряжённость магнитного поля",
    "ElectricFieldRadiantExposure": "энергетическая экспозиция электрического поля",
    "MagneticFieldRadiantExposure": "энергетическая экспозиция магнитного поля",
    "EnergyFluxDensityRadiantExposure": "энергетическая экспозиция потока энергии",
    "OverallEnergyFluxDensity": "плотность потока энергии",
    "LocalEnergyFluxDensity": "плотность потока энергии у кистей",
    "ElectricFieldIntensity50Hz": "напряжённость",
    "OverallMagneticFieldIntensity50Hz": "напряжённость, общее воздействие",
    "OverallMagneticFieldInduction50Hz": "индукция, общее воздействие",
    "LocalMagneticFieldIntensity50Hz": "напряжённость, локальное воздействие",
    "LocalMagneticFieldInduction50Hz": "индукция, локальное воздействие",
    "OperativeConditions1": "импульсное поле, режим 1",
    "OperativeConditions2": "импульсное поле, режим 2",
    "OperativeConditions3": "импульсное поле, режим 3",
    "OverallMagneticFieldInduction": "индукция, общее воздействие",
    "OverallMagneticFieldIntensity": "напряжённость, общее воздействие",
    "LocalMagneticFieldInduction": "индукция, локальное воздействие",
}
ULTRAVIOLET = {
    "UVA_60min": "УФ-А, до 60 минут", "UVB_60min": "УФ-В, до 60 минут", "UVC_60min": "УФ-С, до 60 минут",
    "UVA_240min": "УФ-А, до 240 минут", "UVB_240min": "УФ-В, до 240 минут", "UVBC": "УФ-В и УФ-С",
}  # fmt: skip
LASER_PARTS = {"SkinIrradiation": "кожа", "CorneaIrradiation": "роговица", "RetinaIrradiation": "сетчатка"}
LASER = {"1": "laser_1", "0": "laser_2"}  # chronic, single
LASER_VALUES = (
    ("EnergyValue", "NormEnergyValue", "энергетическая экспозиция"),
    ("PowerValue", "NormPowerValue", "облучённость"),
)
DOSES = {
    "EffectiveDose": ("dose_effective", "Эффективная доза"),
    "EquivalentDoseLens": ("dose_lens", "Доза в хрусталике"),
    "EquivalentDoseSkinHandFoot": ("dose_skin", "Доза в коже, кистях, стопах"),
}
NUCLIDES = {
    "AlphaActiveNuclidesSeparate": "отдельные альфа-активные нуклиды",
    "AlphaActiveNuclidesOther": "прочие альфа-активные нуклиды",
    "BetaActiveNuclides": "бета-активные нуклиды",
}
YEAR_DOSE = ("мЗв", "мЗв/год", "мЗв в год")


def ultrasound(tree: Tree) -> Iterator[Piece]:
    """Ультразвук: уровни в полосах; рабочую частоту источника (п. 42) схема не передаёт."""
    met: set[float] = set()
    for place in tree.get("MeasuringPlace", ()):
        for octave in place.get("SoundPressureOctave", ()):
            band = OCTAVES.get(text_of(octave.get("Octave")).strip())
            value = octave.get("Value")
            if band is None:
                yield Gap(f"Ультразвук: полоса «{text_of(octave.get('Octave'))}» схеме неизвестна.")
                continue
            met.add(band)
            yield Level(
                indicator="ultrasound_band", band=band, value=number(value), unit=unit(value, "дБ"),
                place=text_of(place.get("Name")),
            )  # fmt: skip
    if len(met) > 1:
        yield Gap(
            "Рабочая частота источника ультразвука в выгрузке не названа: сравнены все полосы, класс дан по "
            "полосе с наибольшим превышением.", bars=False,
        )  # fmt: skip


def nonionizing(tree: Tree) -> Iterator[Piece]:
    """Неионизирующие излучения: каждое поле с его ПДУ; полосы одного диапазона — один показатель."""
    yield from _power(tree.get("ElectromagneticField50Hz", {}))
    yield from _radio(tree.get("RadioFields", {}))
    if part := tree.get("ElectrostaticField"):
        yield _of("emf_electrostatic", part, "Электростатическое поле", "")
    for tag, part in tree.get("ConstantMagneticField", {}).items():
        if tag in FIELDS:
            yield _of("emf_const_magnetic", part, "Постоянное магнитное поле", FIELDS[tag])
    for tag, part in tree.get("UltravioletRadiation", {}).items():
        if tag in ULTRAVIOLET:
            yield _of("uv", part, "Ультрафиолет", ULTRAVIOLET[tag])
    yield from _laser(tree.get("LaserRadiation", {}))


def _power(field: Tree) -> Iterator[Piece]:
    for tag, part in (*field.items(), *field.get("ImpulseMagneticField", {}).items()):
        if tag in FIELDS:
            electric = tag == "ElectricFieldIntensity50Hz"
            subject = "Электрическое поле 50 Гц" if electric else "Магнитное поле 50 Гц"
            yield _of("emf_50hz_e" if electric else "emf_50hz_m", part, subject, FIELDS[tag])


def _radio(fields: Tree) -> Iterator[Piece]:
    for group, parts in fields.items():
        for tag, part in parts.items() if isinstance(parts, dict) else ():
            name, _, band = tag.partition("_")
            if name in FIELDS:
                indicator, subject = RANGES[band or group.partition("_")[2]]
                yield _of(indicator, part, subject, FIELDS[name])


def _of(indicator: str, part: Tree, subject: str, place: str) -> Piece:
    stated = text_of(part.get("WorkingConditions"))
    return compared(
        indicator, part.get("Value"), part.get("NormValue"), subject=subject, place=place, stated=stated
    )


def _laser(tree: Tree) -> Iterator[Piece]:
    """Лазер: ПДУ1 при хроническом облучении, ПДУ2 при однократном; вид называет каждый источник."""
    for tag, part in LASER_PARTS.items():
        for each in (one for group in tree.get(tag, ()) for one in group.get("MeasuringData", ())):
            sources = [*each.get("PulseRadiation", ()), *each.get("ContinuousRadiation", ())]
            kinds = {text_of(source.get("ExposureType")) for source in sources}
            where = f"{part}, {text_of(each.get('MeasuringPlaceName'))}"
            stated = text_of(each.get("WorkingConditions"))
            ready = [*_laser_levels(each, kinds, where, stated)] if len(kinds) == 1 else []
            ready += [
                piece
                for source in sources
                for piece in _laser_levels(source, {text_of(source.get("ExposureType"))}, where, stated)
            ]
            if ready:
                yield from ready
            elif not sources:
                text = (
                    "не названо, однократное облучение или хроническое (PulseRadiation, ContinuousRadiation)"
                )
                yield Gap(f"Лазер, {where}: {text}.", stated)
            else:
                text = "нет ни экспозиции, ни облучённости с нормативом (EnergyValue, PowerValue)"
                yield Gap(f"Лазер, {where}: {text}.", stated)


def _laser_levels(tree: Tree, kinds: set[str], where: str, stated: str) -> Iterator[Piece]:
    indicator = LASER.get(next(iter(kinds)), "laser_1")
    for value, norm, title in LASER_VALUES:
        if value in tree:
            yield compared(
                indicator, tree[value], tree.get(norm), subject="Лазер", place=f"{where}, {title}",
                stated=stated,
            )  # fmt: skip


def ionizing(tree: Tree) -> Iterator[Piece]:
    """Ионизирующие излучения: дозы за год; загрязнения поверхностей приложение № 19 не судит."""
    doses = tree.get("XRadiation", {})
    for tag, (indicator, title) in DOSES.items():
        if tag not in doses:
            continue
        value = doses[tag].get("Value")
        if number(value) is None:
            yield Gap(
                f"{title}: в выгрузке нет значения за год.", text_of(doses[tag].get("WorkingConditions"))
            )
            continue
        said = unit(value, YEAR_DOSE[1])
        yield Level(
            indicator=indicator, value=number(value), unit=YEAR_DOSE[1] if said in YEAR_DOSE else said
        )
    if not any(tag in doses for tag in DOSES):
        yield Gap("Ионизирующие излучения: в выгрузке нет ни одной дозы за год (XRadiation).")
    for tag, title in NUCLIDES.items():
        for each in tree.get("RadioactiveContamination", {}).get(tag, ()):
            yield _contamination(each, title)


def _contamination(tree: Tree, title: str) -> Gap:
    value, norm = number(tree.get("Value")), number(tree.get("NormValue"))
    what = (
        f"Радиоактивное загрязнение, {title}: {text_of(tree.get('Value'))} {unit(tree.get('Value'))}".strip()
    )
    if value is not None and norm is not None and value <= norm:
        return Gap(
            f"{what} — не выше допустимого {text_of(tree['NormValue'])}, класса не повышает.", bars=False
        )
    text = f"{what}. Ступеней для загрязнения поверхностей в загруженных таблицах методики нет."
    return Gap(text, text_of(tree.get("WorkingConditions")))
