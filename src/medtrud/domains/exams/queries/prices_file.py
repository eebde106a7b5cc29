"""A spreadsheet of prices: what its rows mean, what is wrong in them, what they would change."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from medtrud.engines.exchange.types import Cell, Column, Outcome, Source
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import contracts

from ..rules.services import service_named
from ..types.services import KOPECKS, NewPrice
from .services import prices

COLUMNS = (
    Column(
        "service", "Услуга", ("наименование услуги", "наименование", "исследование", "врач"),
        required=True, example="Тональная пороговая аудиометрия",
    ),
    Column("price", "Цена", ("стоимость", "цена руб", "тариф"), required=True, example="650,00"),
    Column("contract", "Договор", ("номер договора",), hint="пусто — для всех"),
    Column("since", "Действует с", ("дата начала", "с"), hint="пусто — со дня загрузки"),
    Column("basis", "Основание", ("документ", "прейскурант"), required=True, example="Прейскурант № 4"),
)  # fmt: skip
MOST = 10**9  # rubles


@dataclass(frozen=True)
class Read:
    """What a file would write, with the numbers for the preview."""

    changes: tuple[tuple[int, NewPrice], ...]
    outcome: Outcome


def prices_read(actor: Actor, source: Source) -> Read:
    """Read a file against the prices of today; bad rows are reported and left out."""
    agreed = {row.number: row.pk for row in contracts(actor).order_by("pk")}
    held = {
        (row.contract_id, row.code): (row.price_kopecks, row.basis, row.since)
        for row in prices(actor).filter(until__isnull=True)
    }
    changes: list[tuple[int, NewPrice]] = []
    seen: set[tuple[int | None, str]] = set()
    counts = {"new": 0, "changed": 0, "unchanged": 0, "bad": 0}
    for number, cells in source.rows():
        values = {code: _cell(cells, places[0].index) for code, places in source.layout.items() if places}
        try:
            price = _price(values, agreed, source.on)
            key = price.contract, service_named(price.service, price.since).code
            _once(key, seen)
        except (ValueError, Refused) as error:
            source.problem(number, str(error))
            counts["bad"] += 1
            continue
        seen.add(key)
        before = held.get(key)
        if before is not None and before[:2] == (price.kopecks, price.basis):
            counts["unchanged"] += 1
        elif before is not None and before[2] >= price.since:
            source.problem(number, f"цена на {before[2]:%d.%m.%Y} уже задана. Укажите день после неё.")
            counts["bad"] += 1
        else:
            counts["changed" if before else "new"] += 1
            changes.append((number, price))
    return Read(tuple(changes), Outcome(counts["new"], counts["changed"], counts["unchanged"], counts["bad"]))


def _once(key: tuple[int | None, str], seen: set[tuple[int | None, str]]) -> None:
    if key in seen:
        raise ValueError("такая же услуга уже есть выше. Оставьте одну строку.")


def _cell(cells: list[Cell], index: int) -> str:
    value = cells[index] if index < len(cells) else ""
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return f"{value:.10g}" if isinstance(value, float) else str(value).strip()


def _price(values: Mapping[str, str], agreed: Mapping[str, int], on: dt.date) -> NewPrice:
    number = values.get("contract", "")
    if number and number not in agreed:
        raise ValueError(f"договора № {number} нет. Сверьте номер с разделом «Договоры» или оставьте пустым.")
    if not values.get("service"):
        raise ValueError("не названа услуга. Впишите её название.")
    if not values.get("basis"):
        raise ValueError("нет основания. Укажите прейскурант или приложение к договору.")
    return NewPrice(
        service=values["service"],
        kopecks=kopecks_of(values.get("price", "")),
        since=_day(values.get("since", ""), on),
        basis=values["basis"][:300],
        contract=agreed.get(number) if number else None,
    )


def kopecks_of(text: str) -> int:
    """Read rubles as kopecks; a part of a kopeck is refused."""
    bare = (
        text.replace("\u00a0", "").replace(" ", "").replace(",", ".").removesuffix("₽").removesuffix("руб.")
    )
    try:
        value = Decimal(bare) * KOPECKS
    except InvalidOperation:
        raise ValueError(f"цена «{text}» — не число. Исправьте ячейку.") from None
    if not value.is_finite() or value != value.to_integral_value() or not 0 <= value <= MOST * KOPECKS:
        raise ValueError(f"цена «{text}» не годится: нужны рубли с копейками, не меньше нуля.")
    return int(value)


def _day(text: str, on: dt.date) -> dt.date:
    if not text:
        return on
    try:
        return dt.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a date
    except ValueError:
        raise ValueError(f"день «{text}» не прочитан. Напишите его как 01.02.2026.") from None
