import datetime as dt

import pytest
from django.test import Client

from medtrud.engines.access import actions
from medtrud.engines.access.models import Guess, Session
from medtrud.engines.access.public import account_block, seat_take, seats_of
from medtrud.engines.access.rules import pause
from medtrud.engines.access.types import Gate, Rule, SignIn
from medtrud.kernel.actor import Role

from .people import AT, JOB, TODAY, browser, seated, somebody

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def knock(login: str, password: str, at: dt.datetime = AT, address: str = "10.0.0.1") -> SignIn:
    return actions.sign_in(JOB, login=login, password=password, address=address, at=at)


def test_the_right_password_opens_whatever_the_case_of_the_login() -> None:
    account = somebody("ivanov")
    assert knock(" Ivanov ", "trava u doma") == SignIn(Gate.OPEN, account.uid)


def test_five_wrong_passwords_close_the_login_and_each_further_one_for_twice_as_long() -> None:
    somebody("ivanov")
    at = AT
    assert [knock("ivanov", "x").gate for _ in range(4)] == [Gate.REFUSED] * 4
    for seconds in (30, 60, 120):
        closed = knock("ivanov", "x", at)
        assert (closed.gate, closed.wait) == (Gate.PAUSED, dt.timedelta(seconds=seconds))
        assert knock("ivanov", "trava u doma", at + closed.wait - SECOND).gate is Gate.PAUSED
        at += closed.wait
    assert knock("ivanov", "trava u doma", at).gate is Gate.OPEN
    assert knock("ivanov", "x", at + SECOND).gate is Gate.REFUSED  # a success begins the count anew


def test_an_unknown_login_gets_the_same_answers_as_a_known_one() -> None:
    somebody("ivanov")
    known, unknown = ([knock(name, "x") for _ in range(7)] for name in ("ivanov", "nobody"))
    assert known == unknown
    assert Guess.objects.unscoped("test").filter(kind="login").count() == 2


def test_one_address_that_tries_many_logins_is_closed_too() -> None:
    account = somebody("ivanov")
    for number in range(50):
        knock(f"login{number}", "x")
    assert knock("ivanov", "trava u doma").gate is Gate.PAUSED
    assert knock("ivanov", "trava u doma", address="10.0.0.2") == SignIn(Gate.OPEN, account.uid)


def test_a_limit_of_the_operator_counts_from_its_day() -> None:
    somebody("ivanov")
    actions.limit_set(JOB, code=Rule.LOGIN_FAILURES, value=2, since=dt.date(2026, 3, 1))
    day_before = AT - dt.timedelta(days=2)
    assert [knock("ivanov", "x", day_before).gate for _ in range(2)] == [Gate.REFUSED] * 2
    assert [knock("ivanov", "x").gate for _ in range(2)] == [Gate.REFUSED, Gate.PAUSED]


def test_a_blocked_account_stays_outside_with_the_right_password() -> None:
    account = somebody("ivanov")
    account_block(JOB, account=account.uid, reason="увольнение", at=AT)
    assert knock("ivanov", "trava u doma").gate is Gate.BLOCKED
    assert knock("ivanov", "x").gate is Gate.REFUSED


def test_a_block_ends_the_open_sessions_at_once() -> None:
    account = somebody("ivanov")
    client = browser(account)
    assert client.get("/analyst/").status_code == 200
    account_block(JOB, account=account.uid, reason="увольнение", at=AT)
    assert client.get("/analyst/").headers["Location"] == "/access/"
    assert not Session.objects.unscoped("test").exists()


def test_the_screen_signs_in_keeps_no_key_and_says_one_thing_to_all(client: Client) -> None:
    somebody("ivanov")
    for login in ("ivanov", "nobody"):
        page = client.post("/access/", {"username": login, "password": "x"})
        assert "Имя или пароль не подошли" in page.content.decode()
    answer = client.post("/access/", {"username": "ivanov", "password": "trava u doma"}, follow=True)
    assert answer.redirect_chain == [("/", 302), ("/analyst/", 302)]
    row = Session.objects.unscoped("test").get()
    key = client.cookies["sessionid"].value
    assert key not in (row.key_hash, row.data)
    assert row.address == "127.0.0.1"


def test_the_key_of_the_session_changes_at_sign_in(client: Client) -> None:
    account = somebody("ivanov")
    session = client.session
    session["planted"] = "1"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    client.post("/access/", {"username": "ivanov", "password": "trava u doma"})
    assert client.cookies["sessionid"].value != session.session_key
    assert Session.objects.unscoped("test").get().account == account.pk


def test_signing_out_ends_the_session() -> None:
    client = browser(somebody())
    client.post("/access/out/")
    assert client.get("/analyst/").headers["Location"] == "/access/"
    assert not Session.objects.unscoped("test").exists()


def test_an_idle_session_ends_and_an_old_one_too() -> None:
    for field, back in (("seen_at", dt.timedelta(minutes=61)), ("started_at", dt.timedelta(hours=13))):
        client = browser(somebody(field))
        assert client.get("/analyst/").status_code == 200
        rows = Session.objects.unscoped("test")
        row = rows.get()
        rows.update(**{field: getattr(row, field) - back})
        assert client.get("/analyst/").headers["Location"] == "/access/"
        assert not rows.exists()


def test_two_seats_are_worked_on_one_at_a_time() -> None:
    account = somebody("ivanov", Role.ANALYST, Role.SECURITY)
    client = browser(account)
    assert client.get("/analyst/").status_code == 200
    assert client.get("/security/").status_code == 403
    other = next(seat for seat in seats_of(account, TODAY) if seat.role == Role.SECURITY)
    client.post("/access/seat/", {"seat": str(other.uid)})
    assert client.get("/security/").status_code == 200
    assert client.get("/analyst/").status_code == 403


def test_a_seat_of_somebody_else_cannot_be_taken() -> None:
    other = seats_of(somebody("petrov", Role.SECURITY), TODAY)[0]
    client = browser(somebody("ivanov"))
    assert client.post("/access/seat/", {"seat": str(other.uid)}).status_code == 404
    assert client.get("/security/").status_code == 403


def test_a_seat_that_ended_gives_nothing() -> None:
    account = somebody("ivanov")
    seat = seats_of(account, TODAY)[0]
    seat_take(JOB, seat=seat.uid, on=TODAY)
    assert seated(account).role is Role.NOBODY
    assert not any(name.startswith("analyst.") for name in seated(account).permissions)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(4, 0), (5, 30), (6, 60), (11, 1920), (12, 3600), (999, 3600)]
)
def test_pauses_grow_twofold_up_to_the_longest(failures: int, seconds: int) -> None:
    assert pause(failures, allowed=5, first=30, last=3600) == dt.timedelta(seconds=seconds)
