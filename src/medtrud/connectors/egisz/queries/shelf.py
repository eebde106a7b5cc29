"""Rows of reference books as documents write them, from the editions in force."""

import datetime as dt
from collections.abc import Collection
from functools import cache
from uuid import UUID

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.kernel.text import sort_key
from medtrud.registries.reference.public import (
    Edition,
    Item,
    books_shipped,
    code_search,
    codes_get,
    edition_on,
)
from medtrud.registries.reference.types import EditionState

from ..rules.codes import Books, books_from
from ..rules.codes import Edition as Known
from ..types.findings import Lack
from ..types.semd import BY_KEY, Coded

READER = Actor.job("a document writes the codes of public books")
NO_BOOK = Lack("справочник «{book}»", "Справочники: загрузите издание, которое действует на этот день.")


class Shelf:
    """Books of one day; what a book does not have becomes a lack, not an error."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self.lacks: list[Lack] = []
        self._editions: dict[str, Edition | None] = {}

    def rows(self, book: str, codes: Collection[str]) -> dict[str, Coded]:
        """Return the rows with these codes, by the code asked for."""
        edition = self._edition(book)
        found = codes_get(READER, book, codes, self.on) if edition and codes else {}
        return {code: coded(row, edition) for code, row in found.items()} if edition else {}

    def row(self, book: str, code: str, lack: Lack | None = None) -> Coded | None:
        """Return one row; without it the lack is noted."""
        found = self.rows(book, [code]).get(code)
        if found is None and lack:
            self.lacks.append(lack)
        return found

    def titled(self, book: str, title: str) -> Coded | None:
        """Return the row a text names exactly, whatever its letters and spaces."""
        edition = self._edition(book)
        if edition is None or not title.strip():
            return None
        try:
            found = code_search(READER, book, title, self.on, limit=50)
        except NotFound:
            return None
        match = next((row for row in found if sort_key(row.title) == sort_key(title)), None)
        return coded(match, edition) if match else None

    def titles(self, book: str) -> dict[str, Coded]:
        """Return the rows of a small book by their folded titles, in one query."""
        edition = self._edition(book)
        if edition is None:
            return {}
        rows = Item.objects.visible_to(READER).filter(edition=edition, actual=True)
        return {sort_key(row.title): coded(row, edition) for row in rows.defer("data", "search")}

    def named_in(self, book: str, text: str) -> Coded | None:
        """Return the one row whose whole title stands in a text; two are none."""
        edition = self._edition(book)
        if edition is None or not text.strip():
            return None
        shown = f" {sort_key(text)} "
        rows = Item.objects.visible_to(READER).filter(edition=edition)
        found = [row for row in rows if f" {sort_key(row.title)}" in shown]
        return coded(found[0], edition) if len(found) == 1 else None

    def _edition(self, book: str) -> Edition | None:
        if book not in self._editions:
            try:
                edition: Edition | None = edition_on(READER, book, self.on)
            except NotFound:
                edition = None
                self.lacks.append(Lack(NO_BOOK.what.format(book=book), NO_BOOK.where))
            self._editions[book] = edition
        return self._editions[book]


def coded(row: Item, edition: Edition) -> Coded:
    """Return a row of a book as documents write it."""
    book = edition.book
    return Coded(
        row.key if book.oid in BY_KEY else row.code, row.title, book.oid, edition.version, book.title
    )


@cache
def _shipped() -> Books:
    return books_from(books_shipped())


@cache
def _loaded(uid: UUID) -> Known:
    """Read an edition once: its rows never change."""
    row = Edition.objects.visible_to(READER).select_related("book").get(uid=uid)
    column = "key" if row.book.oid in BY_KEY else "code"
    rows = Item.objects.visible_to(READER).filter(edition=row).values_list(column, "title")
    return Known(row.book.oid, row.version, row.book.title, dict(rows))


def books_now() -> Books:
    """Return the books a document is checked against: those of the product and every edition loaded since."""
    known = _shipped().editions
    editions = Edition.objects.visible_to(READER).exclude(book__oid="").exclude(state=EditionState.RETIRED)
    listed = editions.values_list("uid", "book__oid", "version")
    fresh = [uid for uid, oid, version in listed if (oid, version) not in known]
    return Books({**known, **{(row.oid, row.version): row for row in map(_loaded, fresh)}})
