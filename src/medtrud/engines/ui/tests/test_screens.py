import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from medtrud.engines.ui.public import Found, search_add
from medtrud.engines.ui.web import shell

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true", "HX-Target": "section#list"}


@pytest.fixture
def client(guard: Client) -> Client:
    return guard


def rows_of(text: str) -> list[str]:
    return re.findall(r'<a class="who" href="[^"]*">([^<]+)</a>', text)


def test_a_list_is_paged_by_key_there_and_back(client: Client) -> None:
    first = client.get("/ui/kit/list/").content.decode()
    onward = re.search(r'id="list-next"[^>]*href="([^"]+)"', first)
    assert onward
    second = client.get(onward[1].replace("&amp;", "&")).content.decode()
    back = re.search(r'id="list-previous"[^>]*href="([^"]+)"', second)
    assert back
    assert "11–20 из" in second
    assert rows_of(first) == sorted(rows_of(first))
    assert max(rows_of(first)) <= min(rows_of(second))
    assert rows_of(client.get(back[1].replace("&amp;", "&")).content.decode()) == rows_of(first)


def test_a_list_asks_the_database_for_numbers_once_and_rows_once(client: Client) -> None:
    with CaptureQueriesContext(connection) as plain:
        client.get("/ui/kit/form/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/ui/kit/list/")
    assert len(queries) == len(plain) + 3  # numbers, rows, totals


def test_htmx_gets_the_table_only(client: Client) -> None:
    part = client.get("/ui/kit/list/?q=account&sort=-number", headers=PART)
    assert "<html" not in part.content.decode()
    assert "HX-Request" in part.headers["Vary"]
    assert rows_of(part.content.decode()) == ["account"]


def test_the_state_of_a_list_is_its_address(client: Client) -> None:
    text = client.get("/ui/kit/list/?tab=auth&q=se&sort=-model&letter=s").content.decode()
    assert rows_of(text) == ["session", "seat"]
    assert 'aria-sort="descending"' in text
    assert 'value="se"' in text
    assert re.search(r'<a href="[^"]*tab=auth[^"]*"[^>]*aria-current="true"', text)


def test_nothing_found_is_not_nothing_there(client: Client) -> None:
    assert "Ничего не нашлось" in client.get("/ui/kit/list/?q=ыыы").content.decode()


def test_an_unknown_order_or_filter_of_the_address_changes_nothing(client: Client) -> None:
    plain = rows_of(client.get("/ui/kit/list/").content.decode())
    assert rows_of(client.get("/ui/kit/list/?sort=password&letter=z").content.decode()) == plain


def test_a_form_comes_back_as_it_was_with_a_summary(client: Client) -> None:
    answer = client.post("/ui/kit/form/", {"number": "15", "signed_on": "31.02.2026"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Ошибка: Новый договор" in text
    assert 'value="15"' in text
    assert 'value="31.02.2026"' in text
    assert 'href="#f-signed_on"' in text
    assert "исправьте 2\u00a0места" in text


def test_success_is_said_on_the_next_page_and_only_there(client: Client) -> None:
    filled = {"number": "15", "signed_on": "26.01.2026", "agreed": "on"}
    answer = client.post("/ui/kit/form/", filled)
    assert answer.headers["Location"] == "/ui/kit/"
    assert 'data-toast="Договор проверен."' in client.get("/ui/kit/").content.decode()
    assert "data-toast" not in client.get("/ui/kit/").content.decode()
    assert (
        client.post("/ui/kit/form/", filled, headers={"HX-Request": "true"}).headers["HX-Redirect"]
        == "/ui/kit/"
    )


def test_an_autosave_answers_with_parts_and_a_stale_one_with_both_values(client: Client) -> None:
    saved = client.post("/ui/kit/entry/draft/", {"complaints": "нет", "pressure": "80/120", "revision": "3"})
    assert saved.status_code == 200
    assert 'id="revision" value="4"' in saved.content.decode()
    assert "меньше верхнего" in saved.content.decode()
    assert "Заполните поле" not in saved.content.decode()
    stale = client.post("/ui/kit/entry/draft/", {"complaints": "конфликт", "revision": "3"})
    assert stale.status_code == 409
    assert "кашель по утрам" in stale.content.decode()


def test_the_palette_finds_what_modules_declare_for_this_actor(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shell, "_search", [])
    search_add(lambda actor, text: [Found(f"{actor.role}: {text}", "/x/", kind="проба")])
    found = client.get("/ui/palette/?q=иванов").json()
    assert found[-1] == {"title": "security: иванов", "url": "/x/", "hint": "", "kind": "проба"}
    assert Client().get("/ui/palette/?q=иванов").json() == []


def test_the_look_is_kept_in_the_browser(client: Client) -> None:
    answer = client.post(
        "/ui/look/", {"density": "compact", "vision": "high", "back": "//elsewhere.example/"}
    )
    assert answer.headers["Location"] == "/"
    assert 'data-density="compact" data-vision="high"' in client.get("/ui/kit/").content.decode()


def test_every_page_carries_the_policy_of_content(client: Client) -> None:
    answer = client.get("/ui/kit/")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style| style=| on[a-z]+=", answer.content.decode())


def test_a_refusal_is_a_page_or_a_word_in_the_corner(signed_in: Client) -> None:
    page = signed_in.get("/ui/kit/")
    assert (page.status_code, "Нет права" in page.content.decode()) == (403, True)
    part = signed_in.get("/ui/kit/", headers=PART)
    assert (part.status_code, part.headers["HX-Reswap"]) == (403, "none")
    assert "toast" in part.headers["HX-Trigger"]
    assert Client().get("/ui/kit/", headers=PART).headers["HX-Redirect"] == "/access/"


def test_an_unknown_address_is_answered_in_words(client: Client) -> None:
    answer = client.get("/нет-такой/")
    assert answer.status_code == 404
    assert "Такой страницы нет" in answer.content.decode()
