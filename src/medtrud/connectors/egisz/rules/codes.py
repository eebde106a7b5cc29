"""Codes against the books and the versions a document names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from medtrud.registries.reference.types import Passport, Table

from ..drivers.xml import line_of, path_of
from ..types.findings import CODES, Finding, Severity
from ..types.semd import BY_KEY, OID
from .steps import step_for

FEDERAL = re.compile(re.escape(OID) + r"(11|99\.2)\.\d+")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Edition:
    """A book of one version: the code as documents write it, and the title."""

    oid: str
    version: str
    title: str
    rows: Mapping[str, str]


@dataclass(frozen=True)
class Books:
    """The editions at hand, by book and version."""

    editions: Mapping[tuple[str, str], Edition] = field(default_factory=dict)

    def versions(self, oid: str) -> list[str]:
        """Return the versions of a book that are at hand."""
        return sorted(version for known, version in self.editions if known == oid)


def edition_of(passport: Passport, rows: Iterable[Mapping[str, str]]) -> Edition:
    """Return a book of one version as documents write it."""
    columns = passport.columns
    code = columns.key if passport.oid in BY_KEY else columns.code
    found = {row[code]: row.get(columns.title, "") for row in rows if row.get(code)}
    return Edition(passport.oid, passport.version, passport.title, found)


def books_from(tables: Iterable[tuple[Passport, Table]]) -> Books:
    """Return the editions of federal books among those the product brings with it."""
    editions = (edition_of(passport, table.rows) for passport, table in tables if passport.oid)
    return Books({(edition.oid, edition.version): edition for edition in editions})


def codes_check(tree: etree._ElementTree, books: Books) -> Iterator[Finding]:
    """Yield codes that the named version of the named book does not have, or calls otherwise."""
    missing: set[tuple[str, str]] = set()
    for element in tree.iter(etree.Element):
        oid, code = element.get("codeSystem", ""), element.get("code")
        if code is None or not oid:
            continue
        version = element.get("codeSystemVersion", "")
        edition = books.editions.get((oid, version))
        if edition is not None:
            yield from _row(element, edition, code)
        elif (oid, version) not in missing:
            missing.add((oid, version))
            yield _unknown(element, books, oid, version)


def _row(element: etree._Element, edition: Edition, code: str) -> Iterator[Finding]:
    title = edition.rows.get(code)
    shown = element.get("displayName", "")
    book = f"«{edition.title}» ({edition.oid}, версия {edition.version})"
    if title is None:
        yield _finding(element, "code:unknown", f"Кода «{code}» нет в справочнике {book}.")
    elif _same(title) != _same(shown):
        text = f"Код «{code}» в справочнике {book} называется «{title}», а в документе — «{shown}»."
        yield _finding(element, "code:title", text)


def _unknown(element: etree._Element, books: Books, oid: str, version: str) -> Finding:
    known = books.versions(oid)
    if known:
        text = f"Версии «{version}» справочника {oid} нет, загружены: {', '.join(known)}. Сверить нечем."
        return _finding(element, "code:version", text, Severity.NOTE)
    if FEDERAL.fullmatch(oid):
        return _finding(element, "code:book", f"Справочник {oid} не загружен. Сверить нечем.", Severity.NOTE)
    return _finding(element, "code:oid", f"«{oid}» — не справочник НСИ Минздрава России.")


def _finding(element: etree._Element, rule: str, text: str, severity: Severity = Severity.ERROR) -> Finding:
    path = path_of(element)
    step = (
        step_for(path)
        if severity is Severity.ERROR
        else "Загрузите эту версию: «Справочники», книга, «Загрузить»."
    )
    return Finding(CODES, rule, line_of(element), path, text, step, severity)


def _same(text: str) -> str:
    return SPACES.sub(" ", text).strip()
