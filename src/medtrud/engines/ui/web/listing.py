"""The worklist: tabs with counts, search, filters, order, pages by key, marks and bulk actions.

A view declares it; the state is kept in the address; htmx asks for the table only.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict

from .. import queries
from . import cells
from .fields import DayField
from .page import Request, page

PLACE = ("after", "start")  # the cursor, and the number of the first row, only to be shown
Rows = QuerySet[Any]
Cell = Callable[[Any, Any], object]


@dataclass(frozen=True)
class Column:
    """One column. `cell(row, about)` draws it; `order` is the path it sorts by.

    role: what the cell is on a phone, where a row is a card:
    "title" the first line, "aside" beside it, "line" a line with its heading, "state" a mark below,
    "" the heading is left out, "wide" not shown on a phone.
    """

    code: str
    title: str
    cell: Cell
    order: str = ""
    role: str = "line"
    width: str = ""  # narrow, date, state, number, name, grow


@dataclass(frozen=True)
class Tab:
    """One state of the rows, with its number."""

    code: str
    title: str
    where: Q


@dataclass(frozen=True)
class Select:
    """A filter: one of several values; `path` is compared, or `where(value)` is asked."""

    code: str
    title: str  # what an empty choice says: "Все виды"
    choices: Sequence[tuple[Any, str]]
    path: str = ""
    where: Callable[[str], Q] | None = None

    def narrow(self, value: str) -> Q | None:
        """Return the condition of a value from the address; None for a value that is not offered."""
        if value not in {str(key) for key, _ in self.choices}:
            return None
        return self.where(value) if self.where else Q(**{self.path or self.code: value})


@dataclass(frozen=True)
class Days:
    """A filter: a day from and a day to, both counted in."""

    code: str
    title: str
    path: str

    def narrow(self, value: str, *, end: bool) -> Q | None:
        """Return the condition; None for something that is not a date."""
        try:
            on = DayField(label=self.title, required=False).clean(value)
        except forms.ValidationError:
            return None
        if on is None:
            return None
        after = on + dt.timedelta(days=on < dt.date.max)  # the last day of the calendar has no next one
        return Q(**{f"{self.path}__lt": after}) if end else Q(**{f"{self.path}__gte": on})


@dataclass(frozen=True)
class Day:
    """A day the list is shown for; the view reads it with `day_of`, it leaves no row out."""

    code: str
    title: str
    default: dt.date

    def day_of(self, request: Request) -> dt.date:
        """Return the day of the address, or the default for none and for something that is no date."""
        try:
            found: dt.date | None = DayField(label=self.title, required=False).clean(
                request.GET.get(self.code, "")
            )
        except forms.ValidationError:
            found = None
        return found or self.default


@dataclass(frozen=True)
class Search:
    """What the search field finds: narrow(rows, text) returns fewer rows."""

    title: str  # "ФИО или СНИЛС"
    narrow: Callable[[Rows, str], Rows]


@dataclass(frozen=True)
class Bulk:
    """An action over the marked rows: POST of `id` (uids) to the address."""

    title: str
    url: str
    icon: str = ""
    confirm: str = ""


@dataclass(frozen=True)
class Button:
    """A link in the head of the page; the first one is the main one."""

    title: str
    url: str
    icon: str = ""
    key: str = ""
    carry: bool = False  # the tab, the search and the filters go along: prints of what is shown


@dataclass(frozen=True)
class Worklist:
    """Everything a view may declare; see docs/ui.md."""

    columns: Sequence[Column]
    title: str = ""
    tabs: Sequence[Tab] = ()
    filters: Sequence[Select | Days | Day] = ()
    search: Search | None = None
    order: str = ""  # code of a column, "-" before it for descending
    bulk: Sequence[Bulk] = ()
    buttons: Sequence[Button] = ()
    noun: str = "строка,строки,строк"
    about: Callable[[list[Any]], Any] = lambda rows: None  # asked once per page: names and the like
    name: Callable[[Any], str] = str  # what a row's mark is called aloud
    mark: Callable[[Any], str] = lambda row: str(row.uid)
    empty: str = ""  # why there is nothing at all, and what to do
    totals: Callable[[Rows], dict[str, object]] | None = None  # cells of the last line by column, of all rows
    whole: str = "Все"  # the tab of all rows; "" leaves it out, the first tab opens
    code: str = "list"
    size: int = queries.SIZE
    most: int = queries.LIMIT  # rows are counted so far, further it is "more than"


@dataclass(frozen=True)
class Heading:
    """A column's head: its link and direction."""

    column: Column
    url: str = ""
    sorted: str = ""


