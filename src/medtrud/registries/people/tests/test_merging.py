import pytest

from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people import public
from medtrud.registries.people.types import PersonName

from .people import facts, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(registrar: Actor) -> list[PersonName]:
    rows = [row("Иванов"), row("Иваноф"), row("Иванофф")]
    ids = public.persons_register_many(registrar, rows=rows)
    names = public.names_of(registrar, ids)
    return [names[pk] for pk in ids]


def test_old_keys_lead_to_the_surviving_card(registrar: Actor, three: list[PersonName]) -> None:
    right, wrong, _ = three
    public.persons_merge(registrar, kept=right.uid, gone=wrong.uid, reason="опечатка")
    assert public.name_of(registrar, wrong.id) == right
    assert public.current_person(wrong.id) == right.id
    assert public.ids_of(wrong.id) == public.ids_of(right.id) == [right.id, wrong.id]
    assert public.person_of(registrar, wrong.uid).pk == right.id
    assert wrong.id not in public.persons(registrar).values_list("pk", flat=True)


def test_a_chain_of_merges_is_undone_from_its_end(registrar: Actor, three: list[PersonName]) -> None:
    a, b, c = three
    first = public.persons_merge(registrar, kept=b.uid, gone=a.uid, reason="")
    second = public.persons_merge(registrar, kept=c.uid, gone=b.uid, reason="")
    assert public.current_persons([a.id, b.id, c.id]) == {a.id: c.id, b.id: c.id}
    with pytest.raises(Refused, match="Сначала отмените более позднее"):
        public.persons_unmerge(registrar, merge=first.uid)
    public.persons_unmerge(registrar, merge=second.uid)
    assert public.current_persons([a.id, b.id, c.id]) == {a.id: b.id}
    public.persons_unmerge(registrar, merge=first.uid)
    assert public.current_persons([a.id, b.id, c.id]) == {}
    assert public.name_of(registrar, a.id) == a
    with pytest.raises(Refused, match="уже отменено"):
        public.persons_unmerge(registrar, merge=first.uid)


def test_organisations_of_both_cards_see_the_person_and_lose_what_the_merge_gave(
    registrar: Actor, neighbour: Actor
) -> None:
    mine = public.person_register(registrar, **facts("Иванов"))
    public.person_share(registrar, persons=[mine.pk], organization=11)
    theirs = public.person_register(neighbour, **facts("Иваноф"))
    public.person_share(neighbour, persons=[theirs.pk], organization=11)
    merge = public.persons_merge(registrar, kept=mine.uid, gone=theirs.uid, reason="")
    assert public.name_of(neighbour, theirs.pk).full == "Иванов Иван Иванович"
    assert public.name_of(neighbour, mine.pk).full == "Иванов Иван Иванович"
    public.persons_unmerge(registrar, merge=merge.uid)
    assert public.name_of(neighbour, theirs.pk).full == "Иваноф Иван Иванович"
    assert public.names_of(neighbour, [mine.pk]) == {}


def test_a_worker_whose_card_was_merged_sees_the_surviving_one(
    registrar: Actor, three: list[PersonName]
) -> None:
    right, wrong, other = three
    public.persons_merge(registrar, kept=right.uid, gone=wrong.uid, reason="")
    for card in (right, wrong):
        worker = Actor(role=Role.WORKER, person=card.id)
        assert set(public.names_of(worker, [right.id, wrong.id, other.id])) == {right.id, wrong.id}


def test_different_numbers_are_merged_only_with_a_reason(registrar: Actor) -> None:
    one = public.person_register(registrar, **facts("Иванов", snils="11223344595"))
    two = public.person_register(registrar, **facts("Иваноф", snils="98765432183"))
    with pytest.raises(Refused, match="разные СНИЛС"):
        public.persons_merge(registrar, kept=one.uid, gone=two.uid, reason=" ")
    public.persons_merge(registrar, kept=one.uid, gone=two.uid, reason="паспорт")
    assert public.person_find(registrar, snils="98765432183").pk == one.pk
    with pytest.raises(Refused, match="уже одна карта"):
        public.persons_merge(registrar, kept=one.uid, gone=two.uid, reason="паспорт")


def test_a_stranger_merges_and_undoes_nothing(
    registrar: Actor, neighbour: Actor, three: list[PersonName]
) -> None:
    with pytest.raises(NotFound):
        public.persons_merge(neighbour, kept=three[0].uid, gone=three[1].uid, reason="")
    merge = public.persons_merge(registrar, kept=three[0].uid, gone=three[1].uid, reason="")
    with pytest.raises(NotFound):
        public.persons_unmerge(neighbour, merge=merge.uid)
