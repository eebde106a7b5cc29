"""BouncyCastle signs and we check, we sign and it checks: one Java program, run once for all sets."""

import datetime as dt
import shutil
import subprocess
from pathlib import Path

import pytest

from medtrud.engines.signing.drivers import authority
from medtrud.engines.signing.drivers.backends import PrivateKey, backend_choose
from medtrud.engines.signing.drivers.chain import Store
from medtrud.engines.signing.drivers.curves import CURVES
from medtrud.engines.signing.drivers.gost import secret_new
from medtrud.engines.signing.drivers.keys import gost_key, key_new
from medtrud.engines.signing.drivers.sign import sign
from medtrud.engines.signing.drivers.verify import Content, verify
from medtrud.engines.signing.types import Report, Verdict

from .test_interop import chosen
from .world import TEXT

JARS = [Path("/usr/share/java") / f"bc{part}.jar" for part in ("prov", "util", "pkix")]
PEER = Path(__file__).with_name("Peer.java")
TC26 = "Tc26-Gost-3410-12"
THEIRS = {
    "1.2.643.2.2.35.1": "GostR3410-2001-CryptoPro-A",
    "1.2.643.2.2.36.0": "GostR3410-2001-CryptoPro-XchA",
    "1.2.643.7.1.2.1.1.1": f"{TC26}-256-paramSetA",
    "1.2.643.7.1.2.1.2.1": f"{TC26}-512-paramSetA",
    "1.2.643.7.1.2.1.2.2": f"{TC26}-512-paramSetB",
    "1.2.643.7.1.2.1.2.3": f"{TC26}-512-paramSetC",
    "P-256": "P-256",
}
OURS = (*THEIRS, "1.2.643.7.1.2.1.1.2", "RSA")
# Keys of these sets do not name a digest (RFC 9215, 4.1); BouncyCastle 1.72 cannot read a key without one.
UNREAD_THERE = ("1.2.643.7.1.2.1.1.1", "1.2.643.7.1.2.1.1.2", "1.2.643.7.1.2.1.2.3")


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the peer once: ours lie there before, theirs and their verdicts after."""
    if not shutil.which("java") or not all(jar.exists() for jar in JARS):
        pytest.skip("НЕ ПРОВЕРЕНО: нет Java или BouncyCastle (пакеты default-jdk-headless, libbcpkix-java)")
    home: Path = tmp_path_factory.mktemp("bouncycastle")
    for title in OURS:
        folder = home / title
        folder.mkdir()
        (folder / "d").write_bytes(TEXT)
        if title in THEIRS:
            (folder / "set").write_text(THEIRS[title])
        ours(folder, title)
    words = ["java", "-cp", ":".join(map(str, JARS)), str(PEER), str(home)]
    done = subprocess.run(words, capture_output=True, check=False)  # noqa: S603 - a peer on this machine
    assert done.returncode == 0, done.stderr.decode()
    return home


def key_of(title: str) -> PrivateKey:
    return (
        gost_key(title, secret_new(CURVES[title]))
        if title in CURVES
        else key_new({"RSA": "rsa"}.get(title, "ec"))
    )


def ours(folder: Path, title: str) -> None:
    """Sign by our authority on the same parameter set."""
    now = dt.datetime.now(dt.UTC)
    top, own = key_of(title), key_of(title)
    root = made(top, None, top, "Root", "root", now)
    der = made(top, root, own, "Петрова Анна", "person", now)
    (folder / "root.der").write_bytes(root)
    (folder / "o.p7s").write_bytes(sign(own, (der,), Content(TEXT), now))


def made(
    by: PrivateKey, above: bytes | None, own: PrivateKey, name: str, profile: str, now: dt.datetime
) -> bytes:
    return authority.certificate_new(
        by,
        above,
        subject=authority.name_of({"common_name": name}),
        public=own.public,
        serial=authority.serial_new(),
        since=now - dt.timedelta(days=1),
        until=now + dt.timedelta(days=300),
        profile=profile,
    )


def judged(folder: Path, content: bytes) -> Report:
    store = Store.of([(folder / "ca.der").read_bytes()])
    return verify((folder / "d.p7s").read_bytes(), Content(content), store, dt.datetime.now(dt.UTC))


@pytest.mark.parametrize("title", THEIRS)
@pytest.mark.parametrize("back_end", ["libcrypto", "pure"])
def test_signatures_of_bouncycastle_are_valid_here(played: Path, title: str, back_end: str) -> None:
    chosen(back_end)
    try:
        assert judged(played / title, TEXT).verdict is Verdict.VALID
        assert judged(played / title, TEXT + b"!").verdict is Verdict.MESSAGE_DIGEST
    finally:
        backend_choose("")


@pytest.mark.parametrize("title", OURS)
def test_signatures_of_ours_are_valid_there(played: Path, title: str) -> None:
    verdict = (played / title / "verdict").read_text()
    if title in UNREAD_THERE:
        assert verdict.startswith("fault")  # its limit: the day it learns to read them, the list above goes
    else:
        assert verdict == "valid"
