"""The words of a file, to be found by: never shown, never printed."""

import re
import zipfile
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

PAGES = 50
LONGEST = 100_000  # letters
LARGE = 20 << 20  # bytes unpacked: a longer one is not a letter
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXTS = {"text/plain", "text/csv", "application/json"}
_TAG = re.compile(r"<[^>]{1,2000}>")


def text_of(path: Path, mime: str) -> str:
    """Return the text of a file, "" where there is none or nobody can read it."""
    try:
        return _read(path, mime)[:LONGEST]
    except (OSError, ValueError, KeyError, PyPdfError, zipfile.BadZipFile):
        return ""


def _read(path: Path, mime: str) -> str:
    if mime == "application/pdf":
        pages = PdfReader(path).pages
        return " ".join(pages[n].extract_text() for n in range(min(len(pages), PAGES)))
    if mime == WORD:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo("word/document.xml").file_size > LARGE:
                return ""
            return _bare(archive.read("word/document.xml").decode())
    if mime in TEXTS or mime == "application/xml":
        with path.open("rb") as file:
            said = file.read(LONGEST * 4)
        return _bare(said.decode("utf-8", "replace"))
    return ""


def _bare(markup: str) -> str:
    """Leave the text of markup; it is not parsed, so nothing in it can refer to anything."""
    return _TAG.sub(" ", markup)
