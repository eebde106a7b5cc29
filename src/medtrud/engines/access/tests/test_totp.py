import datetime as dt
import re

import pyotp
import pytest
from django.test import Client

from medtrud.engines.access import actions
from medtrud.engines.access.models import Account, RecoveryCode, Totp
from medtrud.engines.access.types import Gate, Rule
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused

from .people import AT, JOB, TODAY, browser, seated, somebody

pytestmark = pytest.mark.django_db
STEP = dt.timedelta(seconds=30)


def enrol(account: Account, at: dt.datetime = AT) -> tuple[pyotp.TOTP, list[str]]:
    secret, _ = actions.totp_begin(seated(account), issuer="Медтруд")
    totp = pyotp.TOTP(secret)
    return totp, actions.totp_confirm(seated(account), code=totp.at(at), at=at)


def second(account: Account, code: str, at: dt.datetime) -> Gate:
    return actions.sign_in_second(JOB, account=account.uid, code=code, address="10.0.0.1", at=at).gate


def test_with_a_second_factor_the_password_is_only_half_of_the_way() -> None:
    account = somebody()
    totp, _ = enrol(account)
    outcome = actions.sign_in(JOB, login="ivanov", password="trava u doma", address="10.0.0.1", at=AT)
    assert outcome.gate is Gate.CODE
    assert second(account, totp.at(AT + 2 * STEP), AT + 2 * STEP) is Gate.OPEN


def test_a_code_is_good_once_and_a_late_one_never() -> None:
    account = somebody()
    totp, _ = enrol(account)
    at = AT + 4 * STEP
    assert second(account, totp.at(at - 2 * STEP), at) is Gate.REFUSED
    assert second(account, totp.at(at), at) is Gate.OPEN
    assert second(account, totp.at(at), at) is Gate.REFUSED


def test_codes_are_not_guessed_either() -> None:
    account = somebody()
    totp, _ = enrol(account)
    at = AT + 4 * STEP
    gates = [second(account, "000000", at) for _ in range(5)]
    assert gates == [Gate.REFUSED] * 4 + [Gate.PAUSED]
    assert second(account, totp.at(at), at) is Gate.PAUSED


def test_a_recovery_code_opens_once_however_it_is_typed() -> None:
    account = somebody()
    _, codes = enrol(account)
    assert len(set(codes)) == 10
    typed = codes[3].upper().replace("-", " ")
    assert second(account, typed, AT) is Gate.OPEN
    assert second(account, codes[3], AT) is Gate.REFUSED


def test_neither_the_secret_nor_the_codes_stand_in_the_database() -> None:
    account = somebody()
    totp, codes = enrol(account)
    assert totp.secret not in Totp.objects.unscoped("test").get().secret
    kept = set(RecoveryCode.objects.unscoped("test").values_list("code_hash", flat=True))
    assert len(kept) == 10
    assert not kept & set(codes)


def test_a_sealed_secret_does_not_open_for_another_account() -> None:
    one, two = somebody("one"), somebody("two")
    enrol(one)
    actions.totp_begin(seated(two), issuer="Медтруд")
    rows = Totp.objects.unscoped("test")
    stolen = rows.get(account=one).secret
    rows.filter(account=two).update(secret=stolen)
    with pytest.raises(ValueError, match="does not open"):
        actions.totp_confirm(seated(two), code="123456", at=AT)


def test_it_is_switched_off_only_with_the_password_and_not_where_it_is_required() -> None:
    account = somebody()
    enrol(account)
    with pytest.raises(Refused, match="пароль не подошёл"):
        actions.totp_remove(seated(account), password="x", on=TODAY)
    actions.limit_set(JOB, code=Rule.TOTP_REQUIRED, value=1, since=TODAY, role=Role.ANALYST)
    with pytest.raises(Refused, match="обязателен"):
        actions.totp_remove(seated(account), password="trava u doma", on=TODAY)
    actions.totp_remove(seated(account), password="trava u doma", on=TODAY - dt.timedelta(days=1))
    assert not Totp.objects.unscoped("test").exists()


def test_a_role_that_requires_it_gets_to_work_only_after_connecting() -> None:
    client = browser(somebody("ivanov", Role.ANALYST))
    actions.limit_set(JOB, code=Rule.TOTP_REQUIRED, value=1, since=TODAY, role=Role.ANALYST)
    assert client.get("/analyst/").headers["Location"] == "/access/me/totp/"
    refused = client.get("/api/v1/reference/books")
    assert refused.status_code == 403
    assert "второй фактор" in refused.json()["detail"]
    page = client.get("/access/me/totp/").content.decode()
    secret = re.findall(r"<code>([A-Z2-7]{32})</code>", page)[0]
    assert client.get("/access/me/totp/qr.svg").headers["Content-Type"] == "image/svg+xml"
    shown = client.post("/access/me/totp/", {"code": pyotp.TOTP(secret).at(now())}).content.decode()
    assert len(re.findall(r"<code>[a-z0-9]{5}-[a-z0-9]{5}</code>", shown)) == 10
    assert client.get("/analyst/").status_code == 200


def test_two_steps_on_the_screen(client: Client) -> None:
    totp, _ = enrol(somebody(), now() - 10 * STEP)
    first = client.post("/access/", {"username": "ivanov", "password": "trava u doma"})
    assert first.headers["Location"] == "/access/code/"
    assert client.get("/analyst/").headers["Location"] == "/access/"  # half of the way is still outside
    wrong = client.post("/access/code/", {"code": "000000"})
    assert "Код не подошёл" in wrong.content.decode()
    right = client.post("/access/code/", {"code": totp.at(now())}, follow=True)
    assert right.redirect_chain == [("/", 302), ("/analyst/", 302)]


def test_the_second_step_without_the_first_leads_back(client: Client) -> None:
    assert client.get("/access/code/").headers["Location"] == "/access/"


def test_security_resets_a_lost_telephone_but_not_the_own_one() -> None:
    account, guard = somebody(), somebody("guard", Role.SECURITY)
    enrol(account)
    enrol(guard)
    actions.totp_reset(seated(guard), account=account.uid)
    assert not Totp.objects.unscoped("test").filter(account=account).exists()
    with pytest.raises(Refused, match="в профиле"):
        actions.totp_reset(seated(guard), account=guard.uid)
