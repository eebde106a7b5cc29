"""Imports, their problems, the origin of records."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.signing.public import unseal
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound

from ..models import Import, ImportLink, ImportRow, Limit
from ..models import Mapping as MappingRow
from ..rules import LIMITS
from ..types import Level, Limits, Origin, State

MEGABYTE = 1024 * 1024


def imports(actor: Actor) -> QuerySet[Import]:
    """Return the imports of the organisation, the newest first."""
    return Import.objects.visible_to(actor).order_by("-id")


def import_of(actor: Actor, uid: UUID) -> Import:
    """Return one import."""
    return find(Import, actor, uid)


def import_locked(actor: Actor, uid: UUID) -> Import:
    """Return one import that nobody else changes until the transaction ends."""
    row: Import | None = (
        Import.objects.visible_to(actor).select_for_update(of=("self",)).filter(uid=uid).first()
    )
    if row is None:
        raise NotFound("Загрузка не найдена. Возможно, она относится к другой организации.")
    return row


def limits(on: dt.date) -> Limits:
    """Return what the operator allows on a day."""
    rows = Limit.objects.unscoped("limits are the same for everybody").filter(since__lte=on).order_by("since")
    values = {code: shipped.values["value"] for code, shipped in LIMITS.on(on).items()}
    for row in rows:
        values[row.code] = row.value or LIMITS.on(on)[row.code].values["value"]
    return Limits(values["megabytes"] * MEGABYTE, values["unpacked"] * MEGABYTE, values["rows"])


@dataclass(frozen=True)
class LimitLine:
    """One limit as the operator reads it."""

    code: str
    title: str
    shipped: int
    value: int
    rows: tuple[Limit, ...]


def limit_lines(on: dt.date) -> list[LimitLine]:
    """Return every limit with the rows that change it."""
    rows = list(Limit.objects.unscoped("limits are the same for everybody").order_by("since"))
    lines = []
    for code, shipped in LIMITS.on(on).items():
        own = tuple(row for row in rows if row.code == code)
        last = next((row for row in reversed(own) if row.since <= on), None)
        given = shipped.values["value"]
        lines.append(LimitLine(code, shipped.values["title"], given, (last and last.value) or given, own))
    return lines


def limit_line(code: str, on: dt.date) -> LimitLine:
    """Return one of them."""
    line = next((line for line in limit_lines(on) if line.code == code), None)
    if line is None:
        raise NotFound("Такого предела нет. Откройте список пределов загрузки.")
    return line


def memory(target: str, organization: int | None) -> Mapping[str, str]:
    """Return how the organisation's headers were read last time."""
    if organization is None:
        return {}
    rows = MappingRow.objects.unscoped("the actor's own organisation").filter(
        target=target, organization=organization
    )
    return dict(rows.values_list("header", "column"))


def earlier_copy(actor: Actor, target: str, digest: str) -> Import | None:
    """Return the last committed import of this target when it was this very file."""
    rows = imports(actor).filter(target=target, state=State.COMMITTED)
    last = rows.order_by("-committed_at").first()
    return last if last is not None and last.digest == digest else None


def problems(actor: Actor, row: Import, *, level: str = "", column: str = "") -> QuerySet[ImportRow]:
    """Return what is wrong in the rows, in their order."""
    rows = ImportRow.objects.visible_to(actor).filter(source=row)
    if level:
        rows = rows.filter(level=level)
    return rows.filter(column=column) if column else rows


def problems_where(level: Level) -> Q:
    """Return the condition of a tab."""
    return Q(level=level)


def problem_text(row: Import, problem: ImportRow) -> str:
    """Open the sealed text of a problem."""
    return unseal(bytes(problem.text), row.uid.bytes, row.seal_key).decode()


def bad_numbers(row: Import) -> dict[int, list[str]]:
    """Return the rows with errors and the reasons of each."""
    found: dict[int, list[str]] = {}
    rows = ImportRow.objects.unscoped("the import was opened for its owner").filter(
        source=row, level=Level.ERROR
    )
    for problem in rows.order_by("number", "id").iterator(chunk_size=5000):
        found.setdefault(problem.number, []).append(problem_text(row, problem))
    return found


def samples_of(row: Import) -> list[list[str]]:
    """Return a few values of every column, by position."""
    if not row.sample:
        return []
    values: list[list[str]] = json.loads(unseal(bytes(row.sample), row.uid.bytes, row.seal_key))
    return values


def linked_records(row: Import, kind: str, change: str) -> Iterator[int]:
    """Return the records an import made or changed."""
    links = ImportLink.objects.unscoped("the import is undone as a whole").filter(
        source=row, kind=kind, change=change
    )
    for first, last in links.order_by("id").values_list("first", "last").iterator():
        yield from range(first, last + 1)


def origin_of(kind: str, record: int) -> list[Origin]:
    """Return the files, sheets and rows a record came from, the latest last."""
    links = ImportLink.objects.unscoped("the record itself was opened by its own rule").filter(
        kind=kind,
        first__lte=record,
        last__gte=record,
        source__state=State.COMMITTED,
    )
    found = []
    for link in links.select_related("source").order_by("source__committed_at", "id"):
        made = link.source
        row = link.row + record - link.first
        found.append(Origin(made.uid, made.file_name, made.sheet, row, made.committed_at or made.uploaded_at))
    return found
