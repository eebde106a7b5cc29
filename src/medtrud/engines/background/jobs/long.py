"""Long jobs: started by a person, done by a worker, seen on the way."""

import datetime as dt
import inspect
import logging
import struct
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, get_type_hints
from uuid import uuid4

from django.db import InterfaceError, OperationalError
from django.db.models.functions import Length

from medtrud.engines.background import drivers
from medtrud.engines.background.actions import RUN
from medtrud.engines.background.models import Job, Part, Progress
from medtrud.engines.background.queries import actor_json, actor_of_job, job_row, parts_of
from medtrud.engines.background.types import Cancelled, JobState, Stopped, from_json, to_json
from medtrud.engines.store.public import copy_packed, now, together
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refusal

from .side import Side

TRIES = 5  # interrupted so many times (killed worker, lost database), a job is parked
AGAIN = dt.timedelta(seconds=15)
STEP = 0.3  # seconds between two marks of progress
PIECE = 1 << 20

Handler = Callable[..., dict[str, Any] | None]
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Declared:
    func: Handler
    hints: dict[str, Any]
    whole: bool


@dataclass
class _Running:
    job: Job
    side: Side
    told: float = 0.0
    parts: int = field(default=0)


_declared: dict[str, _Declared] = {}
_running: ContextVar[_Running | None] = ContextVar("_running", default=None)


def job(code: str, *, whole: bool = False) -> Callable[[Handler], Handler]:
    """Declare a long job: a function of a `jobs` room that takes the actor and the facts by name.

    It returns what the screen shows as the result. A job that is interrupted runs again: it must
    go on from `position()`, or be `whole`: then all its effects and its mark are one transaction.
    """

    def declare(func: Handler) -> Handler:
        hints = {name: get_type_hints(func).get(name, Any) for name in inspect.signature(func).parameters}
        if code in _declared and _declared[code].func is not func:
            raise ValueError(f"two jobs are called {code!r}")
        _declared[code] = _Declared(func, hints, whole)
        return func

    return declare


def job_start(actor: Actor, *, job: str, title: str, link: str = "", **facts: object) -> Job:
    """Put a job into the queue in the transaction of the action; it will act as this actor."""
    if job not in _declared:
        raise LookupError(f"no job is called {job!r}")
    with together():
        row = Job(
            code=job,
            title=title[:300],
            link=link,
            actor=actor_json(actor),
            account=actor.account,
            organization=actor.organization,
            facts=to_json(facts),
            created_at=now(),
        )
        row.save()
        Progress(job=row, at=row.created_at).save()
        drivers.defer(RUN, [row.pk], queue=drivers.JOBS)
    return row


def progress(done: int, total: int = 0, text: str = "") -> None:
    """Say how far the running job has come; the place where it can be cancelled or stopped."""
    running = _running.get()
    if running is None:
        return
    if drivers.stopping.is_set():
        raise Stopped
    if time.monotonic() - running.told >= STEP or done == total:
        running.told = time.monotonic()
        if running.side.tell(running.job.pk, done, total, text):
            raise Cancelled


def position() -> dict[str, Any]:
    """Return the place the running job has come to, {} at the beginning."""
    running = _running.get()
    return dict(running.job.position) if running else {}


def position_save(place: dict[str, Any]) -> None:
    """Keep the place in the transaction of the portion, so that no portion is done twice."""
    running = _running.get()
    if running:
        running.job.position = to_json(place)
        running.job.save(update_fields=["position"])


def output(name: str, mime: str, pieces: Iterable[bytes]) -> dict[str, Any]:
    """Keep a file for the owner of the running job; return what the result says of it."""
    running = _running.get()
    if running is None:
        raise RuntimeError("output is called inside a job")
    size, number, held = 0, 0, b""
    with together():
        for piece in pieces:
            held, size = held + piece, size + len(piece)
            if len(held) >= PIECE:
                _part_add(running.job, number := number + 1, held)
                held = b""
        _part_add(running.job, number + 1, held)
    return {"file": {"name": name, "mime": mime, "size": size}}


