"""A real worker process is killed, stopped, started again: nothing is lost, nothing is done twice."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from medtrud.engines.background.jobs import long, outbox
from medtrud.engines.background.models import Delivery, Job
from medtrud.engines.background.public import job_cancel, job_start, publish
from medtrud.engines.background.queries import progress_of
from medtrud.engines.store.models import Counter
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Actor, Role

from . import slow_jobs

REPO = Path(__file__).parents[2]
OWNER = Actor(role=Role.CLINIC, account=5, name="clerk", permissions=frozenset({"background.job_cancel"}))
Work = Callable[[], "subprocess.Popen[bytes]"]


@pytest.fixture
def database(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """A database of its own, where commits are real: a copy of the empty test database."""
    with django_db_blocker.unblock():
        empty = connection.settings_dict["NAME"]
        params = connection.get_connection_params()
        name = f"{empty}_live"
        connection.close()
        with connection._nodb_cursor() as cursor:  # noqa: SLF001
            cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {empty}")
        connection.settings_dict["NAME"] = name
        known = {key: params[key] for key in ("host", "port", "user", "password") if params.get(key)}
        try:
            yield make_conninfo(dbname=name, **known)
        finally:
            connection.close()
            connection.settings_dict["NAME"] = empty
            with connection._nodb_cursor() as cursor:  # noqa: SLF001
                cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def work(database: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Start workers; end those that are left, each by its own handle."""
    for registry in ("_handlers", "_types"):
        monkeypatch.setattr(outbox, registry, {})
    monkeypatch.setattr(long, "_declared", {})
    slow_jobs.declare()
    started = []

    def start() -> "subprocess.Popen[bytes]":
        code = "from tests.house.slow_jobs import main; main()"
        words = [sys.executable, "-c", code, "--heartbeat", "0.4", "--stalled", "1.5"]
        environment = {
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": "medtrud.project.settings",
            "PYTHONPATH": f"{REPO / 'src'}{os.pathsep}{REPO}",
        }
        process = subprocess.Popen(words, env=environment, cwd=REPO, stdout=subprocess.DEVNULL)
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


def wait(what: Callable[[], bool], seconds: float = 25) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it never came to that"
        time.sleep(0.05)


def state(job: Job) -> str:
    job.refresh_from_db()
    return str(job.state)


def count(register: str) -> int:
    row = Counter.objects.unscoped("test").filter(register=register).first()
    return row.last if row else 0


def stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    assert process.wait(20) == 0


def test_a_killed_worker_loses_nothing_and_another_one_goes_on(work: Work) -> None:
    first = work()
    portions = job_start(OWNER, job="house.portions", title="По частям")
    whole = job_start(OWNER, job="house.whole", title="Целиком")
    wait(lambda: progress_of(portions).done >= 3 and progress_of(whole).done >= 3)
    assert count("whole") == 0, "a whole job shows progress before anything of it is committed"
    first.kill()  # kill -9
    first.wait()
    assert (state(portions), state(whole)) == ("running", "running")
    done = count("portions")
    assert 3 <= done < slow_jobs.STEPS
    second = work()
    wait(lambda: state(portions) == "done" and state(whole) == "done")
    assert (count("portions"), count("whole")) == (slow_jobs.STEPS, slow_jobs.STEPS)
    assert (portions.tries, whole.tries) == (2, 2)
    assert portions.result == {"text": "clerk"}
    stop(second)


def test_a_worker_that_is_stopped_gives_its_job_back_at_once(work: Work) -> None:
    first = work()
    job = job_start(OWNER, job="house.portions", title="По частям")
    wait(lambda: progress_of(job).done >= 2)
    stop(first)
    assert state(job) == "queued"
    second = work()
    wait(lambda: state(job) == "done")
    assert (count("portions"), job.tries) == (slow_jobs.STEPS, 1)
    stop(second)


def test_events_wait_for_a_worker_and_two_workers_deliver_them_once(work: Work) -> None:
    with together():
        publish(*[slow_jobs.BellRung(1) for _ in range(30)])
    workers = [work(), work()]
    wait(lambda: not Delivery.objects.unscoped("test").exclude(state="done").exists())
    assert count("bell") == 30
    for process in workers:
        stop(process)


def test_a_running_job_is_cancelled_from_outside(work: Work) -> None:
    process = work()
    job = job_start(OWNER, job="house.whole", title="Целиком")
    wait(lambda: progress_of(job).done >= 1)
    job_cancel(OWNER, uid=job.uid)
    wait(lambda: state(job) == "cancelled")
    assert count("whole") == 0
    stop(process)
