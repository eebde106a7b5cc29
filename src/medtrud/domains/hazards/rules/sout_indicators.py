"""What a card typed by hand may hold: the indicators of the methodology with their units."""

from collections.abc import Mapping
from typing import Any

INDICATORS: dict[str, tuple[str, str, str]] = {
    "noise_laeq": ("noise", "Шум: эквивалентный уровень звука", "дБА"),
    "infrasound_total": ("infrasound", "Инфразвук: общий уровень", "дБ Лин"),
    "vib_x": ("vibration_whole", "Вибрация общая: ось X", "дБ"),
    "vib_y": ("vibration_whole", "Вибрация общая: ось Y", "дБ"),
    "vib_z": ("vibration_whole", "Вибрация общая: ось Z", "дБ"),
    "vib_local": ("vibration_local", "Вибрация локальная", "дБ"),
    "chem_max": ("chemical", "Химический: максимальная разовая", "мг/м³"),
    "chem_ss": ("chemical", "Химический: среднесменная", "мг/м³"),
    "dust_ss": ("dust", "АПФД: среднесменная", "мг/м³"),
    "bio_producer": ("biological", "Микроорганизмы-продуценты", "кл/м³"),
    "bio_pathogen": ("biological", "Возбудитель: группа патогенности 1–4", ""),
    "ultrasound_band": ("ultrasound", "Ультразвук: уровень в полосе", "дБ"),
    "air_temperature": ("microclimate", "Микроклимат: температура воздуха", "°C"),
    "air_humidity": ("microclimate", "Микроклимат: влажность", "%"),
    "air_speed": ("microclimate", "Микроклимат: скорость воздуха", "м/с"),
    "tns": ("microclimate", "Микроклимат: ТНС-индекс", "°C"),
    "heat_flux": ("microclimate", "Микроклимат: тепловое излучение", "Вт/м²"),
    "illuminance": ("light", "Световая среда: освещённость", "лк"),
    "lift_occasional": ("heaviness", "Тяжесть: подъём с чередованием", "кг"),
    "lift_constant": ("heaviness", "Тяжесть: подъём постоянно", "кг"),
    "bends": ("heaviness", "Тяжесть: наклоны за смену", "раз"),
    "stereo_regional": ("heaviness", "Тяжесть: стереотипные движения, региональная", "ед."),
    "stereo_local": ("heaviness", "Тяжесть: стереотипные движения, локальная", "ед."),
    "walk_h": ("heaviness", "Тяжесть: перемещения по горизонтали", "км"),
    "pose": ("heaviness", "Тяжесть: рабочая поза, код 1–12", ""),
    "signals": ("tension", "Напряжённость: сигналов за час", ""),
    "objects": ("tension", "Напряжённость: объектов наблюдения", ""),
    "voice": ("tension", "Напряжённость: голос, ч в неделю", ""),
    "emf_50hz_e": ("nonionizing", "Электрическое поле 50 Гц", "кВ/м"),
    "emf_50hz_m": ("nonionizing", "Магнитное поле 50 Гц", "А/м"),
    "emf_electrostatic": ("nonionizing", "Электростатическое поле", "кВ/м"),
    "uv": ("nonionizing", "Ультрафиолет", "Вт/м²"),
    "dose_effective": ("ionizing", "Эффективная доза", "мЗв/год"),
    "dose_lens": ("ionizing", "Доза в хрусталике", "мЗв/год"),
    "dose_skin": ("ionizing", "Доза в коже, кистях, стопах", "мЗв/год"),
}

CODED = frozenset({"pose", "bio_pathogen"})  # the value typed is a code
SEXED = frozenset({"lift_occasional", "lift_constant"})
BANDS = (12.5, 16, 20, 25, 31.5, 40, 50, 63, 80, 100)


def indicator_options() -> list[tuple[str, str]]:
    """Return the indicators to choose from; "code/mark" says whose norm, which axis or which band."""
    found = []
    for code, (_, title, _) in INDICATORS.items():
        if code in SEXED:
            found += [(f"{code}/male", f"{title}, мужчины"), (f"{code}/female", f"{title}, женщины")]
        elif code == "vib_local":
            found += [(f"{code}/{axis}", f"{title}: ось {axis}") for axis in "XYZ"]
        elif code == "ultrasound_band":
            found += [(f"{code}/{band:g}", f"{title} {band:g} кГц".replace(".", ",")) for band in BANDS]
        else:
            found.append((code, title))
    return found


def marks_of(code: str, mark: str) -> dict[str, str]:
    """Return what the mark of an option says of the value."""
    if not mark:
        return {}
    name = "sex" if code in SEXED else "place" if code == "vib_local" else "band"
    return {name: mark}


def option_of(level: Mapping[str, Any]) -> str:
    """Return the option of a value written before."""
    code = str(level.get("indicator", ""))
    mark = level.get("sex" if code in SEXED else "place" if code == "vib_local" else "band", "")
    return f"{code}/{mark}" if mark and code in SEXED | {"vib_local", "ultrasound_band"} else code


def indicator_title(code: str) -> str:
    """Name an indicator, or return its code."""
    return INDICATORS[code][1] if code in INDICATORS else code


def unit_of_indicator(code: str) -> str:
    """Return the unit the methodology compares in; heaviness and tension are compared as written."""
    factor, _, unit = INDICATORS.get(code, ("", "", ""))
    return "" if factor in ("heaviness", "tension", "microclimate") else unit
