"""Whoever is dismissed loses his seats at that employer, on that day and only there."""

import datetime as dt

from medtrud.engines.access.public import Seat, account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.public import lines
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import employment_close, employment_open, employment_transfer
from medtrud.registries.organizations.types import EmploymentKind

from .test_employments import hire
from .world import DAY, World, seat

JOB = Actor.job("test")
LEAVES = dt.date(2026, 6, 1)


def seats_of(person: int) -> dict[str, dt.date | None]:
    rows = Seat.objects.unscoped("test").filter(account__person=person)
    return {f"{row.role} {row.organization}": row.until for row in rows}


def seated(world: World, person: int) -> None:
    account = account_open(JOB, login=f"p{person}", password="x", person=person)
    for role, place in (
        (Role.EMPLOYER, world.plant.pk), (Role.EMPLOYER, world.clinic.pk), (Role.WORKER, None),
    ):  # fmt: skip
        seat_give(JOB, account=account, role=role, since=DAY, organization=place)


def test_a_dismissal_ends_the_seats_at_that_employer(world: World) -> None:
    job = hire(world)
    seated(world, job.person_id)
    employment_close(world.hr, employment=job.uid, until=LEAVES, reason="по собственному желанию")
    run_pending()
    assert seats_of(job.person_id) == {
        f"employer {world.plant.pk}": LEAVES, f"employer {world.clinic.pk}": None, "worker None": None,
    }  # fmt: skip
    assert "access.seats_take" in [row.action for row in lines(seat(Role.SECURITY))]


def test_a_transfer_or_a_second_job_keeps_them(world: World) -> None:
    job = hire(world)
    seated(world, job.person_id)
    moved = employment_transfer(world.hr, employment=job.uid, since=DAY, post=world.fitter.uid)
    second = employment_open(
        world.hr, person=job.person_id, post=world.turner.uid, workplace=world.lathe.uid,
        since=DAY, kind=EmploymentKind.SECONDARY,
    )  # fmt: skip
    employment_close(world.hr, employment=moved.uid, until=LEAVES, reason="сокращение")
    run_pending()
    assert seats_of(job.person_id)[f"employer {world.plant.pk}"] is None
    employment_close(world.hr, employment=second.uid, until=LEAVES, reason="сокращение")
    run_pending()
    assert seats_of(job.person_id)[f"employer {world.plant.pk}"] == LEAVES
