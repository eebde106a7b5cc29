"""Microclimate: приложения № 12–15 к методике, п. 48–54."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import Row

from ..types.sout import ClassedFactor, Level
from .sout_check import clean_unit, number_of, of_row, only, told, value_of
from .sout_grade import Graded, answer_as, between, grade, lined
from .sout_law import Edition, because, exact, harmful, least, named, shown, worst

DAY_HOURS = 24
UNITS = {
    "air_temperature": ("°C",),
    "air_humidity": ("%",),
    "air_speed": ("м/с",),
    "heat_flux": ("Вт/м²", "Вт/м2"),
    "heat_dose": ("Вт·ч",),
    "tns": ("°C",),
}
TITLES = {
    "air_temperature": "Температура воздуха",
    "air_humidity": "Относительная влажность",
    "air_speed": "Скорость движения воздуха",
    "heat_flux": "Тепловое излучение",
    "heat_dose": "Экспозиционная доза теплового облучения",
    "tns": "ТНС-индекс",
}
LOWEST, HOTTEST, WETTEST = -90, 100, 100  # what weather and works have; beyond it is a slip of the pen


@dataclass
class Zone:
    """One zone of work while it is being judged."""

    edition: Edition
    place: str
    category: str
    levels: dict[str, Level]
    neutral: list[Graded] = field(default_factory=list)
    heating: list[Graded] = field(default_factory=list)
    cooling: list[Graded] = field(default_factory=list)
    extra: list[Reason] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)

    def value(self, indicator: str) -> Fraction | None:
        """Return a measured value, or None when it was not measured."""
        level = self.levels.get(indicator)
        if level is None:
            return None
        title = self.title(indicator)
        if level.unit and clean_unit(level.unit) not in UNITS[indicator]:
            raise Refused(
                f"{title}: единица «{level.unit}», нужна {UNITS[indicator][0]}. Пересчитайте значение."
            )
        cold = indicator in {"air_temperature", "tns"}
        high = {"air_humidity": WETTEST}.get(indicator, HOTTEST if cold else None)
        found = value_of(level, title, low=LOWEST if cold else 0, high=high)
        return rounded(found, self.edition.number("air_round")) if cold else found

    def title(self, indicator: str) -> str:
        """Return the name of an indicator with its place."""
        return TITLES[indicator] + (f", {self.place}" if self.place else "")

    @property
    def air(self) -> Row:
        """Return the optimal and permissible parameters of the category of work."""
        code = of_row(self.edition, "sout_air", self.category, "Микроклимат, категория работ (category)")
        return self.edition.row("sout_air", code)

    def side(self, graded: Iterable[Graded]) -> str:
        """Return the class of one side: heating or cooling."""
        return worst([each.sout_class for each in (*self.neutral, *graded)])


def microclimate(
    edition: Edition, levels: tuple[Level, ...], shift: float | None = None
) -> Decision[ClassedFactor]:
    """Микроклимат.

    П. 48–53: класс по температуре с поправкой на влажность, скорость воздуха и тепловое излучение;
    нагревающий — по ТНС-индексу, если параметры вышли за допустимые; охлаждающий — раздельно, по
    худшему; п. 54: несколько зон — по баллам и часам.
    """
    only(levels, UNITS, "Микроклимат")
    zones = [judged(zone) for zone in _zones(edition, levels)]
    graded = [each for zone in zones for each in (*zone.neutral, *zone.heating, *zone.cooling)]
    extra = [reason for zone in zones for reason in zone.extra]
    sides = {name: _side(edition, zones, name, shift) for name in ("heating", "cooling")}
    found = worst([side.outcome for side in sides.values() if side.outcome])
    extra += [reason for side in sides.values() for reason in side.reasons]
    plain = answer_as(edition, "microclimate", graded, found, *extra)
    told, cold = plain.outcome, any(zone.cooling for zone in zones)
    flags = tuple(dict.fromkeys(flag for zone in zones for flag in zone.flags))
    return Decision(
        ClassedFactor(
            told.factor,
            told.title,
            found,
            plain.reasons,
            told.lines,
            flags,
            cooling=sides["cooling"].outcome if cold else "",
        ),
        plain.reasons,
    )


def _zones(edition: Edition, levels: tuple[Level, ...]) -> list[Zone]:
    zones: dict[str, Zone] = {}
    for level in levels:
        zone = zones.setdefault(level.place, Zone(edition, level.place, "", {}))
        if level.indicator in zone.levels:
            where = f" в зоне «{level.place}»" if level.place else ""
            raise Refused(
                f"{TITLES[level.indicator]}{where} указана дважды. Оставьте одно значение или "
                "назовите зоны (place)."
            )
        zone.levels[level.indicator] = level
        zone.category = zone.category or level.category
    return list(zones.values())


def judged(zone: Zone) -> Zone:
    """Judge every parameter of a zone."""
    temperature = zone.value("air_temperature")
    if temperature is None and "tns" not in zone.levels:
        _heat(zone)
        if not zone.heating:
            raise Refused(
                "Микроклимат: нет температуры воздуха (air_temperature). Укажите её или ТНС-индекс."
            )
        return zone
    hot = [] if temperature is None else _temperature(zone, temperature)
    hot += _humidity(zone)
    hot += _speed(zone, temperature)
    _heat(zone)
    _index(zone, hot, temperature is None)
    return zone


def _temperature(zone: Zone, value: Fraction) -> list[str]:
    """Return why the heat must be judged by the index, if it must."""
    air, level = zone.air.values, zone.levels["air_temperature"]
    title = zone.title("air_temperature")
    if value > exact(air["optimal_upto"]):
        if value > exact(air["permissible_upto"]):
            return [f"температура {shown(value)} °C больше допустимой {shown(air['permissible_upto'])} °C"]
        bounds = between(air["optimal_upto"], air["permissible_upto"])
        text = f"{title}: {shown(value)} °C — {bounds} °C: {named('2')}"
        zone.heating.append(
            Graded(lined(level, "2", title, value, "°C", air["permissible_upto"]), because(zone.air, text))
        )
        return []
    row = zone.edition.row("sout_cold", zone.category)
    shift = _cold_add(zone)
    found, low, high = least(row.values["steps"], value - shift)
    parts = [f"не ниже {shown(exact(low) + shift)}"] if low is not None else []
    parts += [f"ниже {shown(exact(high) + shift)}"] if high is not None else []
    text = (
        f"{title}: {shown(value)} °C — {', но '.join(parts)} °C (категория {zone.category}): {named(found)}"
    )
    bound = float(exact(low if low is not None else high or 0) + shift)
    graded = Graded(lined(level, found, title, value, "°C", bound), because(row, text))
    (zone.neutral if found == "1" else zone.cooling).append(graded)
    return []


def _cold_add(zone: Zone) -> Fraction:
    """Return how much the bounds of cold rise: 0,2 °C for each 0,1 m/s over the optimal speed."""
    speed, level = zone.value("air_speed"), zone.levels.get("air_speed")
    if speed is None or level is None:
        return Fraction(0)
    if level.norm is None:
        if speed > exact(zone.air.values["speed_cold"]):
            zone.flags.append(
                "поправка к температуре на скорость воздуха не сделана: оптимальная скорость не указана "
                "(norm у air_speed)"
            )
        return Fraction(0)
    over = max(speed - number_of(level.norm, "Оптимальная скорость воздуха", "м/с"), Fraction(0))
    if not over:
        return over
    row = zone.edition.row("sout_numbers", "cold_add")
    per = zone.edition.number("cold_add_per")
    added = exact(row.values["value"]) * (over / per)
    text = f"Скорость воздуха на {shown(over)} м/с больше оптимальной: границы выше на {shown(added)} °C"
    zone.extra.append(because(row, text))
    return added


def _humidity(zone: Zone) -> list[str]:
    value = zone.value("air_humidity")
    if value is None:
        return []
    row, level, title = (
        zone.edition.row("sout_humidity", "humidity"),
        zone.levels["air_humidity"],
        zone.title("air_humidity"),
    )
    if value > exact(row.values["permissible_upto"]):
        return [f"влажность {shown(value)} % больше допустимой {shown(row.values['permissible_upto'])} %"]
    found, low, high = least(row.values["steps"], value)
    over = exact(row.values["optimal_upto"])
    if value > over:
        found, text = "2", f"{between(float(over), row.values['permissible_upto'])} %"
        bound: float | None = row.values["permissible_upto"]
    else:
        parts = [f"не ниже {shown(low)}"] if low is not None else []
        parts += [f"ниже {shown(high)}"] if high is not None else []
        text, bound = f"{', но '.join(parts)} %", low if low is not None else high
    reason = because(row, f"{title}: {shown(value)} % — {text}: {named(found)}")
    zone.neutral.append(Graded(lined(level, found, title, value, "%", bound), reason))
    return []


def _speed(zone: Zone, temperature: Fraction | None) -> list[str]:
    """Judge the speed of air: harmful from a speed on; over the permissible one heat asks for the index."""
    value = zone.value("air_speed")
    if value is None:
        return []
    air, level, title = zone.air.values, zone.levels["air_speed"], zone.title("air_speed")
    warm = temperature is None or temperature > exact(air["optimal_upto"])
    cold = temperature is not None and temperature < exact(air["optimal_from"])
    limit = air["speed_warm" if warm else "speed_cold"]
    harm = zone.edition.number("air_speed_harmful")
    row = zone.edition.row("sout_microclimate", "speed")
    if value >= harm:
        found, text, bound = "3.1", f"не меньше {shown(harm)}", float(harm)
    elif value <= exact(limit):
        best = level.norm is not None and value <= number_of(level.norm, "Оптимальная скорость воздуха")
        found, text, bound = (
            "1" if best else "2",
            f"не больше {'оптимальной ' + shown(level.norm or 0) if best else 'допустимой ' + shown(limit)}",
            limit,
        )
    elif warm:
        return [f"скорость воздуха {shown(value)} м/с больше допустимой {shown(limit)} м/с"]
    else:
        found, text, bound = "2", f"больше допустимой {shown(limit)}, но меньше {shown(harm)}", float(harm)
        zone.flags.append("скорость воздуха между допустимой и вредной: таблица класса не называет, принят 2")
    graded = Graded(
        lined(level, found, title, value, "м/с", bound),
        because(row, f"{title}: {shown(value)} м/с — {text} м/с: {named(found)}"),
    )
    side = (
        zone.cooling if cold and harmful(found) else zone.heating if warm and harmful(found) else zone.neutral
    )
    side.append(graded)
    return []


def _heat(zone: Zone) -> None:
    for indicator in ("heat_flux", "heat_dose"):
        value = zone.value(indicator)
        if value is not None:
            row = zone.edition.row("sout_heat", indicator)
            zone.heating.append(
                grade(row, value, row.values["unit"], zone.levels[indicator], zone.title(indicator))
            )


def _index(zone: Zone, hot: list[str], alone: bool) -> None:  # noqa: FBT001 - three states of one question
    value, row = zone.value("tns"), zone.edition.row("sout_microclimate", "heating")
    if value is None:
        if hot:
            raise Refused(
                f"Микроклимат: {'; '.join(hot)} — нужен ТНС-индекс (tns). Укажите измеренный индекс.",
                basis=str(row.ref),
            )
        return
    if not hot and not alone:
        zone.extra.append(
            because(row, f"ТНС-индекс {shown(value)} °C не понадобился: параметры в пределах допустимых")
        )
        return
    if hot:
        zone.extra.append(because(row, f"{'; '.join(hot)}: {row.values['title']}"))
    zone.heating.append(tns(zone.edition, zone.category, value, zone.levels["tns"], zone.title("tns")))


def tns(edition: Edition, category: str, value: Fraction, level: Level, title: str = "ТНС-индекс") -> Graded:
    """Класс по ТНС-индексу для категории работ (приложение № 13)."""
    row = edition.row(
        "sout_tns", of_row(edition, "sout_tns", category, "Микроклимат, категория работ (category)")
    )
    return grade(
        row, rounded(value, edition.number("air_round")), "°C", level, f"{title}, категория {category}"
    )


def _side(edition: Edition, zones: list[Zone], name: str, shift: float | None) -> Decision[str]:
    """Return the class of one side over its zones: alternating heat and cold are judged apart."""
    other = "cooling" if name == "heating" else "heating"
    own = [
        (zone, zone.side(getattr(zone, name)))
        for zone in zones
        if getattr(zone, name) or (zone.neutral and not getattr(zone, other))
    ]
    if not own:
        return Decision("", ())
    if len(zones) == 1:
        return Decision(own[0][1], ())
    timed = [(found, _hours(zone)) for zone, found in own]
    whole = sum((hours for _, hours in timed), Fraction(0))
    if len(own) == len(zones):
        return zones_joined(
            edition, timed, whole if shift is None else number_of(shift, "Длительность смены", "ч")
        )
    return zones_joined(edition, timed, whole)


def _hours(zone: Zone) -> Fraction:
    raw = next((level.hours for level in zone.levels.values() if level.hours is not None), None)
    return number_of(raw, f"Микроклимат, время в зоне «{zone.place}» (hours)", "ч", high=24)


def zones_joined(edition: Edition, zones: list[tuple[str, Fraction]], shift: Fraction) -> Decision[str]:
    """Класс по зонам: «УТср = Σ УТi·ti / T», T не больше восьми часов, до целого (п. 54).

    Смену длиннее восьми часов пункт делит на восемь же: часы по зонам — либо всей смены, либо восьми.
    """
    scale = {
        row.values["class"]: row.values["points"]
        for row in edition.rows("sout_zone_points").values()
        if row.values["scale"] == "microclimate"
    }
    longest, spent = edition.number("shift_hours"), sum((hours for _, hours in zones), Fraction(0))
    row = edition.row("sout_microclimate", "zones")
    if wrong := [found for found, _ in zones if found not in scale]:
        raise Refused(f"Микроклимат: класса «{told(wrong[0])}» у зоны не бывает. Есть: {', '.join(scale)}.")
    if not 0 < shift <= DAY_HOURS:
        raise Refused(
            f"Микроклимат: смена {shown(shift)} ч, так не бывает. Укажите часы от 0 до {DAY_HOURS}.",
            basis=str(row.ref),
        )
    whole = min(shift, longest)
    if min(abs(spent - shift), abs(spent - whole)) > exact(0.01):
        raise Refused(
            f"Микроклимат: время по зонам в сумме {shown(spent)} ч, а смена {shown(shift)} ч. Исправьте часы."
        )
    amount = sum((scale[found] * hours for found, hours in zones), Fraction(0)) / whole
    points = min(int(rounded(amount, Fraction(1))), max(scale.values()))
    joined = next(found for found, number in scale.items() if number == points)
    terms = " + ".join(f"{scale[found]} × {shown(hours)}" for found, hours in zones)
    text = f"Зоны: ({terms}) / {shown(whole)} ч = {shown(amount)}, до целого {points}: {named(joined)}"
    if whole != shift:
        text += f"; смена {shown(shift)} ч, делится не больше чем на {shown(whole)} ч"
    return Decision(joined, (because(row, text),))


def cold_class(edition: Edition, category: str, value: Fraction) -> Graded:
    """Класс по температуре воздуха ниже оптимальной (приложение № 14)."""
    zone = Zone(
        edition, "", category, {"air_temperature": Level(indicator="air_temperature", value=float(value))}
    )
    _temperature(zone, rounded(value, edition.number("air_round")))
    found = zone.neutral + zone.cooling + zone.heating
    if not found:
        raise Refused(f"Температура {shown(value)} °C выше допустимой: класс ставят по ТНС-индексу.")
    return found[0]


def rounded(value: Fraction, step: Fraction) -> Fraction:
    """Return the value rounded half up to the step."""
    whole = Decimal((value / step).numerator) / Decimal((value / step).denominator)
    return Fraction(int(whole.quantize(Decimal(1), ROUND_HALF_UP))) * step
