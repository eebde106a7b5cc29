"""Changes of the commission, kept above the computed programme."""

import datetime as dt

from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LegalRef

from ..types import Change, Line, Programme, State, Why
from .law import BASIS, tables_on

POINT = "п. 28 Порядка"


def changed(programme: Programme, changes: tuple[Change, ...]) -> Programme:
    """Состав врачей и исследований определяет врачебная комиссия (п. 28): добавить или снять с причиной.

    Снятая строка остаётся видна: состояние «не требуется», причина записана.
    """
    for change in changes:
        programme = _changed(programme, change)
    return programme


def _changed(programme: Programme, change: Change) -> Programme:
    if not change.reason.strip():
        raise Refused(
            "Причина изменения программы не указана. Запишите её: без причины состав осмотра не меняется.",
            basis=f"{BASIS}, {POINT}",
        )
    tables = tables_on(programme.on)
    specialist = change.line in tables["specialists"]
    rows = tables["specialists" if specialist else "investigations"]
    if change.line not in rows:
        raise Refused(f"Строки «{change.line}» нет в перечне врачей и исследований. Выберите её из списка.")
    lines = programme.specialists if specialist else programme.tests
    why = _why(change, programme.on)
    if not any(line.code == change.line for line in lines):
        if not change.add:
            raise Refused(f"«{rows[change.line].values['title']}» в программу не входит: снимать нечего.")
        lines = (*lines, Line(change.line, rows[change.line].values["title"], (why,)))
    else:
        lines = tuple(_line(line, change, why) if line.code == change.line else line for line in lines)
    if specialist:
        return programme._replace(specialists=lines)
    return programme._replace(tests=lines)


def _line(line: Line, change: Change, why: Why) -> Line:
    reasons = (*line.reasons, why)
    if change.add:
        return line._replace(state=State.DUE, because="", reasons=reasons)
    return line._replace(state=State.NOT_DUE, because="commission", reasons=reasons)


def _why(change: Change, on: dt.date) -> Why:
    author = f" ({change.author})" if change.author else ""
    verb = "добавила" if change.add else "сняла"
    ref = LegalRef(BASIS[:1].upper() + BASIS[1:], POINT, "changes", change.line, on)
    return Why(f"Врачебная комиссия{author} {verb} строку: {change.reason}", ref, rule="commission")
