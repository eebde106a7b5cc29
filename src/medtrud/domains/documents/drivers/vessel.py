"""A container as a set of named files: a ZIP or a folder, read without believing anything it says."""

import lzma
import stat
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Protocol

from medtrud.kernel.errors import system_said

from ..types.archive import MANIFEST, MARK, BrokenError, Fault, Finding
from .canonical import uncanonical

PIECE = 1 << 20
MOST_FILES = 500_000
LARGEST = 1 << 40  # of all files together
RATIO = 200  # how much a packed file may grow; text grows some tenfold
SPARE = 1 << 20  # small files may grow as they like
XML_LARGEST = 64 << 20
NAME_LENGTH = 400
READING = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError, RuntimeError,
    NotImplementedError, ValueError,
)  # fmt: skip


class Vessel(Protocol):
    """Files by their names."""

    sizes: dict[str, int]
    findings: list[Finding]
    notes: list[str]

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a file in pieces, or raise BrokenError."""


def whole(vessel: Vessel, name: str, largest: int = XML_LARGEST) -> bytes:
    """Return a small file."""
    if vessel.sizes[name] > largest:
        raise BrokenError(Fault.UNREADABLE, name, "Файл такого назначения не бывает таким большим.")
    return b"".join(vessel.pieces(name))


class Folder:
    """An unpacked container."""

    def __init__(self, root: Path) -> None:
        """Find every file; links and other special files are named, not followed."""
        self.root = root
        self.sizes: dict[str, int] = {}
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        for place in self._places():
            name = place.relative_to(root).as_posix()
            kind = place.lstat().st_mode
            if stat.S_ISDIR(kind):
                continue
            if stat.S_ISREG(kind):
                self.sizes[name] = place.lstat().st_size
            else:
                self.findings.append(Finding(Fault.LINK, _shown(name)))

    def _places(self) -> list[Path]:
        try:
            return sorted(self.root.rglob("*"))
        except OSError as error:
            raise BrokenError(Fault.UNREADABLE, more=f"Папка не читается: {system_said(error)}.") from error

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a file in pieces."""
        try:
            with (self.root / name).open("rb") as stream:
                yield from iter(lambda: stream.read(PIECE), b"")
        except OSError as error:
            raise BrokenError(Fault.UNREADABLE, name) from error


class Packed:
    """A ZIP; one that the archive wrote is compared with the one way the archive writes it."""

    def __init__(self, path: Path) -> None:
        """Look at the list of files before a byte of them is unpacked."""
        self.findings: list[Finding] = []
        self.notes: list[str] = []
        self.sizes: dict[str, int] = {}
        try:
            self.archive = zipfile.ZipFile(path)
        except READING as error:
            raise BrokenError(Fault.NOT_CONTAINER if not _is_zip(path) else Fault.UNREADABLE) from error
        infos = [info for info in self.archive.infolist() if not info.is_dir()]
        self._weigh(infos, path.stat().st_size)
        for info in infos:
            if fault := self._fault(info):
                self.findings.append(Finding(fault, _shown(info.filename)))
            else:
                self.sizes[info.filename] = info.file_size
        self._compare(path)

    def _weigh(self, infos: list[zipfile.ZipInfo], size: int) -> None:
        packed, unpacked = (sum(getattr(i, name) for i in infos) for name in ("compress_size", "file_size"))
        grown = any(i.file_size > SPARE and i.file_size > RATIO * max(i.compress_size, 1) for i in infos)
        if len(infos) > MOST_FILES or unpacked > LARGEST or packed > size or grown:
            raise BrokenError(Fault.BOMB)

    def _fault(self, info: zipfile.ZipInfo) -> Fault | None:
        if unsafe(info.orig_filename) or unsafe(info.filename):
            return Fault.TRAVERSAL
        if stat.S_ISLNK(info.external_attr >> 16):
            return Fault.LINK
        if info.filename in self.sizes:
            return Fault.DUPLICATE
        if info.flag_bits & 1 or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            return Fault.UNREADABLE
        return None

    def _compare(self, path: Path) -> None:
        if self.archive.comment == MARK:
            if self.findings or uncanonical(self.archive, path):
                self.findings.append(Finding(Fault.STRUCTURE))
        elif self.archive.comment or not _ends(path):
            self.findings.append(Finding(Fault.STRUCTURE))
        else:
            self.notes.append("Файл ZIP переупакован другой программой: служебные байты не сверялись.")

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield a file in pieces; one longer than it says is cut off by the reader and found by its sum."""
        try:
            with self.archive.open(name) as stream:
                yield from iter(lambda: stream.read(PIECE), b"")
        except READING as error:
            raise BrokenError(Fault.UNREADABLE, name) from error


def unsafe(name: str) -> bool:
    """Tell whether a name leads anywhere but inside."""
    parts = name.split("/")
    return (
        not name
        or len(name) > NAME_LENGTH
        or "\\" in name
        or ":" in name
        or not name.isprintable()
        or PurePosixPath(name).is_absolute()
        or any(part in {"", ".", ".."} for part in parts)
    )


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in name)[:NAME_LENGTH]


def _is_zip(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(2) == b"PK"


def _ends(path: Path) -> bool:
    """Tell whether a ZIP without a comment begins with its first file and ends with its last record."""
    with path.open("rb") as stream:
        first = stream.read(4)
        stream.seek(-22, 2)
        return first[:2] == b"PK" and stream.read(4) == b"PK\x05\x06"


@contextmanager
def vessel_of(path: Path) -> Iterator[Vessel]:
    """Open a container: a ZIP, a folder, or a folder or ZIP in which it lies under one name."""
    if path.is_dir():
        yield Folder(path)
        return
    packed = Packed(path)
    try:
        yield packed
    finally:
        packed.archive.close()


@contextmanager
def unpacked(vessel: Vessel, name: str) -> Iterator[Path]:
    """Lay one file out on the disk for as long as it is needed."""
    if isinstance(vessel, Folder):
        yield vessel.root / name
        return
    with tempfile.NamedTemporaryFile(prefix="medtrud-", suffix=".part") as place:
        for piece in vessel.pieces(name):
            place.write(piece)
        place.flush()
        yield Path(place.name)


def holds(vessel: Vessel) -> bool:
    """Tell whether these files look like a container at all."""
    return MANIFEST in vessel.sizes
