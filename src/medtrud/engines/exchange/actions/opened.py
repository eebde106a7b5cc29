"""An opened file with its layout, as a target sees it."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple
from uuid import UUID

from medtrud.engines.background.public import progress
from medtrud.engines.journal.public import journal_reached, journal_touched
from medtrud.engines.signing.public import key_current, seal

from ..drivers import Downwards, Sheet
from ..models import Import, ImportLink, ImportRow
from ..types import Cell, Level, Place

SHOWN = 100_000  # problems kept for one file


class Kept(NamedTuple):
    """What a check worked out, for the commit that usually follows at once."""

    stamp: str
    value: Any
    modules: tuple[str, ...]
    reached: int  # the last line of the journal before the check read anything


_kept: dict[str, Kept] = {}  # one at a time: a list of 100 000 rows takes a hundred megabytes


class Opened:
    """The rows of one sheet; collects problems and links until they are written."""

    def __init__(self, row: Import, opener: Callable[[], Sheet]) -> None:
        """Lay the columns out; the file is read when somebody asks for its rows."""
        self.row, self.opener, self.sheet = row, opener, row.sheet
        self.uid: UUID = row.uid
        self.organization: int | None = row.organization
        self.options: Mapping[str, str] = row.options
        self.on: dt.date = row.on
        self.layout: Mapping[str, tuple[Place, ...]] = layout_of(row)
        self.errors: set[int] = set()
        self.warnings: set[int] = set()
        self.problems: list[ImportRow] = []
        self.links: list[ImportLink] = []
        self.reused = False
        self.reached = journal_reached()

    @cached_property
    def cells(self) -> Sheet:
        """Read the sheet."""
        return self.opener()

    @property
    def total(self) -> int:
        """Return the number of rows under the header."""
        return max(self.cells.height - self.row.header_row - self.row.header_lines + 1, 0)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield the rows under the header; a cell merged downwards counts for all its rows."""
        skip = self.row.header_row + self.row.header_lines - 1
        merged = Downwards(self.cells.merged, skip)
        fill = merged.fill if merged.starts else None
        for number, cells in enumerate(self.cells.rows(), 1):
            if number > skip and any(cells):
                yield number, fill(number, cells) if fill else cells
        del self.cells  # its memory is needed for what follows

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
        """Keep the origin of records: neighbours made from neighbouring rows are one line."""
        first = 0
        for index in range(1, len(records) + 1):
            if index == len(records) or (
                (records[index], rows[index]) != (records[index - 1] + 1, rows[index - 1] + 1)
            ):
                run = {"first": records[first], "last": records[index - 1], "row": rows[first]}
                self.links.append(ImportLink(source=self.row, kind=kind, change=change, **run))
                first = index

    def keep(self, value: object, *modules: str) -> None:
        """Keep what a check worked out until something in these modules is changed by anybody."""
        _kept.clear()
        _kept[self.stamp] = Kept(self.stamp, value, modules, self.reached)

    def kept(self) -> Any:
        """Return what the check kept, if it is this check and nothing has changed since; else None."""
        found = _kept.pop(self.row.counts.get("stamp", ""), None)
        if found is None or journal_touched(found.reached, *found.modules):
            return None
        self.reused = True
        return found.value

    @cached_property
    def stamp(self) -> str:
        """Name this very check."""
        return str(self.row.job)

    def write(self) -> None:
        """Write what was collected in place of what an earlier check had found."""
        ImportLink.objects.unscoped("the own links of the import at work").bulk_create(
            self.links, batch_size=5000
        )
        if self.reused:
            return
        self.row.seal_key = key_current()
        problems = ImportRow.objects.unscoped("the own problems of the import at work")
        problems.filter(source=self.row).delete()
        problems.bulk_create(self.problems, batch_size=5000)


def layout_of(row: Import) -> dict[str, tuple[Place, ...]]:
    """Return the source columns of every code, in their order."""
    layout: dict[str, tuple[Place, ...]] = {}
    for position, code in sorted(row.columns.items(), key=lambda item: int(item[0])):
        place = Place(int(position), row.headers[int(position)])
        layout[code] = (*layout.get(code, ()), place)
    return layout
