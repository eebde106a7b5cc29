"""Whether a file can be read again: what is asked depends on what the file is."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from ..types.archive import BrokenError
from . import papers

PDF = "application/pdf"
PDFA = re.compile(rb"pdfaid:part(?:>|=[\"'])\s*([1-4])")
LARGEST_TEXT = 64 << 20
PDF_FAULTS = (
    PyPdfError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    OSError,
)


@dataclass(frozen=True)
class Opening:
    """What was read, or why it was not."""

    ok: bool
    text: str
    facts: dict[str, object] = field(default_factory=dict)


def opened(path: Path, mime: str) -> Opening:
    """Open a file as its reader would."""
    try:
        return READERS.get(mime, _bytes)(path)
    except BrokenError as broken:
        return Opening(ok=False, text=str(broken.finding.text))
    except OSError:
        return Opening(ok=False, text="Содержимого файла нет на диске.")


def pdfa_part(data: bytes) -> str:
    """Return the part of PDF/A a file declares, or nothing."""
    found = PDFA.search(data)
    return found[1].decode() if found else ""


def _pdf(path: Path) -> Opening:
    data = path.read_bytes()
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            return Opening(ok=False, text="PDF защищён паролем: в архиве его не откроют. Снимите защиту.")
        pages = len(reader.pages)
        for page in reader.pages:
            page.get("/Contents")
    except PDF_FAULTS:
        return Opening(ok=False, text="PDF не читается: файл повреждён.")
    if not pages:
        return Opening(ok=False, text="В PDF нет страниц.")
    part = pdfa_part(data)
    kind = f"PDF/A-{part}" if part else "обычный PDF"
    return Opening(ok=True, text=f"{kind}, страниц: {pages}", facts={"pages": pages, "pdfa": part})


def _xml(path: Path) -> Opening:
    root = papers.parsed(path.read_bytes(), path.name)
    return Opening(ok=True, text="XML читается, DTD нет", facts={"root": str(root.tag)[:200]})


def _text(path: Path) -> Opening:
    if path.stat().st_size > LARGEST_TEXT:
        return Opening(ok=True, text="Текст слишком велик, чтобы прочесть его целиком; байты на месте.")
    for encoding in ("utf-8-sig", "cp1251"):
        try:
            lines = path.read_text(encoding=encoding).count("\n") + 1
        except UnicodeDecodeError:
            continue
        return Opening(ok=True, text=f"Текст, {encoding}, строк: {lines}", facts={"encoding": encoding})
    return Opening(ok=False, text="Текст не читается ни в UTF-8, ни в Windows-1251.")


def _json(path: Path) -> Opening:
    try:
        json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return Opening(ok=False, text="JSON не читается: файл повреждён.")
    return Opening(ok=True, text="JSON читается")


def _bytes(path: Path) -> Opening:
    """A kind recognised by its first bytes; more is not asked of it."""
    return Opening(ok=True, text=f"Вид узнан по первым байтам, {path.stat().st_size} байт")


READERS: dict[str, Callable[[Path], Opening]] = {
    PDF: _pdf,
    "application/xml": _xml,
    "text/plain": _text,
    "text/csv": _text,
    "application/json": _json,
}
