"""Many rows at once, for an import: found or opened, in one transaction, ids in the order of the rows."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.deletion import ProtectedError

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import SourcedModel, action, copy_rows
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..models import Division, Employment, Post, Workplace
from ..types import DivisionRow, PostRow, Source, WorkplaceRow
from .organizations import own

R = TypeVar("R")

SOURCE = ("source_import", "source_sheet", "source_row", "employer_id")


@action
def divisions_open_many(actor: Actor, *, employer: int, rows: Sequence[DivisionRow]) -> list[int]:
    """Find or open divisions by their paths, parents first."""
    own(actor, employer)
    open_rows = Division.objects.visible_to(actor).filter(employer=employer, until__isnull=True)
    known = {(above, key): pk for pk, above, key in open_rows.values_list("pk", "parent_id", "title_key")}
    reached: list[int | None] = [None] * len(rows)
    for depth in range(max((len(row.path) for row in rows), default=0)):
        missing: dict[tuple[int | None, str], DivisionRow] = {}
        for row, above in zip(rows, reached, strict=True):
            if len(row.path) > depth and (above, sort_key(row.path[depth])) not in known:
                missing.setdefault((above, sort_key(row.path[depth])), row)
        values = [
            (*_source(row.source, employer), above, _tidy(row.path[depth]), key, _path(row, depth), "")
            for (above, key), row in missing.items()
        ]
        ids = copy_rows(Division, (*SOURCE, "parent_id", "title", "title_key", "path", "code"), values)
        known.update(zip(missing, ids, strict=True))
        reached = [
            known[above, sort_key(row.path[depth])] if len(row.path) > depth else above
            for row, above in zip(rows, reached, strict=True)
        ]
    _journal(actor, "divisions_open_many", employer, rows)
    return [pk for pk in reached if pk is not None]


@action
def posts_open_many(actor: Actor, *, employer: int, rows: Sequence[PostRow]) -> list[int]:
    """Find or open posts by division and title."""
    own(actor, employer)
    open_rows = Post.objects.visible_to(actor).filter(employer=employer, until__isnull=True)
    known: dict[Hashable, int] = {
        (unit, key): pk for pk, unit, key in open_rows.values_list("pk", "division_id", "title_key")
    }
    keys = [(row.division, sort_key(row.title)) for row in rows]
    new = _first_of_each(keys, rows, known)
    values = [
        (*_source(row.source, employer), row.division, _tidy(row.title), key[1], row.code)
        for key, row in new.items()
    ]
    ids = copy_rows(Post, (*SOURCE, "division_id", "title", "title_key", "code"), values)
    known.update(zip(new, ids, strict=True))
    _journal(actor, "posts_open_many", employer, rows)
    return [known[key] for key in keys]


@action
def workplaces_open_many(actor: Actor, *, employer: int, rows: Sequence[WorkplaceRow]) -> list[int]:
    """Find or open workplaces by number, or without one by division, post and title."""
    own(actor, employer)
    open_rows = Workplace.objects.visible_to(actor).filter(employer=employer, until__isnull=True)
    known: dict[Hashable, int] = {
        number or (unit, post, key): pk
        for pk, number, unit, post, key in open_rows.values_list(
            "pk", "number", "division_id", "post_id", "title_key"
        )
    }
    keys = [row.number.strip() or (row.division, row.post, sort_key(row.title)) for row in rows]
    new = _first_of_each(keys, rows, known)
    values = [
        (
            *_source(row.source, employer),
            row.division,
            row.post,
            row.number.strip(),
            _tidy(row.title),
            sort_key(row.title),
        )
        for row in new.values()
    ]
    columns = (*SOURCE, "division_id", "post_id", "number", "title", "title_key")
    known.update(zip(new, copy_rows(Workplace, columns, values), strict=True))
    _journal(actor, "workplaces_open_many", employer, rows)
    return [known[key] for key in keys]


_derived: list[Callable[[list[int]], None]] = []


def derived_declare(forget: Callable[[list[int]], None]) -> None:
    """Let a module above say how its rows derived from jobs are forgotten when an import is taken back.

    Derived rows are computed again from others; they must not hold back what they were computed from.
    """
    _derived.append(forget)


@action
def import_undo(actor: Actor, *, file: UUID) -> dict[str, int]:
    """Take back what an import has opened, unless examinations or other records already lean on it.

    Jobs the import had ended by a transfer go on; divisions, posts and workplaces others use stay.
    """
    jobs = Employment.objects.visible_to(actor).filter(source_import=file)
    for employer in jobs.values_list("employer", flat=True).distinct().order_by():
        own(actor, employer)
    for forget in _derived:
        forget(list(jobs.values_list("pk", flat=True)))
    ended = list(jobs.filter(previous__isnull=False).values_list("previous", flat=True))
    counts = {"employments": _delete(jobs)}
    Employment.objects.visible_to(actor).filter(pk__in=ended).update(until=None, close_reason="")
    for name, rows in [
        ("workplaces", _unused(actor, Workplace, file)),
        ("posts", _unused(actor, Post, file)),
    ]:
        counts[name] = _delete(rows)
    counts["divisions"] = 0
    while deleted := _delete(_unused(actor, Division, file)):  # leaves first
        counts["divisions"] += deleted
    record(actor, "organizations.import_undo", file, **counts)
    return counts


def _unused(actor: Actor, model: type[SourcedModel], file: UUID) -> QuerySet[Any]:
    users: dict[type[SourcedModel], list[tuple[type[SourcedModel], str]]] = {
        Workplace: [(Employment, "workplace")],
        Post: [(Employment, "post"), (Workplace, "post")],
        Division: [
            (Employment, "division"),
            (Workplace, "division"),
            (Post, "division"),
            (Division, "parent"),
        ],
    }
    rows = model.objects.visible_to(actor).filter(source_import=file)
    for user, column in users[model]:
        using = user.objects.visible_to(actor).filter(**{column: OuterRef("pk")})
        rows = rows.filter(~Exists(using))
    return rows


def _delete(rows: QuerySet[Any]) -> int:
    try:
        return rows.delete()[0]
    except ProtectedError as error:
        raise Refused(
            "Загрузку нельзя отменить: по загруженным работникам уже есть осмотры или другие записи. "
            "Исправьте отдельные строки увольнением или переводом."
        ) from error


def _first_of_each(keys: Iterable[Hashable], rows: Iterable[R], known: dict[Hashable, int]) -> dict[Any, R]:
    new: dict[Any, R] = {}
    for key, row in zip(keys, rows, strict=True):
        if key not in known:
            new.setdefault(key, row)
    return new


def _journal(actor: Actor, action: str, employer: int, rows: Sequence[Any]) -> None:
    file = rows[0].source.file if rows else None
    record(actor, f"organizations.{action}", file, employer=employer, count=len(rows))


def _source(source: Source, employer: int) -> tuple[Any, ...]:
    return source.file, source.sheet, source.row, employer


def _tidy(title: str) -> str:
    return " ".join(title.split())


def _path(row: DivisionRow, depth: int) -> str:
    return " / ".join(_tidy(title) for title in row.path[: depth + 1])