@dataclass(frozen=True)
class Line:
    """A row as it is drawn."""

    mark: str
    name: str
    cells: list[tuple[Column, object]]


@dataclass(frozen=True)
class TabLink:
    """A tab as it is drawn."""

    title: str
    url: str
    count: str
    current: bool


@dataclass(frozen=True)
class FilterBox:
    """A filter as it is drawn."""

    filter: Select | Days | Day
    kind: str
    values: list[str]
    options: list[tuple[str, str, bool]]


class Listing:
    """One page of a worklist, ready for ui/list_body.html."""

    def __init__(self, request: Request, rows: Rows, declared: Worklist) -> None:
        self.declared, self.code, self.given, self.path = declared, declared.code, request.GET, request.path
        narrowed = self._searched(rows.filter(*self._narrowing()))
        tab = self._tab()
        self.shown = shown = narrowed.filter(tab.where) if tab else narrowed
        first = narrowed if declared.whole or not declared.tabs else narrowed.none()
        by, wheres = self._counted_by(), [tab.where for tab in declared.tabs]
        counted = [rows.order_by(*by) for rows in (first, *(narrowed.filter(where) for where in wheres))]
        sample = queries.Sample(shown.order_by(*by), [Q(), *wheres]) if self.text and wheres else None
        numbers = queries.counts(counted, limit=declared.most, sample=sample)
        total = numbers[1 + list(declared.tabs).index(tab)] if tab else numbers[0]
        self.total = number(total, declared.most)
        self.total_words = words(total, declared.noun, declared.most)
        self.tabs = self._tabs(tab, numbers)
        self.order = self._order()
        self.page = queries.keyset(
            shown, order=self._paths(), after=self.given.get("after", ""), size=declared.size
        )
        self.start = self._start()
        self.end = self.start + len(self.page.rows) - 1
        about = declared.about(self.page.rows) if self.page.rows else None
        self.lines = [self._line(row, about) for row in self.page.rows]
        self.totals = self._totals(shown)
        self.headings = [self._heading(column) for column in declared.columns]
        self.filters = [self._box(item) for item in declared.filters]

    @property
    def text(self) -> str:
        """Return what is searched for."""
        return self.given.get("q", "").strip()

    @property
    def narrowed(self) -> bool:
        """Tell whether anything but the whole list is shown."""
        return bool(set(self.given) - {"sort", *PLACE})

    @property
    def kept(self) -> list[tuple[str, str]]:
        """Return what the search form must not forget."""
        return [(name, self.given[name]) for name in ("tab", "sort") if self.given.get(name)]

    @property
    def previous_url(self) -> str:
        """Return the address of the page before."""
        start = max(1, self.start - self.declared.size)
        return self._url(after=self.page.prev, start=str(start)) if self.page.prev else ""

    @property
    def next_url(self) -> str:
        """Return the address of the page behind."""
        return self._url(after=self.page.next, start=str(self.end + 1)) if self.page.next else ""

    def _url(self, **changes: str) -> str:
        query: QueryDict = self.given.copy()
        for name in PLACE:
            query.pop(name, None)
        for name, value in changes.items():
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return f"{self.path}?{query.urlencode()}" if query else self.path

    def _start(self) -> int:
        """Return the number of the first row; the address carries it, because a cursor knows no numbers."""
        start = self.given.get("start", "")
        return int(start) if start.isdecimal() and self.given.get("after") else 1

    def _searched(self, rows: Rows) -> Rows:
        return self.declared.search.narrow(rows, self.text) if self.declared.search and self.text else rows

    def _narrowing(self) -> list[Q]:
        found: list[Q | None] = []
        for item in self.declared.filters:
            if isinstance(item, Select):
                found.append(item.narrow(self.given.get(item.code, "")))
            elif isinstance(item, Days):
                found += [
                    item.narrow(self.given.get(f"{item.code}_from", ""), end=False),
                    item.narrow(self.given.get(f"{item.code}_to", ""), end=True),
                ]
        return [condition for condition in found if condition is not None]

    def _tabs(self, chosen: Tab | None, numbers: list[int]) -> list[TabLink]:
        if not self.declared.tabs:
            return []
        links = [
            TabLink(tab.title, self._url(tab=tab.code), number(count, self.declared.most), tab is chosen)
            for tab, count in zip(self.declared.tabs, numbers[1:], strict=True)
        ]
        if self.declared.whole:
            every = TabLink(
                self.declared.whole, self._url(tab=""), number(numbers[0], self.declared.most), chosen is None
            )
            links.insert(0, every)
        return links

    def _tab(self) -> Tab | None:
        """Return the tab of the address, or the one that opens first."""
        tabs = self.declared.tabs
        first = tabs[0] if tabs and not self.declared.whole else None
        return next((tab for tab in tabs if tab.code == self.given.get("tab")), first)

    def _totals(self, rows: Rows) -> list[tuple[Column, object]]:
        if not self.declared.totals or not self.page.rows:
            return []
        known = self.declared.totals(rows)
        return [(column, known.get(column.code, "")) for column in self.declared.columns]

    def _order(self) -> str:
        """Return the order of the address when a column offers it, or the declared one."""
        asked = self.given.get("sort", "")
        known = {column.code for column in self.declared.columns if column.order}
        return asked if asked.lstrip("-") in known else self.declared.order

    def _paths(self) -> list[str]:
        return self._path(self.order)

    def _path(self, order: str) -> list[str]:
        sign = "-" if order.startswith("-") else ""
        for column in self.declared.columns:
            if column.order and column.code == order.lstrip("-"):
                return [sign + column.order]
        return [order] if order else []

    def _counted_by(self) -> list[str]:
        """Return the order in which a great table is counted: the declared one, which has its index.

        Without an order PostgreSQL may read the whole table for a thousand rows that are not there.
        """
        if self.declared.most == queries.LIMIT:
            return []
        paths = self._path(self.declared.order)
        return [*paths, "-pk" if paths and paths[0].startswith("-") else "pk"]

    def _heading(self, column: Column) -> Heading:
        if not column.order:
            return Heading(column)
        if self.order == column.code:
            return Heading(column, self._url(sort=f"-{column.code}"), "ascending")
        return Heading(
            column,
            self._url(sort=column.code),
            "descending" if self.order == f"-{column.code}" else "",
        )

    def _line(self, row: Any, about: Any) -> Line:
        drawn = [(column, column.cell(row, about)) for column in self.declared.columns]
        mark = self.declared.mark(row) if self.declared.bulk else ""
        return Line(mark, self.declared.name(row), drawn)

    def _box(self, item: Select | Days | Day) -> FilterBox:
        if isinstance(item, Days):
            ends = [self.given.get(f"{item.code}_{end}", "") for end in ("from", "to")]
            return FilterBox(item, "days", ends, [])
        chosen = self.given.get(item.code, "")
        if isinstance(item, Day):
            return FilterBox(item, "day", [chosen or f"{item.default:%d.%m.%Y}"], [])
        options = [(str(key), title, str(key) == chosen) for key, title in item.choices]
        return FilterBox(item, "select", [chosen], options)


