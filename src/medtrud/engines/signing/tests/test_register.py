import datetime as dt
import io
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from medtrud.engines.access.public import Account, account_close, account_open
from medtrud.engines.background.public import job_start, run_pending
from medtrud.engines.files.public import file_put
from medtrud.engines.signing import public as signing
from medtrud.engines.signing.drivers.authority import request_new
from medtrud.engines.signing.drivers.keys import key_new
from medtrud.engines.signing.drivers.revocation import revocation_list
from medtrud.engines.signing.models import ArchivePath, Certificate, Secret, Signature
from medtrud.engines.signing.queries import carrier_moves, signature_checks, trust
from medtrud.engines.signing.rules import root_of
from medtrud.engines.signing.types import Verdict
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused

from .world import TEXT, World, signed

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
NAMES = {"surname": "Петрова", "given_name": "Анна Ивановна", "organization": "Медцентр"}


@pytest.fixture
def centre() -> Certificate:
    return signing.authority_open(JOB, algorithm="gost256", name="Центр", organization="Медцентр")


@pytest.fixture
def doctor(centre: Certificate) -> tuple[Actor, Certificate]:
    account = account_open(JOB, login="doctor", person=7)
    row = signing.certificate_issue(
        JOB, kind="person", names=NAMES, account=account.pk, person=7, organization=3
    )
    rights = frozenset({"signing.content_sign", "signing.signature_attach", "signing.request_add"})
    return Actor(Role.CLINIC, "doctor", account.pk, person=7, organization=3, permissions=rights), row


def test_a_certificate_of_our_centre_signs_and_the_signature_is_kept_with_its_evidence(
    doctor: tuple[Actor, Certificate],
) -> None:
    actor, row = doctor
    assert signing.certificate_of(actor, actor.account or 0) == row
    message = signing.content_sign(actor, content=TEXT, certificate=row.uid, stamp=True)
    report = signing.signature_check(message, TEXT)
    assert report.verdict is Verdict.VALID
    assert report.signers[0].stamped_at
    target = uuid4()
    kept = signing.signature_attach(actor, target=target, content=TEXT, signature=message)
    assert signing.signature_bytes(kept) == message
    assert signing.signatures_of([target]) == {target: [kept]}
    [check] = signature_checks(kept)
    assert check.verdict == "valid"
    assert len(check.chain) == 3
    stamp = signing.stamp_for(kept)
    assert stamp
    assert stamp.title == "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ"
    assert stamp.lines[0] == f"Сертификат {row.number}"
    assert stamp.lines[1] == "Владелец Петрова Анна Ивановна"
    assert stamp.lines[2].startswith("Действителен с ")
    assert stamp.lines[3] == "Медцентр"


def test_a_stolen_table_of_certificates_and_signatures_names_nobody(
    doctor: tuple[Actor, Certificate],
) -> None:
    actor, row = doctor
    message = signing.content_sign(actor, content=TEXT, certificate=row.uid)
    signing.signature_attach(actor, target=uuid4(), content=TEXT, signature=message)
    for table in ("certificate", "signature", "signaturecheck", "secret"):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT string_agg(t::text, '') FROM signing_{table} t")  # noqa: S608 - own tables
            text = cursor.fetchone()[0]
        assert "Петрова".encode().hex() not in text
        assert "Петрова" not in text


@pytest.mark.parametrize(("state", "verdict"), [("hold", Verdict.ON_HOLD), ("revoked", Verdict.REVOKED)])
def test_a_certificate_that_was_taken_away_signs_nothing_at_once(
    doctor: tuple[Actor, Certificate], state: str, verdict: Verdict
) -> None:
    actor, row = doctor
    before = signing.content_sign(actor, content=TEXT, certificate=row.uid, stamp=True)
    plain = signing.content_sign(actor, content=TEXT, certificate=row.uid)
    if state == "hold":
        signing.certificate_hold(JOB, uid=row.uid)
    else:
        signing.certificate_revoke(JOB, uid=row.uid, reason="key_compromise")
    with pytest.raises(Refused, match="подписать нельзя"):
        signing.content_sign(actor, content=TEXT, certificate=row.uid)
    later = now() + dt.timedelta(seconds=2)
    assert signing.signature_check(plain, TEXT, at=later).verdict is verdict
    assert signing.signature_check(before, TEXT, at=later).verdict is Verdict.VALID, "it was stamped before"
    [latest] = [each for each in signing.lists_latest(JOB) if each.issuer_id == row.issuer_id]
    assert int(row.number, 16) in revocation_list(bytes(latest.content)).entries
    secret = Secret.objects.unscoped("test").get(certificate=row)
    assert (secret.box is None) == (state == "revoked")
    if state == "hold":
        signing.certificate_release(JOB, uid=row.uid)
        fresh = signing.content_sign(actor, content=TEXT, certificate=row.uid)
        assert signing.signature_check(fresh, TEXT).verdict is Verdict.VALID
    else:
        with pytest.raises(Refused, match="отозван"):
            signing.certificate_release(JOB, uid=row.uid)


