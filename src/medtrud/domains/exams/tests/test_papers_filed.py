"""Referrals, lists and registers become documents of the house that prints them, each once."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.domains.documents.public import documents
from medtrud.domains.exams.jobs.papers import PAPERS, referrals_filed
from medtrud.domains.exams.models import Referral
from medtrud.domains.exams.tests.world import DAY, JOB, NOISE, World
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Role

pytestmark = [pytest.mark.django_db]


def at_work(world: World) -> Client:
    account = account_open(JOB, login="hr", password="x")
    house, since = world.plant.pk, dt.date(2024, 1, 1)
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=since, organization=house)
    client = Client()
    client.force_login(account)
    return client


def filed(world: World) -> list[tuple[str, int, str]]:
    rows = documents(world.hr).prefetch_related("versions").order_by("kind", "pk")
    return [(row.kind, row.versions.count(), row.state) for row in rows]


def test_issued_referrals_and_the_approved_roll_are_documents_once() -> None:
    world = World()
    where = world.place("Токарь", NOISE)
    for number in range(3):
        world.worker(f"Громов{number}", where)
    world.campaign()
    run_pending()
    assert filed(world) == [("referral", 1, "draft")] * 3 + [("roll", 1, "draft")]
    assert {row.person_id for row in documents(world.hr).filter(kind="referral")} == set(
        Referral.objects.unscoped("test").values_list("person", flat=True)
    )
    referrals_filed(PAPERS, world.plant.pk, DAY, None, None)
    assert len(filed(world)) == 4


def test_filing_asks_the_database_the_same_however_many_they_are() -> None:
    counts = []
    for people in (1, 6):
        world = World()
        where = world.place("Токарь", NOISE)
        for number in range(people):
            world.worker(f"Громов{number}", where)
        world.campaign()
        with CaptureQueriesContext(connection) as captured, together():
            referrals_filed(PAPERS, world.plant.pk, DAY, None, None)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_list_printed_twice_the_same_is_one_version() -> None:
    world = World()
    world.worker("Громов", world.place("Токарь", NOISE))
    client = at_work(world)
    for _ in range(2):
        assert client.get("/exams/contingent/print/").content.startswith(b"%PDF")
    assert filed(world) == [("contingent", 1, "draft")]
    world.worker("Сидоров", world.place("Сварщик", NOISE))
    client.get("/exams/contingent/print/")
    assert filed(world) == [("contingent", 2, "draft")]
