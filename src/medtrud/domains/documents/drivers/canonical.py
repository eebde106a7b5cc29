"""The one way the archive writes a ZIP: nothing packed, nothing dated, every byte follows from the files.

A damaged byte of such a file touches nothing else, and a changed one, be it in the service records, is found.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from ..types.archive import MARK

PIECE = 1 << 20
BIG, FULL, MANY = 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF
OLD, WIDE = 20, 45  # versions of the format
MIDNIGHT = (0, 0x21)  # 1 January 1980, the beginning of time of a ZIP
FLAGS = 0x0800  # names are UTF-8
MODE = 0o100644 << 16


def pack(target: IO[bytes], files: Iterable[tuple[str, Iterable[bytes]]]) -> None:
    """Write files into a ZIP one after another; the stream must be able to go back."""
    entries = []
    for name, pieces in files:
        offset = target.tell()
        target.write(_local(name, 0, 0))
        crc = size = 0
        for piece in pieces:
            crc, size = zlib.crc32(piece, crc), size + len(piece)
            target.write(piece)
        end = target.tell()
        if size >= BIG:
            raise ValueError(f"{name}: a file of a case is smaller than 4 GiB")
        target.seek(offset)
        target.write(_local(name, crc, size))
        target.seek(end)
        entries.append((name, crc, size, offset))
    target.writelines(_tail(entries, target.tell()))


def _local(name: str, crc: int, size: int) -> bytes:
    raw = name.encode()
    head = (b"PK\x03\x04", OLD, FLAGS, 0, *MIDNIGHT, crc, size, size, len(raw), 0)
    return struct.pack("<4sHHHHHIIIHH", *head) + raw


def _tail(entries: list[tuple[str, int, int, int]], start: int) -> Iterator[bytes]:
    length = 0
    for name, crc, size, offset in entries:
        raw = name.encode()
        extra = struct.pack("<HHQ", 1, 8, offset) if offset >= BIG else b""
        version = WIDE if extra else OLD
        head = (
            b"PK\x01\x02", (3 << 8) | version, version, FLAGS, 0, *MIDNIGHT, crc, size, size, len(raw),
            len(extra), 0, 0, 0, MODE, min(offset, FULL),
        )  # fmt: skip
        line = struct.pack("<4sHHHHHHIIIHHHHHII", *head) + raw + extra
        length += len(line)
        yield line
    count = len(entries)
    if start >= BIG or length >= BIG or count >= MANY:
        yield struct.pack(
            "<4sQHHIIQQQQ", b"PK\x06\x06", 44, (3 << 8) | WIDE, WIDE, 0, 0, count, count, length, start
        )
        yield struct.pack("<4sIQI", b"PK\x06\x07", 0, start + length, 1)
    told = min(count, MANY)
    end = (b"PK\x05\x06", 0, 0, told, told, min(length, FULL), min(start, FULL), len(MARK))
    yield struct.pack("<4sHHHHIIH", *end) + MARK


def uncanonical(archive: zipfile.ZipFile, path: Path) -> bool:
    """Tell whether any byte around the files differs from what the archive writes."""
    entries, at = [], 0
    with path.open("rb") as stream:
        for info in archive.infolist():
            local = _local(info.filename, info.CRC, info.file_size)
            stream.seek(at)
            if info.header_offset != at or info.file_size != info.compress_size:
                return True
            if stream.read(len(local)) != local:
                return True
            entries.append((info.filename, info.CRC, info.file_size, at))
            at += len(local) + info.file_size
        stream.seek(at)
        tail = b"".join(_tail(entries, at))
        return stream.read(len(tail) + 1) != tail
