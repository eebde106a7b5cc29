"""Long jobs act as the person who started them, show progress, and end with a text one can read."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from medtrud.engines.background import drivers
from medtrud.engines.background.jobs import clock, long, outbox
from medtrud.engines.background.models import Event
from medtrud.engines.background.public import (
    Job,
    job,
    job_cancel,
    job_of,
    job_repeat,
    job_start,
    output,
    position,
    position_save,
    progress,
    run_pending,
)
from medtrud.engines.background.queries import file_of, progress_of
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused

pytestmark = pytest.mark.django_db
MAY = frozenset({"background.job_cancel", "background.job_repeat"})
CLERK = Actor(role=Role.CLINIC, account=5, organization=3, name="clerk", permissions=MAY)
OTHER = Actor(role=Role.CLINIC, account=6, organization=3, permissions=MAY)

Declare = Callable[..., Callable[[long.Handler], long.Handler]]


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    monkeypatch.setattr(long, "_declared", {})
    monkeypatch.setattr(long, "STEP", 0)
    return job


def fresh(row: Job) -> Job:
    row.refresh_from_db()
    return row


def test_a_job_acts_as_the_seat_that_started_it_and_gets_its_facts_back(declare: Declare) -> None:
    got: list[Any] = []

    @declare("test.count")
    def count(actor: Actor, since: dt.date, rows: list[int]) -> dict[str, Any]:
        got.extend([actor, since, rows])
        progress(2, 3, "считаю")
        return {"rows": len(rows)}

    row = job_start(CLERK, job="test.count", title="Подсчёт", since=dt.date(2026, 3, 1), rows=[1, 2])
    assert fresh(row).state_title == "ждёт очереди"
    run_pending()
    assert got == [CLERK, dt.date(2026, 3, 1), [1, 2]]
    assert (fresh(row).state, row.result) == ("done", {"rows": 2})
    assert (progress_of(row).done, progress_of(row).percent, progress_of(row).text) == (2, 66, "считаю")


def test_a_job_is_found_by_its_owner_only(declare: Declare) -> None:
    declare("test.idle")(lambda actor: None)
    row = job_start(CLERK, job="test.idle", title="Ожидание")
    assert job_of(CLERK, row.uid) == row
    for stranger in (OTHER, Actor()):
        with pytest.raises(NotFound):
            job_of(stranger, row.uid)


def test_a_refusal_ends_the_job_with_its_text_and_a_fault_with_a_number(declare: Declare) -> None:
    @declare("test.refuse")
    def refuse(actor: Actor) -> None:
        raise Refused("В файле нет листа. Добавьте лист и загрузите файл снова.", basis="порядок загрузки")

    @declare("test.fault")
    def fault(actor: Actor) -> None:
        raise ValueError("secret")

    refused, failed = (job_start(CLERK, job=code, title="x") for code in ("test.refuse", "test.fault"))
    run_pending()
    assert fresh(refused).error.startswith("В файле нет листа.")
    assert "порядок загрузки" in refused.error
    assert fresh(failed).state == "failed"
    assert "secret" not in failed.error
    assert f"№ {str(failed.uid)[:8]}" in failed.error


def test_a_whole_job_leaves_nothing_when_it_fails(declare: Declare) -> None:
    @declare("test.half", whole=True)
    def half(actor: Actor) -> None:
        Event(name="half", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).save()
        raise Refused("Дальше нельзя. Исправьте данные.")

    row = job_start(CLERK, job="test.half", title="x")
    run_pending()
    assert fresh(row).state == "failed"
    assert not Event.objects.unscoped("test").exists()


def test_a_job_is_cancelled_while_it_waits_and_while_it_runs(declare: Declare) -> None:
    @declare("test.long")
    def steps(actor: Actor) -> None:
        for step in range(10):
            if step == 3:
                job_cancel(CLERK, uid=running.uid)
            progress(step, 10)
        raise AssertionError("it was not cancelled")

    waiting = job_start(CLERK, job="test.long", title="x")
    running = job_start(CLERK, job="test.long", title="x")
    job_cancel(CLERK, uid=waiting.uid)
    assert fresh(waiting).state == "cancelled"
    run_pending()
    assert (fresh(running).state, progress_of(running).done) == ("cancelled", 3)
    with pytest.raises(Refused, match="уже закончена"):
        job_cancel(CLERK, uid=running.uid)
    with pytest.raises(NotFound):
        job_cancel(OTHER, uid=running.uid)


def test_a_stopped_process_puts_its_job_back_and_it_goes_on_from_its_place(
    declare: Declare, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = []

    @declare("test.portions")
    def portions(actor: Actor) -> dict[str, Any]:
        for portion in range(position().get("next", 0), 5):
            done.append(portion)
            position_save({"next": portion + 1})
            if len(done) == 2:
                drivers.stopping.set()
            progress(portion + 1, 5)
        return {"done": len(done)}

    monkeypatch.setattr(drivers, "stopping", type(drivers.stopping)())
    row = job_start(CLERK, job="test.portions", title="x")
    long.run(row.pk)
    assert (fresh(row).state, row.tries) == ("queued", 0)
    drivers.stopping.clear()
    run_pending()
    assert done == [0, 1, 2, 3, 4]
    assert fresh(row).state == "done"


def test_a_job_whose_process_dies_again_and_again_is_parked_and_can_be_repeated(declare: Declare) -> None:
    ran = []
    declare("test.killer")(lambda actor: ran.append(1))
    row = job_start(CLERK, job="test.killer", title="x")
    row.state, row.tries = "running", long.TRIES
    row.save()
    long.run(row.pk)
    assert (fresh(row).state, ran) == ("parked", [])
    assert "Повторите" in row.error
    job_repeat(CLERK, uid=row.uid)
    run_pending()
    assert (fresh(row).state, ran) == ("done", [1])


def test_a_job_leaves_a_file_for_its_owner(declare: Declare) -> None:
    @declare("test.file")
    def write(actor: Actor) -> dict[str, Any]:
        return output("список.csv", "text/csv", (b"x" * 700_000 for _ in range(3)))

    row = job_start(CLERK, job="test.file", title="x")
    run_pending()
    assert fresh(row).result["file"] == {"name": "список.csv", "mime": "text/csv", "size": 2_100_000}
    assert sum(len(piece) for piece in file_of(row)) == 2_100_000


def test_the_schedule_makes_up_for_a_missed_night_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "_lines", {})
    monkeypatch.setattr(outbox, "_handlers", {})
    ran: list[dt.datetime] = []

    @clock.every("02:00")
    def nightly(at: dt.datetime) -> None:
        ran.append(at)

    moscow = dt.timezone(dt.timedelta(hours=3))
    assert clock.tick_at(dt.datetime(2026, 3, 1, 12, tzinfo=moscow)) == [], "the first time only takes note"
    for hour in (13, 23):
        assert clock.tick_at(dt.datetime(2026, 3, 1, hour, tzinfo=moscow)) == []
    assert clock.tick_at(dt.datetime(2026, 3, 4, 9, tzinfo=moscow)) == [
        "background.test_the_schedule_makes_up_for_a_missed_night_once.<locals>.nightly"
    ]
    assert clock.tick_at(dt.datetime(2026, 3, 4, 9, 1, tzinfo=moscow)) == []
    run_pending()
    assert ran == [dt.datetime(2026, 3, 4, 2, tzinfo=moscow)]
