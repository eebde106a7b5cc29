"""Other programs sign and we check, we sign and they check, on every parameter set of the matrix.

The GOST configuration exists only in the environment of these programs, never in ours.
"""

import base64
import datetime as dt
import os
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from medtrud.engines.signing.drivers import gost
from medtrud.engines.signing.drivers.backends import backend_choose
from medtrud.engines.signing.drivers.chain import anchors_of
from medtrud.engines.signing.drivers.curves import CURVES
from medtrud.engines.signing.drivers.der import fields, inner, integer, octets, sequence
from medtrud.engines.signing.drivers.keys import gost_key, private_key
from medtrud.engines.signing.drivers.pkcs12 import key_pair, packed
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content, verify
from medtrud.engines.signing.types import Report, Verdict

from .world import TEXT, World

CONFIG = """openssl_conf = init
[init]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
[req]
distinguished_name = dn
[dn]
[ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[leaf]
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
"""
SETS = {
    "256 CryptoPro-A": ("gost2012_256", "paramset:A", "md_gost12_256"),
    "256 XchA": ("gost2012_256", "paramset:XA", "md_gost12_256"),
    "256 TC26-A": ("gost2012_256", "paramset:TCA", "md_gost12_256"),
    "256 TC26-B": ("gost2012_256", "paramset:TCB", "md_gost12_256"),
    "512 A": ("gost2012_512", "paramset:A", "md_gost12_512"),
    "512 B": ("gost2012_512", "paramset:B", "md_gost12_512"),
    "512 C": ("gost2012_512", "paramset:C", "md_gost12_512"),
    "P-256": ("EC", "ec_paramgen_curve:P-256", "sha256"),
    "RSA-2048": ("RSA", "rsa_keygen_bits:2048", "sha256"),
}
BACK_ENDS = ("libcrypto", "pure")