def test_a_request_proves_the_key_and_is_issued_once(doctor: tuple[Actor, Certificate]) -> None:
    actor, _ = doctor
    asked = signing.request_add(
        actor, content=request_new(key_new("gost256"), {"surname": "Ким", "common_name": "Ким"})
    )
    made = signing.request_issue(JOB, uid=asked.uid)
    assert (made.account_id, made.person) == (actor.account, 7)
    assert signing.facts_of(made).names["surname"] == "Ким"
    with pytest.raises(Refused, match="уже принято"):
        signing.request_refuse(JOB, uid=asked.uid, note="")
    forged = bytearray(request_new(key_new("gost256"), {"common_name": "Ким"}))
    forged[-1] ^= 1
    with pytest.raises(Refused, match="не доказано"):
        signing.request_add(actor, content=bytes(forged))
    with pytest.raises(Refused, match="не запрос"):
        signing.request_add(actor, content=b"garbage")


def test_nobody_signs_by_the_certificate_of_another(doctor: tuple[Actor, Certificate]) -> None:
    actor, row = doctor
    colleague = Actor(Role.CLINIC, "other", account=10_000, organization=3, permissions=actor.permissions)
    with pytest.raises(Refused, match="своим сертификатом"):
        signing.content_sign(colleague, content=TEXT, certificate=row.uid)
    stranger = Actor(Role.CLINIC, "stranger", account=10_001, organization=4, permissions=actor.permissions)
    with pytest.raises(NotFound):
        signing.content_sign(stranger, content=TEXT, certificate=row.uid)
    with pytest.raises(Forbidden):
        signing.certificate_revoke(actor, uid=row.uid, reason="superseded")


def test_the_seal_of_an_organisation_is_put_only_from_its_seat(centre: Certificate) -> None:
    names = {"organization": "ООО «Завод»", "ogrn": "1027700132195", "place": "Вологда"}
    signing.certificate_issue(JOB, kind="seal", names=names, organization=5)
    rights = frozenset({"signing.sign_with_seal"})
    seat = Actor(Role.EMPLOYER, "head", organization=5, permissions=rights)
    message = signing.sign_with_seal(seat, organization=5, content=TEXT)
    kept = signing.signature_attach(JOB, target=uuid4(), content=TEXT, signature=message, good=True)
    stamp = signing.stamp_for(kept)
    assert stamp
    assert stamp.owner == "ООО «Завод», Вологда, ОГРН 1027700132195"
    with pytest.raises(NotFound):
        signing.sign_with_seal(seat, organization=6, content=TEXT)


def test_what_a_person_held_ends_when_the_account_is_closed(doctor: tuple[Actor, Certificate]) -> None:
    actor, row = doctor
    carrier = signing.carrier_add(JOB, number="0734", title="Рутокен ЭЦП 3.0")
    account = Account.objects.unscoped("test").get(pk=actor.account)
    signing.carrier_issue(JOB, uid=carrier.uid, account=account.uid)
    account_close(JOB, account=account.uid, reason="увольнение", at=now(), on=now().date())
    run_pending()
    row.refresh_from_db()
    carrier.refresh_from_db()
    assert (row.state, row.reason, carrier.state) == ("revoked", "cessation_of_operation", "due")
    signing.carrier_return(JOB, uid=carrier.uid)
    assert [each.state for each in carrier_moves(JOB, carrier)] == ["stock", "issued", "due", "stock"]


