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
    monkeypatch.setattr(outbox, "_many", set())
    events: list[LampLit] = []
    outbox.subscribe_as(LampLit, "test.first", events.append)
    return events


@pytest.fixture
def portions(seen: list[LampLit]) -> list[list[LampLit]]:
    """A subscriber that takes lists: 13 watts are a fault, the first 0 watts kill the process."""
    taken: list[list[LampLit]] = []
    lives = [True]

    def lamps_lit(events: list[LampLit]) -> None:
        Event(name="half-way", at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).save()
        if any(event.watts == (13,) for event in events):
            raise ValueError("чёртова дюжина")
        if any(event.watts == (0,) for event in events) and lives:
            raise KeyboardInterrupt(lives.pop())
        taken.append(events)

    lamps_lit.__module__ = "medtrud.engines.test"
    outbox.on_many(LampLit)(lamps_lit)
    return taken


def lit(*watts: int) -> list[LampLit]:
    events = [LampLit(uuid4(), dt.date(2026, 3, 1), (each,)) for each in watts]
    publish(*events)
    return events


def states(subscriber: str) -> list[str]:
    return [row.state for row in deliveries() if row.subscriber.endswith(subscriber)]


def test_a_subscriber_of_lists_takes_what_waits_in_portions_and_in_order(
    portions: list[list[LampLit]],
) -> None:
    events = lit(*range(100, 220))
    first = next(row for row in deliveries() if row.subscriber.endswith("lamps_lit"))
    outbox.deliver(first.pk)
    assert portions == [events[:50]]
    assert states("lamps_lit") == ["done"] * 50 + ["waiting"] * 70
    assert set(states("test.first")) == {"waiting"}, "another subscriber has its own pace"
    for row in deliveries():
        outbox.deliver(row.pk)
    assert portions == [events[:50], events[50:100], events[100:]]
    run_pending()
    assert len(portions) == 3, "what was done is not done again"


def test_one_bad_event_of_a_portion_waits_by_itself(portions: list[list[LampLit]]) -> None:
    good, bad, also = lit(40, 13, 60)
    first = next(row for row in deliveries() if row.subscriber.endswith("lamps_lit"))
    outbox.deliver(first.pk)
    assert portions == [[good], [also]]
    assert states("lamps_lit") == ["done", "waiting", "done"]
    assert Event.objects.unscoped("test").filter(name="half-way").count() == 2, "the portion left nothing"
    (late,) = lit(90)
    rows = [row for row in deliveries() if row.subscriber.endswith("lamps_lit") and row.state == "waiting"]
    assert [row.tries for row in rows] == [1, 0]
    outbox.deliver(rows[1].pk)
    assert portions[-1] == [late], "what has failed does not join a portion again"
    with pytest.raises(ValueError, match="дюжина"):
        run_pending()
    assert bad.watts == (13,)


def test_a_process_killed_in_the_middle_of_a_portion_leaves_it_whole(portions: list[list[LampLit]]) -> None:
    events = lit(40, 0)
    with pytest.raises(KeyboardInterrupt):
        run_pending()
    assert not Event.objects.unscoped("test").filter(name="half-way").exists()
    assert states("lamps_lit") == ["waiting"] * 2
    run_pending()
    assert portions == [events]


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
