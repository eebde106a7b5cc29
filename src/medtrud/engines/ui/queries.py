"""Pages of long lists: by the key of the last row, never by OFFSET; counts stop at a limit."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from django.db.models import F, Model, Q, QuerySet

SIZE = 50
LIMIT = 10_000
NONE = Q(pk__isnull=True)

Order = Sequence[str]


@dataclass(frozen=True)
class KeysetPage:
    """Rows of one page, the tokens of its neighbours, and the number of its first row."""

    rows: list[Any]
    previous: str = ""
    next: str = ""
    start: int = 1

    @property
    def end(self) -> int:
        """Return the number of the last row."""
        return self.start + len(self.rows) - 1


def keyset(queryset: QuerySet[Any], *, order: Order, after: str = "", size: int = SIZE) -> KeysetPage:
    """Return one page in this order ("name", "-on"); `after` is a token of the page before or behind it.

    The primary key is added, so the order is always total. A null counts as the largest value,
    as PostgreSQL sorts it, so that an index on the columns serves. A spoilt token opens the first page.
    """
    if not {"pk", "id"} & {path.lstrip("-") for path in order}:
        order = [*order, "pk"]
    token = _read(after, len(order))
    try:
        return _page(queryset, order, token, size)
    except (ValidationError, ValueError, TypeError):
        return _page(queryset, order, None, size)


@dataclass(frozen=True)
class _Token:
    backwards: bool
    start: int
    values: list[Any]


def _page(queryset: QuerySet[Any], order: Order, token: _Token | None, size: int) -> KeysetPage:
    keys = {f"_key{i}": F(path.lstrip("-")) for i, path in enumerate(order)}
    backwards = token is not None and token.backwards
    signs = [("-" if path.startswith("-") != backwards else "") for path in order]
    rows = queryset.annotate(**keys).order_by(*(f"{s}{k}" for s, k in zip(signs, keys, strict=True)))
    if token:
        rows = rows.filter(_behind([f"{s}{k}" for s, k in zip(signs, keys, strict=True)], token.values))
    found = list(rows[: size + 1])
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    start = _start(token, len(found))
    if not found:
        return KeysetPage([], start=0)
    has_previous, has_next = (more, True) if backwards else (token is not None, more)
    return KeysetPage(
        found,
        previous=_write(_Token(True, start, _values(found[0], keys))) if has_previous else "",
        next=_write(_Token(False, start + len(found), _values(found[-1], keys))) if has_next else "",
        start=start,
    )


def _start(token: _Token | None, found: int) -> int:
    if token is None:
        return 1
    return max(1, token.start - found) if token.backwards else token.start


def _behind(keys: list[str], values: list[Any]) -> Q:
    """Return the rows behind these values: (a > x) or (a = x and b > y) or ..."""
    behind = NONE
    same = Q()
    for key, value in zip(keys, values, strict=True):
        name = key.lstrip("-")
        behind |= same & _beyond(name, value, down=key.startswith("-"))
        same &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return behind


def _beyond(name: str, value: Any, *, down: bool) -> Q:
    if value is None:
        return Q(**{f"{name}__isnull": False}) if down else NONE
    if down:
        return Q(**{f"{name}__lt": value})
    return Q(**{f"{name}__gt": value}) | Q(**{f"{name}__isnull": True})


def _values(row: Any, keys: dict[str, F]) -> list[Any]:
    return [getattr(row, key) if isinstance(row, Model) else row[key] for key in keys]


def _write(token: _Token) -> str:
    text = json.dumps([int(token.backwards), token.start, *token.values], cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(text: str, length: int) -> _Token | None:
    try:
        padded = text + "=" * (-len(text) % 4)
        backwards, start, *values = json.loads(base64.urlsafe_b64decode(padded))
        return _Token(bool(backwards), int(start), values) if len(values) == length else None
    except (binascii.Error, ValueError, TypeError):
        return None


def counts(querysets: Sequence[QuerySet[Any]], *, limit: int = LIMIT) -> list[int]:
    """Count several lists in one statement; nobody needs to know whether there are 300 000 or 300 001.

    A list longer than the limit answers limit + 1.
    """
    parts: list[str] = []
    params: list[Any] = []
    for queryset in querysets:
        try:
            sql, values = queryset.order_by().values("pk")[: limit + 1].query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
        else:
            parts.append(f"(SELECT count(*) FROM ({sql}) AS part)")
            params.extend(values)
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)  # noqa: S608 - compiled by Django
        return list(cursor.fetchone())


