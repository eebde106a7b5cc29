"""The list of cases of a year (номенклатура дел): drafted, approved, and then the year is closed by it."""

import datetime as dt
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep, keep_many, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import organization_of

from ..models import Case, CaseItem, Document, Heading, Inventory
from ..queries.archive import author, headings
from ..queries.terms import term_by
from ..types import DocumentState, kinds_on
from ..types.storage import HeadingIn, headings_on, keep_until

FINISHED = (DocumentState.SIGNED, DocumentState.KEPT)
Listed = Any  # a Document with `count` of its versions and their `bytes`
LARGEST = 1_900_000_000  # bytes of a case: with copies for reading it stays below the 4 GiB of one file


@action
def nomenclature_open(actor: Actor, *, year: int) -> list[Heading]:
    """Begin the list of cases of a year: as the year before, or as the product is delivered."""
    house = organization_of(actor).pk
    if headings(actor, year).exists():
        raise Refused(f"Номенклатура дел за {year} год уже составлена. Дополните её.")
    known = list(headings(actor, year - 1))
    lines = [
        HeadingIn(row.index, row.title, tuple(row.kinds), row.forever, row.years, row.basis) for row in known
    ] or [_termed(line, dt.date(year, 12, 31)) for line in headings_on(dt.date(year, 12, 31))]
    rows = [_heading(Heading(organization_id=house, year=year), line) for line in lines]
    keep_many(rows)
    journal.record(actor, "documents.nomenclature_open", None, year=year, lines=len(rows))
    return rows


def _termed(line: HeadingIn, day: dt.date) -> HeadingIn:
    """Take the term from the kinds where an act names it and all of them agree."""
    known = [kinds_on(day).get(code) for code in line.kinds]
    terms = {(kind.retention_years, kind.retention_basis) for kind in known if kind}
    years, basis = terms.pop() if len(terms) == 1 else (None, "")
    return HeadingIn(line.index, line.title, line.kinds, years=years, basis=basis)


def _heading(row: Heading, line: HeadingIn) -> Heading:
    row.index, row.title, row.kinds = line.index.strip(), line.title.strip(), list(line.kinds)
    row.forever, row.years, row.basis = line.forever, line.years, line.basis.strip()
    return row


@action
def heading_set(actor: Actor, *, year: int, line: HeadingIn, heading: UUID | None = None) -> Heading:
    """Add or correct a line of a list that is not approved yet."""
    row = (
        find(Heading, actor, heading) if heading else Heading(organization=organization_of(actor), year=year)
    )
    _draft(actor, row.year)
    line = _by_article(actor, row.year, line)
    if (line.forever or line.years is not None) and not line.basis.strip():
        raise Refused("Срок хранения указывают с основанием: назовите акт и статью перечня.")
    taken = headings(actor, row.year).exclude(pk=row.pk).filter(kinds__overlap=list(line.kinds)).first()
    if taken:
        raise Refused(f"Документы этого вида уже идут в дело {taken}. Один вид кладут в одно дело.")
    keep(_heading(row, line))
    journal.record(actor, "documents.heading_set", row, year=row.year, index=row.index)
    return row


def _by_article(actor: Actor, year: int, line: HeadingIn) -> HeadingIn:
    """Take the term from the article of the list, where the line names one."""
    article = line.article.strip()
    if not article:
        return line
    term = term_by(actor, article, dt.date(year, 12, 31))
    if (line.forever, line.years) not in {(False, None), (term.forever, term.years)}:
        raise Refused(
            f"По статье {article} хранить {term.text}, а в строке другой срок. Очистите срок или статью."
        )
    return replace(line, forever=term.forever, years=term.years, basis=term.basis)


@action
def heading_drop(actor: Actor, *, heading: UUID) -> int:
    """Take a line out of a draft; return its year."""
    row = find(Heading, actor, heading)
    _draft(actor, row.year)
    journal.record(actor, "documents.heading_drop", row, year=row.year, index=row.index)
    row.delete()
    return row.year


def _draft(actor: Actor, year: int) -> None:
    if headings(actor, year).filter(approved_on__isnull=False).exists():
        raise Refused(f"Номенклатура дел за {year} год утверждена и больше не меняется.")


