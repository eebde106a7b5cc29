import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from medtrud.engines.access import actions
from medtrud.engines.access.drivers import Buckets
from medtrud.engines.access.models import Account, StoredAnswer, Token
from medtrud.engines.access.public import account_block, seat_take, seats_of
from medtrud.engines.access.types import Rule
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Forbidden, Refused

from .people import AT, JOB, TODAY, browser, seated, somebody

pytestmark = pytest.mark.django_db
ACCOUNTS, TOKENS, ME = "/api/v1/access/accounts", "/api/v1/access/tokens", "/api/v1/access/me"
ALL = ("access.account_me", "access.account_list", "access.account_issue")


def key(account: Account, *scopes: str) -> tuple[Token, dict[str, str]]:
    token, secret = actions.token_give(
        seated(account), title="МИС", scopes=scopes or ALL, expires_at=now() + dt.timedelta(days=1), at=now()
    )
    return token, {"Authorization": f"Bearer {secret}"}


def guard() -> Account:
    return somebody("guard", Role.SECURITY)


def test_a_key_opens_its_scopes_and_nothing_else_of_the_seat(client: Client) -> None:
    _, headers = key(guard(), "access.account_me", "access.account_list")
    assert client.get(ME, headers=headers).json()["permissions"] == [
        "access.account_list",
        "access.account_me",
    ]
    assert client.get(ACCOUNTS, headers=headers).status_code == 200
    refused = client.post(ACCOUNTS, {"login": "x"}, content_type="application/json", headers=headers)
    assert refused.status_code == 403
    assert set(refused.json()) == {"detail", "basis", "errors"}


def test_nobody_gives_a_key_more_than_he_has() -> None:
    with pytest.raises(Forbidden, match=r"access\.account_block"):
        key(somebody(), "access.account_block")
    with pytest.raises(Refused, match="366 дней"):
        actions.token_give(
            seated(guard()), title="x", scopes=ALL, expires_at=AT + dt.timedelta(days=400), at=AT
        )


def test_a_key_cannot_make_itself_at_home() -> None:
    for scope in ("access.token_give", "access.password_change", "access.totp_remove"):
        with pytest.raises(Refused, match="не доверяют"):
            key(somebody(scope), scope)


def test_the_secret_is_kept_only_as_a_hash() -> None:
    token, headers = key(guard())
    assert headers["Authorization"].split("_", 1)[1] not in str(Token.objects.unscoped("test").values().get())
    assert headers["Authorization"].startswith(f"Bearer {token.hint}")


def test_a_key_stops_with_its_revocation_block_seat_or_term(client: Client) -> None:
    stops: dict[str, Callable[[Token], object]] = {
        "revoked": lambda token: actions.token_revoke(JOB, token=token.uid, at=now()),
        "blocked": lambda token: account_block(JOB, account=token.account.uid, reason="x", at=now()),
        "seat": lambda token: seat_take(JOB, seat=token.seat.uid, on=today()),
        "term": lambda token: (
            Token.objects.unscoped("test")
            .filter(pk=token.pk)
            .update(given_at=AT - dt.timedelta(days=2), expires_at=AT - dt.timedelta(days=1))
        ),
        "must change": lambda token: actions.password_reset(JOB, account=token.account.uid, at=now()),
    }
    for name, stop in stops.items():
        token, headers = key(somebody(name.replace(" ", "-"), Role.SECURITY))
        assert client.get(ME, headers=headers).status_code == 200
        stop(token)
        assert client.get(ME, headers=headers).status_code == 401, name


def test_a_wrong_key_is_refused_even_beside_a_good_session() -> None:
    client = browser(guard())
    assert client.get(ME).status_code == 200
    assert client.get(ME, headers={"Authorization": "Bearer mtr_x"}).status_code == 401


def test_a_key_needs_no_csrf_token_but_a_session_does() -> None:
    account = guard()
    _, headers = key(account)
    program = Client(enforce_csrf_checks=True)
    done = program.post(ACCOUNTS, {"login": "x"}, content_type="application/json", headers=headers)
    assert done.status_code == 201
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = browser(account).cookies
    refused = forger.post(ACCOUNTS, {"login": "y"}, content_type="application/json")
    assert refused.status_code == 403
    assert not Account.objects.unscoped("test").filter(login="y").exists()


def test_an_opened_account_gets_a_password_for_one_sign_in(client: Client) -> None:
    _, headers = key(guard())
    new = client.post(ACCOUNTS, {"login": "Novikov"}, content_type="application/json", headers=headers).json()
    assert new["account"]["login"] == "novikov"
    client.post("/access/", {"username": "novikov", "password": new["password"]})
    assert client.get("/").headers["Location"] == "/access/me/password/"


