"""The wire to clamd: its protocol INSTREAM over a socket of the machine or of the network."""

import socket
from dataclasses import dataclass
from pathlib import Path
from struct import pack
from urllib.parse import parse_qs, urlsplit

CHUNK = 1 << 16
USUAL = (Path("/run/clamav/clamd.ctl"), Path("/var/run/clamd.scan/clamd.sock"))
TIMEOUT = 60.0
BROKEN_OFF = "INSTREAM size limit exceeded, or the daemon went away"


class SilentError(Exception):
    """The daemon does not answer, or answers that it cannot look."""


@dataclass(frozen=True)
class Daemon:
    """Where clamd listens, how long it is waited for, and whether files are taken when it is silent."""

    place: str | tuple[str, int]
    timeout: float = TIMEOUT
    accept_unseen: bool = False

    def ask(self, command: bytes, path: Path | None = None) -> str:
        """Send a command, with a file in pieces where there is one; return the answer in words."""
        family = socket.AF_UNIX if isinstance(self.place, str) else socket.AF_INET
        try:
            with socket.socket(family) as wire:
                wire.settimeout(self.timeout)
                wire.connect(self.place)
                wire.sendall(b"z" + command + b"\0")
                if path is not None and not _sent(wire, path):
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
    answer = daemon.ask(b"INSTREAM", path).removeprefix("stream: ")
    if answer == "OK":
        return ""
    name, found, _ = answer.rpartition(" FOUND")
    if not found:
        raise SilentError(answer or "пустой ответ")
    return name


def _sent(wire: socket.socket, path: Path) -> bool:
    """Send a file; a daemon closes the wire in the middle when the file is too long for it."""
    try:
        with path.open("rb") as file:
            while piece := file.read(CHUNK):
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
