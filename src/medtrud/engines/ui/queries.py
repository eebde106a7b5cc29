"""Pages of long lists: by the key of the last row, never by OFFSET; counts stop at a limit."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.core.exceptions import EmptyResultSet, ValidationError
from django.db import DataError, connection
from django.db.models import BooleanField, Case, F, Field, Func, Q, QuerySet, Value, When

from medtrud.kernel.errors import NotFound

Row = TypeVar("Row")

BAD_CURSOR = "Адрес страницы списка устарел или повреждён. Откройте список с начала."
SIZE = 50
LIMIT = 10_000
SAMPLE = 2  # times the limit


@dataclass(frozen=True)
class Page(Generic[Row]):
    """A page of a long list; next and prev are opaque and go into the address, "" where there is none."""

    rows: list[Row]
    next: str
    prev: str


def keyset(queryset: QuerySet[Any], *, order: Sequence[str], after: str = "", size: int = 50) -> Page[Any]:
    """Return the page of a list that begins after a cursor; page 1000 costs as much as page 1.

    `order` names columns as order_by does ("-signed_on", "person__name_rank"); the key is added last.
    Empty values end a rising column and begin a falling one, as an index has them.
    """
    columns = [_Column.of(queryset, name) for name in (*order, "pk")]
    falling = columns[0].falling
    if len({column.falling for column in columns[:-1]}) == 1:
        columns[-1] = replace(columns[-1], falling=falling)
    back, values = _decode(after, columns)
    if back:
        columns = [replace(column, falling=not column.falling) for column in columns]
    rows = queryset.order_by(*(("-" if column.falling else "") + column.name for column in columns))
    if values:
        rows = rows.filter(_beyond(columns, values))
    try:
        found = list(rows[: size + 1])
    except DataError as error:  # a cursor made by hand: a number beyond the range of the column
        raise NotFound(BAD_CURSOR) from error
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], "", "")
    first, last = _encode(columns, found[0], back=True), _encode(columns, found[-1], back=False)
    return Page(found, last if more or back else "", first if (more if back else bool(values)) else "")


@dataclass(frozen=True)
class _Column:
    """One column of the order."""

    name: str
    falling: bool
    nullable: bool
    field: "Field[Any, Any]"

    @classmethod
    def of(cls, queryset: QuerySet[Any], name: str) -> "_Column":
        path = name.removeprefix("-")
        found = F(path).resolve_expression(queryset.query.chain())
        target = getattr(found, "target", None)
        nullable = path != "pk" and (target is None or target.null or "__" in path)
        return cls(path, name.startswith("-"), nullable, found.output_field)

    def value(self, stored: object) -> Value:
        return Value(stored, output_field=self.field)

    def of_row(self, row: Any) -> object:
        if isinstance(row, dict):
            return row[self.name]
        for part in self.name.split("__"):
            row = None if row is None else getattr(row, part)
        return row


class _RowBeyond(Func):
    """(a, b) > (x, y): PostgreSQL answers it from one b-tree."""

    output_field = BooleanField()

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        parts = [compiler.compile(part) for part in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        return f"({left}) {self.extra['sign']} ({right})", [value for _, values in parts for value in values]


def _beyond(columns: list[_Column], values: list[object]) -> Q | _RowBeyond:
    """Say which rows stand behind the one with these values."""
    if not any(column.nullable for column in columns) and len({column.falling for column in columns}) == 1:
        right = [column.value(value) for column, value in zip(columns, values, strict=True)]
        sign = "<" if columns[0].falling else ">"
        return _RowBeyond(*(F(column.name) for column in columns), *right, sign=sign)
    condition, same = Q(), Q()
    for column, value in zip(columns, values, strict=True):
        condition |= same & _behind(column, value)
        same &= Q(
            **({f"{column.name}__isnull": True} if value is None else {column.name: column.value(value)})
        )
    return condition


def _behind(column: _Column, value: object) -> Q:
    """Say what stands behind a value in one column; an empty value is the greatest."""
    if value is None:
        return Q(**{f"{column.name}__isnull": False}) if column.falling else Q(pk__in=[])
    sign = "lt" if column.falling else "gt"
    behind = Q(**{f"{column.name}__{sign}": column.value(value)})
    return (
        behind | Q(**{f"{column.name}__isnull": True}) if column.nullable and not column.falling else behind
    )


def _encode(columns: list[_Column], row: object, *, back: bool) -> str:
    text = json.dumps([back, *(column.of_row(row) for column in columns)], default=str, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, columns: list[_Column]) -> tuple[bool, list[object]]:
    """Read a cursor of ours; one that somebody has cut or changed opens nothing."""
    if not cursor:
        return False, []
    try:
        back, *values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        for column, value in zip(columns, values, strict=True):
            column.field.get_prep_value(value)
    except (ValueError, TypeError, ValidationError) as error:
        raise NotFound(BAD_CURSOR) from error
    return back is True, values


@dataclass(frozen=True)
class Sample:
    """The beginning of a list in its order, and the condition of each list that is counted beside it.

    A word that many rows hold is looked up once, not once for every tab that is full of it.
    """

    rows: QuerySet[Any]
    wheres: Sequence[Q]

    def sql(self, limit: int) -> tuple[str, Sequence[Any]]:
        """Return the statement that counts the conditions in the sample; "" when it has no rows."""
        hits = {
            f"hit{place}": Case(When(where, then=Value(1))) if where else Value(1)
            for place, where in enumerate(self.wheres)
        }
        rows = self.rows.annotate(**hits).values(*hits)[: SAMPLE * (limit + 1)]
        try:
            sql, params = rows.query.sql_with_params()
        except EmptyResultSet:
            return "", ()
        said = ", ".join(f"count({name}) AS {name}" for name in hits)
        return f"WITH seen AS MATERIALIZED (SELECT {said} FROM ({sql}) AS looked)", params  # noqa: S608 - ours


def counts(
    querysets: Sequence[QuerySet[Any]], *, limit: int = LIMIT, sample: Sample | None = None
) -> list[int]:
    """Count several lists in one statement; nobody needs to know whether there are 300 000 or 300 001.

    A list longer than the limit answers limit + 1. An order is kept: it may name the index to count by.
    A list that the sample of a great table already shows to be longer is not looked at by itself.
    """
    parts: list[str] = []
    params: list[Any] = []
    looked, values = sample.sql(limit) if sample and limit < LIMIT else ("", ())
    params.extend(values)
    for place, queryset in enumerate(querysets):
        try:
            sql, values = queryset.values("pk")[: limit + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        part = f"(SELECT count(*) FROM ({sql}) AS part)"  # noqa: S608 - compiled by Django
        if looked:
            part = f"CASE WHEN hit{place} > {limit} THEN {limit + 1} ELSE {part} END"
        parts.append(part)
        params.extend(values)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"{looked} SELECT {', '.join(parts)} {'FROM seen' if looked else ''}", params)
        return list(cursor.fetchone())


def tables() -> QuerySet[Any]:
    """Return the tables of the product: rows that exist everywhere, for the kit."""
    return apps.get_model("contenttypes", "ContentType").objects.all()
