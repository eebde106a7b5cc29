"""A staff list of 100 000 rows from upload to commit, against reading it and copying the raw rows.

The other side is the least that could be called taking a spreadsheet in: python-calamine reads it, COPY writes
its rows as texts into one table with a primary key and no other index. It understands no date, finds nobody
twice, seals no name and keeps no second table, so the promise is strict towards us. Both sides take turns and
the best of each counts: a busy host spoils single readings. What the processors have worked is printed too.
"""

import datetime as dt
import resource
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from django.core.management import call_command
from django.db import connection
from python_calamine import CalamineWorkbook

from medtrud.engines.access.public import desks
from medtrud.engines.background.jobs.long import run
from medtrud.engines.background.models import Job
from medtrud.engines.exchange.public import Import, import_commit, import_of, import_upload
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import employments, organization_open
from medtrud.registries.organizations.types import Kind, Requisites

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
ROWS = 100_000
ROUNDS, LIMIT_TIMES, LIMIT_MB = 3, 4, 500


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the file in another process: its memory is not ours."""
    path = tmp_path_factory.mktemp("bench") / "staff.xlsx"
    subprocess.run([sys.executable, "-m", "tests.bench.staff_file", str(path), str(ROWS)], check=True)
    return path


def test_a_list_of_100_000_rows(staff: Path):
    figures: dict[str, list[tuple[float, float]]] = {}
    before = peak()
    for turn in range(ROUNDS):
        if turn:
            call_command("flush", interactive=False, inhibit_post_migrate=True, verbosity=0)
        actor = engineer()
        figures.setdefault("read and COPY raw rows", []).append(timed(staff))
        spent = Spent()
        row = upload(actor, staff)
        figures.setdefault("upload and check", []).append(spent())
        assert (row.state, row.counts["new"], row.counts["bad"]) == ("checked", ROWS, 0), row.message
        import_commit(actor, uid=row.uid)
        work()
        figures.setdefault("upload to commit", []).append(spent())
        assert import_of(actor, row.uid).state == "committed"
        assert employments(actor).count() == ROWS
    again = Spent()
    row = upload(actor, staff, again=True)
    figures["the same list again"] = [again()]
    assert row.counts["unchanged"] == ROWS
    best = {name: tuple(map(min, zip(*seen, strict=True))) for name, seen in figures.items()}
    bare = best["read and COPY raw rows"]
    for name, (clock, busy) in best.items():
        times = f"{clock:6.1f} s x{clock / bare[0]:4.1f}   processor {busy:6.1f} s x{busy / bare[1]:4.1f}"
        print(f"\n{name:24}{times}", end="")
    ratio = best["upload to commit"][0] / bare[0]
    print(
        f"\nupload to commit x{ratio:.2f} (limit x{LIMIT_TIMES}); peak memory {before} -> {peak()} MB ({LIMIT_MB})"
    )
    assert peak() < LIMIT_MB
    assert ratio <= LIMIT_TIMES


def engineer() -> Actor:
    plant = organization_open(
        Actor.job("bench"),
        kind=Kind.EMPLOYER,
        requisites=Requisites(name="АО «Комбинат»"),
        since=dt.date(2020, 1, 1),
    )
    permissions = desks()[Role.EMPLOYER].permissions
    return Actor(role=Role.EMPLOYER, name="bench", organization=plant.pk, permissions=permissions)


def upload(actor: Actor, path: Path, *, again: bool = False) -> Import:
    """Send the file and wait until it is checked."""
    with path.open("rb") as stream:
        options = {"on": "2026-03-01"}
        row = import_upload(
            actor, target="staff", stream=stream, name="staff.xlsx", options=options, again=again
        )
    work()
    return import_of(actor, row.uid)


def work() -> None:
    """Do the job that waits, and not what other modules make of its events."""
    run(Job.objects.unscoped("bench").latest("pk").pk)


def read_and_copy(path: Path) -> None:
    """Read the rows and write them as they are."""
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    width = len(head)
    columns = ", ".join(f"c{number} text" for number in range(width))
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TABLE bench_raw (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, {columns})"
        )
        names = ", ".join(f"c{number}" for number in range(width))
        with cursor.cursor.copy(f"COPY bench_raw ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute("DROP TABLE bench_raw")


class Spent:
    """Seconds by the clock and of both processors, ours and the server's: a busy host blurs only the first."""

    def __init__(self) -> None:
        connection.ensure_connection()
        self.server = psutil.Process(connection.connection.info.backend_pid)
        self.begin = self.now()

    def now(self) -> tuple[float, float]:
        return time.perf_counter(), time.process_time() + sum(self.server.cpu_times()[:2])

    def __call__(self) -> tuple[float, float]:
        clock, cpu = self.now()
        return clock - self.begin[0], cpu - self.begin[1]


def timed(path: Path) -> tuple[float, float]:
    spent = Spent()
    read_and_copy(path)
    return spent()


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