def output_add(content: bytes) -> None:
    """Add a piece to the file of the running job, in the transaction of its portion, beside its position."""
    running = _running.get()
    if running is None:
        raise RuntimeError("output_add is called inside a job")
    _part_add(running.job, parts_of(running.job).count() + 1, content)


def _part_add(job: Job, number: int, content: bytes) -> None:
    """Write a piece as it is: a megabyte inside an INSERT is spelled out and read back letter by letter."""
    row = struct.pack(">hi16siqiii", 4, 16, uuid4().bytes, 8, job.pk, 4, number, len(content))
    copy_packed(Part._meta.db_table, ("uid", "job_id", "number", "content"), [row + content])


def output_end(name: str, mime: str) -> dict[str, Any]:
    """Name the file whose pieces were added; return what the result says of it."""
    running = _running.get()
    if running is None:
        raise RuntimeError("output_end is called inside a job")
    size = sum(parts_of(running.job).values_list(Length("content"), flat=True))
    return {"file": {"name": name, "mime": mime, "size": size}}


@drivers.task(RUN, drivers.JOBS)
def run(key: int) -> None:
    """Run a job, unless another process runs it or it is finished."""
    with Side() as side:
        if side.lock(key):
            if (found := _begin(key)) is not None:
                _execute(found, side)
        else:
            with together():
                drivers.defer(RUN, [key], queue=drivers.JOBS, at=now() + AGAIN)


def _begin(key: int) -> Job | None:
    """Mark the job as running; say no when there is nothing to run."""
    with together():
        found = job_row(key, lock=True)
        if found is None or found.finished:
            return None
        found.started_at = found.started_at or now()
        if found.cancel_asked:
            _end(found, JobState.CANCELLED)
            return None
        text = ""
        if found.code not in _declared:
            text = f"Программа не знает работы «{found.code}». Обновите её и повторите работу."
        elif found.tries >= TRIES:
            text = f"Работа прерывалась {TRIES} раз подряд и остановлена. Сделанное цело. Повторите её позже."
        if text:
            _end(found, JobState.PARKED, error=text)
            return None
        found.tries += 1
        found.state = JobState.RUNNING
        found.save(update_fields=["tries", "state", "started_at"])
        return found


def _execute(found: Job, side: Side) -> None:
    token = _running.set(_Running(found, side))
    try:
        _call(found)
    except Stopped:
        _back(found, counted=False)
    except Cancelled:
        _end(found, JobState.CANCELLED)
    except Refusal as refusal:
        _end(found, JobState.FAILED, error=str(refusal))
    except (OperationalError, InterfaceError):
        log.exception("Работа %s прервана базой данных", found.uid)
        _back(found, counted=True)
    except Exception:
        number = str(found.uid)[:8]
        log.exception("Работа %s, неполадка № %s", found.uid, number)
        text = (
            f"Работа остановлена из-за неполадки № {number}. Сохранённое до неё цело. "
            "Повторите работу; если не поможет, сообщите номер в поддержку."
        )
        _end(found, JobState.FAILED, error=text)
    finally:
        _running.reset(token)


def _call(found: Job) -> None:
    """Call the declared function; a whole job commits together with its mark."""
    declared = _declared[found.code]
    facts = {name: from_json(declared.hints.get(name, Any), value) for name, value in found.facts.items()}
    if declared.whole:
        with together():
            _end(found, JobState.DONE, result=declared.func(actor_of_job(found), **facts))
    else:
        _end(found, JobState.DONE, result=declared.func(actor_of_job(found), **facts))


def _end(found: Job, state: JobState, *, result: dict[str, Any] | None = None, error: str = "") -> None:
    found.state, found.error, found.result, found.finished_at = state, error, to_json(result or {}), now()
    found.save(update_fields=["state", "error", "result", "finished_at", "started_at"])


def _back(found: Job, *, counted: bool) -> None:
    """Put the job back into the queue: this process cannot go on with it."""
    with together():
        fresh = job_row(found.pk, lock=True)
        if fresh is None or fresh.finished:
            return
        fresh.state, fresh.tries = JobState.QUEUED, fresh.tries - (not counted)
        fresh.save(update_fields=["state", "tries"])
        at = now() + AGAIN if counted else None
        drivers.defer(RUN, [fresh.pk], queue=drivers.JOBS, at=at)
