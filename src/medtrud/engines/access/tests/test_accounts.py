import pytest

from medtrud.engines.access import actions
from medtrud.engines.access.public import account_close, account_open, actor_of, seat_give, seats_of
from medtrud.engines.access.types import Gate
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused

from .people import AT, DAY, JOB, TODAY, browser, seated, somebody

pytestmark = pytest.mark.django_db


def guard() -> Actor:
    return seated(somebody("guard", Role.SECURITY))


def test_a_password_given_by_security_is_good_for_one_sign_in() -> None:
    account = somebody()
    once = actions.password_reset(guard(), account=account.uid, at=AT)
    assert actions.sign_in(JOB, login="ivanov", password=once, address="", at=AT).gate is Gate.OPEN
    account.refresh_from_db()
    client = browser(account)
    assert client.get("/analyst/").headers["Location"] == "/access/me/password/"
    assert client.get("/api/v1/reference/books").status_code == 403
    new = {"old": once, "new": "koroleva vyshla", "again": "koroleva vyshla"}
    assert client.post("/access/me/password/", new).status_code == 302
    assert client.get("/analyst/").status_code == 200


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("korotko", "короче 8 знаков"),
        ("password1", "самых частых"),
        ("moy-ivanov-2026", "повторяет имя"),
        ("trava u doma", "совпадает с прежним"),
        ("я" * 1025, "длиннее"),
    ],
)
def test_a_bad_new_password_is_refused_with_the_reason(new: str, says: str) -> None:
    account = somebody()
    with pytest.raises(Refused, match=says):
        actions.password_change(seated(account), old="trava u doma", new=new, at=AT, on=TODAY)


def test_a_new_password_ends_the_other_sessions_and_keeps_this_one() -> None:
    account = somebody()
    here, there = browser(account), browser(account)
    new = {"old": "trava u doma", "new": "koroleva vyshla", "again": "koroleva vyshla"}
    here.post("/access/me/password/", new)
    assert here.get("/analyst/").status_code == 200
    assert there.get("/analyst/").headers["Location"] == "/access/"


def test_nobody_gives_himself_a_seat_blocks_or_resets_himself() -> None:
    account = somebody("guard", Role.SECURITY)
    actor = seated(account)
    for attempt in (
        lambda: seat_give(actor, account=account, role=Role.CLINIC, since=DAY),
        lambda: actions.account_block(actor, account=account.uid, reason="", at=AT),
        lambda: actions.account_close(actor, account=account.uid, reason="", at=AT, on=TODAY),
        lambda: actions.password_reset(actor, account=account.uid, at=AT),
    ):
        with pytest.raises(Refused):
            attempt()


def test_a_closed_account_has_no_seats_and_is_not_opened_again() -> None:
    account = somebody("ivanov", Role.ANALYST, Role.WORKER)
    account_close(guard(), account=account.uid, reason="увольнение", at=AT, on=TODAY)
    assert seats_of(account, TODAY) == []
    with pytest.raises(Refused, match="закрыта навсегда"):
        actions.account_unblock(JOB, account=account.uid)
    with pytest.raises(Refused, match="занято"):
        account_open(JOB, login="ivanov")


def test_a_blocked_account_is_unblocked() -> None:
    account = somebody()
    actor = guard()
    actions.account_block(actor, account=account.uid, reason="проверка", at=AT)
    actions.account_unblock(actor, account=account.uid)
    account.refresh_from_db()
    assert (account.is_active, account.blocked_why) == (True, "")


def test_others_neither_manage_accounts_nor_see_them() -> None:
    stranger, other = seated(somebody("ivanov")), somebody("petrov")
    with pytest.raises(Forbidden):
        actions.account_block(stranger, account=other.uid, reason="", at=AT)
    with pytest.raises(NotFound):
        actions.session_end(stranger, session=other.uid)


def test_without_a_seat_one_sees_the_own_profile_and_nothing_else() -> None:
    account = account_open(JOB, login="new", password="x")
    client = browser(account)
    assert client.get("/", follow=True).redirect_chain == [("/access/me/", 302)]
    assert client.get("/analyst/").status_code == 403
    assert actor_of(account, None, on=TODAY).role is Role.NOBODY
