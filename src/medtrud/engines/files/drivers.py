"""The store on disk: <root>/ab/cd/<sha256>."""

import hashlib
import os
import shutil
import tempfile
import uuid
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Protocol

from .types import Blob, LongError, Look, ScannerState

CHUNK = 1 << 20
HEAD = 4096
NAMES = 1000
UNPACKED = (
    1 << 30
)  # bytes that an archive may hold, or as many as it weighs: what is only stored does not grow
DENSEST = 200  # times that a file may grow when unpacked
# The harmless test every scanner knows; in two parts, so that no scanner stops this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
DEEPEST = 4  # archives in archives that are unpacked for a scanner
BROKEN = (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, zlib.error)
# The name of what was found, "" for a clean file; LongError when it could only be seen in parts.
Scanner = Callable[[Path], str]
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


def blob_put(stream: Stream, *, limit: int, partly: bool = False) -> Blob:
    """Keep content: beside its place first, flushed to the disk, then renamed; equal content once.

    partly: it may be longer than a scanner takes; what the product packed itself it has looked at before.
    """
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
        with suppress(LongError) if partly else nullcontext():
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


def content_scan(path: Path, depth: int = 0) -> None:
    """Look for viruses in a file and in what an archive holds; the argument of the error is its name.

    What is too long for a scanner is an archive whose files it takes one by one, or LongError.
    """
    whole = [_shown(scanner, path) for scanner, _ in _scanners]
    with path.open("rb") as file:
        packed = file.read(2) == b"PK"
    if packed:
        _archive_scan(path)
    if not all(whole) and not (packed and depth < DEEPEST and _members_scan(path, depth)):
        raise LongError


def _shown(scanner: Scanner, path: Path) -> bool:
    """Show a file to a scanner; tell whether it saw the whole."""
    try:
        name = scanner(path)
    except LongError:
        return False
    if name:
        raise InfectedError(name)
    return True


def _members_scan(path: Path, depth: int) -> bool:
    """Show the files of an archive one by one; tell whether there was anything to show."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [entry for entry in archive.infolist() if not entry.is_dir()]
            for entry in names:
                with archive.open(entry) as inside, tempfile.NamedTemporaryFile(prefix="medtrud-") as place:
                    shutil.copyfileobj(inside, place, CHUNK)
                    place.flush()
                    content_scan(Path(place.name), depth + 1)
    except BROKEN:
        return False
    return bool(names)


def _archive_scan(path: Path) -> None:
    """Unpack an archive into nowhere, with a limit to its size; what is locked is not let in."""
    try:
        with zipfile.ZipFile(path) as archive:
            left = max(UNPACKED, path.stat().st_size)
            for entry in archive.infolist():
                if entry.flag_bits & 1:
                    raise UnsafeError("архив закрыт паролем, и проверить его на вирусы нельзя")
                left = _entry_scan(archive, entry, left)
    except BROKEN:
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


def content_look(path: Path) -> Look:
    """Look for viruses again in something that is kept."""
    looked = sum(told().state == "ok" for _, told in _scanners)
    tail = b""
    with path.open("rb") as stream:
        while piece := stream.read(CHUNK):
            if EICAR in tail + piece:
                return Look("EICAR-Test-File", looked)
            tail = piece[1 - len(EICAR) :]
    try:
        content_scan(path)
    except (InfectedError, UnsafeError) as found:
        return Look(str(found), looked)
    except LongError:
        return Look("", looked, partly=True)
    return Look("", looked)


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
