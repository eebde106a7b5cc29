"""Taking a table of measurements in: rows of one number and day are one protocol."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medtrud.engines.exchange.types import Cell, Outcome, Source, Taken, Unreadable, date_of, plain, whole
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..queries.control import protocols
from ..rules.levels import flaw_of, value_checked
from ..rules.protocol_columns import factor_said
from ..types.control import InstrumentIn, ProtocolIn, ValueIn
from .control import protocols_record_many, protocols_undo
from .places_named import PlacesNamed

UNNAMED = "лаборатория не указана"


def protocols_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a table would bring."""
    return _outcome(actor, source, _read(actor, source))


def protocols_import(actor: Actor, source: Source) -> Outcome:
    """Write the good rows of a table."""
    found = _read(actor, source)
    fresh = [each for each in found.protocols if not _known(actor, source, each)]
    outcome = _outcome(actor, source, found)
    if fresh:
        protocols_record_many(actor, protocols=fresh, on=today())
    return outcome


def protocols_taken_back(actor: Actor, taken: Taken) -> None:
    """Withdraw what a table has brought."""
    protocols_undo(actor, file=taken.uid)


@dataclass
class _Found:
    protocols: list[ProtocolIn]
    bad: int


def _known(actor: Actor, source: Source, said: ProtocolIn) -> bool:
    rows = protocols(actor, employer=_employer(source))
    return rows.filter(number=said.number, measured_on=said.measured_on, withdrawn_on__isnull=True).exists()


def _outcome(actor: Actor, source: Source, found: _Found) -> Outcome:
    known = [each for each in found.protocols if _known(actor, source, each)]
    fresh = [each for each in found.protocols if each not in known]
    notes = [f"Протокол № {each.number}: {flaw}" for each in fresh if (flaw := flaw_of(each))]
    if known:
        notes.append(f"Уже записаны и не повторяются: {', '.join(f'№ {each.number}' for each in known)}.")
    return Outcome(
        new=sum(len(each.values) for each in fresh),
        unchanged=sum(len(each.values) for each in known),
        bad=found.bad,
        figures=(("Протоколов", len(fresh)),),
        notes=tuple(notes),
    )


def _employer(source: Source) -> int:
    if source.organization is None:
        raise Refused("Протоколы загружают на рабочем месте работодателя. Перейдите на него и повторите.")
    return source.organization


def _read(actor: Actor, source: Source) -> _Found:
    places = PlacesNamed(actor, _employer(source), closed=True)
    values: dict[tuple[str, dt.date], list[ValueIn]] = defaultdict(list)
    heads: dict[tuple[str, dt.date], dict[str, Any]] = {}
    meters: dict[tuple[str, dt.date], dict[tuple[str, str], InstrumentIn]] = defaultdict(dict)
    bad = 0
    for number, row in source.rows():
        said = {
            code: row[spots[0].index] for code, spots in source.layout.items() if spots[0].index < len(row)
        }
        try:
            key, value, meter = _line(source, said, places, number)
        except (Refused, Unreadable) as wrong:
            source.problem(number, getattr(wrong, "text", str(wrong)))
            bad += 1
            continue
        values[key].append(value)
        heads.setdefault(key, {"laboratory": plain(said.get("laboratory", "")) or UNNAMED, "row": number})
        if meter.title:
            meters[key][meter.title, meter.serial] = meter
    made = [
        ProtocolIn(
            number=key[0], measured_on=key[1], laboratory=heads[key]["laboratory"], values=tuple(mine),
            instruments=tuple(meters[key].values()), file=source.uid, sheet=source.sheet,
            row=heads[key]["row"],
        )
        for key, mine in values.items()
    ]  # fmt: skip
    return _Found(made, bad)


def _line(
    source: Source, said: Mapping[str, Cell], places: PlacesNamed, number: int
) -> tuple[tuple[str, dt.date], ValueIn, InstrumentIn]:
    title = whole(said.get("number", ""))
    if not title:
        raise Refused("Номер протокола пуст. Заполните столбец или исключите строку.")
    day = date_of(said.get("measured_on", ""), source.on)
    if day is None:
        raise Refused("Дата измерений пуста. Без неё неизвестно, с какого дня действует уровень.")
    if day > source.on:
        raise Refused(f"Дата измерений {day:%d.%m.%Y} ещё не наступила. Исправьте дату.")
    factor = factor_said(whole(said.get("code", "")), day)
    value = ValueIn(
        workplace=places.find(whole(said.get("workplace", ""))),
        code=factor.code,
        value=_number(said, "value", needed=True) or 0.0,
        unit=plain(said.get("unit", "")),
        substance=plain(said.get("substance", "")),
        point=plain(said.get("point", "")),
        norm_max=_number(said, "norm_max"),
        uncertainty=_number(said, "uncertainty"),
        hours=_number(said, "hours"),
        category=plain(said.get("category", "")),
        shifts=int(_number(said, "shifts") or 0) or None,
        sheet=source.sheet,
        row=number,
    )
    meter = InstrumentIn(
        plain(said.get("instrument", "")), whole(said.get("serial", "")),
        verified_until=date_of(said.get("verified_until", ""), source.on),
    )  # fmt: skip
    return (title, day), value_checked(value, str(factor)), meter


def _number(said: Mapping[str, Cell], name: str, *, needed: bool = False) -> float | None:
    cell = said.get(name, "")
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    text = plain(cell).replace(" ", "").replace(",", ".").lstrip("±<≤")
    if not text:
        if needed:
            raise Refused("Значение пусто. Впишите результат измерения или исключите строку.")
        return None
    try:
        return float(text)
    except ValueError:
        raise Refused(f"«{plain(cell)}» - не число. Запишите результат числом, например 84,5.") from None
