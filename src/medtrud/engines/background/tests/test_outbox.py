"""Events reach every subscriber once, or wait where they are seen."""

import dataclasses
import datetime as dt
from uuid import UUID, uuid4

import pytest

from medtrud.engines.background.jobs import outbox
from medtrud.engines.background.models import Delivery, Event
from medtrud.engines.background.public import delivery_repeat, publish, run_pending
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db
SUPPORT = Actor(role=Role.SUPPORT, account=7, permissions=frozenset({"background.delivery_repeat"}))


@dataclasses.dataclass(frozen=True)
class LampLit:
    lamp: UUID
    on: dt.date
    watts: tuple[int, ...] = ()
    by: int | None = None


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[LampLit]:
    monkeypatch.setattr(outbox, "_handlers", {})
    monkeypatch.setattr(outbox, "_types", {})
    events: list[LampLit] = []
    outbox.subscribe_as(LampLit, "test.first", events.append)
    return events


def deliveries() -> list[Delivery]:
    return list(Delivery.objects.unscoped("test").order_by("id"))


def test_an_event_comes_to_its_subscriber_as_it_was_published(seen: list[LampLit]) -> None:
    event = LampLit(uuid4(), dt.date(2026, 3, 1), (40, 60), 5)
    publish(event)
    assert seen == []
    run_pending()
    run_pending()
    assert seen == [event]
    assert [row.state for row in deliveries()] == ["done"]


def test_each_subscriber_has_its_own_delivery(seen: list[LampLit]) -> None:
    also: list[LampLit] = []
    outbox.subscribe_as(LampLit, "test.second", also.append)
    publish(LampLit(uuid4(), dt.date(2026, 3, 1)), LampLit(uuid4(), dt.date(2026, 3, 2)))
    run_pending()
    assert seen == also
    assert len(seen) == 2
    assert len(deliveries()) == 4


def test_a_rolled_back_action_has_published_nothing(seen: list[LampLit]) -> None:
    def act() -> None:
        with together():
            publish(LampLit(uuid4(), dt.date(2026, 3, 1)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act()
    assert not Event.objects.unscoped("test").exists()


def test_a_subscriber_that_fails_is_tried_with_growing_pauses_then_parked(seen: list[LampLit]) -> None:
    def fail(event: LampLit) -> None:
        Event(name="half-way", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).save()
        raise ValueError("Иванов Иван")

    outbox.subscribe_as(LampLit, "test.second", fail)
    publish(LampLit(uuid4(), dt.date(2026, 3, 1)))
    good, bad = deliveries()
    moments = []
    for _ in range(7):
        for row in (good, bad):
            outbox.deliver(row.pk)
        bad.refresh_from_db()
        moments.append(bad.next_at)
    assert len(seen) == 1, "the failing one does not hold up the other, and nothing is done twice"
    known = [moment for moment in moments if moment]
    assert len(known) == 6
    assert known == sorted(known)
    assert (bad.state, bad.tries) == ("parked", 7)
    assert "ValueError" in bad.error
    assert "Иванов" not in bad.error, "the text of an exception may hold personal data"
    assert not Event.objects.unscoped("test").filter(name="half-way").exists(), "its effects were undone"


def test_support_sends_a_parked_delivery_again(seen: list[LampLit]) -> None:
    publish(LampLit(uuid4(), dt.date(2026, 3, 1)))
    row = deliveries()[0]
    row.state = "parked"
    row.save()
    run_pending()
    assert seen == []
    assert delivery_repeat(SUPPORT, uids=[row.uid]) == 1
    run_pending()
    assert len(seen) == 1


def test_a_fact_that_cannot_come_back_is_refused_when_it_is_published() -> None:
    @dataclasses.dataclass(frozen=True)
    class Odd:
        what: object

    with pytest.raises(TypeError, match="a fact of a job or event is"):
        publish(Odd(object()))
