"""The screens of the security desk, one's own certificates, and what the world asks of our authority."""

import base64
from typing import Any

import pytest
from asn1crypto import ocsp
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from medtrud.engines.access.public import Account, account_open, seat_give
from medtrud.engines.signing import public as signing
from medtrud.engines.signing.drivers import answers
from medtrud.engines.signing.drivers.authority import request_new
from medtrud.engines.signing.drivers.certificates import certificate as read
from medtrud.engines.signing.drivers.chain import Store
from medtrud.engines.signing.drivers.der import sequence
from medtrud.engines.signing.drivers.keys import key_new
from medtrud.engines.signing.drivers.revocation import by_answer, hashed, key_bits, revocation_list
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content, stamp_time
from medtrud.engines.signing.models import Carrier, Certificate
from medtrud.engines.signing.queries import key_pair_of
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Actor, Role

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")


def seated(login: str, role: Role, organization: int | None = None) -> tuple[Client, Account]:
    account = account_open(JOB, login=login, password="demo")
    seat_give(JOB, account=account, role=role, since=today(), organization=organization)
    client = Client()
    client.force_login(account)
    return client, account


@pytest.fixture
def desk() -> Client:
    return seated("security", Role.SECURITY)[0]


def opened(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return str(answer.content.decode())


def sent(client: Client, url: str, *args: object, **facts: object) -> None:
    answer = client.post(reverse(url, args=args), facts)
    assert answer.status_code in {204, 302}, answer.content.decode()[:2000]


def test_the_desk_opens_a_centre_issues_holds_and_revokes(desk: Client) -> None:
    assert "Своего центра ещё нет" in opened(desk, "signing:authority_card")
    sent(desk, "signing:authority_open", name="УЦ клиники", organization="Медцентр", algorithm="gost256")
    assert "УЦ клиники" in opened(desk, "signing:authority_card")
    doctor, account = seated("doctor", Role.CLINIC, 3)
    assert "Сертификатов у вас нет" in opened(doctor, "signing:certificates_own")
    facts = {"kind": "person", "surname": "Петрова", "given_name": "Анна", "organization": "Медцентр"}
    sent(desk, "signing:certificate_issue", **facts, account=str(account.uid), days=365, algorithm="gost256")
    row = Certificate.objects.unscoped("test").get(kind="person")
    assert "Петрова Анна" in opened(desk, "signing:certificate_list")
    assert "Петрова Анна" in opened(doctor, "signing:certificates_own")
    sent(desk, "signing:certificate_hold", row.uid, note="отпуск")
    assert "приостановлен" in opened(desk, "signing:certificate_card", row.uid)
    sent(desk, "signing:certificate_release", row.uid)
    sent(desk, "signing:certificate_renew", row.uid)
    sent(desk, "signing:certificate_revoke", row.uid, reason="superseded", note="")
    card = opened(desk, "signing:certificate_card", row.uid)
    assert "отозван" in card
    assert "отпуск" in card
    assert doctor.get(reverse("signing:certificate_list")).status_code == 403
    assert (
        read(doctor.get(reverse("signing:certificate_file", args=[row.uid])).content).owner == "Петрова Анна"
    )


def test_a_request_is_uploaded_by_the_owner_and_decided_on_the_desk(desk: Client) -> None:
    signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")
    doctor, _ = seated("doctor", Role.CLINIC, 3)
    asked = request_new(key_new("gost256"), {"common_name": "Ким Игорь"})
    sent(doctor, "signing:request_add", file=SimpleUploadedFile("a.csr", asked))
    wrong = doctor.post(reverse("signing:request_add"), {"file": SimpleUploadedFile("a.csr", b"garbage")})
    assert wrong.status_code == 422
    assert "ждёт решения" in opened(doctor, "signing:certificates_own")
    assert "Ким Игорь" in opened(desk, "signing:request_list")
    [row] = signing.CertificateRequest.objects.unscoped("test").all()
    sent(desk, "signing:request_issue", row.uid)
    assert "Ким Игорь" in opened(doctor, "signing:certificates_own")


def test_the_book_of_carriers_is_kept(desk: Client) -> None:
    _, account = seated("doctor", Role.CLINIC, 3)
    sent(desk, "signing:carrier_add", number="0731", title="Рутокен", maker="")
    row = Carrier.objects.unscoped("test").get()
    sent(desk, "signing:carrier_issue", row.uid, account=str(account.uid), note="")
    assert "0731" in opened(desk, "signing:carrier_list")
    sent(desk, "signing:carrier_return", row.uid, note="")
    sent(desk, "signing:carrier_lose", row.uid, note="пропал со склада")
    assert "пропал со склада" in opened(desk, "signing:carrier_card", row.uid)
    assert desk.post(reverse("signing:carrier_destroy", args=[row.uid]), {"note": ""}).status_code == 422
    sent(desk, "signing:carrier_destroy", row.uid, note="акт № 3 от 01.03.2026")
    card = opened(desk, "signing:carrier_card", row.uid)
    assert "акт № 3" in card
    assert "security" in card  # who wrote the line
    again = desk.post(reverse("signing:carrier_destroy", args=[row.uid]), {"note": "акт № 4"})
    assert "записать «уничтожен» нельзя" in again.content.decode()
    assert "0731" in str(desk.get(reverse("signing:carrier_list"), {"tab": "destroyed"}).content.decode())


def test_a_key_on_a_carrier_of_the_book_ends_with_it(desk: Client) -> None:
    signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")
    doctor, account = seated("doctor", Role.CLINIC, 3)
    sent(desk, "signing:carrier_add", number="0732", title="Рутокен", maker="")
    held = Carrier.objects.unscoped("test").get()
    asked = request_new(key_new("gost256"), {"common_name": "Ким Игорь"})
    sent(doctor, "signing:request_add", file=SimpleUploadedFile("a.csr", asked))
    [row] = signing.CertificateRequest.objects.unscoped("test").all()
    early = desk.post(reverse("signing:request_issue", args=[row.uid]), {"carrier": str(held.uid)})
    assert "не выдан тому, кто подал запрос" in early.content.decode()
    sent(desk, "signing:carrier_issue", held.uid, account=str(account.uid), note="")
    assert "Ключ на носителе" in opened(desk, "signing:request_list")
    sent(desk, "signing:request_issue", row.uid, carrier=str(held.uid))
    assert "Ким Игорь" in opened(desk, "signing:carrier_card", held.uid)
    sent(desk, "signing:carrier_lose", held.uid, note="")
    assert Certificate.objects.unscoped("test").get(kind="person").state == "revoked"


def test_a_certificate_is_found_by_its_owner_and_by_its_number(desk: Client) -> None:
    signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")
    for surname in ("Петрова", "Сидорова"):
        signing.certificate_issue(JOB, kind="person", names={"surname": surname, "given_name": "Анна"})
    row = next(
        one for one in Certificate.objects.unscoped("test").filter(kind="person")
        if signing.facts_of(one).owner.startswith("Петрова")
    )  # fmt: skip
    for said in ("петров анна", row.number[-8:].lower()):
        page = desk.get(reverse("signing:certificate_list"), {"q": said}).content.decode()
        assert "Петрова Анна" in page
        assert "Сидорова" not in page


def test_the_world_gets_the_list_the_state_and_the_time() -> None:
    issuer = signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")
    row = signing.certificate_issue(JOB, kind="seal", names={"organization": "Медцентр"}, organization=3)
    world, facts, above = Client(enforce_csrf_checks=True), signing.facts_of(row), signing.facts_of(issuer)
    assert str(issuer.uid) in facts.crl_urls[0]
    assert world.get(reverse("signing:issuer_file", args=[issuer.uid])).content == above.der

    def state() -> str:
        name = ocsp.CertId(
            {
                "hash_algorithm": {"algorithm": "sha1"},
                "issuer_name_hash": hashed("sha1", above.subject),
                "issuer_key_hash": hashed("sha1", key_bits(above)),
                "serial_number": facts.serial,
            }
        )
        asked = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": name}]}}).dump()
        told = world.post(
            reverse("signing:status", args=[issuer.uid]), asked, content_type="application/ocsp-request"
        )
        status = by_answer(facts, above, told.content, now())
        assert status
        return status.state

    assert state() == "good"
    signing.certificate_hold(JOB, uid=row.uid)
    assert state() == "hold"
    list_ = world.get(reverse("signing:list_file", args=[issuer.uid]))
    assert facts.serial in revocation_list(list_.content).entries
    asked = sequence(b"\x02\x01\x01", answers.imprint_of(b"data", "sha256"))
    told = world.post(reverse("signing:stamp"), asked, content_type="application/timestamp-query")
    root = next(r for r in signing.certificates(JOB) if r.trusted)
    store = Store.of([signing.facts_of(root).der], [above.der])
    assert stamp_time(answers.token_of(told.content), b"data", store, now())[0]
    assert world.post(reverse("signing:stamp"), b"garbage", content_type="x/y").status_code == 200
    assert (
        world.post(reverse("signing:status", args=[issuer.uid]), b"?", content_type="x/y").content
        == answers.MALFORMED
    )
    assert world.get(reverse("signing:list_file", args=[row.uid])).status_code != 200


def test_the_owner_comes_in_by_his_certificate_until_it_is_taken_away() -> None:
    signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")
    _, account = seated("doctor", Role.CLINIC, 3)
    names = {"surname": "Петрова", "given_name": "Анна"}
    row = signing.certificate_issue(JOB, kind="person", names=names, account=account.pk)
    pair = key_pair_of(row)

    def entered(client: Client, spoil: bytes = b"") -> Any:
        client.get(reverse("signing:enter"))
        word = client.session["challenge"][0].encode() + spoil
        message = base64.b64encode(sign(pair.key, pair.certificates, Content(word), now())).decode()
        return client.post(reverse("signing:enter"), {"signature": message})

    client = Client()
    assert "Войти по сертификату" in client.get(reverse("access:sign_in")).content.decode()
    assert entered(client).status_code == 302
    assert client.session["_auth_user_id"] == str(account.pk)
    stranger = Client()
    assert "изменён" in entered(stranger, b"!").content.decode()
    again = stranger.post(reverse("signing:enter"), {"signature": "?"})
    assert again.status_code == 422
    signing.certificate_hold(JOB, uid=row.uid)
    refused = entered(Client())
    assert "приостановлен" in refused.content.decode()
    assert "_auth_user_id" not in stranger.session
