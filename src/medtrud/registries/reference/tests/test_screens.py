import datetime as dt
import json
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medtrud.kernel.actor import Actor
from medtrud.registries.reference import public

pytestmark = pytest.mark.django_db

FIRST = "ID,NAME,PARENT\n1,Шум,\n2,Вибрация локальная,1\n3,Пыль,\n"
SECOND = "ID,NAME,PARENT\n1,Шум,\n2,Вибрация общая,1\n4,Аэрозоли,\n"


@pytest.fixture
def book(job: Actor) -> str:
    public.book_add(job, code="tiny", title="Пробный справочник")
    columns = public.book_of(job, "tiny").columns
    public.book_describe(job, book="tiny", columns=type(columns)("ID", "ID", "NAME", "PARENT"))
    edition = public.edition_load(job, book="tiny", version="1", content=FIRST.encode(), name="t.csv")
    public.edition_compare(job, edition=edition.uid)
    public.edition_approve(job, edition=edition.uid, since=dt.date(2020, 1, 1))
    return "tiny"


def upload(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("t.csv", text.encode())


def test_an_edition_goes_from_file_to_force_on_the_screens(signed_in: Client, book: str) -> None:
    answer = signed_in.post(f"/reference/{book}/load/", {"file": upload(SECOND), "version": "2"})
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert "Сверить с действующим" in signed_in.get(address).content.decode()
    signed_in.post(f"{address}compare/")
    shown = signed_in.get(address).content.decode()
    assert "<del>Вибрация локальная</del>" in shown
    assert "<ins>Вибрация общая</ins>" in shown
    assert "Аэрозоли" in shown
    bad = signed_in.post(f"{address}approve/", {"since": "01.01.2019"})
    assert bad.status_code == 422
    assert "Выберите более поздний день" in bad.content.decode()
    signed_in.post(f"{address}approve/", {"since": "01.02.2020"})
    assert "Вибрация общая" in signed_in.get(f"/reference/{book}/").content.decode()


def test_a_bad_file_returns_the_form_with_words(signed_in: Client, book: str) -> None:
    answer = signed_in.post(f"/reference/{book}/load/", {"file": upload("A,B\n1,2\n"), "version": "2"})
    assert answer.status_code == 422
    assert "нет столбцов: ID, NAME, PARENT" in answer.content.decode()


def test_rows_are_searched_and_opened_with_what_stands_above(
    signed_in: Client, book: str, job: Actor
) -> None:
    found = signed_in.get(f"/reference/{book}/?{urlencode({'q': 'вибрац'})}").content.decode()
    assert "Вибрация локальная" in found
    assert "Пыль" not in found
    item = public.code_get(job, book, "2", dt.date(2026, 1, 1))
    shown = signed_in.get(f"/reference/{book}/items/{item.uid}/").content.decode()
    assert "→" in shown
    assert "Шум" in shown


def test_the_combo_box_gets_codes_with_labels(signed_in: Client, book: str) -> None:
    answer = signed_in.get(f"/reference/{book}/search/?{urlencode({'q': 'пыль'})}")
    assert json.loads(answer.content) == [{"value": "3", "code": "3", "label": "Пыль"}]
    assert signed_in.get("/reference/nothing/search/?q=x").status_code == 404


def test_a_worker_of_another_desk_changes_nothing(guard: Client, book: str) -> None:
    assert guard.get(f"/reference/{book}/load/").status_code == 403
    assert guard.post("/reference/add/", {"code": "x", "title": "Х"}).status_code == 403


def test_another_system_takes_a_book_whole_and_later_only_what_changed(signed_in: Client, book: str) -> None:
    api = f"/api/v1/reference/books/{book}"
    first = signed_in.get(f"{api}/items?size=2").json()
    assert [row["code"] for row in first["items"]] == ["1", "2"]
    rest = signed_in.get(f"{api}/items?size=2&after={first['after']}").json()
    assert ([row["code"] for row in rest["items"]], rest["after"]) == (["3"], "")
    loaded = signed_in.post(f"{api}/editions", {"version": "2", "file": upload(SECOND)})
    assert loaded.status_code == 201, loaded.content
    edition = f"/api/v1/reference/editions/{loaded.json()['uid']}"
    assert signed_in.post(f"{edition}/compare").json()["added"] == ["4"]
    approved = signed_in.post(f"{edition}/approve", {"since": "2026-02-01"}, content_type="application/json")
    assert approved.json()["state"] == "approved"
    changes = signed_in.get(f"{api}/changes?since_version=1&version=2").json()
    assert [row["title"] for row in changes["changed"]] == ["Вибрация общая"]
    assert (changes["removed"], [row["code"] for row in changes["added"]]) == (["3"], ["4"])
    old, new = (
        signed_in.get(f"{api}/search?q=вибр&on={day}").json()[0]["title"]
        for day in ("2026-01-31", "2026-02-01")
    )
    assert (old, new) == ("Вибрация локальная", "Вибрация общая")
    assert signed_in.get(f"{api}/items?version=9").status_code == 404


def test_odd_characters_in_a_search_are_only_not_found(signed_in: Client, book: str) -> None:
    for text in ("\x00", "'", "а & | !", "(((", ":*", "%", "_", "\\", "4.\x00"):
        query = urlencode({"q": text})
        assert signed_in.get(f"/reference/{book}/search/?{query}").status_code == 200, text
        assert signed_in.get(f"/api/v1/reference/books/{book}/search?{query}").status_code in (200, 422), text
