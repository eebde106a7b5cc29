"""What the worker does with an import: read and check, write, take back; each in one transaction."""

import json
from dataclasses import asdict, replace
from itertools import islice
from uuid import UUID

from django.db import connection

from medtrud.engines.journal.public import record
from medtrud.engines.signing.public import key_current, seal
from medtrud.engines.store.public import action, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..drivers import Book, Sheet
from ..models import Import
from ..queries import book_of, import_locked, linked_records, memory, target_of
from ..rules import Head, header_likely, recognise
from ..types import Guess, Outcome, State, Taken, Target, plain
from .opened import Opened

TOP = 80  # lines that are enough to recognise a sheet
SHEETS = 20
EXAMPLES = 5
RIVAL = 0.9  # another sheet that fits nearly as well: the person chooses
LOCK = 7_205_001  # first key of the advisory lock: one commit at a time per organisation


@action
def import_work(actor: Actor, *, uid: UUID, refused: str = "") -> Import:
    """Go on with an import from where it stands; `refused` tells why the last attempt came to nothing."""
    row = import_locked(actor, uid)
    target = target_of(actor, row.target)
    if refused:
        _stop(row, refused)
    elif row.state == State.CHECKING:
        _check(actor, row, target)
    elif row.state == State.COMMITTING:
        _commit(actor, row, target)
    elif row.state == State.UNDOING:
        _undo(actor, row, target)
    return row


def _stop(row: Import, text: str) -> None:
    back = {State.CHECKING: State.FAILED, State.COMMITTING: State.CHECKED, State.UNDOING: State.COMMITTED}
    row.state, row.message = back.get(State(row.state), row.state), text
    row.save()


def _check(actor: Actor, row: Import, target: Target) -> None:
    sheets = _sheets(actor, row, target)
    if not sheets or _unclear(row, target):
        row.state = State.MAPPING
        row.save()
        return
    opened = Opened(row, lambda: sheets.pop() if sheets else book_of(actor, row).sheet(row.sheet))
    outcome = target.check(actor, opened)
    opened.links = []
    _close(row, opened, outcome)
    row.state = State.CHECKED
    row.save()


def _sheets(actor: Actor, row: Import, target: Target) -> list[Sheet]:
    """Return the one sheet to be read, in a list: whoever takes it out is the last to hold it."""
    book = book_of(actor, row)
    row.sheets = list(book.names)
    sheet = book.sheet(row.sheet) if row.columns else _recognised(row, book, target)
    if sheet is None:
        return []
    row.sheet = sheet.name
    return [sheet]


def _commit(actor: Actor, row: Import, target: Target) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, (row.organization or 0) % 2**31])
        cursor.execute(
            "SET LOCAL work_mem = '64MB'"
        )  # what a long list adds is checked in memory, not in files
    opened = Opened(row, lambda: book_of(actor, row).sheet(row.sheet))
    outcome = target.commit(actor, opened)
    _close(row, opened, outcome)
    row.state, row.committed_at = State.COMMITTED, now()
    row.save()
    counts = {name: row.counts[name] for name in ("new", "changed", "unchanged", "bad")}
    record(actor, "exchange.import_commit", row, target=row.target, **counts)


def _undo(actor: Actor, row: Import, target: Target) -> None:
    if row.committed_at is None:
        raise Refused("Эта загрузка ещё ничего не записала. Отменять нечего.")
    taken = Taken(
        uid=row.uid,
        organization=row.organization,
        options=row.options,
        on=row.on,
        committed_at=row.committed_at,
        links=lambda kind, change: linked_records(row, kind, change),
    )
    target.undo(actor, taken)
    row.state, row.undone_at = State.UNDONE, now()
    row.save()
    record(actor, "exchange.import_undo", row, target=row.target)


def _close(row: Import, opened: Opened, outcome: Outcome) -> None:
    opened.write()
    bad, warned = len(opened.errors), len(opened.warnings - opened.errors)
    if opened.reused:
        bad, warned = row.counts["bad"], row.counts["warned"]
    row.counts = asdict(replace(outcome, bad=bad, warned=warned)) | {"stamp": opened.stamp}


