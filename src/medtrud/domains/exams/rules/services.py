"""What the services of a campaign cost: pure."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..types.services import Performed, Price, Service, ServiceLine, Services
from .law import code_named, investigations_on, specialists_on, tables_on

KINDS = ("specialist", "test")


def services_on(day: dt.date) -> list[Service]:
    """Return what may have a price on a day: doctors, then investigations."""
    doctors = [Service("specialist", code, title) for code, title in specialists_on(day).items()]
    return doctors + [Service("test", code, title) for code, title in investigations_on(day).items()]


def service_named(name: str, day: dt.date) -> Service:
    """Find a service by any of its names; an unknown one is refused by name."""
    code = code_named(tables_on(day).since, name.strip())
    found = next((one for one in services_on(day) if one.code == code), None)
    if found is None:
        raise Refused(
            f"Услуги «{name}» нет среди врачей и исследований приказа. "
            "Возьмите название из приказа или из карты осмотра."
        )
    return found


def billed(performed: Iterable[Performed], prices: Sequence[Price]) -> Services:
    """Count services by price; the price is that of the day of the service, of the contract if it has one."""
    known: Mapping[tuple[str, str], list[Price]] = _by_service(prices)
    counts: Counter[tuple[str, str, str, int | None]] = Counter()
    visits: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    days: list[dt.date] = []
    for row in performed:
        kopecks = _price(known.get((row.kind, row.code), []), row.on)
        counts[row.kind, row.code, row.title, kopecks] += 1
        visits[row.exam][0] += 1
        visits[row.exam][1] += kopecks or 0
        if row.on:
            days.append(row.on)
    lines = [ServiceLine(kind, title, count, kopecks) for (kind, _, title, kopecks), count in counts.items()]
    lines.sort(key=lambda line: (KINDS.index(line.kind), sort_key(line.title), line.kopecks or 0))
    found = {exam: (count, kopecks) for exam, (count, kopecks) in visits.items()}
    return Services(tuple(lines), found, min(days, default=None), max(days, default=None))


def _by_service(prices: Sequence[Price]) -> dict[tuple[str, str], list[Price]]:
    """Return prices by service, those of the contract first."""
    found: dict[tuple[str, str], list[Price]] = defaultdict(list)
    for price in sorted(prices, key=lambda one: not one.own):
        found[price.kind, price.code].append(price)
    return found


def _price(prices: Iterable[Price], on: dt.date | None) -> int | None:
    if on is None:
        return None
    valid = (one for one in prices if one.since <= on and (one.until is None or on < one.until))
    found = next(valid, None)
    return found.kopecks if found else None
