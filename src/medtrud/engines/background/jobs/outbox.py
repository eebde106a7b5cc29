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
from medtrud.engines.background.queries import deliveries_beside, deliveries_end, delivery_locked, rows_add
from medtrud.engines.background.types import DeliveryState, from_json, label_of, to_json
from medtrud.engines.store.public import acting, gather, now, together
from medtrud.kernel.errors import Refusal

E = TypeVar("E")
Handler = Callable[[list[Any]], object]

# Pauses before the next try; after the last one the delivery is parked and seen by support.
PAUSES = tuple(dt.timedelta(seconds=n) for n in (10, 60, 300, 1800, 7200, 21600))
PORTION = 50  # events handed over at once to a subscriber that takes many

log = logging.getLogger(__name__)
_types: dict[str, type] = {}
_handlers: dict[str, dict[str, Handler]] = {}
_many: set[str] = set()  # subscribers that take a list


class PortionError(Exception):
    """Events handed over together failed: which of them is wrong is found one by one."""

    def __init__(self, keys: list[int]) -> None:
        super().__init__(f"{len(keys)} events together")
        self.keys = keys


def on(event: type[E]) -> Callable[[Callable[[E], object]], Callable[[E], object]]:
    """Subscribe a function of a `jobs` room to an event; it is called in its own transaction."""

    def subscribe(func: Callable[[E], object]) -> Callable[[E], object]:
        subscribe_as(event, label_of(func), func)
        return func

    return subscribe


def on_many(event: type[E]) -> Callable[[Callable[[list[E]], object]], Callable[[list[E]], object]]:
    """Subscribe a function that takes what waits for it as a list, in the order it was published.

    A list is one transaction: what a thousand events ask for is read and written by portions. It may hold
    one thing twice (two versions of a row). When a list fails, each of its events is handed over by itself.
    """

    def subscribe(func: Callable[[list[E]], object]) -> Callable[[list[E]], object]:
        _many.add(label_of(func))
        _subscribed(event, label_of(func), func)
        return func

    return subscribe


def subscribe_as(event: type[E], subscriber: str, func: Callable[[E], object]) -> None:
    """Subscribe under a name; the name stands in the table, so a renamed function is a new subscriber."""

    def one(events: list[E]) -> None:
        for each in events:
            func(each)

    _subscribed(event, subscriber, one)


def _subscribed(event: type[Any], subscriber: str, handler: Handler) -> None:
    _types[label_of(event)] = event
    known = _handlers.setdefault(label_of(event), {})
    if known.setdefault(subscriber, handler) is not handler:
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
    """Hand an event to its subscriber, with others that wait for the same; a fault costs a pause."""
    try:
        hand_over(key)
    except PortionError as portion:
        log.warning("События не доставлены вместе, доставляются по одному", exc_info=True)
        for each in portion.keys:
            _alone(each)
    except Exception as error:
        log.exception("Доставка %s не удалась", key)
        _postpone(key, error)


def _alone(key: int) -> None:
    try:
        hand_over(key, alone=True)
    except Exception as error:
        log.exception("Доставка %s не удалась", key)
        _postpone(key, error)


def hand_over(key: int, *, alone: bool = False) -> None:
    """Call the subscriber and mark what it was given in one transaction; done once, it is done."""
    rows: list[Delivery] = []
    try:
        with together():
            rows += _waiting(key, alone=alone)
            if rows:
                handler = _handler_of(rows[0])
                handler([from_json(_types[row.event.name], row.event.data) for row in rows])
                deliveries_end(rows, now())
    except Exception as error:
        if len(rows) > 1:
            raise PortionError([row.pk for row in rows]) from error
        raise


def _handler_of(row: Delivery) -> Handler:
    handler = _handlers.get(row.event.name, {}).get(row.subscriber)
    if handler is None:
        raise LookupError(f"нет подписчика {row.subscriber}")
    return handler


def _waiting(key: int, *, alone: bool) -> list[Delivery]:
    """Return a delivery that waits, locked, with fresh ones its subscriber can take along."""
    first = delivery_locked(key)
    if first is None or first.state != DeliveryState.WAITING:
        return []
    if alone or first.tries or first.subscriber not in _many:
        return [first]
    return sorted([first, *deliveries_beside(first, PORTION - 1)], key=lambda row: row.pk)


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
