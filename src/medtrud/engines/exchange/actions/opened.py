"""An opened file with its layout, as a target sees it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from medtrud.engines.background.public import progress
from medtrud.engines.signing.public import key_current, seal

from ..drivers import Downwards, Sheet
from ..models import Import, ImportLink, ImportRow
from ..types import Cell, Level, Place

PORTION = 1000  # records in one line of links
SHOWN = 100_000  # problems kept for one file


class Opened:
    """The rows of one sheet; collects problems and links until they are written."""

    def __init__(self, row: Import, sheet: Sheet) -> None:
        """Lay the columns out."""
        self.row, self.cells, self.sheet = row, sheet, sheet.name
        self.total = max(sheet.height - row.header_row - row.header_lines + 1, 0)
        self.uid: UUID = row.uid
        self.organization: int | None = row.organization
        self.options: Mapping[str, str] = row.options
        self.on: dt.date = row.on
        self.layout: Mapping[str, tuple[Place, ...]] = layout_of(row)
        self.errors: set[int] = set()
        self.warnings: set[int] = set()
        self.problems: list[ImportRow] = []
        self.links: list[ImportLink] = []

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows under the header; a cell merged downwards counts for all its rows."""
        skip = self.row.header_row + self.row.header_lines - 1
        merged = Downwards(self.cells.merged, skip)
        fill = merged.fill if merged.starts else None
        for number, cells in enumerate(self.cells.rows(), 1):
            if number > skip and any(cells):
                yield number, fill(number, cells) if fill else cells

    def problem(self, row: int, text: str, *, column: str = "", level: Level = Level.ERROR) -> None:
        """Keep a problem, sealed: the text may quote a name."""
        (self.errors if level is Level.ERROR else self.warnings).add(row)
        if len(self.problems) < SHOWN:
            box = seal(text.encode(), self.uid.bytes)
            self.problems.append(ImportRow(source=self.row, number=row, level=level, column=column, text=box))

    def progress(self, done: int, total: int, text: str) -> None:
        """Tell the person who waits."""
        progress(done, total, text)

    def linked(self, kind: str, change: str, records: Sequence[int], rows: Sequence[int]) -> None:
        """Keep the origin of records in portions."""
        for start in range(0, len(records), PORTION):
            part = list(records[start : start + PORTION])
            self.links.append(
                ImportLink(
                    source=self.row,
                    kind=kind,
                    change=change,
                    first=min(part),
                    last=max(part),
                    records=part,
                    rows=list(rows[start : start + PORTION]),
                )
            )

    def write(self) -> None:
        """Write what was collected in place of what an earlier check had found."""
        self.row.seal_key = key_current()
        problems = ImportRow.objects.unscoped("the own problems of the import at work")
        problems.filter(source=self.row).delete()
        problems.bulk_create(self.problems, batch_size=5000)
        ImportLink.objects.unscoped("the own links of the import at work").bulk_create(self.links)


def layout_of(row: Import) -> dict[str, tuple[Place, ...]]:
    """Return the source columns of every code, in their order."""
    layout: dict[str, tuple[Place, ...]] = {}
    for position, code in sorted(row.columns.items(), key=lambda item: int(item[0])):
        place = Place(int(position), row.headers[int(position)])
        layout[code] = (*layout.get(code, ()), place)
    return layout