@action
def nomenclature_approve(actor: Actor, *, year: int, on: dt.date) -> int:
    """Approve the list of a year; from now on it is not changed."""
    _draft(actor, year)
    count: int = headings(actor, year).update(approved_on=on)
    if not count:
        raise Refused(f"Номенклатуры дел за {year} год нет. Составьте её.")
    journal.record(actor, "documents.nomenclature_approve", None, year=year, on=on, lines=count)
    return count


@action
def year_close(actor: Actor, *, year: int, on: dt.date) -> Inventory:
    """Put the finished documents of a year into cases by the approved list, and make their inventory."""
    house = organization_of(actor).pk
    lines = list(headings(actor, year).filter(approved_on__isnull=False))
    if not lines:
        raise Refused(f"Номенклатура дел за {year} год не утверждена. Утвердите её и закройте год.")
    if on.year <= year:
        raise Refused(f"{year} год ещё не кончился. Закройте его с 1 января {year + 1} года.")
    documents = _finished(house, year)
    found = {line: documents.filter(kind__in=line.kinds) for line in lines}
    filled = [(line, rows) for line, rows in found.items() if rows.exists()]
    if not filled:
        raise Refused(f"За {year} год нет документов, которые ещё не лежат в делах. Закрывать нечего.")
    (number,) = numbers_take(f"documents:inventory:{house}", 0)
    inventory = Inventory(
        organization_id=house, year=year, number=number, closed_on=on, author_name=author(actor),
        title=f"Опись электронных дел за {year} год",
    )  # fmt: skip
    keep(inventory)
    volumes = [(line, number, part) for line, rows in filled for number, part in _volumes(line, rows)]
    for place, (line, number, part) in enumerate(volumes, 1):
        _case(inventory, line, part, place, number)
    journal.record(actor, "documents.year_close", inventory, year=year, cases=len(volumes))
    return inventory


def _finished(house: int, year: int) -> QuerySet[Document]:
    rows = Document.objects.unscoped("the house closes its year; a case tells no content")
    return rows.filter(organization=house, on__year=year, state__in=FINISHED, shelf__isnull=True)


def _volumes(line: Heading, rows: QuerySet[Document]) -> list[tuple[int, list[Listed]]]:
    """Put the documents of a case into volumes (тома) that are not too heavy; one volume has no number."""
    counted = rows.annotate(count=Count("versions"), bytes=Sum("versions__file__size"))
    parts: list[list[Listed]] = [[]]
    weight = 0
    for row in counted.select_related("registration").order_by("on", "registration__number", "pk"):
        size = row.bytes or 0
        if size > LARGEST:
            raise Refused(
                f"Документ «{row.title}» один больше 1,9 ГБ, и в дело «{line}» он не войдёт. "
                "Разделите его на части."
            )
        if parts[-1] and weight + size > LARGEST:
            parts.append([])
            weight = 0
        parts[-1].append(row)
        weight += size
    return list(enumerate(parts, 1)) if len(parts) > 1 else [(0, parts[0])]


def _case(inventory: Inventory, line: Heading, listed: list[Listed], place: int, volume: int) -> None:
    case = Case(
        organization_id=inventory.organization_id,
        heading=line,
        inventory=inventory,
        number=place,
        year=inventory.year,
        index=line.index,
        volume=volume,
        title=f"{line.title}, том {volume}" if volume else line.title,
        forever=line.forever,
        years=line.years,
        basis=line.basis,
        keep_until=None if line.forever or line.years is None else keep_until(inventory.year, line.years),
        since=listed[0].on,
        until=listed[-1].on,
        documents=len(listed),
        size=sum(row.bytes or 0 for row in listed),
    )
    keep(case)
    keep_many([_item(case, row, number) for number, row in enumerate(listed, 1)])


def _item(case: Case, row: Listed, number: int) -> CaseItem:
    registered = getattr(row, "registration", None)
    return CaseItem(
        case=case,
        organization_id=case.organization_id,
        document=row,
        person_id=row.person_id,
        number=number,
        index=registered.index if registered else "",
        title=row.title,
        title_key=sort_key(row.title),
        kind=row.kind,
        on=row.on,
        versions=row.count,
        size=row.bytes or 0,
    )
