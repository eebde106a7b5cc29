from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client

from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.messages.public import address_declare, kind_declare, message_send, notice_read
from medtrud.engines.messages.types import Kind
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
kind_declare(Kind("test.result", "Готовы результаты осмотра", "Обнаружено: {finding}"))
kind_declare(Kind("test.quiet", "Тихое", "Тихо", mail=False))


@pytest.fixture(autouse=True)
def _addresses() -> Iterator[None]:
    before = address_declare(lambda person: {11: "ivanov@example.org"}.get(person, ""))
    yield
    address_declare(before)


def test_a_letter_carries_the_title_and_a_link_but_never_the_text() -> None:
    notice = message_send(JOB, person=11, kind="test.result", params={"finding": "тугоухость"})
    run_pending()
    [letter] = mail.outbox
    assert letter.to == ["ivanov@example.org"]
    assert letter.subject == "Готовы результаты осмотра"
    assert f"/messages/{notice.uid}/" in letter.body
    assert "тугоухость" not in letter.message().as_string() + letter.body
    assert letter.extra_headers["Message-ID"] == f"<{notice.uid}@medtrud>"


def test_nothing_is_sent_without_an_address_or_for_a_quiet_kind_or_when_already_read() -> None:
    message_send(JOB, person=12, kind="test.result", params={"finding": "x"})
    message_send(JOB, person=11, kind="test.quiet")
    notice_read(JOB, uid=message_send(JOB, person=11, kind="test.result", params={"finding": "x"}).uid)
    run_pending()
    assert mail.outbox == []


def test_an_account_that_wants_no_letters_gets_none(client: Client) -> None:
    account = account_open(JOB, login="one", password="x", person=11)
    seat_give(JOB, account=account, role=Role.ANALYST, since=today())
    client.force_login(account)
    assert client.post("/messages/mail/", {}).status_code == 302
    message_send(JOB, person=11, kind="test.result", params={"finding": "x"})
    message_send(JOB, account=account.pk, kind="test.result", params={"finding": "x"})
    run_pending()
    assert mail.outbox == []
    client.post("/messages/mail/", {"mail": "on"})
    message_send(JOB, account=account.pk, kind="test.result", params={"finding": "x"})
    run_pending()
    assert len(mail.outbox) == 1


def test_a_letter_that_fails_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_: object) -> None:
        raise ConnectionRefusedError

    message_send(JOB, person=11, kind="test.result", params={"finding": "x"})
    with monkeypatch.context() as patch:
        patch.setattr("medtrud.connectors.mail.jobs.letter_send", broken)
        with pytest.raises(ConnectionRefusedError):
            run_pending()
    run_pending()
    assert len(mail.outbox) == 1
