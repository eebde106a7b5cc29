import datetime as dt
import re

import pytest
from django.test import Client

from medtrud.engines.access import actions
from medtrud.engines.access.models import Account, Limit, Token
from medtrud.engines.access.public import seats_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role

from .people import JOB, browser, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    return browser(somebody("guard", Role.SECURITY))


def shown(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_list_finds_an_account_by_the_beginning_of_its_login(desk: Client) -> None:
    somebody("ivanov")
    somebody("petrov")
    assert "petrov" in shown(desk.get("/access/accounts/"))
    found = shown(desk.get("/access/accounts/?q=IVA"))
    assert "ivanov" in found
    assert "petrov" not in found


def test_an_account_is_opened_with_a_seat_and_a_password_shown_once(desk: Client) -> None:
    form = {"login": "Novikov", "role": "analyst", "since": "01.02.2026", "region": "35"}
    page = shown(desk.post("/access/accounts/new/", form))
    [once] = re.findall(r"<code>([a-z0-9-]{17})</code>", page)
    account = Account.objects.unscoped("test").get(login="novikov")
    assert [seat.role for seat in seats_of(account, dt.date(2026, 2, 1))] == ["analyst"]
    assert once not in shown(desk.get(f"/access/accounts/{account.uid}/"))
    client = Client()
    client.post("/access/", {"username": "novikov", "password": once})
    assert client.get("/").headers["Location"] == "/access/me/password/"


def test_an_unknown_organization_or_owner_brings_the_form_back(desk: Client) -> None:
    form = {"login": "new", "role": "analyst", "since": "01.02.2026", "organization": "1", "person": "1"}
    page = shown(desk.post("/access/accounts/new/", form))
    assert "Организации с ИНН 1 нет" in page
    assert "Карты с таким СНИЛС нет" in page
    assert desk.get("/access/places/?q=завод").json() == []


def test_a_taken_login_brings_the_form_back_with_the_reason(desk: Client) -> None:
    somebody("ivanov")
    form = {"login": "ivanov", "role": "analyst", "since": "01.02.2026"}
    answer = desk.post("/access/accounts/new/", form)
    assert answer.status_code == 422
    assert "занято" in shown(answer)


def test_blocking_asks_for_a_reason_and_shows_it(desk: Client) -> None:
    account = somebody("ivanov")
    card = f"/access/accounts/{account.uid}/"
    assert desk.post(f"{card}block/", {"reason": ""}).status_code == 422
    assert desk.post(f"{card}block/", {"reason": "увольнение"}).status_code == 302
    assert "увольнение" in shown(desk.get(card))
    assert desk.post(f"{card}unblock/").status_code == 302
    assert "увольнение" not in shown(desk.get(card))
    assert desk.post(f"{card}close/", {"reason": "увольнение"}).status_code == 302
    assert "закрыта" in shown(desk.get(card))


def test_seats_are_given_and_taken_on_the_card(desk: Client) -> None:
    account = somebody("ivanov")
    card = f"/access/accounts/{account.uid}/"
    desk.post(f"{card}seat/", {"role": "security", "since": today().isoformat()})
    seats = seats_of(account, today())
    assert [seat.role for seat in seats] == ["analyst", "security"]
    desk.post(f"/access/seats/{seats[0].uid}/take/")
    assert [seat.role for seat in seats_of(account, today())] == ["security"]


def test_a_limit_is_changed_on_the_screen_and_the_old_value_stays(desk: Client) -> None:
    assert "Наименьшая длина пароля" in shown(desk.get("/access/limits/"))
    for value in ("12", "14"):
        desk.post(
            "/access/limits/password_length/", {"value": value, "role": "", "since": today().isoformat()}
        )
    tomorrow = (today() + dt.timedelta(days=1)).isoformat()
    desk.post("/access/limits/password_length/", {"value": "15", "role": "", "since": tomorrow})
    rows = Limit.objects.unscoped("test").order_by("since").values_list("value", "until")
    assert list(rows) == [(14, today() + dt.timedelta(days=1)), (15, None)]
    assert desk.get("/access/limits/nothing/").status_code == 404


def test_a_key_is_given_shown_once_and_revoked_in_the_profile() -> None:
    client = browser(somebody("ivanov"))
    until = (today() + dt.timedelta(days=30)).strftime("%d.%m.%Y")
    assert client.post("/access/me/tokens/new/", {"title": "МИС", "until": until}).status_code == 422
    form = {"title": "МИС", "until": until, "scopes": ["access.account_me"]}
    [secret] = re.findall(r"<code>(mtr_[\w-]+)</code>", shown(client.post("/access/me/tokens/new/", form)))
    headers = {"Authorization": f"Bearer {secret}"}
    assert Client().get("/api/v1/access/me", headers=headers).status_code == 200
    token = Token.objects.unscoped("test").get()
    assert "МИС" in shown(client.get("/access/me/"))
    client.post(f"/access/me/tokens/{token.uid}/revoke/")
    assert Client().get("/api/v1/access/me", headers=headers).status_code == 401


def test_other_sessions_are_seen_and_ended_in_the_profile() -> None:
    account = somebody("ivanov")
    here, there = browser(account), browser(account)
    there.get("/analyst/")
    assert shown(here.get("/access/me/")).count("/end/") == 2  # the other one, and all the others
    here.post("/access/me/sessions/end/")
    assert there.get("/analyst/").headers["Location"] == "/access/"
    assert here.get("/analyst/").status_code == 200


def test_a_worker_of_another_desk_gets_no_account_pages() -> None:
    client, other = browser(somebody("ivanov")), somebody("petrov")
    assert client.get("/access/accounts/").status_code == 403
    assert client.get(f"/access/accounts/{other.uid}/").status_code == 403
    assert client.post(f"/access/accounts/{other.uid}/password/").status_code == 403


def test_a_password_reset_is_shown_once_and_journaled_without_the_password(desk: Client) -> None:
    account = somebody("ivanov")
    page = shown(desk.post(f"/access/accounts/{account.uid}/password/"))
    [once] = re.findall(r"<code>([a-z0-9-]{17})</code>", page)
    account.refresh_from_db()
    assert account.check_password(once)
    assert (
        actions.sign_in(
            JOB, login="ivanov", password=once, address="", at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
        ).account
        == account.uid
    )
