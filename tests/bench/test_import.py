"""A staff list of 100 000 rows from upload to commit, against reading it and copying the raw rows."""

import datetime as dt
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection
from python_calamine import CalamineWorkbook

from medtrud.engines.access.public import desks
from medtrud.engines.background.public import run_pending
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
    bare = min(timed(lambda: read_and_copy(staff)) for _ in range(2))
    before = peak()
    begin = time.perf_counter()
    with staff.open("rb") as stream:
        row = import_upload(
            actor, target="staff", stream=stream, name="staff.xlsx", options={"on": "2026-03-01"}
        )
    run_pending()
    checked = time.perf_counter()
    row = import_of(actor, row.uid)
    assert (row.state, row.counts["new"], row.counts["bad"]) == ("checked", ROWS, 0), (
        row.message,
        row.counts,
    )
    import_commit(actor, uid=row.uid)
    run_pending()
    end = time.perf_counter()
    assert import_of(actor, row.uid).state == "committed"
    assert employments(actor).count() == ROWS
    print(
        f"\nread + COPY {bare:.1f} s, upload to commit {end - begin:.1f} s: x{(end - begin) / bare:.1f} (limit {LIMIT_TIMES})"
    )
    print(
        f"check {checked - begin:.1f} s, commit {end - checked:.1f} s; peak memory {before} -> {peak()} MB (limit {LIMIT_MB})"
    )
    begin = time.perf_counter()
    with staff.open("rb") as stream:
        again = import_upload(
            actor, target="staff", stream=stream, name="staff.xlsx", options={"on": "2026-03-01"}, again=True
        )
    run_pending()
    print(
        f"the same list again: {time.perf_counter() - begin:.1f} s, unchanged {import_of(actor, again.uid).counts['unchanged']}"
    )


def read_and_copy(path: Path) -> None:
    """Do the least that could be called taking a spreadsheet in."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).iter_rows()
    width = len(next(rows))
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


def timed(work) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
