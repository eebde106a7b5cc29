"""A spreadsheet of bounds: what its rows mean, what is wrong in them, what they would change."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from medtrud.engines.exchange.types import Cell, Column, Outcome, Source
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key

from ..models import ClinicNorm
from ..rules.norms import indicators
from ..types.norms import OLDEST, Indicator, NewNorm
from .norms import norms

COLUMNS = (
    Column("laboratory", "Лаборатория", ("лаб", "место исследования"), hint="пусто — своя"),
    Column("test", "Исследование", ("анализ", "тест"), hint="нужно, если показатель есть в нескольких"),
    Column(
        "field", "Показатель", ("параметр", "наименование показателя"), required=True, example="Гемоглобин"
    ),
    Column("sex", "Пол", example="ж", hint="пусто — оба пола"),
    Column("age_from", "Возраст с", ("от лет", "лет от"), example="18"),
    Column("age_to", "Возраст по", ("до лет", "лет до"), example="60"),
    Column("low", "Нижняя граница", ("норма от", "мин", "не менее"), example="120"),
    Column("high", "Верхняя граница", ("норма до", "макс", "не более"), example="160"),
    Column("unit", "Единица", ("единица измерения", "ед изм"), example="г/л"),
    Column("since", "Действует с", ("дата начала",), hint="пусто — со дня загрузки"),
    Column("basis", "Основание", ("методика", "документ"), required=True, example="Паспорт набора реагентов"),
)
SEXES = {"": "", "оба": "", "любой": "", "м": "male", "муж": "male", "мужской": "male",
         "ж": "female", "жен": "female", "женский": "female"}  # fmt: skip


@dataclass(frozen=True)
class Read:
    """What a file would write, with the numbers for the preview."""

    changes: tuple[tuple[int, NewNorm], ...]
    outcome: Outcome


def norms_read(actor: Actor, source: Source) -> Read:
    """Read a file against the table of today; bad rows are reported and left out."""
    known = indicators(source.on)
    held = {_key(row): row for row in norms(actor).filter(until__isnull=True)}
    changes: list[tuple[int, NewNorm]] = []
    seen: set[tuple[object, ...]] = set()
    counts = {"new": 0, "changed": 0, "unchanged": 0, "bad": 0}
    for number, cells in source.rows():
        values = {
            code: str(_cell(cells, places[0].index)).strip()
            for code, places in source.layout.items()
            if places
        }
        try:
            norm = _norm(values, known, source.on)
            key = (norm.laboratory, norm.test, norm.field, norm.sex, norm.age_from, norm.age_to)
            _once(key, seen)
        except ValueError as error:
            source.problem(number, str(error))
            counts["bad"] += 1
            continue
        seen.add(key)
        before = held.get(key)
        if before is not None and (before.low, before.high, before.basis) == (
            norm.low,
            norm.high,
            norm.basis,
        ):
            counts["unchanged"] += 1
            continue
        counts["changed" if before else "new"] += 1
        changes.append((number, norm))
    return Read(tuple(changes), Outcome(counts["new"], counts["changed"], counts["unchanged"], counts["bad"]))


def _once(key: tuple[object, ...], seen: set[tuple[object, ...]]) -> None:
    if key in seen:
        raise ValueError("такая же строка уже есть выше. Оставьте одну.")


def _cell(cells: list[Cell], index: int) -> Cell:
    value = cells[index] if index < len(cells) else ""
    if isinstance(value, dt.datetime):
        return f"{value:%d.%m.%Y}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return f"{value:g}" if isinstance(value, float) else value


def _norm(values: Mapping[str, str], known: tuple[Indicator, ...], on: dt.date) -> NewNorm:
    found = _found(values.get("test", ""), values.get("field", ""), known)
    unit = values.get("unit", "")
    if unit and sort_key(unit) != sort_key(found.unit):
        raise ValueError(f"единица «{unit}», а результаты вносят в «{found.unit}». Пересчитайте границы.")
    sex = sort_key(values.get("sex", "")).strip(" .")
    if sex not in SEXES:
        raise ValueError(f"пол «{values['sex']}» не прочитан. Напишите м, ж или оставьте пустым.")
    low, high = (
        _number(values.get("low", ""), "нижняя граница"),
        _number(values.get("high", ""), "верхняя граница"),
    )
    if low is None and high is None:
        raise ValueError("нет ни нижней, ни верхней границы. Задайте хотя бы одну.")
    if low is not None and high is not None and high < low:
        raise ValueError("верхняя граница меньше нижней. Поменяйте их местами.")
    basis = values.get("basis", "")
    if not basis:
        raise ValueError("нет основания. Укажите методику или документ.")
    ages = _age(values.get("age_from", ""), 0), _age(values.get("age_to", ""), OLDEST)
    if ages[1] < ages[0]:
        raise ValueError("возраст «по» меньше возраста «с». Исправьте возраст.")
    return NewNorm(
        test=found.test, field=found.field, low=low, high=high, unit=found.unit,
        since=_day(values.get("since", ""), on), basis=basis, laboratory=values.get("laboratory", ""),
        sex=SEXES[sex], age_from=ages[0], age_to=ages[1],
    )  # fmt: skip


def _found(test: str, label: str, known: tuple[Indicator, ...]) -> Indicator:
    named = [item for item in known if sort_key(item.label) == sort_key(label)]
    if test:
        named = [item for item in named if sort_key(item.test).startswith(sort_key(test))]
    if not named:
        raise ValueError(f"показателя «{label}» нет в формах продукта. Сверьте название с формой ввода.")
    if len(named) > 1:
        raise ValueError(f"показатель «{label}» есть у нескольких исследований. Укажите исследование.")
    return named[0]


def _number(text: str, what: str) -> Decimal | None:
    if not text:
        return None
    try:
        value = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        raise ValueError(f"{what} «{text}» — не число. Исправьте ячейку.") from None
    return value


def _age(text: str, empty: int) -> int:
    if not text:
        return empty
    if not text.isdecimal() or int(text) > OLDEST:
        raise ValueError(f"возраст «{text}» не прочитан. Напишите целое число лет.")
    return int(text)


def _day(text: str, on: dt.date) -> dt.date:
    if not text:
        return on
    try:
        return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a date
    except ValueError:
        raise ValueError(f"день «{text}» не прочитан. Напишите его как 01.02.2026.") from None


def _key(row: ClinicNorm) -> tuple[str, str, str, str, int, int]:
    return row.laboratory, row.test, row.field, row.sex, row.age_from, row.age_to
