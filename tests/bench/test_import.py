"""A staff list of 100 000 rows from upload to commit, against reading it and copying the raw rows."""

import datetime as dt
import resource
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from medtrud.engines.access.public import desks
from medtrud.engines.background.jobs.long import run
from medtrud.engines.background.models import Job
from medtrud.engines.exchange.public import import_commit, import_of, import_upload
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import employments, organization_open
from medtrud.registries.organizations.types import Kind, Requisites

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
ROWS = 100_000
LIMIT_TIMES, LIMIT_MB = 4, 500


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the file in another process: its memory is not ours."""
    path = tmp_path_factory.mktemp("bench") / "staff.xlsx"
    subprocess.run([sys.executable, "-m", "tests.bench.staff_file", str(path), str(ROWS)], check=True)
    return path


def test_a_list_of_100_000_rows(staff: Path):
    plant = organization_open(
        Actor.job("bench"),
        kind=Kind.EMPLOYER,
        requisites=Requisites(name="АО «Комбинат»"),
        since=dt.date(2020, 1, 1),
    )
    actor = Actor(
        role=Role.EMPLOYER,
        name="bench",
        organization=plant.pk,
        permissions=desks()[Role.EMPLOYER].permissions,
    )
    connection.ensure_connection()
    bare = min(timed(staff) for _ in range(2))
    before, spent = peak(), Spent()
    with staff.open("rb") as stream:
        options = {"on": "2026-03-01"}
        row = import_upload(actor, target="staff", stream=stream, name="staff.xlsx", options=options)
    work()
    checked = spent()
    row = import_of(actor, row.uid)
    assert (row.state, row.counts["new"], row.counts["bad"]) == ("checked", ROWS, 0), row.message
    import_commit(actor, uid=row.uid)
    work()
    whole = spent()
    assert import_of(actor, row.uid).state == "committed"
    assert employments(actor).count() == ROWS
    again = Spent()
    with staff.open("rb") as stream:
        row = import_upload(
            actor, target="staff", stream=stream, name="staff.xlsx", options=options, again=True
        )
    work()
    for name, (clock, cpu), limit in (
        ("read and COPY raw rows", bare, ""),
        ("upload and check", checked, ""),
        ("upload to commit", whole, f"limit x{LIMIT_TIMES}"),
        ("the same list again", again(), ""),
    ):
        times, busy = clock / bare[0], cpu / bare[1]
        print(
            f"\n{name:24}{clock:6.1f} s x{times:4.1f}   processor {cpu:6.1f} s x{busy:4.1f} {limit}", end=""
        )
    print(f"\npeak memory {before} -> {peak()} MB (limit {LIMIT_MB})")
    assert import_of(actor, row.uid).counts["unchanged"] == ROWS
    assert peak() < LIMIT_MB


def work() -> None:
    """Do the job that waits, and not what other modules make of its events."""
    run(Job.objects.unscoped("bench").latest("pk").pk)


def read_and_copy(path: Path) -> None:
    """Do the least that could be called taking a spreadsheet in."""
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
