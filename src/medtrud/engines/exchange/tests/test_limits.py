import pytest
from django.test import Client

from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.exchange.queries import limits
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")


@pytest.fixture
def security() -> Client:
    account = account_open(JOB, login="guard", password="Long-enough-77")
    seat_give(JOB, account=account, role=Role.SECURITY, since=today())
    client = Client()
    client.force_login(account)
    return client


def test_a_limit_is_changed_and_given_back_on_the_screen(security: Client) -> None:
    shipped, day = limits(today()), f"{today():%d.%m.%Y}"
    for value in ("7", "9"):
        answer = security.post("/exchange/limits/megabytes/", {"value": value, "since": day})
        assert answer.status_code == 302
    assert limits(today()).bytes == 9 * 1024 * 1024
    shown = security.get("/exchange/limits/").content.decode()
    assert f"9 с {day}" in shown
    assert security.post("/exchange/limits/megabytes/reset/", {"since": day}).status_code == 302
    assert limits(today()) == shipped
    again = security.post("/exchange/limits/megabytes/reset/", {"since": day})
    assert "и так действует значение поставки" in again.content.decode()
    assert security.get("/exchange/limits/elephants/").status_code == 404


def test_a_limit_of_the_door_is_given_back(security: Client) -> None:
    day = f"{today():%d.%m.%Y}"
    changed = security.post("/access/limits/idle_minutes/", {"value": "5", "role": "", "since": day})
    assert changed.status_code == 302
    assert "idle_minutes/reset/" in security.get("/access/limits/").content.decode()
    assert security.post("/access/limits/idle_minutes/reset/", {"since": day}).status_code == 302
    assert "idle_minutes/reset/" not in security.get("/access/limits/").content.decode()


def test_another_desk_has_no_such_screen(signed_in: Client) -> None:
    assert signed_in.get("/exchange/limits/").status_code in (403, 404)