def number(count: int, most: int = queries.LIMIT) -> str:
    """Write a count; above the limit only "more than"."""
    return cells.number(count) if count <= most else f"{cells.number(most)}+"


def words(count: int, noun: str, most: int = queries.LIMIT) -> str:
    """Write a count with its noun."""
    if count <= most:
        return cells.counted(count, noun)
    return f"более {cells.counted(most, noun)}"


def listing(
    request: Request,
    rows: Rows,
    *,
    template: str = "ui/list.html",
    extra: dict[str, Any] | None = None,
    **declared: Any,
) -> HttpResponse:
    """Answer with a worklist; the keys are those of Worklist. htmx gets the table only."""
    shown = Listing(request, rows, Worklist(**declared))
    asked = request.headers.get("HX-Target", "").rpartition("#")[2]
    if asked == shown.code:
        return page(request, "ui/list_body.html", listing=shown)
    return page(request, template, listing=shown, title=shown.declared.title, **(extra or {}))


def plain(path: str) -> Cell:
    """Draw an attribute of the row as it is, by a dotted path such as "post.title"."""
    names = path.split(".")

    def cell(row: Any, about: Any) -> object:
        for name in names:
            row = row[name] if isinstance(row, dict) else getattr(row, name, None)
        return row if row not in ("", None) else cells.DASH

    return cell
