"""The few bytes of DER that signing needs fast, and the way from what the world sends to DER.

Structures are read by asn1crypto; here are only writing, walking over fields and the removal of the
indefinite lengths of BER.
"""

import base64
import binascii
import re
from collections.abc import Iterator
from functools import cache

SEQUENCE, SET, OCTETS, INTEGER, NULL = 0x30, 0x31, 0x04, 0x02, b"\x05\x00"
DEEPEST = 40
LINES = re.compile(rb"-----BEGIN ([A-Z0-9 #]+)-----(.*?)-----END \1-----", re.DOTALL)
BASE64 = re.compile(rb"[A-Za-z0-9+/=\s]+")


class DerError(ValueError):
    """Bytes that are no DER, BER, PEM or base64."""


def tlv(tag: int, content: bytes) -> bytes:
    """Return one field."""
    size = len(content)
    if size < 0x80:  # noqa: PLR2004 - the short form of a length
        return bytes((tag, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + content


def sequence(*parts: bytes) -> bytes:
    """Return a SEQUENCE."""
    return tlv(SEQUENCE, b"".join(parts))


def set_of(*parts: bytes) -> bytes:
    """Return a SET OF in the order of DER."""
    return tlv(SET, b"".join(sorted(parts)))


def octets(content: bytes) -> bytes:
    """Return an OCTET STRING."""
    return tlv(OCTETS, content)


def integer(value: int) -> bytes:
    """Return an INTEGER."""
    return tlv(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))


@cache
def oid(dotted: str) -> bytes:
    """Return an OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    content = bytearray()
    for number in (40 * first + second, *rest):
        piece = [number & 0x7F]
        while number := number >> 7:
            piece.append(0x80 | number & 0x7F)
        content += bytes(reversed(piece))
    return tlv(6, bytes(content))


def oid_text(content: bytes) -> str:
    """Return an identifier with dots from the content of its field."""
    numbers, number = [], 0
    for byte in content:
        number = number << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(number)
            number = 0
    if not numbers or content[-1] & 0x80:
        raise DerError("an identifier is cut")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def head(data: bytes, place: int) -> tuple[int, int, int]:
    """Return tag, first byte of the content and first byte after it (-1: indefinite) of a field."""
    try:
        tag, size = data[place], data[place + 1]
    except IndexError as error:
        raise DerError("a field is cut") from error
    if tag & 0x1F == 0x1F:  # noqa: PLR2004 - a tag of several bytes; none of our structures has one
        raise DerError("a tag of several bytes")
    start = place + 2
    if size == 0x80:  # noqa: PLR2004 - the mark of an indefinite length
        return tag, start, -1
    if size & 0x80:
        count = size & 0x7F
        if count > 5:  # noqa: PLR2004 - more than a terabyte
            raise DerError("a length is impossible")
        size = int.from_bytes(data[start : start + count], "big")
        start += count
    if start + size > len(data):
        raise DerError("a field is longer than the data")
    return tag, start, start + size


def fields(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield tag, content and the whole of each field of a content in DER."""
    place = 0
    while place < len(data):
        tag, start, end = head(data, place)
        if end < 0:
            raise DerError("an indefinite length inside DER")
        yield tag, data[start:end], data[place:end]
        place = end


def inner(data: bytes, tag: int = SEQUENCE) -> bytes:
    """Return the content of the only field of the data."""
    found, start, end = head(data, 0)
    if found != tag or end != len(data):
        raise DerError(f"one field with the tag {tag:#x} was expected")
    return data[start:end]


def definite(data: bytes) -> bytes:
    """Return the same value with definite lengths; bytes that need no change stay as they are."""
    value, _ = _definite(data, 0, 0)
    return value


def _definite(data: bytes, place: int, depth: int) -> tuple[bytes, int]:
    if depth > DEEPEST:
        raise DerError("nested too deep")
    tag, start, end = head(data, place)
    if not tag & 0x20:
        if end < 0:
            raise DerError("a simple value of indefinite length")
        return data[place:end], end
    parts, changed, here = [], end < 0, start
    while here < end or (end < 0 and data[here : here + 2] != b"\x00\x00"):
        part, after = _definite(data, here, depth + 1)
        changed = changed or part != data[here:after]
        parts.append(part)
        here = after
    finish = here if end >= 0 else here + 2
    if tag & 0xDF in (OCTETS, 0x03) and tag & 0x20 and tag < 0x40:  # noqa: PLR2004 - a string in pieces
        return tlv(tag & 0xDF, b"".join(inner(part, OCTETS) for part in parts)), finish
    return (tlv(tag, b"".join(parts)) if changed else data[place:finish]), finish


def pem(data: bytes) -> list[tuple[str, bytes]]:
    """Return label and bytes of each PEM block."""
    found = []
    for match in LINES.finditer(data):
        body = match[2].split(b"\n\n")[-1] if b":" in match[2] else match[2]
        found.append((match[1].decode(), decoded(body)))
    return found


def decoded(data: bytes) -> bytes:
    """Return what stands in base64 with any breaks of lines."""
    try:
        return base64.b64decode(b"".join(data.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise DerError("base64 does not decode") from error


def unwrapped(data: bytes) -> bytes:
    """Return DER or BER from DER, BER, PEM or bare base64."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if blocks := pem(data):
        return blocks[0][1]
    if data[:1] != bytes((SEQUENCE,)) and BASE64.fullmatch(data):
        return decoded(data)
    if data[:1] == bytes((SEQUENCE,)) and data[:4].isascii() and BASE64.fullmatch(data):
        return decoded(data)
    return data
