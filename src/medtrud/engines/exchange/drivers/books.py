"""One way to read .xlsx, .xls, .xlsb, .ods and .csv; a file that cannot be read is refused in words."""

import io
import itertools
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import python_calamine as calamine

from medtrud.kernel.errors import Refused

from ..types import Cell, Limits
from .delimited import DelimitedSheet, decode
from .kinds import EXCEL, kind_of
from .unsaved import unsaved_formulas

MEGABYTE = 1024 * 1024
Merged = tuple[tuple[int, int], tuple[int, int]]


class Sheet(Protocol):
    """A table of cells; rows are numbered from 1 as the person sees them."""

    name: str
    height: int
    merged: list[Merged]

    def rows(self) -> Iterator[list[Cell]]:
        """Yield the rows from the first one; empty cells are empty strings."""
        ...

    def unsaved(self) -> frozenset[tuple[int, int]]:
        """Return the cells, row and column from 0, that hold a formula without its value."""
        ...


class Book(Protocol):
    """An opened file."""

    names: tuple[str, ...]
    hidden: tuple[str, ...]

    def sheet(self, name: str) -> Sheet:
        """Read one sheet."""
        ...


@dataclass
class CalamineSheet:
    """A sheet that calamine holds in its own compact memory."""

    name: str
    inner: calamine.CalamineSheet
    path: Path

    def __post_init__(self) -> None:
        """Measure the sheet."""
        start = self.inner.start or (0, 0)
        self.left = start[1]
        self.height = self.inner.total_height + 1 if self.inner.start else 0
        self.merged = list(self.inner.merged_cell_ranges or [])

    def rows(self) -> Iterator[list[Cell]]:
        """Yield lists, shifted so that column A is the first."""
        rows: Iterator[list[Cell]] = iter(self.inner.iter_rows())
        if not self.left:
            return rows
        return ([*itertools.repeat("", self.left), *row] for row in rows)

    def unsaved(self) -> frozenset[tuple[int, int]]:
        """Look into the file itself: calamine shows such cells as empty."""
        return unsaved_formulas(self.path, self.name)


class CalamineBook:
    """A workbook of any kind calamine reads."""

    def __init__(self, path: Path, inner: calamine.CalamineWorkbook, limits: Limits) -> None:
        """Keep the visible sheets apart from the hidden ones."""
        self.path, self.inner, self.limits = path, inner, limits
        sheets = [m for m in inner.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
        visible = [m.name for m in sheets if m.visible == calamine.SheetVisibleEnum.Visible]
        self.names = tuple(visible)
        self.hidden = tuple(m.name for m in sheets if m.name not in visible)

    def sheet(self, name: str) -> CalamineSheet:
        """Read one sheet; refuse one that is too long."""
        try:
            sheet = CalamineSheet(name, self.inner.get_sheet_by_name(name), self.path)
        except calamine.CalamineError as error:
            raise Refused(
                f"Лист «{name}» повреждён и не читается. Откройте файл в табличном редакторе, "
                "сохраните заново в формате .xlsx и загрузите его."
            ) from error
        if sheet.height > self.limits.rows:
            raise Refused(
                f"На листе «{name}» {sheet.height} строк, а за один раз принимается до {self.limits.rows}. "
                "Разделите список на несколько файлов."
            )
        return sheet


class DelimitedBook:
    """A text file is a book of one sheet."""

    hidden: tuple[str, ...] = ()

    def __init__(self, path: Path, limits: Limits) -> None:
        """Find out the encoding and the delimiter."""
        self.one = DelimitedSheet(decode(path))
        self.names: tuple[str, ...] = (self.one.name,)
        if self.one.height > limits.rows:
            raise Refused(
                f"В файле {self.one.height} строк, а за один раз принимается до {limits.rows}. "
                "Разделите список на несколько файлов."
            )

    def sheet(self, name: str) -> DelimitedSheet:
        """Return the only sheet."""
        return self.one


def book_open(path: Path, name: str, limits: Limits) -> Book:
    """Open a file; refuse what is too big, is not a spreadsheet, is locked or broken."""
    size = path.stat().st_size
    if not size:
        raise Refused(f"Файл «{name}» пустой: в нём 0 байт. Сохраните таблицу ещё раз и загрузите её.")
    size_check(size, name, limits)
    kind = kind_of(path, name)
    if kind not in EXCEL:
        return DelimitedBook(path, limits)
    if kind == "zip":
        _unpacked_check(path, name, limits)
    try:
        return CalamineBook(path, _calamine(path, kind), limits)
    except calamine.PasswordError as error:
        raise Refused(
            f"Файл «{name}» защищён паролем. Снимите защиту (в Excel: Файл — Сведения — Защита книги) "
            "и загрузите его снова."
        ) from error
    except (calamine.CalamineError, OSError) as error:
        raise Refused(
            f"Файл «{name}» повреждён: таблица в нём не читается. "
            "Откройте его в табличном редакторе, сохраните в формате .xlsx и загрузите снова."
        ) from error


def size_check(size: int, name: str, limits: Limits) -> None:
    """Refuse a file bigger than the operator allows."""
    if size > limits.bytes:
        raise Refused(
            f"Файл «{name}» занимает {size / MEGABYTE:.0f} МБ, а принимается до "
            f"{limits.bytes / MEGABYTE:.0f} МБ. Удалите картинки и лишние листы или разделите список "
            "на несколько файлов."
        )


def _calamine(path: Path, kind: str) -> calamine.CalamineWorkbook:
    """Open by content: files are often named .xls while they are .xlsx, and back."""
    if path.suffix.lower() in EXCEL[kind]:
        return calamine.CalamineWorkbook.from_path(path)
    return calamine.CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))


def _unpacked_check(path: Path, name: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Refused(
            f"Файл «{name}» оборван или повреждён: архив внутри него не открывается. "
            "Скачайте или сохраните его ещё раз и загрузите снова."
        ) from error
    if unpacked > limits.unpacked_bytes:
        raise Refused(
            f"Файл «{name}» после распаковки занял бы {unpacked / MEGABYTE:.0f} МБ, допускается "
            f"{limits.unpacked_bytes / MEGABYTE:.0f} МБ. Скопируйте в новую книгу только строки списка."
        )