def test_a_repeated_request_gets_the_same_answer_and_does_nothing_twice(client: Client) -> None:
    _, headers = key(guard())
    headers["Idempotency-Key"] = "k1"
    first, again = (
        client.post(ACCOUNTS, {"login": "x"}, content_type="application/json", headers=headers)
        for _ in range(2)
    )
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert again.headers["Idempotency-Replayed"] == "true"
    other = client.post(ACCOUNTS, {"login": "y"}, content_type="application/json", headers=headers)
    assert other.status_code == 409
    assert "другой запрос" in other.json()["detail"]
    row = StoredAnswer.objects.unscoped("test").get()
    assert first.json()["password"].encode() not in bytes(row.body)


def test_the_same_key_of_another_account_is_another_key(client: Client) -> None:
    answers = []
    for name in ("one", "two"):
        _, headers = key(somebody(name, Role.SECURITY))
        headers["Idempotency-Key"] = "k1"
        body = {"login": f"new-{name}"}
        answers.append(client.post(ACCOUNTS, body, content_type="application/json", headers=headers))
    assert [answer.status_code for answer in answers] == [201, 201]


def test_a_refusal_is_repeated_too_and_a_crash_leaves_nothing(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    somebody("x")
    _, headers = key(guard())
    headers["Idempotency-Key"] = "k1"
    refused = [
        client.post(ACCOUNTS, {"login": "x"}, content_type="application/json", headers=headers)
        for _ in range(2)
    ]
    assert [answer.status_code for answer in refused] == [409, 409]
    assert "Idempotency-Replayed" in refused[1].headers

    def crash(*_: object, **__: object) -> None:
        raise RuntimeError

    headers["Idempotency-Key"] = "k2"
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("medtrud.engines.access.rest.AccountGiven.model_validate", crash)
        patch.setattr("medtrud.engines.access.actions.accounts.record", crash)
        crashed = client.post(ACCOUNTS, {"login": "z"}, content_type="application/json", headers=headers)
    assert crashed.status_code == 500
    assert "Сбой на нашей стороне" in crashed.json()["detail"]
    done = client.post(ACCOUNTS, {"login": "z"}, content_type="application/json", headers=headers)
    assert done.status_code == 201, done.json()


def test_bad_requests_are_answered_in_russian_and_in_one_shape(client: Client) -> None:
    _, headers = key(guard())
    answers = {
        400: client.post(ACCOUNTS, "{", content_type="application/json", headers=headers),
        401: Client().get(ME),
        404: client.get(f"{ACCOUNTS}/00000000-0000-4000-8000-000000000000", headers=headers),
        405: client.put(ME, headers=headers),
        409: client.post(ACCOUNTS, {"login": "guard"}, content_type="application/json", headers=headers),
        422: client.post(
            ACCOUNTS, {"login": "", "person": "много"}, content_type="application/json", headers=headers
        ),
    }
    for status, answer in answers.items():
        assert answer.status_code == status
        body = answer.json()
        assert set(body) == {"detail", "basis", "errors"}
        assert any("а" <= letter <= "я" for letter in body["detail"])
    lines = {line["field"]: line["text"] for line in answers[422].json()["errors"]}
    assert lines == {"account.login": "Строка короче 1 знаков.", "account.person": "Нужно целое число."}
    assert client.get("/api/v1/nothing", headers=headers).json()["detail"].startswith("Такого адреса нет")


def test_text_that_the_database_cannot_hold_is_a_bad_request_not_a_fault() -> None:
    client = browser(guard())
    body = {"title": "a\x00b", "scopes": ["access.account_me"], "expires_at": now() + dt.timedelta(days=1)}
    answer = client.post(TOKENS, body, content_type="application/json")
    assert answer.status_code == 422


def test_too_many_requests_wait(client: Client) -> None:
    account = guard()
    _, headers = key(account)
    actions.limit_set(JOB, code=Rule.REQUESTS, value=8, since=TODAY, role=Role.SECURITY)
    answers = [client.get(ME, headers=headers) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 0 < int(answers[2].headers["Retry-After"]) <= 8
    assert answers[2].json()["detail"].startswith("Слишком много запросов")


def test_a_bucket_fills_again_with_time() -> None:
    buckets = Buckets()
    assert [buckets.take(1, per_minute=8, at=AT) for _ in range(3)] == [0, 0, 8]
    assert buckets.take(2, per_minute=8, at=AT) == 0
    assert buckets.take(1, per_minute=8, at=AT + dt.timedelta(seconds=8)) == 0


def test_the_description_names_every_refusal(client: Client) -> None:
    schema = client.get("/api/v1/openapi.json").json()
    for path in schema["paths"].values():
        for operation in path.values():
            assert {"400", "401", "403", "404", "409", "422", "429"} <= set(operation["responses"])
    assert set(schema["components"]["securitySchemes"]) == {"Key", "SessionAuth"}


def test_the_last_use_of_a_key_is_known(client: Client) -> None:
    token, headers = key(guard())
    assert seats_of(token.account, TODAY)
    client.get(ME, headers=headers)
    token.refresh_from_db()
    assert token.used_at is not None
