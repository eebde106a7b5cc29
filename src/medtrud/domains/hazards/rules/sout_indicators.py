"""What a card typed by hand may hold: the indicators of the methodology with their units."""

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
    "dose_effective": ("ionizing", "Эффективная доза", "мЗв/год"),
}


def indicator_title(code: str) -> str:
    """Name an indicator, or return its code."""
    return INDICATORS[code][1] if code in INDICATORS else code


def unit_of_indicator(code: str) -> str:
    """Return the unit the methodology compares in; heaviness and tension are compared as written."""
    factor, _, unit = INDICATORS.get(code, ("", "", ""))
    return "" if factor in ("heaviness", "tension", "microclimate") else unit