def _recognised(row: Import, book: Book, target: Target) -> Sheet | None:
    """Find the sheet, its header and its columns; write the best reading into the import."""
    names = (row.sheet,) if row.sheet else book.names[:SHEETS]
    known = memory(row.target, row.organization)
    guesses: list[tuple[Guess, Sheet, Head]] = []
    filled: list[tuple[Head, Sheet]] = []
    for name in names:
        sheet = book.sheet(name)
        head = Head(name, list(islice(sheet.rows(), TOP)))
        if any(any(cells) for cells in head.rows):
            filled.append((head, sheet))
        guess = recognise(head, target.columns, known, at=row.header_row)
        if guess is not None:
            guesses.append((guess, sheet, head))
    if not filled:
        hidden = f" Скрытые листы не читаются: {', '.join(book.hidden)}." if book.hidden else ""
        raise Refused(
            f"В файле «{row.file_name}» нет ни одной заполненной строки.{hidden} "
            "Проверьте, тот ли файл выбран, и загрузите его снова."
        )
    if not guesses:
        head, sheet = filled[0]
        likely = recognise(head, target.columns, {}, at=header_likely(head) or 1)
        if likely is None:
            _unknown(row, book)
            return None
        guesses = [(likely, sheet, head)]
    guesses.sort(key=lambda item: (len(item[0].missing(target)), -item[0].score))
    guess, sheet, head = guesses[0]
    _take(row, guess, head)
    _saved(row, guess, head, sheet, target)
    row.message = _rivals([item[0] for item in guesses], target)
    return sheet


def _unknown(row: Import, book: Book) -> None:
    """Leave the choice to the person: nothing in the file is like a header."""
    row.sheet = row.sheet or book.names[0]
    row.message = (
        "Не удалось найти строку с названиями столбцов. Укажите её номер; "
        "если названий в файле нет, впишите их первой строкой и загрузите файл снова."
    )


def _take(row: Import, guess: Guess, head: Head) -> None:
    start = guess.header_row + guess.header_lines - 1
    if not any(any(cells) for cells in head.rows[start:]):
        raise Refused(
            f"На листе «{guess.sheet}» под строкой заголовков ({guess.header_row}) нет ни одной строки. "
            "Внесите список под заголовками и загрузите файл снова."
        )
    row.sheet, row.header_row, row.header_lines = guess.sheet, guess.header_row, guess.header_lines
    row.headers = list(guess.headers)
    row.columns = {str(position): code for position, code in guess.columns.items()}
    row.unsure = sorted(set(guess.columns) - guess.sure)
    rows = [cells for cells in head.rows[start:] if any(cells)][:EXAMPLES]
    width = range(len(guess.headers))
    values = [[plain(cells[i]) for cells in rows if i < len(cells) and cells[i] != ""] for i in width]
    row.sample = seal(json.dumps(values, ensure_ascii=False).encode(), row.uid.bytes)
    row.seal_key = key_current()


def _saved(row: Import, guess: Guess, head: Head, sheet: Sheet, target: Target) -> None:
    """Refuse a needed column of formulas whose values were never saved: every reader sees it empty."""
    needed = {column.code: column.title for column in target.columns if column.required}
    start = guess.header_row + guess.header_lines - 1
    rows = range(start, len(head.rows))
    for position, code in guess.columns.items():
        cells = [head.rows[number][position] for number in rows if position < len(head.rows[number])]
        if code not in needed or any(cell != "" for cell in cells):
            continue
        if not sheet.unsaved().isdisjoint((number, position) for number in rows):
            raise Refused(
                f"В столбце «{needed[code]}» стоят формулы без сохранённых значений. Откройте файл "
                f"«{row.file_name}» в табличном редакторе, сохраните и загрузите снова."
            )


def _rivals(guesses: list[Guess], target: Target) -> str:
    best, *others = guesses
    rivals = [
        guess.sheet
        for guess in others
        if not guess.missing(target) and guess.score >= RIVAL * best.score and not best.missing(target)
    ]
    if not rivals:
        return ""
    names = ", ".join(f"«{name}»" for name in (best.sheet, *rivals))
    return f"На список похожи несколько листов: {names}. Выберите, который загрузить."


def _unclear(row: Import, target: Target) -> bool:
    """Tell whether a person must look at the columns; say what is missing."""
    have = set(row.columns.values())
    missing = [
        column.title
        for column in target.columns
        if column.required
        and column.code not in have
        and not (column.unless and have.issuperset(column.unless))
    ]
    if missing:
        names = ", ".join(f"«{title}»" for title in missing)
        row.message = f"Не узнаны обязательные столбцы: {names}. Укажите их ниже."
    elif row.unsure and not row.message:
        row.message = "Некоторые столбцы узнаны неточно. Проверьте их и продолжите."
    return bool(row.message)
