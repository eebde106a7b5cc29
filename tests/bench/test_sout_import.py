"""A report of 20 000 workplaces from file to cards, against walking the same XML and doing nothing."""

import datetime as dt
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from lxml import etree

from medtrud.domains.hazards.public import sout_cards, sout_import
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import organization_open
from medtrud.registries.organizations.types import Kind, Requisites

pytestmark = [pytest.mark.bench, pytest.mark.django_db(transaction=True)]
PLACES, FEW = 20_000, 4_000
LIMIT_TIMES, LIMIT_MB = 6, 120
JOB = Actor.job("bench")
ON = dt.date(2026, 3, 1)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Write the files in another process: its memory is not ours."""
    made = {}
    for count in (FEW, PLACES):
        made[count] = tmp_path_factory.mktemp("bench") / f"{count}.xml"
        subprocess.run(
            [sys.executable, "-m", "tests.bench.sout_file", str(made[count]), str(count)], check=True
        )
    return made


def test_a_report_of_20_000_workplaces(files: dict[int, Path]):
    small = taken(files[FEW])
    before = peak()
    bare = min(walked(files[PLACES]) for _ in range(2))
    clock, cpu, count = taken(files[PLACES])
    grown = peak() - before
    assert count == PLACES
    print(f"\niterparse alone      {bare[0]:6.1f} s")
    print(f"import, clock        {clock:6.1f} s x{clock / bare[0]:4.1f} (limit x{LIMIT_TIMES})")
    print(f"import, processor    {cpu:6.1f} s x{cpu / bare[1]:4.1f}")
    print(
        f"{FEW} workplaces      {small[0]:6.1f} s; {PLACES} more grew memory by {grown} MB (limit {LIMIT_MB})"
    )
    assert grown < LIMIT_MB
    assert clock / bare[0] <= LIMIT_TIMES


def walked(path: Path) -> tuple[float, float]:
    """Walk the elements and let them go."""
    clock, cpu = time.perf_counter(), time.process_time()
    for _, element in etree.iterparse(str(path)):
        element.clear()
    return time.perf_counter() - clock, time.process_time() - cpu


def taken(path: Path) -> tuple[float, float, int]:
    """Import a file for an employer of its own."""
    plant = organization_open(
        JOB, kind=Kind.EMPLOYER, requisites=Requisites(name=f"АО «{path.stem}»"), since=dt.date(2020, 1, 1)
    )
    clock, cpu = time.perf_counter(), time.process_time()
    sout_import(JOB, path=str(path), employer=plant.pk, on=ON)
    spent = time.perf_counter() - clock, time.process_time() - cpu
    return *spent, sout_cards(JOB, on=ON).filter(employer=plant.pk).count()


def peak() -> int:
    """Return the most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
