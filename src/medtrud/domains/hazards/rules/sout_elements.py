"""One table at a time: the elementary questions of the command line, {"rule": "noise", "args": [80]}."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..types.exposure import classes as class_codes
from ..types.sout import ClassedFactor, Level
from .sout_acoustic import infrasound, noise, ultrasound, vib_level_db, vibration_local, vibration_whole
from .sout_air import cold_class, tns, zones_joined
from .sout_card import total
from .sout_check import number_of, of_row, told
from .sout_chemistry import chem_class, ratio_class
from .sout_dust import biological, dust
from .sout_grade import Graded
from .sout_labour import heaviness, heavy_item, heavy_joined, tension_item
from .sout_law import Edition, edition_of
from .sout_light import light, light_zones
from .sout_rays import nonionizing_joined

Found = tuple[str, tuple[Reason, ...]]
SEXES = {"m": "male", "f": "female", "м": "male", "ж": "female"}


def element(raw: Mapping[str, Any], on: dt.date, act: str = "") -> tuple[Found, Edition]:
    """Answer one elementary question."""
    edition, name, args = edition_of(on, act), raw.get("rule"), raw.get("args", [])
    rule = RULES.get(name) if isinstance(name, str) else None
    if rule is None:
        raise Refused(f"Правила «{told(name)}» нет. Укажите в поле rule одно из: {', '.join(RULES)}.")
    if not isinstance(args, list):
        raise Refused(f'Правило «{name}»: args — не список. Пример: {{"rule": "noise", "args": [80]}}.')
    try:
        return rule(edition, *args), edition
    except (TypeError, ValueError, AttributeError) as error:
        raise Refused(
            f"Правило «{name}»: аргументы {told(args)} не подходят. Нужно: {HINTS[str(name)]}."
        ) from error


def _line(graded: Graded) -> Found:
    return graded.sout_class, (graded.reason,)


def _factor(decision: Decision[ClassedFactor]) -> Found:
    return decision.outcome.sout_class, decision.reasons


def _joined(decision: Decision[str]) -> Found:
    return decision.outcome, decision.reasons


def _level(indicator: str, value: Any, unit: str = "", **more: Any) -> tuple[Level, ...]:
    return (Level(indicator=indicator, value=value, unit=unit, **more),)


def _noise(edition: Edition, value: Any, adjusted: Any = False) -> Found:  # noqa: FBT002 - the public form
    _flag(adjusted, "Шум, признак импульсного или тонального")
    return _factor(noise(edition, _level("noise_laeq", value, "дБА", marks=("impulse",) if adjusted else ())))


def _local(edition: Edition, value: Any, cooling: Any = "") -> Found:
    if cooling not in (None, "", *class_codes()):
        raise ValueError
    return _factor(vibration_local(edition, _level("vib_local", value, "дБ"), cooling or ""))


def _whole(edition: Edition, *values: Any) -> Found:
    if not 1 <= len(values) <= len(AXES):
        raise ValueError
    levels = [level for axis, value in zip(AXES, values, strict=False) for level in _level(axis, value, "дБ")]
    return _factor(vibration_whole(edition, tuple(levels)))


def _chem(edition: Edition, substances: Any, groups: Any = ()) -> Found:
    _lists("Химический фактор, вещества", substances, *substances)
    _lists("Химический фактор, группы", groups, *groups, *(times for _, times in groups))
    return _joined(
        chem_class(
            edition, [[(c, v) for c, v in each] for each in substances], [(c, list(v)) for c, v in groups]
        )
    )


def _tns(edition: Edition, category: Any, value: Any) -> Found:
    number = number_of(value, "ТНС-индекс", "°C", low=None)
    return _line(tns(edition, category, number, Level(indicator="tns", value=value)))


def _heavy(edition: Edition, code: Any, sex: Any, value: Any) -> Found:
    named = SEXES.get(sex, sex)
    if named not in SEXES.values():
        raise Refused(f"Тяжесть: пол «{told(sex)}» не известен. Укажите m или f.")
    return _line(heavy_item(edition, Level(indicator=code, sex=named, value=value)))


def _pose(edition: Edition, code: Any) -> Found:
    return _factor(heaviness(edition, (Level(indicator="pose", code=str(code)),)))


def _tension(edition: Edition, name: Any, value: Any) -> Found:
    rows = edition.rows("sout_tension")
    known = {sort_key(row.values["title"]): code for code, row in rows.items()}
    code = known.get(sort_key(name), name)
    return _line(
        tension_item(
            edition, Level(indicator=of_row(edition, "sout_tension", code, "Напряжённость"), value=value)
        )
    )


def _zones(edition: Edition, zones: Any, shift: Any) -> Found:
    hours = [(found, number_of(each, "Время в зоне", "ч")) for found, each in zones]
    return _joined(zones_joined(edition, hours, number_of(shift, "Длительность смены", "ч")))


def _light(edition: Edition, value: Any, norm: Any) -> Found:
    return _factor(light(edition, _level("illuminance", value, "лк", norm=norm)))


def _light_zones(edition: Edition, zones: Any) -> Found:
    timed = [(found, number_of(share, "Доля времени", high=1)) for found, share in zones]
    return _joined(light_zones(edition, timed))


def _dust(edition: Edition, *args: Any) -> Found:
    value, norm, shifts, year, category = args
    more = {"norm": norm, "shifts": shifts, "shifts_year": year, "category": category}
    return _factor(dust(edition, _level("dust_ss", value, "мг/м³", **more)))


def _total(edition: Edition, classes: Any, joined: Any = ()) -> Found:
    _lists("Итоговый класс, сложенные по п. 46", joined)
    if unknown := [each for each in joined if each not in classes]:
        raise Refused(
            f"Итоговый класс: сложенного по п. 46 фактора «{told(unknown[0])}» среди факторов нет. "
            "Назовите его так же, как в классах."
        )
    return _joined(total(edition, dict(classes), tuple(joined)))


def _acceleration(_edition: Edition, value: Any) -> Found:
    return f"{vib_level_db(value):.1f}", ()


def _lists(title: str, *values: Any) -> None:
    for value in values:
        if not isinstance(value, list | tuple):
            raise Refused(f"{title}: «{told(value)}» — не список. Укажите список.")


def _flag(value: Any, title: str) -> None:
    if not isinstance(value, bool):
        raise Refused(f"{title}: «{told(value)}» — не да и не нет. Укажите true или false.")


AXES = ("vib_z", "vib_x", "vib_y")
RULES: dict[str, Callable[..., Found]] = {
    "noise": _noise,
    "infrasound": lambda e, v: _factor(infrasound(e, _level("infrasound_total", v, "дБ Лин"))),
    "ultrasound": lambda e, v: _factor(ultrasound(e, _level("ultrasound_excess", v, "дБ"))),
    "local_vib": _local,
    "overall_vib": _whole,
    "vib_level_db": _acceleration,
    "ratio": lambda e, code, times: _line(ratio_class(e, code, times)),
    "chem": _chem,
    "pathogen": lambda e, group: _factor(biological(e, (Level(indicator="bio_pathogen", code=str(group)),))),
    "dust": _dust,
    "tns": _tns,
    "cold": lambda e, category, v: _line(
        cold_class(e, category, number_of(v, "Температура", "°C", low=None))
    ),
    "micro_zones": _zones,
    "light": _light,
    "light_zones": _light_zones,
    "nonion": lambda e, classes: _joined(nonionizing_joined(e, list(classes))),
    "heavy_item": _heavy,
    "heaviness": lambda e, classes: _joined(heavy_joined(e, list(classes))),
    "pose": _pose,
    "tension_item": _tension,
    "total": _total,
}
HINTS = {
    "noise": "уровень, дБА; true, если шум импульсный или тональный",
    "infrasound": "общий уровень, дБ Лин",
    "ultrasound": "превышение ПДУ, дБ",
    "local_vib": "уровень, дБ; класс охлаждающего микроклимата",
    "overall_vib": "уровни по осям Z, X, Y, дБ",
    "vib_level_db": "ускорение, м/с²",
    "ratio": "строка таблицы и кратность",
    "chem": "список веществ [[строка, кратность], …] и список групп [строка, [кратности]]",
    "pathogen": "группа патогенности I–IV",
    "dust": "Kсс, ПДК, смен в контакте, смен в году, категория работ",
    "tns": "категория работ и индекс, °C",
    "cold": "категория работ и температура, °C",
    "micro_zones": "[[класс, часы], …] и длительность смены, ч",
    "light": "освещённость и норма, лк",
    "light_zones": "[[класс, доля времени], …]",
    "nonion": "список классов",
    "heavy_item": "показатель, пол m или f, значение",
    "heaviness": "список классов",
    "pose": "код рабочей позы 1–12",
    "tension_item": "показатель и значение",
    "total": "{фактор: класс} и список факторов, уже сложенных по п. 46",
}
