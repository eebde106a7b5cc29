"""The queue: procrastinate on the product's own database. Nothing else knows its name."""

import asyncio
import datetime as dt
import logging
import signal
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress

from croniter import croniter
from procrastinate import App, RetryStrategy, exceptions
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.types import JSONDict

EVENTS, JOBS = "events", "jobs"  # two queues, so that long jobs never hold up events
PORTION = 1000

log = logging.getLogger(__name__)
stopping = threading.Event()


def task(name: str, queue: str) -> Callable[[Callable[[int], None]], Callable[[int], None]]:
    """Let the queue call a function with the key of a row; a fault of the machinery is tried again."""

    def register(func: Callable[[int], None]) -> Callable[[int], None]:
        app.task(
            name=name, queue=queue, retry=RetryStrategy(max_attempts=100, linear_wait=10), pass_context=False
        )(_by_key(func))
        return func

    return register


def _by_key(func: Callable[[int], None]) -> Callable[..., None]:
    def call(key: int) -> None:
        func(key)

    return call


def ticking(name: str, cron: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Let the queue call a function by the clock; of several workers one does."""

    def register(func: Callable[[], None]) -> Callable[[], None]:
        def call(timestamp: int) -> None:
            func()

        app.periodic(cron=cron, periodic_id=name)(
            app.task(name=name, queue=EVENTS, queueing_lock=name, pass_context=False)(call)
        )
        return func

    return register


def defer(name: str, keys: Iterable[int], *, queue: str, at: dt.datetime | None = None) -> None:
    """Put rows into the queue, in the transaction that is open."""
    keys = list(keys)
    for start in range(0, len(keys), PORTION):
        deferrer = app.configure_task(name, queue=queue, schedule_at=at, allow_unknown=False)
        rows: list[JSONDict] = [{"key": key} for key in keys[start : start + PORTION]]
        deferrer.batch_defer(*rows)


def due_before(cron: str, moment: dt.datetime) -> dt.datetime:
    """Return the last moment at or before this one that the line of a schedule names."""
    found: dt.datetime = croniter(cron, moment + dt.timedelta(microseconds=1)).get_prev(dt.datetime)
    return found


def work(*, jobs: int, heartbeat: float, stalled: float, alive: Callable[[], bool]) -> None:
    """Serve both queues until the process is told to stop, or until nobody needs it any more."""
    asyncio.run(_work(jobs, heartbeat, stalled, alive))


async def _work(jobs: int, heartbeat: float, stalled: float, alive: Callable[[], bool]) -> None:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the queue of a worker is the database of the product")
    here = app.with_connector(connector.get_worker_connector())
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    async with here.open_async():
        serving = [
            asyncio.create_task(
                here.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=places,
                    install_signal_handlers=False,
                    update_heartbeat_interval=heartbeat,
                    stalled_worker_timeout=stalled,
                    fetch_job_polling_interval=min(heartbeat, 5.0),
                    delete_jobs="successful",
                )
            )
            for queue, places in ((EVENTS, 1), (JOBS, jobs))
        ]
        care = asyncio.create_task(_care(here, heartbeat, stalled, alive, stop))
        waiting = asyncio.create_task(stop.wait())
        await asyncio.wait([*serving, care, waiting], return_when=asyncio.FIRST_COMPLETED)
        stopping.set()
        for running in (*serving, care, waiting):
            running.cancel()
        outcomes = await asyncio.gather(*serving, care, waiting, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome


async def _care(
    here: App, heartbeat: float, stalled: float, alive: Callable[[], bool], stop: asyncio.Event
) -> None:
    """Return to the queue what a killed worker has left; leave when nobody needs this one."""
    while alive():
        for left in await here.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled):
            log.warning("Работа %s возвращена в очередь: её исполнитель остановлен", left.id)
            with suppress(exceptions.ConnectorException):  # another worker was faster
                await here.job_manager.retry_job(left)
        await asyncio.sleep(heartbeat)
    stop.set()
