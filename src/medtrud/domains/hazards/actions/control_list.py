"""Taking a programme of production control in from a table: new lines, changed ones, and taking them back."""

import datetime as dt
from dataclasses import replace
from typing import NamedTuple

from medtrud.engines.exchange.types import Cell, Outcome, Source, Taken, Unreadable, date_of, plain, whole
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep_many
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..models import ControlLine
from ..queries.control import control_lines
from ..rules.control_columns import period_of
from ..rules.protocol_columns import factor_said
from ..types.control import ControlLineIn
from .control import end_line, line_row, months_checked
from .places_named import PlacesNamed

RECORDS, MADE, ENDED = "hazards.ControlLine", "made", "ended"
TEXTS = {"substance": "Вещество или показатель", "method": "Методика измерений", "basis": "Основание"}
COMPARED = ("period_months", "method", "basis")
LONG = 300  # characters, as the columns of the line
Key = tuple[int, str, str]


class _New(NamedTuple):
    """A line of the file to write, and the one it takes the place of."""

    number: int
    line: ControlLineIn
    since: dt.date
    before: ControlLine | None


class _Plan(NamedTuple):
    rows: list[_New]
    same: int
    bad: int


def control_lines_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a table would bring."""
    return _outcome(_plan(actor, source))


@action
def control_lines_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the new lines of a table; a changed one takes the place of the line before it."""
    plan = _plan(actor, source)
    replaced = [(new.before, new) for new in plan.rows if new.before]
    for before, new in replaced:
        end_line(actor, before, new.since)
    made = [line_row(_employer(source), new.line, new.since) for new in plan.rows]
    for row, new in zip(made, plan.rows, strict=True):
        row.source_import, row.source_sheet, row.source_row = source.uid, source.sheet, new.number
    keep_many(made)
    source.linked(RECORDS, MADE, [row.pk for row in made], [new.number for new in plan.rows])
    source.linked(RECORDS, ENDED, [row.pk for row, _ in replaced], [new.number for _, new in replaced])
    record(actor, "hazards.control_lines_import", source.uid, new=len(made) - len(replaced),
           changed=len(replaced))  # fmt: skip
    return _outcome(plan)


@action
def control_lines_undo(actor: Actor, *, taken: Taken) -> None:
    """Take the lines of a table back; those they took the place of go on."""
    rows = ControlLine.objects.visible_to(actor).select_related("workplace")
    made = rows.filter(pk__in=list(taken.links(RECORDS, MADE)))
    changed = made.filter(until__isnull=False).first()
    if changed:
        raise Refused(
            f"Строку программы «{changed.workplace}, {changed}» после загрузки уже изменили. "
            "Отменить весь файл нельзя: исправьте оставшиеся строки по одной."
        )
    count, _ = made.delete()
    rows.filter(pk__in=list(taken.links(RECORDS, ENDED))).update(until=None)
    record(actor, "hazards.control_lines_undo", taken.uid, count=count)


def _plan(actor: Actor, source: Source) -> _Plan:
    employer = _employer(source)
    places = PlacesNamed(actor, employer, closed=False)
    known = {_key(row.workplace_id, row.code, row.substance): row
             for row in control_lines(actor, employer=employer)}  # fmt: skip
    rows: list[_New] = []
    seen: dict[Key, int] = {}
    same = bad = 0
    for number, cells in source.rows():
        said = {code: cells[at[0].index] for code, at in source.layout.items() if at[0].index < len(cells)}
        try:
            told = _read(said, places, source, number)
            new = _beside(told, known.get(_once(told, seen)), said)
        except (Refused, Unreadable) as wrong:
            source.problem(number, getattr(wrong, "text", str(wrong)))
            bad += 1
            continue
        if new is None:
            same += 1
        else:
            rows.append(new)
    return _Plan(rows, same, bad)


def _read(said: dict[str, Cell], places: PlacesNamed, source: Source, number: int) -> _New:
    since = date_of(said.get("since", ""), source.on) or source.on
    factor = whole(said.get("code", ""))
    if not factor:
        raise Unreadable("Не указан фактор. Впишите код приказа № 29н, например 4.4.")
    texts = {name: plain(said.get(name, "")) for name in TEXTS}
    for name, text in texts.items():
        if len(text) > LONG:
            raise Unreadable(f"{TEXTS[name]}: длиннее {LONG} знаков. Сократите текст.")
    line = ControlLineIn(
        workplace=places.find(whole(said.get("workplace", ""))),
        code=factor_said(factor, since).code,
        period_months=months_checked(period_of(whole(said.get("period", "")))),
        **texts,
    )
    return _New(number, line, since, None)


def _once(new: _New, seen: dict[Key, int]) -> Key:
    """Return by what a line is known, or refuse it if the table has told it already."""
    key = _key(new.line.workplace, new.line.code, new.line.substance)
    if key in seen:
        raise Refused(f"Этот фактор рабочего места уже стоит в строке {seen[key]}. Уберите повтор.")
    seen[key] = new.number
    return key


def _beside(new: _New, before: ControlLine | None, said: dict[str, Cell]) -> _New | None:
    """Put a line beside the one that goes on; None if it says nothing new.

    What the table has no column for, or leaves empty, goes on as it was.
    """
    if before is None:
        return new
    kept = {name: getattr(before, name) for name in TEXTS if not plain(said.get(name, ""))}
    line = replace(new.line, **kept)
    if all(getattr(before, name) == getattr(line, name) for name in COMPARED):
        return None
    if new.since <= before.since:
        raise Refused(
            f"Строка программы об этом факторе действует с {before.since:%d.%m.%Y}. "
            "Укажите в столбце «Действует с» более поздний день или исправьте строку на экране."
        )
    return new._replace(line=line, before=before)


def _key(workplace: int, code: str, substance: str) -> Key:
    return workplace, code, sort_key(substance)


def _employer(source: Source) -> int:
    if source.organization is None:
        raise Refused(
            "Программу контроля загружают на рабочем месте работодателя. Перейдите на него и повторите."
        )
    return source.organization


def _outcome(plan: _Plan) -> Outcome:
    changed = sum(new.before is not None for new in plan.rows)
    return Outcome(new=len(plan.rows) - changed, changed=changed, unchanged=plan.same, bad=plan.bad)
