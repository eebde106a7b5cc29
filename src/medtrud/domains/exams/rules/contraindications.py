"""Which items of приложение № 2 must be checked, and which a diagnosis meets."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from medtrud.domains.hazards.types import annex_on, code_key
from medtrud.kernel.law import Row

from ..types import Caution, ContraItem, Why
from .law import Tables, at
from .scope import Scope


class Span(NamedTuple):
    """A range of codes of the annex as the order prints it."""

    first: tuple[int, ...]
    last: tuple[int, ...]
    text: str

    def covers(self, key: tuple[int, ...]) -> bool:
        """Tell whether the code lies between the ends or is a sub-code of the last one."""
        return self.first <= key and (key <= self.last or key[: len(self.last)] == self.last)


class Contraindications:
    """The items of the edition, prepared by code of the annex and by letter."""

    def __init__(self, tables: Tables) -> None:
        """Expand the printed ranges over the annex."""
        self.tables, self.rows = tables, tables["contraindications"]
        annex = {code: code_key(code) for code in annex_on(tables.since)}
        self.by_code: dict[str, list[tuple[str, Why]]] = {code: [] for code in annex}
        self.by_marker: dict[str, list[str]] = {}
        self.cautions: list[Caution] = []
        self._bare: dict[str, ContraItem] = {}
        for item, row in self.rows.items():
            for column, number in (("factors", "4"), ("works", "5")):
                for span in spans(row.values[column] or ""):
                    self._expand(item, row, span, number, annex)
            for marker in row.values["markers"] or "":
                self.by_marker.setdefault(marker, []).append(item)

    def _expand(
        self, item: str, row: Row, span: Span, column: str, annex: dict[str, tuple[int, ...]]
    ) -> None:
        for end in {span.first, span.last} - set(annex.values()):
            code = ".".join(map(str, end))
            if len(end) > 1:
                text = (
                    f"Строка {item} перечня противопоказаний называет код {code}, которого в приложении нет."
                )
                self.cautions.append(Caution("CONTRA_CODE_MISSING", text, code))
        for code, key in annex.items():
            if span.covers(key):
                text = f"Код {code} входит в графу {column} строки {item} («{span.text}»)"
                why = Why(text, at(row.ref, column), code, column, rule="contraindication")
                if item not in (known for known, _ in self.by_code[code]):
                    self.by_code[code].append((item, why))

    def items(self, scopes: Iterable[Scope], sex: str, kind: str) -> tuple[ContraItem, ...]:
        """Return the items to check for these factors, by the order of приложение № 2."""
        found: dict[str, list[Why]] = {}
        for scope in scopes:
            for item, why in self.by_code[scope.code]:
                found.setdefault(item, []).append(why)
            for marker in scope.markers:
                for item in self.by_marker.get(marker, ()):
                    found.setdefault(item, []).append(self._marked(item, scope.code, marker))
        return tuple(
            self._item(item, found[item])
            for item in self.rows
            if item in found and self._concerns(item, sex, kind)
        )

    def _marked(self, item: str, code: str, marker: str) -> Why:
        text = f"Вещество по коду {code} несёт букву {marker}, названную в строке {item}"
        return Why(text, at(self.rows[item].ref, "4"), code, "4", marker=marker, rule="contraindication")

    def _concerns(self, item: str, sex: str, kind: str) -> bool:
        cell = self.rows[item].values
        return cell["sex"] in (None, sex) and (not cell["kinds"] or kind in cell["kinds"])

    def _item(self, item: str, reasons: list[Why]) -> ContraItem:
        bare = self._bare.get(item)
        if bare is None:
            cell = self.rows[item].values
            bare = self._bare[item] = ContraItem(
                item=item,
                name=cell["title"],
                icd_class=cell["icd_class"],
                icd10=cell["icd10"],
                questions=self.questions(item),
                decided_with=cell["decided_with"] or "",
                reasons=(),
                note=cell["note"] or "",
            )
        return bare._replace(reasons=tuple(reasons))

    def questions(self, item: str) -> tuple[str, ...]:
        """Return what the commission must answer before the item applies."""
        cell = self.rows[item].values
        heading = self.rows[cell["parent"]].values["title"] if cell["parent"] else ""
        head = re.split(r" Решение вопроса", heading)[0].rstrip(":")
        text = re.split(r" После лечения решение| Решение вопроса", cell["title"])[0].rstrip(":")
        name = f"{head}: {text}" if head else text
        return (f"Подтверждено ли состояние «{name}»?", *cell["questions"])


@cache
def spans(text: str) -> tuple[Span, ...]:
    """Read "1.1, 1.5 - 1.9, 2" into ranges of codes."""
    found = []
    for token in filter(None, (piece.strip() for piece in text.split(","))):
        first, _, last = token.partition(" - ")
        found.append(Span(code_key(first.strip()), code_key((last or first).strip()), token))
    return tuple(found)
