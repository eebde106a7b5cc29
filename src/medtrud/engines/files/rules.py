"""What a file is by its content; the name only tells apart what looks alike inside."""

import re

OCTETS = "application/octet-stream"
TEXT = "text/plain"
SHOWN = frozenset({"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"})
NAME_LENGTH = 200

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF8", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\x00", "image/tiff"),
    (0, b"MM\x00*", "image/tiff"),
    (128, b"DICM", "application/dicom"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_OLE = {"xls": "application/vnd.ms-excel", "doc": "application/msword"}
_TEXTS = {"csv": "text/csv", "json": "application/json"}
_SIGNATURES = {"p7s", "sig", "p7m", "sgn"}
_INSIDE = (
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)


def sniff(head: bytes, name: str, inside: tuple[str, ...] = ()) -> str:
    """Return the type of content by its first bytes; markup is never called markup, so it never runs."""
    ending = name.rpartition(".")[2].casefold()
    for offset, magic, mime in _MAGIC:
        if head[offset : offset + len(magic)] == magic:
            return _sure(mime, ending, inside)
    if head[:1] == b"\x30" and ending in _SIGNATURES:
        return "application/pkcs7-signature"
    if not _is_text(head):
        return OCTETS
    return (
        "application/xml" if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:5] == b"<?xml" else _TEXTS.get(ending, TEXT)
    )


def clean_name(name: str) -> str:
    """Return a name without folders, control characters and tricks of direction."""
    last = re.split(r"[\\/]", name)[-1]
    shown = "".join(letter for letter in last if letter.isprintable()).strip(". ")
    stem, dot, ending = shown.rpartition(".")
    if len(shown) > NAME_LENGTH and dot:
        shown = f"{stem[: NAME_LENGTH - len(ending) - 1]}.{ending[:20]}"
    return shown[:NAME_LENGTH] or "файл"


def long_text(name: str) -> str:
    """Say that the scanner takes no such long file."""
    return (
        f"Файл «{name}» длиннее, чем антивирус берёт целиком; в его частях вирусов нет, но этого мало. "
        "Разделите файл или попросите администратора увеличить StreamMaxLength в настройке clamd."
    )


def size_text(size: int) -> str:
    """Say a size as people read it."""
    step = 1024
    for unit in ("Б", "КБ", "МБ"):
        if size < step:
            return f"{size:.0f} {unit}"
        size = round(size / step)
    return f"{size} ГБ"


def _is_text(head: bytes) -> bool:
    return bool(head) and not re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", head)


def _sure(mime: str, ending: str, inside: tuple[str, ...]) -> str:
    """Tell apart what begins alike: old office files by their names, archives by what lies in them."""
    if mime == "application/x-ole-storage":
        return _OLE.get(ending, mime)
    if mime == "application/zip":
        return next((kind for folder, kind in _INSIDE if any(n.startswith(folder) for n in inside)), mime)
    return mime
