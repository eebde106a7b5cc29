"""The store on disk: <root>/ab/cd/<sha256>."""

import hashlib
import os
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from .types import Blob, ScannerState

CHUNK = 1 << 20
HEAD = 4096
NAMES = 1000
UNPACKED = (
    1 << 30
)  # bytes that an archive may hold, or as many as it weighs: what is only stored does not grow
DENSEST = 200  # times that a file may grow when unpacked
# The harmless test every scanner knows; in two parts, so that no scanner stops this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
Scanner = Callable[[Path], str]  # the name of what was found, "" for a clean file
_root: list[Path] = []
_place: list[str] = []
_scanners: list[tuple[Scanner, Callable[[], ScannerState]]] = []


class Stream(Protocol):
    """Anything that is read piece by piece: an open file, an upload, io.BytesIO."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, nothing at the end."""


class TooLargeError(Exception):
    """The content is longer than allowed; nothing was kept."""


class InfectedError(Exception):
    """The content carries a virus; nothing was kept. The argument is its name."""


class UnsafeError(Exception):
    """Nobody can look into the content without harm; the argument says why, in Russian."""


def scanner_declare(scanner: Scanner, told: Callable[[], ScannerState]) -> None:
    """Take a virus scanner from above: it looks at every file before it is kept, and says how it is."""
    _scanners.append((scanner, told))


def scanners_told() -> list[ScannerState]:
    """Return what the scanners say of themselves."""
    return [told() for _, told in _scanners]


def scanner_place_set(address: str) -> None:
    """Take the address of the scanner's daemon; project gives it at start, empty when none is named."""
    _place[:] = [address]


def scanner_place() -> str:
    """Return the address of the scanner's daemon."""
    return _place[0] if _place else ""


def root_set(path: Path) -> None:
    """Take the folder of the store; project gives it at start."""
    _root[:] = [path]


def blob_put(stream: Stream, *, limit: int) -> Blob:
    """Keep content: beside its place first, flushed to the disk, then renamed; equal content once."""
    beside = _folder(_root[0] / "incoming") / uuid.uuid4().hex
    digest, size, head, tail = hashlib.sha256(), 0, b"", b""
    try:
        with beside.open("xb") as file:
            beside.chmod(0o600)
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > limit:
                    raise TooLargeError
                head = head or piece[:HEAD]
                if EICAR in tail + piece:
                    raise InfectedError("EICAR-Test-File")
                tail = piece[1 - len(EICAR) :]
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        content_scan(beside)
        blob = Blob(digest.hexdigest(), size, head, _inside(beside, head))
        place = blob_path(blob.sha256)
        if not (place.exists() and place.stat().st_size == size):
            _folder(place.parent)
            beside.replace(place)
            _flush(place.parent)
    finally:
        beside.unlink(missing_ok=True)
    return blob


def content_scan(path: Path) -> None:
    """Look for viruses in a file and in what an archive holds; the argument of the error is its name."""
    for scanner, _ in _scanners:
        if name := scanner(path):
            raise InfectedError(name)
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        _archive_scan(path)


def _archive_scan(path: Path) -> None:
    """Unpack an archive into nowhere, with a limit to its size; what is locked is not let in."""
    try:
        with zipfile.ZipFile(path) as archive:
            left = max(UNPACKED, path.stat().st_size)
            for entry in archive.infolist():
                if entry.flag_bits & 1:
                    raise UnsafeError("архив закрыт паролем, и проверить его на вирусы нельзя")
                left = _entry_scan(archive, entry, left)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, zlib.error):
        return  # not an archive, though it begins like one: nothing can be unpacked from it


def _entry_scan(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> int:
    tail, size = b"", 0
    with archive.open(entry) as inside:
        while piece := inside.read(CHUNK):
            size += len(piece)
            if size > left or size > max(entry.compress_size, CHUNK) * DENSEST:
                raise UnsafeError("архив распаковывается в сотни раз больше себя (ZIP-бомба)")
            if EICAR in tail + piece:
                raise InfectedError("EICAR-Test-File")
            tail = piece[1 - len(EICAR) :]
    return left - size


def content_look(path: Path) -> tuple[str, int]:
    """Look for viruses again: what was found ("" for none), and how many scanners work."""
    looked = sum(told().state == "ok" for _, told in _scanners)
    tail = b""
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            if EICAR in tail + piece:
                return "EICAR-Test-File", looked
            tail = piece[1 - len(EICAR) :]
    try:
        content_scan(path)
    except (InfectedError, UnsafeError) as found:
        return str(found), looked
    return "", looked


def blob_drop(sha256: str) -> None:
    """Take content off the disk for ever."""
    blob_path(sha256).unlink(missing_ok=True)


def blob_path(sha256: str) -> Path:
    """Return where content lies or would lie."""
    return _root[0] / sha256[:2] / sha256[2:4] / sha256


def blob_hash(sha256: str) -> str | None:
    """Hash the content again; None when it is not there."""
    path = blob_path(sha256)
    if not path.exists():
        return None
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def blobs() -> Iterator[str]:
    """Return the names of everything in the store."""
    yield from sorted(path.name for path in _root[0].glob("??/??/*") if path.is_file())


def _inside(path: Path, head: bytes) -> tuple[str, ...]:
    if not head.startswith(b"PK"):
        return ()
    try:
        with zipfile.ZipFile(path) as archive:
            return tuple(archive.namelist()[:NAMES])
    except (zipfile.BadZipFile, OSError, ValueError):
        return ()


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
