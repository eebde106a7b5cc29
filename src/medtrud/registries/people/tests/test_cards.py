import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.people import public
from medtrud.registries.people.queries import versions_of

from .people import BORN, facts, row

pytestmark = pytest.mark.django_db


def test_a_card_keeps_no_name_in_the_open(registrar: Actor) -> None:
    public.person_register(
        registrar, **facts("Щукин", "Пётр", snils="112-233-445 95", phone="+7 900 0000001")
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT people_person::text, encode(box, 'escape') FROM people_person")
        whole = " ".join(cursor.fetchone())
    for secret in ("Щукин", "Пётр", "11223344595", "9000000001"):
        assert secret not in whole
        assert secret.encode().hex() not in whole


def test_names_of_a_page_cost_one_query(registrar: Actor) -> None:
    ids = public.persons_register_many(registrar, rows=[row(first=f"Имя{n}") for n in range(50)])
    with CaptureQueriesContext(connection) as queries:
        names = public.names_of(registrar, ids)
    assert len(queries) == 1
    assert names[ids[7]].full == "Иванов Имя7 Иванович"
    assert names[ids[7]].short == "Иванов И. И."


def test_a_neighbour_sees_nobody_until_the_card_is_shared_and_nobody_after(
    registrar: Actor, neighbour: Actor
) -> None:
    card = public.person_register(registrar, **facts())
    assert public.names_of(neighbour, [card.pk]) == {}
    with pytest.raises(NotFound):
        public.person_of(neighbour, card.uid)
    public.person_share(registrar, persons=[card.pk], organization=12)
    assert public.name_of(neighbour, card.pk).full == "Иванов Иван Иванович"
    public.person_unshare(registrar, persons=[card.pk], organization=12, on=dt.date(2020, 1, 1))
    assert public.names_of(neighbour, [card.pk]) == {}


def test_a_worker_sees_himself_only_and_security_sees_nobody(registrar: Actor) -> None:
    me, other = public.persons_register_many(registrar, rows=[row(), row("Петров")])
    worker = Actor(role=Role.WORKER, person=me)
    assert set(public.names_of(worker, [me, other])) == {me}
    assert public.names_of(Actor(role=Role.SECURITY, organization=11), [me, other]) == {}
    assert public.names_of(Actor(role=Role.WORKER), [me, other]) == {}


def test_a_person_known_elsewhere_is_recognised_and_not_entered_twice(
    registrar: Actor, neighbour: Actor
) -> None:
    first = public.person_register(registrar, **facts(snils="11223344595"))
    again = public.person_register(neighbour, **facts("ИВАНОВ", snils="112-233-445 95"))
    assert again.pk == first.pk
    assert public.name_of(neighbour, first.pk).snils == "112-233-445 95"


def test_a_number_of_somebody_else_is_refused_without_naming_him(registrar: Actor, neighbour: Actor) -> None:
    public.person_register(registrar, **facts("Тайный", snils="11223344595"))
    with pytest.raises(Refused, match="СНИЛС 112-233-445 95 записан в карте с другим именем") as refusal:
        public.person_register(neighbour, **facts("Петров", snils="11223344595"))
    assert "Тайный" not in refusal.value.text


def test_a_wrong_control_digit_is_refused_by_hand_until_confirmed_and_flagged_in_a_list(
    registrar: Actor,
) -> None:
    with pytest.raises(Refused, match=r"не сходится контрольное число.*подтвердите"):
        public.person_register(registrar, **facts(snils="11223344596"))
    card = public.person_register(registrar, **facts(snils="11223344596"), confirmed=True)
    [listed] = public.persons_register_many(registrar, rows=[row("Петров", snils="98765432184")])
    names = public.names_of(registrar, [card.pk, listed])
    assert [names[card.pk].snils_doubtful, names[listed].snils_doubtful] == [True, True]


def test_a_full_namesake_with_another_number_is_entered_after_confirmation(registrar: Actor) -> None:
    first = public.person_register(registrar, **facts(snils="11223344595"))
    with pytest.raises(Refused, match="уже есть карта с другим СНИЛС"):
        public.person_register(registrar, **facts(snils="98765432183"))
    second = public.person_register(registrar, **facts(snils="98765432183"), confirmed=True)
    assert second.pk != first.pk


def test_a_list_with_a_taken_number_changes_nothing(registrar: Actor, job: Actor) -> None:
    public.person_register(registrar, **facts(snils="11223344595"))
    with pytest.raises(Refused, match="Повторите проверку списка"):
        public.persons_register_many(registrar, rows=[row("А"), row("Петров", snils="11223344595")])
    assert public.persons(job).count() == 1


def test_the_alphabet_is_kept_by_numbers_for_one_and_for_many(registrar: Actor) -> None:
    public.persons_register_many(
        registrar, rows=[row(last) for last in ("Яшин", "Ёлкин", "Абрамов", "Петров")]
    )
    for last in ("Жуков", "Ящеров", "Аа", "Петров"):
        public.person_register(registrar, **facts(last, born=dt.date(1990, 1, 1)))
    public.persons_register_many(registrar, rows=[row(last, "Олег") for last in ("Ёжиков", "Юдин", "Абаев")])
    ids = list(public.persons(registrar).values_list("pk", flat=True))
    names = public.names_of(registrar, ids)
    order = "Аа Абаев Абрамов Ёжиков Ёлкин Жуков Петров Петров Юдин Яшин Ящеров"
    assert " ".join(names[pk].full.split()[0] for pk in ids) == order
    public.persons_rank(Actor.job("test"))
    assert list(public.persons(registrar).values_list("pk", flat=True)) == ids


def test_a_change_keeps_the_earlier_reading(registrar: Actor) -> None:
    card = public.person_register(registrar, **facts("Иванова", "Анна", "", sex="female"))
    public.person_change(registrar, person=card.uid, changes={"last_name": "ПЕТРОВА"}, reason="брак")
    assert public.name_of(registrar, card.pk).full == "Петрова Анна"
    [(version, before)] = versions_of(registrar, card)
    assert (before.full, version.reason, version.since_by) == ("Иванова Анна", "брак", 1)
    assert public.persons_search(registrar, "петрова") == [card.pk]
    assert public.persons_search(registrar, "иванова") == []
    public.person_change(registrar, person=card.uid, changes={"last_name": "Петрова"})
    assert len(versions_of(registrar, card)) == 1


def test_a_change_to_a_taken_number_is_refused(registrar: Actor) -> None:
    public.person_register(registrar, **facts(snils="11223344595"))
    card = public.person_register(registrar, **facts("Петров"))
    with pytest.raises(Refused, match="уже записан в карте другого человека"):
        public.person_change(registrar, person=card.uid, changes={"snils": "11223344595"})


def test_an_action_needs_its_permission(stranger: Actor) -> None:
    with pytest.raises(Forbidden):
        public.person_register(stranger, **facts())


@pytest.mark.parametrize(
    "text",
    ["Щук", "щукин", "Щукин Пётр", "щукин петр семёнович", "Пётр Щукин", "Щукин П.С.", "щук пет", "сибиряк",
     "11223344595", "112-233-445 95"],
)  # fmt: skip
def test_a_person_is_found_as_people_type_it(registrar: Actor, text: str) -> None:
    card = public.person_register(
        registrar, **facts("Щукин-Сибиряк", "Пётр", "Семёнович", snils="11223344595")
    )
    public.person_register(registrar, **facts("Иванов", "Олег", ""))
    assert public.persons_search(registrar, text) == [card.pk]


def test_a_search_without_letters_or_for_nobody_finds_nobody(registrar: Actor) -> None:
    public.person_register(registrar, **facts())
    for text in ("", "Щ", "…", "Петров", "Иванов Олег", "000-000-000 00"):
        assert public.persons_search(registrar, text) == []


def test_row_problems_are_told_in_words() -> None:
    on = dt.date(2026, 3, 1)
    assert public.row_problems(row(), on) == []
    assert public.row_problems(row(born=dt.date(2027, 1, 1)), on)[0].startswith(
        "Дата рождения 01.01.2027 ещё не наступила"
    )
    assert len(public.row_problems(row("", "", sex="?", born=dt.date(1800, 1, 1)), on)) == 4
    assert public.row_problems(row(born=BORN), BORN) == []
