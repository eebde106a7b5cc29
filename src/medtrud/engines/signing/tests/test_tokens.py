"""Keys on a carrier: SoftHSM stands in for it; the keys are made inside and cannot leave."""

import datetime as dt
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pkcs11
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key
from django.core.management import call_command
from pkcs11 import Attribute, KeyType, ObjectClass
from pkcs11.util.ec import encode_ec_public_key, encode_named_curve_parameters
from pkcs11.util.rsa import encode_rsa_public_key

from medtrud.engines.signing.drivers.keys import public_key
from medtrud.engines.signing.drivers.tokens import key_on, tokens
from medtrud.engines.signing.public import carriers
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .world import TEXT, World

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
SOURCE = Path(__file__).parents[4]
PIN = "12345678"
LONG = {"since": dt.datetime(2020, 1, 1, tzinfo=dt.UTC), "days": 30_000}


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Two tokens with a key and its certificate each; a process reads the place of SoftHSM only once."""
    program = shutil.which("softhsm2-util")
    if not program or not MODULE.exists():
        pytest.skip("НЕ ПРОВЕРЕНО: нет SoftHSM (пакет softhsm2)")
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    patch = pytest.MonkeyPatch()
    patch.setenv("SOFTHSM2_CONF", str(folder / "conf"))
    for kind in ("ec", "rsa"):
        words = ("--init-token", "--free", "--label", kind, "--pin", PIN, "--so-pin", PIN)
        subprocess.run([program, *words], check=True, capture_output=True)  # noqa: S603 - a tool of this machine
    here = World("ec")
    here.root = here.made(here.root_key, None, here.root_key, "Корень", "root", **LONG)  # type: ignore[arg-type]
    (folder / "root.cer").write_bytes(here.root)
    (folder / "act.txt").write_bytes(TEXT)
    for kind in ("ec", "rsa"):
        filled(here, kind)
    yield folder
    patch.undo()


def filled(here: World, kind: str) -> None:
    with pkcs11.lib(str(MODULE)).get_token(token_label=kind).open(rw=True, user_pin=PIN) as session:
        if kind == "ec":
            curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
            domain = session.create_domain_parameters(KeyType.EC, curve, local=True)
            public, _ = domain.generate_keypair(store=True, id=b"1", label="key")
            spki = encode_ec_public_key(public)
        else:
            public, _ = session.generate_keypair(KeyType.RSA, 2048, store=True, id=b"1", label="key")
            spki = rsa_spki(encode_rsa_public_key(public))
        own = type(here.root_key)(public_key(spki))
        der = here.made(here.root_key, here.root, own, "Петрова Анна", **LONG)  # type: ignore[arg-type]
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                Attribute.TOKEN: True,
                Attribute.ID: b"1",
                Attribute.SUBJECT: b"subject",
                Attribute.VALUE: der,
            }
        )


def rsa_spki(key: bytes) -> bytes:
    return load_der_public_key(key).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def run(place: Path, *words: str) -> tuple[int, dict[str, object]]:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "medtrud.project", "signature", *words, "--json"],
        capture_output=True,
        check=False,
        env={"PATH": "", "PYTHONPATH": str(SOURCE), "SOFTHSM2_CONF": str(place / "conf")},
    )
    assert b"Traceback" not in done.stderr, done.stderr[-2000:].decode()
    return done.returncode, json.loads(done.stdout)


def test_a_carrier_names_itself(place: Path) -> None:
    found = {each.label: each for each in tokens(MODULE)}
    assert {"ec", "rsa"} <= set(found)
    assert found["ec"].maker.startswith("SoftHSM")
    assert len(found["ec"].serial) == 16
    assert run(place, "tokens", "--module", str(MODULE))[1]["tokens"]


@pytest.mark.parametrize("kind", ["ec", "rsa"])
def test_a_key_on_a_carrier_signs_and_does_not_leave(place: Path, kind: str) -> None:
    out, file = str(place / f"{kind}.p7s"), str(place / "act.txt")
    (place / "pin").write_text(PIN)
    words = ("--file", file, "--out", out, "--module", str(MODULE), "--token", kind)
    assert run(place, "sign", *words, "--pin-file", str(place / "pin"))[0] == 0
    status, told = run(
        place, "verify", "--file", file, "--signature", out, "--anchors", str(place / "root.cer")
    )
    assert (status, told["verdict"]) == (0, "valid")
    with pkcs11.lib(str(MODULE)).get_token(token_label=kind).open(user_pin=PIN) as session:
        [key] = session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})
        assert key[Attribute.EXTRACTABLE] is False


def test_what_goes_wrong_with_a_carrier_is_told_in_words(place: Path) -> None:
    with pytest.raises(Refused, match="ПИН-код носителя не подходит"), key_on(MODULE, "ec", "00000000"):
        pass
    with pytest.raises(Refused, match="Носителя «иной» нет"), key_on(MODULE, "иной", PIN):
        pass
    with pytest.raises(Refused, match="не загружается"):
        tokens(place / "nothing.so")


@pytest.mark.django_db
def test_plugged_carriers_are_taken_into_the_book_once(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for said in ("принят", "уже на учёте"):
        call_command("ca", "carriers", module=MODULE)
        assert capsys.readouterr().out.count(said) == 2
    assert carriers(Actor.job("test")).filter(maker__startswith="SoftHSM").count() == 2