def test_the_certificates_of_a_lost_carrier_are_revoked(doctor: tuple[Actor, Certificate]) -> None:
    actor, _ = doctor
    carrier = signing.carrier_add(JOB, number="0735", title="Рутокен ЭЦП 3.0")
    account = Account.objects.unscoped("test").get(pk=actor.account)
    signing.carrier_issue(JOB, uid=carrier.uid, account=account.uid)
    asked = signing.request_add(actor, content=request_new(key_new("ec"), {"common_name": "Ким"}))
    with pytest.raises(Refused, match="ещё не создан"):
        signing.request_issue(JOB, uid=asked.uid, carrier=carrier.uid)
    signing.authority_open(JOB, algorithm="ec", name="Центр", organization="Медцентр")
    made = signing.request_issue(JOB, uid=asked.uid, carrier=carrier.uid)
    with pytest.raises(Refused, match="лежит на носителе владельца"):
        signing.certificate_renew(JOB, uid=made.uid)
    signing.carrier_lose(JOB, uid=carrier.uid, note="потерян в дороге")
    made.refresh_from_db()
    assert (made.state, made.reason) == ("revoked", "key_compromise")
    with pytest.raises(Refused, match=r"нельзя\. Откройте его карточку"):
        signing.carrier_lose(JOB, uid=carrier.uid)


def test_a_foreign_authority_is_trusted_after_it_was_loaded() -> None:
    here = World("ec")
    pair = here.person(since=now() - dt.timedelta(days=1))
    here.root = pair.certificates[1]
    message = signed(pair, at=now())
    assert signing.signature_check(message, TEXT).verdict is Verdict.NO_ISSUER
    [root] = signing.anchor_add(JOB, content=World("ec").root)
    assert root.trusted
    with pytest.raises(Refused, match="не список отзыва"):
        signing.revocation_list_add(JOB, content=b"garbage")
    with pytest.raises(Refused, match="нет сертификатов"):
        signing.anchor_add(JOB, content=b"garbage")


def test_old_checks_stay_and_the_proof_of_many_is_renewed_by_one_stamp(
    doctor: tuple[Actor, Certificate],
) -> None:
    actor, row = doctor
    kept = []
    for number in range(5):
        text = TEXT + bytes([number])
        message = signing.content_sign(actor, content=text, certificate=row.uid, stamp=True)
        kept.append(signing.signature_attach(actor, target=uuid4(), content=text, signature=message))
    signing.signature_recheck(JOB, signature=kept[0], content=TEXT + b"\x00")
    assert len(signature_checks(kept[0])) == 2
    stamp = signing.signatures_restamp(JOB, signatures=kept)
    paths = ArchivePath.objects.unscoped("test").filter(stamp=stamp)
    from medtrud.engines.signing.actions.signatures import streebog  # noqa: PLC0415

    for path in paths:
        assert root_of(bytes.fromhex(path.leaf), path.place, path.path, streebog).hex() == stamp.root
    with pytest.raises(DatabaseError), transaction.atomic():
        paths.update(leaf="00")
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.unscoped("test").update(sha256="00")


def test_everything_is_checked_again_by_a_job_that_renews_the_proof(
    doctor: tuple[Actor, Certificate],
) -> None:
    actor, row = doctor
    kept = []
    for number in range(3):
        text = TEXT + bytes([number])
        file_put(JOB, stream=io.BytesIO(text), name=f"{number}.txt", limit=1 << 20)
        message = signing.content_sign(actor, content=text, certificate=row.uid, stamp=True)
        kept.append(signing.signature_attach(actor, target=uuid4(), content=text, signature=message))
    job_start(JOB, job="signing.signatures_recheck", title="Проверка", link="/", before=now().isoformat())
    run_pending()
    assert [len(signature_checks(each)) for each in kept] == [2, 2, 2]
    assert all(check.verdict == "valid" for each in kept for check in signature_checks(each))
    assert ArchivePath.objects.unscoped("test").count() == 3


def test_the_register_is_read_again_only_when_it_changed(centre: Certificate) -> None:
    first = trust()
    assert trust() is first
    signing.authority_open(JOB, algorithm="ec", name="Второй", organization="Медцентр")
    assert trust() is not first
