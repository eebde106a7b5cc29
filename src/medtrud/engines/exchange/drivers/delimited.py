"""Text tables: which encoding, which delimiter."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from medtrud.kernel.errors import Refused

from ..types import Cell

DELIMITERS = ";\t,|"
SAMPLE = 50  # lines
# Lower-case letters are most of a Russian text; a wrong code page turns them into signs and capitals.
COMMON = frozenset("оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё")


@dataclass
class DelimitedSheet:
    """The rows of a text file."""

    text: str
    name: str = "текст"
    merged: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Find the delimiter."""
        self.delimiter = delimiter_of(self.text)
        self.height = self.text.count("\n") + (not self.text.endswith("\n"))

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows; a quoted cell may hold line breaks."""
        for row in csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter):
            yield list(row)

    def unsaved(self) -> frozenset[tuple[int, int]]:
        """Return none: a text has no formulas."""
        return frozenset()


def decode(path: Path) -> str:
    """Return the text in whichever of the usual Russian encodings it is."""
    raw = path.read_bytes()
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _strict(raw, encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        readings = [raw.decode(page, errors="replace") for page in ("cp1251", "cp866", "koi8-r")]
        return max(readings, key=_russian)


def delimiter_of(text: str) -> str:
    """Return the delimiter that splits most lines into the same number of parts."""
    lines = [line for line in text.splitlines()[:SAMPLE] if line.strip()]
    best, most = ";", 0
    for mark in DELIMITERS:
        counts = [line.count(mark) for line in lines if mark in line]
        if counts:
            usual = max(set(counts), key=counts.count)
            weight = usual * counts.count(usual)
            if weight > most:
                best, most = mark, weight
    return best


def _strict(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(
            "Кодировка текстового файла испорчена. Сохраните его заново как «CSV UTF-8» или как .xlsx."
        ) from error


def _russian(text: str) -> int:
    sample = text[:20000]
    return sum(letter in COMMON for letter in sample) - 3 * sample.count("\ufffd")
