"""Whoever kills the server in the middle of a commit finds all of the list or nothing, and the job again."""

import signal
import subprocess
import sys

import pytest
from django.db import connection

from medtrud.domains.hazards.tests import conftest as world
from medtrud.engines.background.jobs.long import run
from medtrud.engines.background.public import job_of
from medtrud.engines.exchange.public import import_commit, import_of
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Organization, divisions, employments, workplaces
from medtrud.registries.people.public import persons

take, engineer, plant = world.take, world.engineer, world.plant  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("portion", [1, 3, 5])
def test_a_commit_killed_in_the_middle_leaves_nothing_and_is_done_again(
    take: world.Take, engineer: Actor, plant: Organization, portion: int
) -> None:
    row = take(world.sheet([world.man(number) for number in range(20)]), on="2026-03-01")
    row = import_commit(engineer, uid=row.uid)
    assert row.job is not None
    job = job_of(Actor.job("test"), row.job)
    assert killed(job.pk, portion) == -signal.SIGKILL
    assert persons(engineer).count() == employments(engineer).count() == 0
    assert not divisions(engineer, employer=plant.pk).exists()
    assert not workplaces(engineer, employer=plant.pk).exists()
    assert import_of(engineer, row.uid).state == "committing"
    assert not job_of(Actor.job("test"), row.job).finished
    run(job.pk)
    assert import_of(engineer, row.uid).state == "committed"
    assert persons(engineer).count() == employments(engineer).count() == 20


def killed(job: int, portion: int) -> int:
    """Run the job in another process on the same database; return how it ended."""
    settings = connection.settings_dict
    address = f"postgresql:///{settings['NAME']}?host={settings['HOST']}&user={settings['USER']}"
    command = [sys.executable, "-m", "tests.house.killed_import", address, str(job), str(portion)]
    return subprocess.run(command, check=False).returncode
