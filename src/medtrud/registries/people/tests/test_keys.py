from collections.abc import Iterator

import pytest

from medtrud.engines.access.public import account_open, display_names
from medtrud.engines.messages.public import address_of
from medtrud.engines.signing.public import keys_declare
from medtrud.kernel.actor import Actor
from medtrud.registries.people import public
from medtrud.registries.people.actions import persons_reseal
from medtrud.registries.people.models import Person, PersonVersion

from .people import facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_key() -> Iterator[dict[int, bytes]]:
    keys = {1: b"1" * 32}
    kept = keys_declare(keys)
    yield keys
    keys_declare(kept)


def test_a_new_key_seals_every_card_and_version_anew(
    registrar: Actor, job: Actor, first_key: dict[int, bytes]
) -> None:
    card = public.person_register(registrar, **facts(snils="11223344595"))
    public.person_change(registrar, person=card.uid, changes={"last_name": "Петров"})
    keys_declare(first_key | {2: b"2" * 32})
    assert persons_reseal(job) == 2
    rows = [*Person.objects.unscoped("test"), *PersonVersion.objects.unscoped("test")]
    assert {item.key for item in rows} == {2}
    assert public.name_of(registrar, card.pk).full == "Петров Иван Иванович"
    assert public.persons_search(registrar, "11223344595") == [card.pk]
    assert persons_reseal(job) == 0


def test_names_of_accounts_and_addresses_of_letters_come_from_the_card(registrar: Actor, job: Actor) -> None:
    card = public.person_register(registrar, **facts(email="a@example.com"))
    account = account_open(job, login="worker", password="x")
    account.person = card.pk
    assert display_names(job, [account]) == {account.pk: "Иванов И. И."}
    assert (address_of(card.pk), address_of(0)) == ("a@example.com", "")
