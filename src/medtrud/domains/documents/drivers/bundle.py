"""A ZIP file written in portions: what is written stays, the list of contents comes last."""

import struct
import zlib
from dataclasses import dataclass

_LOCAL, _CENTRAL, _END = "<4s5H3L2H", "<4s6H3L5H2L", "<4s4H2LH"
_UTF8, _STORED, _VERSION = 0x800, 0, 20
_DAY = (1 << 5) | 1  # 1980-01-01: a copy has its own date inside


@dataclass(frozen=True)
class Entry:
    """A file of a bundle: where it begins, how long it is."""

    name: str
    crc: int
    size: int
    offset: int


def entry_write(name: str, content: bytes, offset: int) -> tuple[Entry, bytes]:
    """Return a file as it stands in the bundle; PDF is packed already, so it is stored as it is."""
    entry = Entry(name, zlib.crc32(content), len(content), offset)
    said = name.encode()
    head = struct.pack(
        _LOCAL, b"PK\3\4", _VERSION, _UTF8, _STORED, 0, _DAY, entry.crc, entry.size, entry.size, len(said), 0
    )
    return entry, head + said + content


def contents_write(entries: list[Entry], offset: int) -> bytes:
    """Return the end of a bundle: the list of its files."""
    lines = b""
    for entry in entries:
        said = entry.name.encode()
        place = (0, 0, 0, 0, 0, entry.offset)  # no extra, no comment, first disk, no attributes
        lines += struct.pack(
            _CENTRAL, b"PK\1\2", _VERSION, _VERSION, _UTF8, _STORED, 0, _DAY,
            entry.crc, entry.size, entry.size, len(said), *place[:4], *place[4:],
        ) + said  # fmt: skip
    count = len(entries)
    return lines + struct.pack(_END, b"PK\5\6", 0, 0, count, count, len(lines), offset, 0)