class Peer:
    """An openssl with the engine, in its own folder and environment."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "conf").write_text(CONFIG)
        (folder / "d").write_bytes(TEXT)

    def run(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(  # noqa: S603 - a peer on this machine
            words,
            cwd=self.folder,
            env={"PATH": os.defpath, "HOME": str(self.folder), "OPENSSL_CONF": str(self.folder / "conf")},
            capture_output=True,
            check=False,
        )
        text = (done.stdout + done.stderr).decode("utf8", "replace")
        assert done.returncode == 0 or not check, text
        return text

    def read(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def pem(self, name: str, *certificates: bytes) -> None:
        text = "".join(
            f"-----BEGIN CERTIFICATE-----\n{base64.encodebytes(der).decode()}-----END CERTIFICATE-----\n"
            for der in certificates
        )
        (self.folder / name).write_text(text)


@cache
def openssl_missing() -> str:
    if not shutil.which("openssl"):
        return "нет openssl"
    words = ["openssl", "dgst", "-engine", "gost", "-md_gost12_256", "/dev/null"]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - as above
    return "" if done.returncode == 0 else "нет модуля gost (пакет libengine-gost-openssl)"


@pytest.fixture
def peer(tmp_path: Path) -> Peer:
    if why := openssl_missing():
        pytest.skip(f"НЕ ПРОВЕРЕНО: {why}")
    return Peer(tmp_path)


@pytest.fixture(autouse=True)
def _back_end_as_before() -> object:
    yield
    backend_choose("")


def chosen(name: str) -> None:
    if name == "libcrypto" and openssl_missing():
        pytest.skip("НЕ ПРОВЕРЕНО: нет модуля gost")
    backend_choose(name)


def world_of(peer: Peer, title: str) -> str:
    """Make a root, a person and a signature by openssl alone."""
    family, option, digest = SETS[title]
    for name in ("ca", "me"):
        peer.run("openssl", "genpkey", "-algorithm", family, "-pkeyopt", option, "-out", f"{name}.key")
    peer.run(
        *("openssl", "req", "-x509", "-new", "-key", "ca.key", f"-{digest}", "-days", "3650"),
        *("-subj", "/CN=Root", "-extensions", "ca", "-out", "ca.pem"),
    )
    peer.run(
        "openssl",
        "req",
        "-new",
        "-key",
        "me.key",
        f"-{digest}",
        "-subj",
        "/CN=Petrov/O=Plant",
        "-out",
        "me.csr",
    )
    peer.run(
        *("openssl", "x509", "-req", "-in", "me.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
        *(f"-{digest}", "-days", "365", "-extfile", "conf", "-extensions", "leaf", "-out", "me.pem"),
    )
    return digest


def judged(peer: Peer, message: bytes, content: bytes = TEXT) -> Report:
    return verify(message, Content(content), anchors_of([peer.read("ca.pem")]), dt.datetime.now(dt.UTC))


@pytest.mark.parametrize("title", SETS)
def test_openssl_and_we_understand_each_other(peer: Peer, title: str) -> None:
    digest = world_of(peer, title)
    peer.run(
        *("openssl", "cms", "-sign", "-binary", "-in", "d", "-signer", "me.pem", "-inkey", "me.key"),
        *("-md", digest, "-cades", "-outform", "DER", "-out", "d.p7s"),
    )
    peer.run(
        *("openssl", "pkcs12", "-export", "-inkey", "me.key", "-in", "me.pem", "-passout", "pass:123"),
        *("-out", "me.p12"),
    )
    for name in BACK_ENDS:
        chosen(name)
        theirs = peer.read("d.p7s")
        assert judged(peer, theirs).verdict is Verdict.VALID
        assert judged(peer, theirs, TEXT + b"!").verdict is Verdict.MESSAGE_DIGEST
        pair = key_pair(peer.read("me.p12"), "123")
        ours = sign(pair.key, pair.certificates, Content(TEXT), dt.datetime.now(dt.UTC))
        (peer.folder / "o.p7s").write_bytes(ours)
        words = (
            *("openssl", "cms", "-verify", "-binary", "-in", "o.p7s", "-inform", "DER", "-CAfile", "ca.pem"),
            *("-cades", "-purpose", "any", "-out", "x", "-content"),
        )
        assert "successful" in peer.run(*words, "d")
        (peer.folder / "other").write_bytes(TEXT + b"!")
        assert "successful" not in peer.run(*words, "other", check=False)


def test_openssl_opens_a_store_of_keys_of_ours(peer: Peer) -> None:
    for kind in ("gost256", "gost512", "ec"):
        here = World(kind)
        pair = here.person()
        (peer.folder / "k.p12").write_bytes(packed(pair, "123"))
        text = peer.run("openssl", "pkcs12", "-in", "k.p12", "-passin", "pass:123", "-nodes")
        assert "PRIVATE KEY" in text
        assert text.count("BEGIN CERTIFICATE") == 2


@pytest.mark.parametrize("kind", ["gost256", "gost512", "ec", "rsa"])
def test_openssl_accepts_our_authority(peer: Peer, kind: str) -> None:
    here = World(kind)
    now = dt.datetime.now(dt.UTC)
    since = now - dt.timedelta(days=1)
    here.root = here.made(here.root_key, None, here.root_key, "Root", "root", since=since, days=3000)
    here.issuer = here.made(
        here.root_key, here.root, here.issuer_key, "Issuer", "authority", since=since, days=2000
    )
    pair = here.person(since=since)
    peer.pem("root.pem", here.root)
    peer.pem("issuer.pem", here.issuer)
    peer.pem("me.pem", pair.certificates[0])
    words = ("openssl", "verify", "-x509_strict", "-CAfile", "root.pem", "-untrusted", "issuer.pem", "me.pem")
    assert "OK" in peer.run(*words)


def test_gnutls_accepts_ours_and_its_signature_is_valid_but_not_cades(peer: Peer) -> None:
    if not shutil.which("certtool"):
        pytest.skip("НЕ ПРОВЕРЕНО: нет certtool (пакет gnutls-bin)")
    for title in ("256 CryptoPro-A", "256 XchA", "256 TC26-B", "512 A", "P-256"):
        world_of(peer, title)
        peer.run(
            "openssl",
            "pkcs12",
            "-export",
            "-inkey",
            "me.key",
            "-in",
            "me.pem",
            "-passout",
            "pass:123",
            "-out",
            "k",
        )
        pair = key_pair(peer.read("k"), "123")
        ours = sign(pair.key, pair.certificates, Content(TEXT), dt.datetime.now(dt.UTC))
        (peer.folder / "o.p7s").write_bytes(ours)
        check = ("certtool", "--p7-verify", "--inder", "--infile", "o.p7s", "--load-ca-certificate", "ca.pem")
        assert "Signature status: ok" in peer.run(*check, "--load-data", "d"), title
    peer.run(
        *("certtool", "--p7-detached-sign", "--load-privkey", "me.key", "--load-certificate", "me.pem"),
        *("--infile", "d", "--outder", "--outfile", "g.p7s"),
    )
    assert judged(peer, peer.read("g.p7s")).verdict is Verdict.VALID_NOT_CADES
    assert judged(peer, peer.read("g.p7s"), b"other").verdict is Verdict.MESSAGE_DIGEST


@pytest.mark.parametrize(("code", "size"), [("1.2.643.2.2.36.0", 32), ("1.2.643.7.1.2.1.2.1", 64)])
@pytest.mark.parametrize("masks", [1, 2])
def test_openssl_and_we_take_the_same_masks_off_a_key(peer: Peer, code: str, size: int, masks: int) -> None:
    own = gost_key(code, gost.secret_new(CURVES[code]))
    order = CURVES[code].q
    parts, number = [], own.secret
    for _ in range(masks):
        mask = gost.secret_new(CURVES[code])
        parts.append(mask.to_bytes(size, "little"))
        number = number * pow(mask, -1, order) % order
    body = b"".join([number.to_bytes(size, "little"), *parts])
    algorithm = list(fields(inner(own.pkcs8)))[1][2]
    masked = sequence(integer(0), algorithm, octets(body))
    assert private_key(masked).secret == own.secret
    (peer.folder / "masked.der").write_bytes(masked)
    peer.run(
        "openssl", "pkey", "-inform", "DER", "-in", "masked.der", "-pubout", "-outform", "DER", "-out", "pub"
    )
    assert peer.read("pub") == own.public.spki
