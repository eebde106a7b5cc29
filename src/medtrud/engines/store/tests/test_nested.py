import pytest
from django.db import IntegrityError

from medtrud.engines.store.models import Counter
from medtrud.engines.store.public import action, before_commit, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")


@action
def written(actor: Actor, *, register: str, said: list[str], fail: bool = False) -> int:
    number = numbers_take(register, 2026)[0]
    before_commit(lambda: said.append(register))
    if fail:
        raise Refused("нет")
    return number


@action
def doubled(actor: Actor) -> None:
    numbers_take("double", 2026)
    Counter(register="double", year=2026).save()


@action
def several(actor: Actor, *, said: list[str], inner: bool = True) -> list[str]:
    refused = []
    for register, fail in (("first", False), ("second", True), ("third", False)):
        try:
            written(actor, register=register, said=said, fail=fail)
        except Refused:
            refused.append(register)
    if inner:
        try:
            doubled(actor)
        except IntegrityError:
            refused.append("double")
    return refused


def registers() -> set[str]:
    return set(Counter.objects.unscoped("test").values_list("register", flat=True))


def test_a_refused_part_leaves_nothing_and_the_rest_is_written() -> None:
    said: list[str] = []
    assert several(JOB, said=said) == ["second", "double"]
    assert registers() == {"first", "third"}
    assert said == ["first", "third"], "what a refused part gathered for the end is forgotten too"


def test_a_refused_whole_leaves_nothing() -> None:
    said: list[str] = []
    with pytest.raises(Refused):
        written(JOB, register="whole", said=said, fail=True)
    assert registers() == set()
    assert said == []
