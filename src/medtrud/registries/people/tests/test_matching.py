import pytest

from medtrud.kernel.actor import Actor
from medtrud.registries.people import public
from medtrud.registries.people.types import Match, MatchKind

from .people import row

pytestmark = pytest.mark.django_db


def matched(actor: Actor, *rows: object) -> list[Match]:
    return public.persons_match(actor, list(rows))  # type: ignore[arg-type]


def test_a_list_is_compared_with_the_known_people(registrar: Actor, job: Actor) -> None:
    number, bare = public.persons_register_many(registrar, rows=[row(snils="11223344595"), row("Петров")])
    found = matched(
        job,
        row("иванов", snils="112-233-445 95"),
        row("Петров", snils="98765432183"),
        row("Иванов"),
        row("Новиков"),
    )
    assert [(match.kind, match.person) for match in found] == [
        (MatchKind.KNOWN, number),
        (MatchKind.KNOWN, bare),
        (MatchKind.KNOWN, number),
        (MatchKind.NEW, None),
    ]


def test_conflicts_say_what_to_compare(registrar: Actor, job: Actor) -> None:
    public.persons_register_many(registrar, rows=[row(snils="11223344595")])
    other_name, other_number = matched(job, row("Сидоров", snils="11223344595"), row(snils="98765432183"))
    assert other_name.kind is MatchKind.CONFLICT
    assert other_number.kind is MatchKind.NAMESAKE
    assert other_name.text.startswith("СНИЛС 112-233-445 95 записан в карте с другим именем")
    assert other_number.text.startswith("Иванов Иван Иванович, 05.03.1980: уже есть карта с другим СНИЛС")


def test_one_number_of_two_people_in_a_file_is_a_conflict_and_one_person_twice_a_repeat(
    job: Actor,
) -> None:
    found = matched(
        job, row(snils="11223344595"), row("Петров", snils="11223344595"), row(snils="11223344595"), row()
    )
    assert [(match.kind, match.row) for match in found] == [
        (MatchKind.NEW, None),
        (MatchKind.CONFLICT, 0),
        (MatchKind.REPEAT, 0),
        (MatchKind.REPEAT, 0),
    ]
    assert "у двух разных людей" in found[1].text


def test_several_namesakes_without_a_number_ask_for_it(registrar: Actor, job: Actor) -> None:
    public.persons_register_many(registrar, rows=[row(snils="11223344595"), row(snils="98765432183")])
    [match] = matched(job, row())
    assert match.kind is MatchKind.CONFLICT
    assert "Укажите СНИЛС" in match.text


def test_a_merged_card_is_recognised_as_the_surviving_one(registrar: Actor, job: Actor) -> None:
    first, second = public.persons_register_many(
        registrar, rows=[row("Иванова", snils="11223344595"), row("Петрова")]
    )
    names = public.names_of(registrar, [first, second])
    public.persons_merge(registrar, kept=names[second].uid, gone=names[first].uid, reason="смена фамилии")
    [match] = matched(job, row("Иванова", snils="11223344595"))
    assert (match.kind, match.person) == (MatchKind.KNOWN, second)
