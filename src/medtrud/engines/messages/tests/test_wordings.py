import pytest
from django.test import Client

from medtrud.engines.access.public import account_open, desks, seat_give
from medtrud.engines.journal.public import lines
from medtrud.engines.messages.public import kind_declare, message_send, message_send_many, notices
from medtrud.engines.messages.types import Kind, NewNotice
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
KIND = Kind("test.wording", "Пора на осмотр", "Срок осмотра — {day}.")
kind_declare(KIND)


@pytest.fixture
def security() -> Client:
    account = account_open(JOB, login="guard", password="Long-enough-77")
    seat_give(JOB, account=account, role=Role.SECURITY, since=today())
    client = Client()
    client.force_login(account)
    return client


def sent() -> tuple[str, str]:
    notice = message_send(JOB, person=11, kind=KIND.code, params={"day": "01.03.2026"})
    return notice.title, notice.text


def test_words_are_changed_twice_in_one_day_and_given_back(security: Client) -> None:
    address = f"/messages/wordings/{KIND.code}/"
    assert "{day}" in security.get(address).content.decode()
    day = f"{today():%d.%m.%Y}"
    for title in ("Осмотр", "Медосмотр"):
        answer = security.post(address, {"title": title, "text": "Придите до {day}", "since": day})
        assert answer.status_code == 302
    assert sent() == ("Медосмотр", "Придите до 01.03.2026")
    assert f"свой с {day}" in security.get("/messages/wordings/").content.decode()
    assert KIND.text in security.get(f"{address}reset/").content.decode()
    assert security.post(f"{address}reset/", {"since": day}).status_code == 302
    assert sent() == (KIND.title, "Срок осмотра — 01.03.2026.")
    again = security.post(f"{address}reset/", {"since": day})
    assert "и так действует текст поставки" in again.content.decode()
    guard = Actor(role=Role.SECURITY, account=1, permissions=desks()[Role.SECURITY].permissions)
    actions = [row.action for row in lines(guard)]
    assert actions.count("messages.wording_set") == 2
    assert actions.count("messages.wording_reset") == 1


def test_unknown_words_come_back_in_the_form(security: Client) -> None:
    address = f"/messages/wordings/{KIND.code}/"
    bad = security.post(address, {"title": "x", "text": "{name}", "since": f"{today():%d.%m.%Y}"})
    assert bad.status_code == 422
    assert "Возможны: {day}" in bad.content.decode()
    assert security.get("/messages/wordings/нет.такого/").status_code == 404


def test_another_desk_has_no_such_screen(signed_in: Client) -> None:
    assert signed_in.get("/messages/wordings/").status_code in (403, 404)


def test_the_words_of_the_operator_win_over_what_the_product_says(security: Client) -> None:
    plain = Kind("test.said", "Готово", "Откройте.")
    kind_declare(plain)
    said = message_send(JOB, person=11, kind=plain.code, text="Готово № 15.")
    assert said.text == "Готово № 15."
    address, day = f"/messages/wordings/{plain.code}/", f"{today():%d.%m.%Y}"
    assert "заменит их целиком" in security.get(address).content.decode()
    security.post(address, {"title": "Новости", "text": "Зайдите в кабинет.", "since": day})
    said = message_send(JOB, person=11, kind=plain.code, text="Готово № 16.")
    assert (said.title, said.text) == ("Новости", "Зайдите в кабинет.")
    message_send_many(JOB, kind=plain.code, letters=[NewNotice(12, "Готово № 17.")])
    kinds = Actor(role=Role.WORKER, account=1, person=12)
    assert notices(kinds).get().text == "Зайдите в кабинет."
