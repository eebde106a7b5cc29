from urllib.parse import quote

import pytest
from django.test import Client

from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.public import history_of
from medtrud.kernel.actor import Actor
from medtrud.registries.people import public
from medtrud.registries.people.actions import doubles_find

from .people import facts, row

pytestmark = pytest.mark.django_db

FORM = {
    "last_name": "Щукина",
    "first_name": "Анна",
    "middle_name": "Олеговна",
    "birth_date": "05.03.1980",
    "sex": "female",
    "snils": "112-233-445 95",
    "email": "anna@example.com",
}


def test_a_registrar_enters_finds_and_corrects_a_card(desk: Client) -> None:
    answer = desk.post("/people/add/", FORM)
    assert answer.status_code == 302, answer.content.decode()[:2000]
    card = answer.headers["Location"]
    assert "112-233-445 95" in desk.get(card).content.decode()
    for text in ("щук", "щукина анна", "11223344595"):
        assert "Щукина Анна Олеговна" in desk.get(f"/people/?q={quote(text)}").content.decode()
    assert "Щукина" not in desk.get("/people/?q=иванов").content.decode()
    assert desk.post(f"{card}change/", FORM | {"last_name": "Петрова"}).status_code == 302
    shown = desk.get(card).content.decode()
    assert "<del>Щукина</del> → <ins>Петрова</ins>" in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"snils": "11223344596"}, "не сходится контрольное число"),
        ({"birth_date": "31.02.1990"}, "в календаре нет"),
        ({"birth_date": "01.01.2990"}, "ещё не наступила"),
        ({"last_name": ""}, "Заполните поле «Фамилия»"),
        ({"policy": "7700008145000412"}, "не сходится контрольное число"),
        ({"email": "нет"}, "записан неверно"),
        ({"last_name": "\x00"}, "Фамилия|символ|Null"),
    ],
)
def test_a_mistake_comes_back_with_the_form_and_words(desk: Client, wrong: dict[str, str], says: str) -> None:
    answer = desk.post("/people/add/", FORM | wrong)
    assert answer.status_code == 422
    assert any(part in answer.content.decode() for part in says.split("|"))


def test_a_stranger_gets_404_and_the_opening_is_journaled(
    desk: Client, other_desk: Client, registrar: Actor
) -> None:
    card = public.person_register(registrar, **facts())
    assert desk.get(f"/people/{card.uid}/").status_code == 200
    for tail in ("", "change/", "merge/"):
        assert other_desk.get(f"/people/{card.uid}/{tail}").status_code == 404
    lines = [line.outcome for line in history_of(card.uid) if line.action == "people.card_open"]
    assert len(set(lines)) == len(lines) == 2, "one opening and one refusal"


def test_doubles_are_compared_merged_and_parted_again(desk: Client, registrar: Actor, job: Actor) -> None:
    rows = [row("Иванов", snils="11223344595"), row("Иваноф"), row("Петров"), row("Иванова")]
    ids = public.persons_register_many(registrar, rows=rows)
    doubles_find(job)
    names = public.names_of(registrar, ids)
    listed = desk.get("/people/doubles/").content.decode()
    assert "фамилии отличаются одной-двумя буквами" in listed
    assert "Петров" not in listed
    kept, gone = names[ids[0]], names[ids[1]]
    done = desk.post(f"/people/{kept.uid}/merge/", {"gone": str(gone.uid), "reason": "опечатка"})
    assert done.status_code == 302
    shown = desk.get(f"/people/{gone.uid}/").content.decode()
    assert "Иванов Иван Иванович" in shown
    assert "опечатка" in shown
    undo = shown.split('action="/people/merges/')[1].split('"')[0]
    assert desk.post(f"/people/merges/{undo}").status_code == 302
    assert "Иваноф" in desk.get(f"/people/{gone.uid}/").content.decode()


def test_two_people_once_told_apart_are_not_offered_again(desk: Client, registrar: Actor, job: Actor) -> None:
    public.persons_register_many(registrar, rows=[row("Иванов"), row("Иваноф")])
    assert doubles_find(job) == 1
    [pair] = desk.get("/api/v1/people/doubles").json()
    assert desk.post(f"/people/doubles/{pair['uid']}/dismiss/").status_code == 302
    assert doubles_find(job) == 0
    assert desk.get("/api/v1/people/doubles").json() == []


def test_a_loaded_list_is_searched_for_doubles_by_itself(desk: Client, registrar: Actor) -> None:
    public.persons_register_many(registrar, rows=[row("Иванов"), row("Иваноф")])
    run_pending()
    assert len(desk.get("/api/v1/people/doubles").json()) == 1


def test_the_palette_finds_people_for_those_who_may_open_cards(desk: Client, other_desk: Client) -> None:
    desk.post("/people/add/", FORM)
    assert [found["title"] for found in desk.get("/ui/palette/?q=щук").json()] == ["Щукина Анна Олеговна"]
    assert other_desk.get("/ui/palette/?q=щук").json() == []


def test_another_system_does_the_same(desk: Client, other_desk: Client) -> None:
    api = "/api/v1/people/persons"
    card = {
        "last_name": "Щукин",
        "first_name": "Пётр",
        "birth_date": "1980-03-05",
        "sex": "male",
        "snils": "11223344595",
    }
    made = desk.post(api, card, content_type="application/json")
    assert made.status_code == 201, made.content
    uid = made.json()["uid"]
    assert desk.post(api, card, content_type="application/json").json()["uid"] == uid
    assert [found["name"] for found in desk.get(f"{api}?q=щук").json()] == ["Щукин Пётр"]
    assert other_desk.get(f"{api}?q=щук").json() == []
    assert other_desk.get(f"{api}/{uid}").status_code == 404
    changed = desk.patch(f"{api}/{uid}", {"phone": "+7 900 1"}, content_type="application/json")
    assert (changed.json()["phone"], changed.json()["last_name"]) == ("+7 900 1", "Щукин")
    future = desk.post(api, card | {"birth_date": "2990-01-01"}, content_type="application/json")
    assert (future.status_code, "ещё не наступила" in future.json()["detail"]) == (409, True)
    other = desk.post(api, card | {"snils": "", "last_name": "Щукен"}, content_type="application/json").json()
    merged = desk.post(f"{api}/{uid}/merge", {"gone": other["uid"]}, content_type="application/json").json()
    assert desk.get(f"{api}/{other['uid']}").json()["last_name"] == "Щукин"
    back = desk.post(f"/api/v1/people/merges/{merged['uid']}/undo").json()
    assert back["last_name"] == "Щукен"
