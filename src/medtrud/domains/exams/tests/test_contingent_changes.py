"""The difference of the contingent: who enters, leaves, changes and why; approved or returned."""

import datetime as dt

import pytest
from django.test import Client

from medtrud.domains.exams.actions import contingent_approve, contingent_return, contingent_tallies
from medtrud.domains.exams.queries.contingent_changes import (
    ContingentChange,
    contingent_changes,
    contingent_tally,
)
from medtrud.domains.hazards.public import factors_set
from medtrud.domains.hazards.types import FactorIn
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.messages.public import notices
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import employment_close

from .world import FOOD, JOB, NOISE, World

ON = dt.date(2026, 3, 2)


@pytest.fixture
def world(db: None) -> World:
    return World()


def found(world: World, on: dt.date = ON) -> list[ContingentChange]:
    return contingent_changes(world.hr, employer=world.plant.pk, on=on)


def test_whoever_meets_factors_enters_and_approval_empties_the_list(world: World) -> None:
    world.worker("Кузнецов", world.place("Кузнец", NOISE))
    world.worker("Бухов", world.place("Бухгалтер", (), "2"))
    (change,) = found(world)
    assert (change.kind, change.was) == ("enters", None)
    assert change.now
    assert change.now.codes == NOISE
    assert "обязывают: 4.4" in change.why
    assert contingent_approve(world.hr, on=ON) == 1
    assert not found(world)


def test_a_new_card_changes_and_says_what(world: World) -> None:
    post, place = world.place("Кузнец", NOISE)
    world.worker("Кузнецов", (post, place))
    contingent_approve(world.hr, on=ON)
    factors = [FactorIn("4.4", sout_class="3.2"), FactorIn("4.8", sout_class="3.1")]
    factors_set(
        world.hr, workplace=place.uid, factors=factors, sout_class="3.2", since=ON, basis="карта СОУТ № 7"
    )
    (change,) = found(world)
    assert change.kind == "changes"
    assert "добавлены 4.8" in change.why
    assert "класс 3.1 → 3.2" in change.why
    assert "карта СОУТ № 7" in change.why


def test_whoever_left_leaves(world: World) -> None:
    job = world.worker("Кузнецов", world.place("Кузнец", NOISE))
    contingent_approve(world.hr, on=ON)
    employment_close(world.hr, employment=job.uid, until=ON)
    (change,) = found(world)
    assert (change.kind, change.now) == ("leaves", None)
    assert change.why == "не работает с 02.03.2026"


def test_a_returned_change_stays_with_its_reason(world: World) -> None:
    job = world.worker("Кузнецов", world.place("Кузнец", NOISE))
    with pytest.raises(Refused, match="причину"):
        contingent_return(world.hr, on=ON, employments=[job.uid], reason=" ")
    contingent_return(world.hr, on=ON, employments=[job.uid], reason="Рабочее место указано не то")
    assert found(world)[0].returned == "Рабочее место указано не то"


def test_only_the_ticked_are_approved(world: World) -> None:
    one = world.worker("Кузнецов", world.place("Кузнец", NOISE))
    world.worker("Поваров", world.place("Повар", FOOD, "2"))
    assert contingent_approve(world.hr, on=ON, employments=[one.uid]) == 1
    assert len(found(world)) == 1


def test_the_screen_shows_approves_and_returns(world: World) -> None:
    job = world.worker("Кузнецов", world.place("Кузнец", NOISE))
    account = account_open(JOB, login="hr-contingent", password="Long-enough-77")
    since = dt.date(2025, 1, 1)
    seat_give(JOB, account=account, role=Role.EMPLOYER, organization=world.plant.pk, since=since)
    client = Client()
    client.force_login(account)
    url = "/exams/contingent/changes/"
    assert "входит" in client.get(url).content.decode()
    client.post(f"{url}return/", {"id": str(job.uid), "reason": "Проверить"})
    assert "Возвращено: Проверить" in client.get(url).content.decode()
    assert client.post(f"{url}approve/", {}).status_code == 409
    client.post(f"{url}approve/", {"all": "1"})
    assert "Изменений нет" in client.get(url).content.decode()


def told(account: int) -> list[str]:
    rows = notices(Actor(role=Role.EMPLOYER, account=account))
    return [row.text for row in rows if row.kind == "exams.contingent_changed"]


def tallied(world: World, account: int) -> tuple[int, int]:
    """Let the events of a batch pass and the ten minutes end; return what waits and the notices there are."""
    run_pending()
    contingent_tallies(JOB, on=ON)
    row = contingent_tally(world.hr, employer=world.plant.pk)
    assert row
    return row.waiting, len(told(account))


def test_a_batch_of_events_is_counted_and_told_once(world: World) -> None:
    account = account_open(JOB, login="hr-tally", password="Long-enough-77")
    stranger = account_open(JOB, login="hr-other", password="Long-enough-77")
    for each, house in ((account, world.plant.pk), (stranger, world.clinic.pk)):
        seat_give(JOB, account=each, role=Role.EMPLOYER, organization=house, since=dt.date(2025, 1, 1))
    post, place = world.place("Кузнец", NOISE)
    jobs = [world.worker(name, (post, place)) for name in ("Кузнецов", "Молотов", "Горнов")]
    assert tallied(world, account.pk) == (3, 1)
    assert told(account.pk)[0].startswith("Входят: 3, выбывают: 0")
    assert not told(stranger.pk)
    assert tallied(world, account.pk) == (3, 1)
    contingent_return(world.hr, on=ON, employments=[jobs[0].uid], reason="Проверить")
    assert tallied(world, account.pk) == (2, 1)
    contingent_approve(world.hr, on=ON)
    assert tallied(world, account.pk) == (0, 1)
    employment_close(world.hr, employment=jobs[1].uid, until=ON)
    assert tallied(world, account.pk) == (1, 2)
