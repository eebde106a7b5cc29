"""Prices of services: set, ended, loaded from a file and taken back."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.exchange.types import Outcome, Source, Taken
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import contracts

from ..models import ServicePrice
from ..queries.prices_file import prices_read
from ..queries.services import price_of
from ..rules.services import service_named
from ..types.services import NewPrice

MADE, ENDED = "made", "ended"
ROWS = "exams.ServicePrice"


@action
def price_set(actor: Actor, *, price: NewPrice) -> ServicePrice:
    """Set a price from a day on; the one before stays in the list with its last day."""
    row, _ = _set(actor, price)
    journal.record(actor, "exams.price_set", row, code=row.code, kopecks=row.price_kopecks, since=row.since)
    return row


@action
def price_end(actor: Actor, *, price: UUID, until: dt.date) -> ServicePrice:
    """End a price: from that day the service has none, or the common one."""
    row = price_of(actor, price)
    if row.until is not None:
        raise Refused(f"Эта цена уже действует только до {row.until:%d.%m.%Y}. Задайте новую.")
    if until <= row.since:
        raise Refused(
            f"Цена действует с {row.since:%d.%m.%Y}: последний день раньше первого. Исправьте день."
        )
    row.until = until
    row.save()
    journal.record(actor, "exams.price_end", row, until=until)
    return row


@action
def prices_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the good rows of a price list."""
    read = prices_read(actor, source)
    made: list[tuple[int, int]] = []
    ended: list[tuple[int, int]] = []
    for number, price in read.changes:
        row, before = _set(actor, price)
        made.append((row.pk, number))
        ended.extend((earlier, number) for earlier in before)
    source.linked(ROWS, MADE, *_columns(made))
    source.linked(ROWS, ENDED, *_columns(ended))
    journal.record(actor, "exams.prices_import", source.uid, rows=len(made))
    return read.outcome


@action
def prices_undo(actor: Actor, *, taken: Taken) -> None:
    """Take a price list back: its prices are marked, those before serve again."""
    rows = ServicePrice.objects.visible_to(actor)
    made, ended = list(taken.links(ROWS, MADE)), list(taken.links(ROWS, ENDED))
    if rows.filter(pk__in=made, until__isnull=False).exists():
        raise Refused(
            "После загрузки часть цен изменена: отменить весь файл нельзя. Исправьте оставшиеся по одной."
        )
    rows.filter(pk__in=made).update(cancelled=True)
    rows.filter(pk__in=ended).update(until=None)
    journal.record(actor, "exams.prices_undo", taken.uid, rows=len(made))


def _set(actor: Actor, price: NewPrice) -> tuple[ServicePrice, list[int]]:
    if actor.organization is None:
        raise Refused("Цены задаёт медицинская организация. Выберите её рабочее место.")
    if price.contract is not None and not contracts(actor).filter(pk=price.contract).exists():
        raise Refused("Договор не найден среди ваших. Выберите его из списка.")
    service = service_named(price.service, price.since)
    same = ServicePrice.objects.visible_to(actor).filter(
        cancelled=False, contract=price.contract, kind=service.kind, code=service.code
    )
    before = same.filter(until__isnull=True).first()
    if late := same.filter(since__gte=price.since).order_by("-since").first():
        raise Refused(
            f"«{service.title}»: цена на {late.since:%d.%m.%Y} уже задана. Выберите день после неё."
        )
    if before is not None:
        before.until = price.since
        before.save(update_fields=["until"])
    row = ServicePrice(
        clinic_id=actor.organization, contract_id=price.contract, kind=service.kind, code=service.code,
        title=service.title, title_key=sort_key(service.title), price_kopecks=price.kopecks,
        since=price.since, basis=price.basis.strip(),
    )  # fmt: skip
    row.full_clean()
    row.save()
    return row, [before.pk] if before else []


def _columns(pairs: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    return [record for record, _ in pairs], [row for _, row in pairs]
