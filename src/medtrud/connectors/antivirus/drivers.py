"""The wire to clamd: its protocol INSTREAM over a socket of the machine or of the network."""

import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from struct import pack
from urllib.parse import parse_qs, urlsplit

CHUNK = 1 << 16
WINDOWS = (16 << 20, 4 << 20, 1 << 20, 1 << 18)  # parts of a long file: the longest one the daemon takes
OVERLAP = 1 << 16  # parts overlap, so that what lies on a border is seen whole
USUAL = (Path("/run/clamav/clamd.ctl"), Path("/var/run/clamd.scan/clamd.sock"))
TIMEOUT = 60.0
BROKEN_OFF = "INSTREAM size limit exceeded, or the daemon went away"


class SilentError(Exception):
    """The daemon does not answer, or answers that it cannot look."""


class LimitError(SilentError):
    """The file is longer than the daemon takes, or it went away in the middle."""


@dataclass(frozen=True)
class Daemon:
    """Where clamd listens, how long it is waited for, and whether files are taken when it is silent."""

    place: str | tuple[str, int]
    timeout: float = TIMEOUT
    accept_unseen: bool = False

    def ask(self, command: bytes, pieces: Iterable[bytes] | None = None) -> str:
        """Send a command, with content in pieces where there is some; return the answer in words."""
        family = socket.AF_UNIX if isinstance(self.place, str) else socket.AF_INET
        try:
            with socket.socket(family) as wire:
                wire.settimeout(self.timeout)
                wire.connect(self.place)
                wire.sendall(b"z" + command + b"\0")
                if pieces is not None and not _sent(wire, pieces):
                    return BROKEN_OFF
                return _answer(wire)
        except OSError as error:
            raise SilentError(str(error) or type(error).__name__) from error


def daemon_at(address: str) -> Daemon | None:
    """Read unix:/run/clamd.ctl or tcp://host:3310, with ?timeout=30&silent=accept; empty: look around."""
    if not address:
        return next((Daemon(str(path)) for path in USUAL if path.is_socket()), None)
    try:
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        timeout = float(asked.get("timeout", [str(TIMEOUT)])[0])
        place = parts.path if parts.scheme == "unix" else (parts.hostname or "127.0.0.1", parts.port or 3310)
    except ValueError as error:
        raise SilentError("адрес в MEDTRUD_CLAMD_URL не читается") from error
    return Daemon(place, timeout, asked.get("silent") == ["accept"])


def virus_in(daemon: Daemon, path: Path) -> str:
    """Return the name of what the daemon found, nothing for a clean file."""
    return _name(daemon, _pieces(path, 0, path.stat().st_size))


def virus_in_parts(daemon: Daemon, path: Path) -> str:
    """Show a file that is too long part by part, in parts as long as the daemon takes."""
    size = path.stat().st_size
    for window in WINDOWS:
        try:
            starts = range(0, max(size - OVERLAP, 1), window - OVERLAP)
            return next(filter(None, (_name(daemon, _pieces(path, at, window)) for at in starts)), "")
        except LimitError:
            continue
    raise SilentError(BROKEN_OFF)


def _name(daemon: Daemon, pieces: Iterable[bytes]) -> str:
    answer = daemon.ask(b"INSTREAM", pieces).removeprefix("stream: ")
    if answer == "OK":
        return ""
    name, found, _ = answer.rpartition(" FOUND")
    if not found and "size limit" in answer:
        raise LimitError(answer)
    if not found:
        raise SilentError(answer or "пустой ответ")
    return name


def _pieces(path: Path, start: int, size: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while size > 0 and (piece := file.read(min(CHUNK, size))):
            size -= len(piece)
            yield piece


def _sent(wire: socket.socket, pieces: Iterable[bytes]) -> bool:
    """Send content; a daemon closes the wire in the middle when it is too long for it."""
    try:
        for piece in pieces:
            wire.sendall(pack(">I", len(piece)) + piece)
        wire.sendall(pack(">I", 0))
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _answer(wire: socket.socket) -> str:
    answer = b""
    while piece := wire.recv(4096):
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
