import pytest

from medtrud.engines.store.public import action, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@action
def take(actor: Actor, *, register: str, year: int, count: int = 1, fail: bool = False) -> list[int]:
    numbers = list(numbers_take(register, year, count=count))
    if fail:
        raise Refused("нет")
    return numbers


def test_numbers_follow_one_another_and_leave_no_gap_after_a_failure() -> None:
    job = Actor.job("test")
    assert take(job, register="referrals 1", year=2026) == [1]
    with pytest.raises(Refused):
        take(job, register="referrals 1", year=2026, fail=True)
    assert take(job, register="referrals 1", year=2026, count=3) == [2, 3, 4]
    assert take(job, register="referrals 1", year=2027) == [1]
    assert take(job, register="referrals 2", year=2026) == [1]


def test_numbers_are_taken_inside_an_action_only() -> None:
    with pytest.raises(RuntimeError):
        numbers_take("referrals 1", 2026)
