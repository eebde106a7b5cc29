"""States, and how an event becomes JSON and an event again."""

import dataclasses
import datetime as dt
import types
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID


class JobState(StrEnum):
    """The life of a job."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    PARKED = "parked"


class DeliveryState(StrEnum):
    """The life of a delivery."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"


JOB_TITLES = {
    JobState.QUEUED: "ждёт очереди",
    JobState.RUNNING: "выполняется",
    JobState.DONE: "готово",
    JobState.FAILED: "не выполнено",
    JobState.CANCELLED: "отменено",
    JobState.PARKED: "остановлено",
}
FINISHED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.PARKED})


class Cancelled(Exception):  # noqa: N818 - not an error: the person asked for it
    """The person asked to cancel the job; raised by progress()."""


class Stopped(Exception):  # noqa: N818 - not an error: the process ends
    """The process ends; the job goes back into the queue. Raised by progress()."""


@dataclasses.dataclass(frozen=True)
class Due:
    """A line of the schedule has come due."""

    schedule: str
    at: dt.datetime


def label_of(named: Any) -> str:
    """Return <module>.<name> of a class or function of ours: medtrud.domains.exams.types.X -> exams.X."""
    return f"{named.__module__.split('.')[2]}.{named.__qualname__}"


_ENCODERS: tuple[tuple[Any, Callable[[Any], Any]], ...] = (
    (Enum, lambda value: value.value),  # before text: our enums are text too
    (types.NoneType | bool | int | float | str, lambda value: value),
    (UUID | Decimal, str),
    (dt.date | dt.time, lambda value: value.isoformat()),  # a moment is a date too
    (dict, lambda value: {str(key): to_json(item) for key, item in value.items()}),
    (list | tuple | set | frozenset, lambda value: [to_json(item) for item in value]),
)


def to_json(value: Any) -> Any:
    """Turn a fact into JSON; refuse what could not come back."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
    for kinds, encode in _ENCODERS:
        if isinstance(value, kinds):
            return encode(value)
    kind = type(value).__name__
    raise TypeError(f"a fact of a job or event is {kind}: give keys, uids, dates, numbers or text")


def from_json(kind: Any, value: Any) -> Any:
    """Build a value of this type from JSON."""
    if kind is Any or value is None:
        return value
    if get_origin(kind) in (Union, types.UnionType):
        return from_json(next(part for part in get_args(kind) if part is not types.NoneType), value)
    return _many(kind, value) if get_origin(kind) else _one(kind, value)


def _many(kind: Any, value: Any) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is dict:
        return {from_json(inner[0], key): from_json(inner[1], item) for key, item in value.items()}
    if origin is tuple:
        kinds = inner[:1] * len(value) if inner[-1] is ... else inner
        return tuple(from_json(part, item) for part, item in zip(kinds, value, strict=True))
    return (origin or list)(from_json(inner[0], item) for item in value)


def _one(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{key: from_json(hints[key], item) for key, item in value.items()})  # type: ignore[operator]
    return kind.fromisoformat(value) if issubclass(kind, dt.date | dt.time) else kind(value)
