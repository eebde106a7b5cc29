"""Events: written with the action, delivered to each subscriber once."""

import datetime as dt
import logging
import traceback
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

from medtrud.engines.background import drivers
from medtrud.engines.background.actions import DELIVER
from medtrud.engines.background.models import Delivery, Event
from medtrud.engines.background.queries import delivery_locked, rows_add
from medtrud.engines.background.types import DeliveryState, from_json, label_of, to_json
from medtrud.engines.store.public import acting, gather, now, together
from medtrud.kernel.errors import Refusal

E = TypeVar("E")
Handler = Callable[[Any], object]

# Pauses before the next try; after the last one the delivery is parked and seen by support.
PAUSES = tuple(dt.timedelta(seconds=n) for n in (10, 60, 300, 1800, 7200, 21600))

log = logging.getLogger(__name__)
_types: dict[str, type] = {}
_handlers: dict[str, dict[str, Handler]] = {}


def on(event: type[E]) -> Callable[[Callable[[E], object]], Callable[[E], object]]:
    """Subscribe a function of a `jobs` room to an event; it is called in its own transaction."""

    def subscribe(func: Callable[[E], object]) -> Callable[[E], object]:
        subscribe_as(event, label_of(func), func)
        return func

    return subscribe


def subscribe_as(event: type[Any], subscriber: str, func: Handler) -> None:
    """Subscribe under a name; the name stands in the table, so a renamed function is a new subscriber."""
    _types[label_of(event)] = event
    known = _handlers.setdefault(label_of(event), {})
    if known.setdefault(subscriber, func) is not func:
        raise ValueError(f"two subscribers are called {subscriber!r}")


def publish(*events: object) -> None:
    """Write events and their deliveries in the transaction of the action: all of them at once, at its end."""
    letters = [(event, list(_handlers.get(label_of(type(event)), ()))) for event in events]
    if acting():
        for letter in letters:
            gather(_send, letter, first=True)
    else:
        publish_to(*letters)


def _send(letters: list[tuple[object, list[str]]]) -> None:
    publish_to(*letters)


def publish_to(*letters: tuple[object, list[str]]) -> None:
    """Write events with their deliveries to these subscribers."""
    if not connection.in_atomic_block:
        raise RuntimeError("publish is called inside an action")
    moment = now()
    rows = [Event(name=label_of(type(event)), data=to_json(event), at=moment) for event, _ in letters]
    deliveries = [
        Delivery(event=row, subscriber=subscriber)
        for row, (_, subscribers) in zip(rows, letters, strict=True)
        for subscriber in subscribers
    ]
    drivers.defer(DELIVER, rows_add(rows, deliveries), queue=drivers.EVENTS)


@drivers.task(DELIVER, drivers.EVENTS)
def deliver(key: int) -> None:
    """Hand an event to its subscriber; a fault costs a pause."""
    try:
        hand_over(key)
    except Exception as error:
        log.exception("Доставка %s не удалась", key)
        _postpone(key, error)


def hand_over(key: int) -> None:
    """Call the subscriber and mark the delivery in one transaction; done once, it is done."""
    with together():
        delivery = delivery_locked(key)
        if delivery is None or delivery.state != DeliveryState.WAITING:
            return
        handler = _handlers.get(delivery.event.name, {}).get(delivery.subscriber)
        if handler is None:
            raise LookupError(f"нет подписчика {delivery.subscriber}")
        handler(from_json(_types[delivery.event.name], delivery.event.data))
        delivery.state, delivery.done_at, delivery.error = DeliveryState.DONE, now(), ""
        delivery.save(update_fields=["state", "done_at", "error"])


def _postpone(key: int, error: Exception) -> None:
    with together():
        delivery = delivery_locked(key)
        if delivery is None or delivery.state != DeliveryState.WAITING:
            return
        delivery.tries += 1
        delivery.error = str(error) if isinstance(error, Refusal) else _place_of(error)
        if delivery.tries > len(PAUSES):
            delivery.state, delivery.next_at = DeliveryState.PARKED, None
        else:
            delivery.next_at = now() + PAUSES[delivery.tries - 1]
            drivers.defer(DELIVER, [key], queue=drivers.EVENTS, at=delivery.next_at)
        delivery.save(update_fields=["tries", "error", "state", "next_at"])


def _place_of(error: Exception) -> str:
    """Name the fault and its place; the text of the exception may hold personal data."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" в {frames[-1].name}, строка {frames[-1].lineno}" if frames else ""
    return f"Неполадка {type(error).__name__}{place}. Подробности в журнале процесса."
