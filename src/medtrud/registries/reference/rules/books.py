"""Comparison of editions and what somebody typed when he looked for a code; pure."""

import re
from collections.abc import Iterable, Mapping

from medtrud.kernel.text import sort_key

from ..types import Columns, Difference, Table

TRUE = {"1", "true", "да", "истина", "yes"}
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"^(\S*\d\S*|\w)$")  # "h83", or the first letter of a code
# A code is often typed with the Russian layout on: by the look of a letter, or by its key.
_LOOK = str.maketrans("авсекмнортхуі", "abcekmhoptxyi")
_KEY = str.maketrans("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm")


def difference(old: Table, new: Table, key: str) -> Difference:
    """Compare two editions of one book by the primary key; columns that came or went are told as well."""
    before, after = _by_key(old, key), _by_key(new, key)
    every = sorted({*old.columns, *new.columns})
    changed = {}
    for code, row in after.items():
        earlier = before.get(code)
        if earlier is not None and earlier != row:
            changed[code] = [column for column in every if earlier.get(column) != row.get(column)]
    return Difference(
        added=tuple(code for code in after if code not in before),
        removed=tuple(code for code in before if code not in after),
        changed=changed,
        fields_added=tuple(sorted(set(new.columns) - set(old.columns))),
        fields_removed=tuple(sorted(set(old.columns) - set(new.columns))),
    )


def _by_key(table: Table, key: str) -> dict[str, dict[str, str]]:
    return {row.get(key, ""): row for row in table.rows}


def repeated(values: Iterable[str]) -> list[str]:
    """Return the values that stand more than once."""
    seen: dict[str, int] = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    return [value for value, count in seen.items() if count > 1]


def is_actual(row: Mapping[str, str], columns: Columns) -> bool:
    """Tell whether the row is in use, by the column that says so."""
    if not columns.actual:
        return True
    if columns.actual.startswith("!"):
        return not row.get(columns.actual[1:])
    return row.get(columns.actual, "").casefold() in TRUE


def is_choosable(code: str, columns: Columns) -> bool:
    """Tell whether the code may be written into a document; headings may not."""
    return bool(code) and (not columns.pattern or re.fullmatch(columns.pattern, code) is not None)


def code_spellings(text: str) -> list[str]:
    """Return what may have been meant by the beginning of a code; nothing when words were typed."""
    typed = sort_key(text)
    if not _CODE.match(typed):
        return []
    return list(dict.fromkeys((typed, typed.translate(_LOOK), typed.translate(_KEY))))


def words_query(text: str) -> str:
    """Return the search expression of typed words: each is the beginning of some word."""
    return " & ".join(f"{word}:*" for word in _WORD.findall(sort_key(text)))
