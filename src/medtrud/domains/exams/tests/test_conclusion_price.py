"""What a signature costs in queries: a commission signs hundreds of conclusions a day."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.tests.world import DAY, NOISE, World
from medtrud.domains.exams.types.results import NewConclusion

pytestmark = pytest.mark.django_db
QUERIES = 31


def test_a_conclusion_costs_a_known_number_of_queries() -> None:
    world = World()
    where = world.place("Токарь", NOISE)
    workers = [world.worker(last, where) for last in ("Громов", "Петров")]
    world.campaign()
    chair = world.chair
    exams = [world.start(worker) for worker in workers]
    for exam in exams:
        world.fill(exam)
    conclusion_give(chair, exam=exams[0].uid, given=NewConclusion("I"), on=DAY)  # the tables of law are read
    with CaptureQueriesContext(connection) as captured:
        conclusion_give(chair, exam=exams[1].uid, given=NewConclusion("I"), on=DAY)
    asked = [row["sql"] for row in captured.captured_queries if "SAVEPOINT" not in row["sql"]]
    assert len(asked) <= QUERIES, "\n".join(sql[:120] for sql in asked)
