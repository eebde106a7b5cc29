import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client

from medtrud.engines.access import types as access
from medtrud.engines.access.public import Account, account_open, actor_of, seat_give
from medtrud.engines.background.public import publish, run_pending
from medtrud.engines.journal.types import SuspicionRaised
from medtrud.engines.messages.public import (
    kind_declare,
    message_send,
    notice_read,
    notices,
    notices_read_all,
    unread,
    wording_set,
)
from medtrud.engines.messages.types import Kind
from medtrud.engines.signing.types import CarrierDue, CertificateEnding, CertificateRevoked
from medtrud.engines.store.public import now, today, together
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
KIND = Kind("test.referral", "Направление на осмотр", "Вам выдано направление № {number}. Откройте его.")
kind_declare(KIND)


def somebody(login: str, person: int | None = None) -> Account:
    account = account_open(JOB, login=login, password="x", person=person)
    seat_give(JOB, account=account, role=Role.ANALYST, since=today())
    return account


def seated(account: Account) -> Actor:
    return actor_of(account, None, on=today())


def test_a_notice_reaches_the_person_and_nobody_else() -> None:
    mine, other = seated(somebody("one", 11)), seated(somebody("two", 12))
    notice = message_send(JOB, person=11, kind=KIND.code, params={"number": "15"})
    assert (notice.title, notice.text) == (KIND.title, "Вам выдано направление № 15. Откройте его.")
    assert [row.uid for row in notices(mine)] == [notice.uid]
    assert not notices(other).exists()
    with pytest.raises(NotFound):
        notice_read(other, uid=notice.uid)


def test_an_account_without_a_person_does_not_see_notices_of_nobody() -> None:
    message_send(JOB, account=somebody("one").pk, kind=KIND.code, text="раз")
    assert not notices(seated(somebody("two"))).exists()


def test_reading_one_and_reading_all_empty_the_bell() -> None:
    actor = seated(somebody("one", 11))
    first, *_ = [message_send(JOB, person=11, kind=KIND.code, text=f"№ {n}") for n in range(3)]
    assert unread(actor) == 3
    notice_read(actor, uid=first.uid)
    assert unread(actor) == 2
    assert notices_read_all(actor) == 2
    assert unread(actor) == 0


def test_the_operator_words_a_kind_anew_and_sent_notices_stay_as_they_were() -> None:
    before = message_send(JOB, person=11, kind=KIND.code, params={"number": "15"})
    wording_set(JOB, kind=KIND.code, title="Осмотр", text="Приходите, № {number}", since=today())
    after = message_send(JOB, person=11, kind=KIND.code, params={"number": "16"})
    before.refresh_from_db()
    assert (before.title, before.text) == (KIND.title, "Вам выдано направление № 15. Откройте его.")
    assert (after.title, after.text) == ("Осмотр", "Приходите, № 16")


@pytest.mark.parametrize(
    ("text", "says"),
    [("{name}", "Подстановки {name}"), ("{number.__class__}", "Подстановки"), ("{", "скобки")],
)
def test_a_wording_with_strange_braces_is_refused(text: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        wording_set(JOB, kind=KIND.code, title="x", text=text, since=today())


def test_a_wording_of_yesterday_cannot_be_written_today() -> None:
    wording_set(JOB, kind=KIND.code, title="x", text="x", since=today())
    with pytest.raises(Refused, match="уже задан"):
        wording_set(JOB, kind=KIND.code, title="x", text="y", since=today() - dt.timedelta(days=1))


def test_a_notice_goes_to_one_receiver() -> None:
    with pytest.raises(Exception, match="либо человеку, либо учётной записи"):
        message_send(JOB, kind=KIND.code, text="x")


def test_the_owner_learns_that_somebody_guesses_his_password() -> None:
    account = somebody("one")
    with together():
        publish(access.SignInPaused(account.pk, 5, now()))
    run_pending()
    assert "5 раз подряд" in notices(seated(account)).get().text


def test_the_inbox_on_the_screen(client: Client) -> None:
    account = somebody("one", 11)
    notice = message_send(JOB, person=11, kind=KIND.code, params={"number": "15"}, link="/access/me/")
    client.force_login(account)
    assert "Вам выдано направление № 15" in client.get("/messages/").content.decode()
    assert "Открыть" in client.get(f"/messages/{notice.uid}/").content.decode()
    assert unread(seated(account)) == 1  # a link in a letter that a robot follows reads nothing
    assert client.post(f"/messages/{notice.uid}/").headers["Location"] == "/access/me/"
    assert unread(seated(account)) == 0


def test_a_link_leads_only_inside(client: Client) -> None:
    account = somebody("one", 11)
    notice = message_send(JOB, person=11, kind=KIND.code, text="x", link="https://evil.example/")
    client.force_login(account)
    assert client.post(f"/messages/{notice.uid}/").headers["Location"] == "/messages/"


def test_another_program_reads_the_inbox(client: Client) -> None:
    account = somebody("one", 11)
    notice = message_send(JOB, person=11, kind=KIND.code, params={"number": "15"})
    message_send(JOB, person=12, kind=KIND.code, params={"number": "16"})
    client.force_login(account)
    found = client.get("/api/v1/messages/notices?new=true").json()
    assert ([row["uid"] for row in found["items"]], found["unread"]) == ([str(notice.uid)], 1)
    assert client.post(f"/api/v1/messages/notices/{notice.uid}/read").json()["read_at"]
    assert client.get("/api/v1/messages/notices?new=true").json()["items"] == []


def test_the_security_administrators_are_told_of_a_suspicion() -> None:
    guard = account_open(JOB, login="guard", password="x")
    seat_give(JOB, account=guard, role=Role.SECURITY, since=today())
    other = somebody("one")
    with together():
        publish(SuspicionRaised(uuid4(), "no_such_rule", None, now()))
    run_pending()
    notice = notices(seated(guard)).get()
    assert notice.title == "Подозрительные действия"
    assert "no_such_rule" in notice.text
    assert not notices(seated(other)).exists()


def test_the_owner_and_the_security_desk_read_what_happened_to_certificates_and_carriers() -> None:
    owner, guard = somebody("owner"), account_open(JOB, login="guard", password="x")
    seat_give(JOB, account=guard, role=Role.SECURITY, since=today())
    with together():
        publish(CertificateEnding(uuid4(), owner.pk, None, None, now()))
        publish(CertificateEnding(uuid4(), None, None, 3, now()))
        publish(CertificateRevoked(uuid4(), owner.pk, None, None, "hold", "certificate_hold", now()))
        publish(CarrierDue(uuid4(), owner.pk, None))
    run_pending()
    told = {notice.kind: notice.text for notice in notices(seated(owner))}
    assert set(told) == {"signing.certificate_ending", "signing.certificate_revoked"}
    assert "приостановлен" in told["signing.certificate_revoked"]
    kinds = {notice.kind for notice in notices(seated(guard))}
    assert kinds == {"signing.certificate_ending", "signing.carrier_due"}
