import base64
import datetime as dt
from pathlib import Path

import pytest

from medtrud.engines.signing.drivers.authority import Entry
from medtrud.engines.signing.drivers.backends import backend_choose
from medtrud.engines.signing.drivers.certificates import certificate
from medtrud.engines.signing.drivers.chain import Store
from medtrud.engines.signing.drivers.der import fields, inner, octets, oid, sequence, set_of, tlv
from medtrud.engines.signing.drivers.keys import KeyPair
from medtrud.engines.signing.drivers.sign import joined
from medtrud.engines.signing.drivers.verify import Content, verify
from medtrud.engines.signing.types import TEXTS, Verdict

from .world import DAY, NOW, TEXT, World, judged, key, signed, world

KINDS = ("gost256", "gost512", "ec", "rsa")


@pytest.mark.parametrize("kind", KINDS)
def test_our_signature_is_valid_in_every_family(kind: str) -> None:
    here = world(kind)
    report = judged(signed(here.person()), here.store(here.lists()))
    assert report.verdict is Verdict.VALID
    [signer] = report.signers
    assert (signer.name, signer.organization) == ("Петрова Анна", "Медцентр")
    assert signer.serial == certificate(here.person().certificates[0]).number or signer.serial
    assert {check.code: check.ok for check in signer.checks}["revocation"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_works_with_nothing_installed(kind: str) -> None:
    here = world(kind)
    backend_choose("pure")
    try:
        message = signed(here.person(), stamp=here.clock(NOW))
        report = judged(message, here.store(here.lists()))
        assert (report.verdict, report.backend) == (Verdict.VALID, "pure")
        assert judged(message, here.store(), b"other").verdict is Verdict.MESSAGE_DIGEST
    finally:
        backend_choose("")


def test_every_verdict_has_its_own_text() -> None:
    assert set(TEXTS) == set(Verdict)
    assert len(set(TEXTS.values())) == len(Verdict)


@pytest.mark.parametrize("place", [0, len(TEXT) // 2, len(TEXT) - 1])
def test_one_changed_byte_is_a_changed_document(place: int) -> None:
    here = world()
    changed = bytearray(TEXT)
    changed[place] ^= 1
    assert judged(signed(here.person()), here.store(), bytes(changed)).verdict is Verdict.MESSAGE_DIGEST


def test_the_signature_of_another_document_is_told() -> None:
    here = world()
    assert judged(signed(here.person(), b"other"), here.store()).verdict is Verdict.MESSAGE_DIGEST


def test_the_certificate_of_another_person_with_the_same_number_is_found_out() -> None:
    """The same issuer and number, another key: the signature does not fit."""
    here = world()
    mine = here.person(serial=77)
    other = here.person("Сидоров Иван", 5, serial=77)
    message = signed(mine).replace(mine.certificates[0], other.certificates[0])
    assert judged(message, here.store()).verdict is Verdict.SIGNATURE


def test_another_certificate_of_the_same_key_is_found_out() -> None:
    here = world()
    mine, other = here.person(serial=78), here.person("Петрова Анна (директор)", serial=78)
    first, second = signed(mine), signed(other)
    parts = dict(zip(("mine", "other"), (mine.certificates[0], other.certificates[0]), strict=True))
    body = list(fields(inner(list(fields(inner(second)))[1][1])))
    infos = list(fields(inner(list(fields(inner(first)))[1][1])))[-1][2]
    inside = sequence(*(whole for _, _, whole in body[:-1]), infos)
    message = sequence(oid("1.2.840.113549.1.7.2"), tlv(0xA0, inside))
    assert parts["mine"] not in message
    assert judged(message, here.store()).verdict is Verdict.ESS_CERT


def test_an_expired_certificate_was_not_in_force() -> None:
    here = world()
    report = judged(signed(here.person(days=1, since=NOW - 5 * DAY)), here.store())
    assert report.verdict is Verdict.VALIDITY
    assert "уже не действовал" in report.text
    early = judged(signed(here.person(since=NOW + DAY)), here.store())
    assert "ещё не действовал" in early.text


@pytest.mark.parametrize(
    ("reason", "verdict"), [("key_compromise", Verdict.REVOKED), ("certificate_hold", Verdict.ON_HOLD)]
)
def test_a_revoked_certificate_is_told_with_day_and_reason(reason: str, verdict: Verdict) -> None:
    here = world()
    message = signed(here.person(serial=99))
    lists = here.lists(Entry(99, NOW - dt.timedelta(hours=2), reason))
    report = judged(message, here.store(lists))
    assert report.verdict is verdict
    assert "02.03.2026" in report.text
    later = here.lists(Entry(99, NOW + DAY, reason))
    assert judged(message, here.store(later)).verdict is Verdict.VALID


def test_an_old_list_and_no_list_are_told_apart() -> None:
    here = world()
    message = signed(here.person())
    stale = here.lists(since=NOW - 30 * DAY)
    assert judged(message, here.store(stale)).verdict is Verdict.CRL_STALE
    assert judged(message, here.store(here.lists()[1:])).verdict is Verdict.STATUS_UNKNOWN


def test_a_list_signed_by_a_stranger_counts_for_nothing() -> None:
    here, stranger = world(), World("ec")
    fake = stranger.lists()[0]
    assert judged(signed(here.person()), here.store([fake])).verdict is Verdict.STATUS_UNKNOWN


def test_a_self_signed_and_a_stranger_are_not_trusted() -> None:
    here = world()
    own = key("gost256", 9)
    alone = KeyPair(own, (here.made(own, None, own, "Сам себе", "person"),))
    assert judged(signed(alone), here.store()).verdict is Verdict.UNTRUSTED
    pair = here.person()
    orphan = KeyPair(pair.key, pair.certificates[:1])
    assert judged(signed(orphan), here.store()).verdict is Verdict.NO_ISSUER
    other = Store.of([World("ec").root])
    assert judged(signed(pair), other).verdict is Verdict.NO_ISSUER


def test_missing_certificates_are_found_in_the_register() -> None:
    here = world()
    pair = here.person()
    message = signed(KeyPair(pair.key, pair.certificates[:1]))
    assert judged(message, here.store(pool=[here.issuer])).verdict is Verdict.VALID
    bare = message.replace(tlv(0xA0, pair.certificates[0]), tlv(0xA0, b""))
    body = list(fields(inner(list(fields(inner(message)))[1][1])))
    bare = sequence(
        oid("1.2.840.113549.1.7.2"),
        tlv(0xA0, sequence(*(whole for tag, _, whole in body if tag != 0xA0))),
    )
    assert judged(bare, here.store(pool=[here.issuer])).verdict is Verdict.SIGNER_CERT_MISSING
    assert judged(bare, here.store(pool=pair.certificates)).verdict is Verdict.VALID


def test_one_who_may_not_issue_is_no_authority() -> None:
    here = world()
    person = here.person()
    own = key("gost256", 8)
    der = here.made(person.key, person.certificates[0], own, "Поддельный")
    message = signed(KeyPair(own, (der, *person.certificates)))
    assert judged(message, here.store()).verdict is Verdict.NOT_CA


def test_a_chain_longer_than_allowed_is_refused() -> None:
    here = world()
    below, own = key("gost256", 10), key("gost256", 11)
    second = here.made(here.issuer_key, here.issuer, below, "Второй издатель", "authority")
    der = here.made(below, second, own, "Петрова")
    message = signed(KeyPair(own, (der, second, here.issuer)))
    assert judged(message, here.store()).verdict is Verdict.PATH_LEN


def test_a_certificate_for_issuing_does_not_sign_documents() -> None:
    here = world()
    message = signed(KeyPair(here.issuer_key, (here.issuer,)))
    assert judged(message, here.store()).verdict is Verdict.KEY_USAGE


def test_a_clock_in_the_future_is_told() -> None:
    here = world()
    assert judged(signed(here.person(), at=NOW + DAY), here.store()).verdict is Verdict.FUTURE


def test_of_two_signatures_one_bad_makes_the_document_bad() -> None:
    here = world()
    first, second = here.person(), here.person("Сидоров", 5)
    both = joined([signed(first), signed(second)])
    assert [each.verdict for each in judged(both, here.store()).signers] == [Verdict.VALID] * 2
    bad = joined([signed(first), signed(second, b"other")])
    report = judged(bad, here.store())
    assert report.verdict is Verdict.MESSAGE_DIGEST
    assert sorted(each.verdict for each in report.signers) == [Verdict.MESSAGE_DIGEST, Verdict.VALID]
    assert "Из 2 подписей неверны" in report.text


@pytest.mark.parametrize(
    "garbage", [b"", b"garbage", b"0" * 999, b"\x30\x82", b"\x30\x80" * 5000, bytes(64), b"\xff" * 64]
)
def test_garbage_is_malformed(garbage: bytes) -> None:
    assert judged(garbage, world().store()).verdict is Verdict.MALFORMED


def test_a_signature_without_its_document_asks_for_it() -> None:
    here = world()
    assert judged(signed(here.person()), here.store(), None).verdict is Verdict.NO_CONTENT


def test_what_the_world_sends_is_accepted() -> None:
    here = world()
    der = signed(here.person())
    lines = base64.encodebytes(der)
    bare = lines.replace(b"\n", b"\r\n")
    armoured = b"-----BEGIN CMS-----\n" + lines + b"-----END CMS-----\n"
    for form in (der, lines, bare, armoured, b"\xef\xbb\xbf" + bare, base64.b64encode(der), indefinite(der)):
        assert judged(form, here.store()).verdict is Verdict.VALID


def indefinite(der: bytes) -> bytes:
    """Give the outer fields the indefinite lengths of BER, as streaming programs do."""
    kind, body = fields(inner(der))
    parts = b"".join(whole for _, _, whole in fields(inner(body[1])))
    open_sequence, open_tag, end = b"\x30\x80", b"\xa0\x80", b"\x00\x00"
    return open_sequence + kind[2] + open_tag + open_sequence + parts + end * 3


def test_content_inside_the_signature_is_read_in_pieces_of_ber() -> None:
    here = world()
    der = signed(here.person())
    half = len(TEXT) // 2
    pieces = b"\x24\x80" + octets(TEXT[:half]) + octets(TEXT[half:]) + b"\x00\x00"
    attached = der.replace(sequence(oid("1.2.840.113549.1.7.1")), b"@@", 1)
    body = list(fields(inner(list(fields(inner(der)))[1][1])))
    inside = b"\x30\x80" + oid("1.2.840.113549.1.7.1") + b"\xa0\x80" + pieces + b"\x00" * 4
    whole = [inside if number == 2 else part[2] for number, part in enumerate(body)]
    message = b"\x30\x80" + oid("1.2.840.113549.1.7.2") + b"\xa0\x80\x30\x80" + b"".join(whole) + b"\x00" * 6
    assert attached
    assert judged(message, here.store(), None).verdict is Verdict.VALID
    assert judged(message, here.store(), b"other").verdict is Verdict.MESSAGE_DIGEST


def test_a_signature_without_the_certificate_inside_is_valid_but_not_cades() -> None:
    here = world("ec")
    pair = here.person()
    from medtrud.engines.signing.drivers import oids  # noqa: PLC0415
    from medtrud.engines.signing.drivers.backends import backend  # noqa: PLC0415
    from medtrud.engines.signing.drivers.revocation import hashed  # noqa: PLC0415

    der = signed(pair)
    body = list(fields(inner(list(fields(inner(der)))[1][1])))
    info = list(fields(next(fields(body[-1][1]))[1]))
    kept = [part for _, _, part in fields(info[3][1]) if oid(oids.SIGNING_CERTIFICATE_V2) not in part]
    value = backend().sign(pair.key, "sha256", hashed("sha256", set_of(*kept)))
    remade = sequence(
        *(part for _, _, part in info[:3]), tlv(0xA0, b"".join(sorted(kept))), info[4][2], octets(value)
    )
    message = sequence(
        oid(oids.SIGNED_DATA),
        tlv(0xA0, sequence(*(part for _, _, part in body[:-1]), set_of(remade))),
    )
    report = judged(message, here.store())
    assert report.verdict is Verdict.VALID_NOT_CADES
    assert report.verdict.good


def test_a_time_stamp_keeps_a_signature_valid_after_the_certificate() -> None:
    here = world()
    pair = here.person(serial=123)
    plain, stamped = signed(pair), signed(pair, stamp=here.clock(NOW))
    late = NOW + 700 * DAY
    assert judged(plain, here.store(), at=late).verdict is Verdict.VALIDITY
    report = judged(stamped, here.store(), at=late)
    assert report.verdict is Verdict.VALID
    assert report.signers[0].stamped_at == NOW
    after = here.lists(Entry(123, NOW + 10 * DAY, "key_compromise"), since=late)
    assert judged(stamped, here.store(after), at=late).verdict is Verdict.VALID
    before = here.lists(Entry(123, NOW - dt.timedelta(minutes=1), "key_compromise"), since=late)
    assert judged(stamped, here.store(before), at=late).verdict is Verdict.REVOKED


def test_a_time_stamp_of_other_data_or_of_a_stranger_proves_nothing() -> None:
    here = world()
    clock = here.clock(NOW)
    moved = signed(here.person(), stamp=lambda _: clock(b"other"))
    assert judged(moved, here.store()).verdict is Verdict.TIME_STAMP
    person = here.person("Не служба времени")
    from medtrud.engines.signing.drivers import answers  # noqa: PLC0415

    def forged(data: bytes) -> bytes:
        return answers.stamp_token(person, answers.imprint_of(data, "streebog256"), NOW, serial=1)

    assert judged(signed(person, stamp=forged), here.store()).verdict is Verdict.TIME_STAMP


def test_a_large_file_is_read_in_pieces(tmp_path: Path) -> None:
    here = world("ec")
    path = tmp_path / "large.bin"
    with path.open("wb") as stream:
        stream.truncate(200 << 20)
    from medtrud.engines.signing.drivers.sign import sign  # noqa: PLC0415

    pair = here.person()
    message = sign(pair.key, pair.certificates, Content(path), NOW)
    assert verify(message, Content(path), here.store(), NOW).verdict is Verdict.VALID
    with path.open("r+b") as stream:
        stream.seek(150 << 20)
        stream.write(b"\x01")
    assert verify(message, Content(path), here.store(), NOW).verdict is Verdict.MESSAGE_DIGEST
