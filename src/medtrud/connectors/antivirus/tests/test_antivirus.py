"""A real clamd with one signature of our own, and daemons that are silent, slow or full."""

import io
import os
import shutil
import socket
import subprocess
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from medtrud.connectors.antivirus.drivers import SilentError, daemon_at, virus_in
from medtrud.connectors.antivirus.jobs import told
from medtrud.engines.files.public import content_look, file_put, scanner_place_set
from medtrud.engines.files.types import Look
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

JOB = Actor.job("test")
REAL = socket.socket.connect
Deed = Callable[[socket.socket], None]
BAD = b"MEDTRUD-HARMLESS-TEST-OF-THE-SCANNER"
CONFIG = """LocalSocket {folder}/clamd.sock
DatabaseDirectory {folder}/signatures
Foreground yes
StreamMaxLength 1M
LogFile {folder}/clamd.log
"""


@pytest.fixture(autouse=True)
def _wire(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", REAL)  # sockets of this machine only


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the daemon with one signature; stop it afterwards."""
    program = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin")
    if not program:
        pytest.skip("НЕ ПРОВЕРЕНО: нет clamd (пакет clamav-daemon)")
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "signatures").mkdir()
    (folder / "signatures" / "own.ndb").write_text(f"Medtrud.Test:0:*:{BAD.hex()}\n")
    (folder / "conf").write_text(CONFIG.format(folder=folder))
    daemon = subprocess.Popen([program, "-c", str(folder / "conf")], stdout=subprocess.DEVNULL)  # noqa: S603
    address = f"unix:{folder}/clamd.sock"
    until = time.monotonic() + 30
    while not _alive(address):
        assert daemon.poll() is None, (folder / "clamd.log").read_text()
        assert time.monotonic() < until
        time.sleep(0.1)
    yield address
    daemon.terminate()
    daemon.wait(20)


def _alive(address: str) -> bool:
    found = daemon_at(address)
    try:
        return found is not None and found.ask(b"PING") == "PONG"
    except SilentError:
        return False


@pytest.fixture
def named() -> Iterator[None]:
    yield
    scanner_place_set("")


def put(content: bytes) -> None:
    file_put(JOB, stream=io.BytesIO(content), name="письмо.txt", limit=1 << 24)


@pytest.mark.django_db
@pytest.mark.usefixtures("named")
def test_clamd_stops_what_it_knows_and_lets_the_rest_pass(clamd: str) -> None:
    scanner_place_set(clamd)
    put(b"clean")
    with pytest.raises(Refused, match="найден вирус «Medtrud"):
        put(b"before " + BAD + b" after")
    with pytest.raises(Refused, match="длиннее, чем антивирус берёт"):
        put(bytes(3 << 20))
    for place in (0, (1 << 20) - 10, (3 << 20) - len(BAD)):  # also across the border of two parts
        long = bytearray(3 << 20)
        long[place : place + len(BAD)] = BAD
        with pytest.raises(Refused, match="найден вирус «Medtrud"):
            put(bytes(long))
    assert told().state == "ok"
    assert told().text.startswith("ClamAV")


@pytest.mark.django_db
@pytest.mark.usefixtures("named")
def test_a_long_archive_is_seen_file_by_file(clamd: str, tmp_path: Path) -> None:
    scanner_place_set(clamd)
    put(zipped(*[os.urandom(1 << 19)] * 4, zipped(*[os.urandom(1 << 18)] * 6)))
    with pytest.raises(Refused, match="найден вирус «Medtrud"):
        put(zipped(*[os.urandom(1 << 19)] * 4, zipped(os.urandom(1 << 20), os.urandom(1 << 19) + BAD)))
    with pytest.raises(Refused, match="длиннее, чем антивирус берёт"):
        put(zipped(os.urandom(3 << 20)))
    long = tmp_path / "long"
    long.write_bytes(bytes(3 << 20))
    assert content_look(long) == Look("", 1, partly=True)
    whole = zipped(os.urandom(3 << 20))
    assert file_put(JOB, stream=io.BytesIO(whole), name="дело.zip", limit=1 << 24, partly=True).size


def zipped(*contents: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number, content in enumerate(contents):
            archive.writestr(f"{number}.bin", content)
    return target.getvalue()


def answering(folder: Path, deed: Deed) -> str:
    """Listen once as a daemon would."""
    place = folder / "fake.sock"
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(place))
    server.listen()

    def serve() -> None:
        with server, server.accept()[0] as wire:
            deed(wire)

    threading.Thread(target=serve, daemon=True).start()
    return f"unix:{place}?timeout=0.3"


def _slow(wire: socket.socket) -> None:
    wire.recv(10)
    time.sleep(1)


def _senseless(wire: socket.socket) -> None:
    while b"\0\0\0\0" not in wire.recv(1 << 16):
        pass
    wire.sendall(b"\xff\xfe nonsense\0")


@pytest.mark.django_db
@pytest.mark.usefixtures("named")
@pytest.mark.parametrize("deed", [_slow, _senseless, lambda wire: None])
def test_no_file_is_taken_while_the_daemon_is_silent(tmp_path: Path, deed: Deed) -> None:
    scanner_place_set(answering(tmp_path, deed))
    with pytest.raises(Refused, match=r"Антивирус (не отвечает|прервал проверку)"):
        put(b"clean")


@pytest.mark.django_db
@pytest.mark.usefixtures("named")
def test_an_installation_may_take_files_unseen_and_doctor_says_so(tmp_path: Path) -> None:
    scanner_place_set(f"unix:{tmp_path}/nobody.sock?silent=accept")
    put(b"clean")
    assert (told().state, "без проверки" in told().text) == ("bad", True)
    scanner_place_set(f"unix:{tmp_path}/nobody.sock")
    assert "файлы не принимаются" in told().text
    scanner_place_set("tcp://host:порт")
    with pytest.raises(Refused, match="Антивирус не отвечает"):
        put(b"clean")


def test_addresses_are_read(tmp_path: Path) -> None:
    found = daemon_at("tcp://antivirus:3311?timeout=5")
    assert (found and found.place, found and found.timeout) == (("antivirus", 3311), 5.0)
    with pytest.raises(SilentError):
        virus_in(daemon_at("tcp://127.0.0.1:1?timeout=1"), tmp_path)  # type: ignore[arg-type]
