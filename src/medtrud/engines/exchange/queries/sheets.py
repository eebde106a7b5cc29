"""The file of an import, opened again: its rows are kept nowhere else."""

from collections.abc import Iterator

from medtrud.engines.files.public import content_of
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from ..drivers import Book, book_open, form_write, rows_write
from ..models import Import
from ..types import Cell
from .imports import bad_numbers, limits
from .targets import target_of


def book_of(actor: Actor, row: Import) -> Book:
    """Open the stored file."""
    path = content_of(actor, row.file.uid)
    if not path.exists():
        raise Refused(f"Содержимое файла «{row.file_name}» утрачено. Загрузите файл снова.")
    return book_open(path, row.file_name, limits(row.on))


def bad_rows(actor: Actor, row: Import) -> bytes:
    """Return a spreadsheet of the rows with errors and the reason beside each: correct and upload it."""
    target_of(actor, row.target)
    reasons = bad_numbers(row)
    if not reasons:
        raise NotFound("В этой загрузке нет строк с ошибками. Скачивать нечего.")
    return rows_write(row.headers, _with_reasons(actor, row, reasons), marked="Причина")


def empty_form(actor: Actor, target: str) -> bytes:
    """Return an empty spreadsheet with the columns of a target."""
    return form_write(target_of(actor, target).columns)


def _with_reasons(actor: Actor, row: Import, reasons: dict[int, list[str]]) -> Iterator[list[Cell]]:
    width = len(row.headers)
    for number, cells in enumerate(book_of(actor, row).sheet(row.sheet).rows(), 1):
        if number in reasons:
            yield [*cells[:width], *[""] * (width - len(cells)), "\n".join(reasons[number])]
