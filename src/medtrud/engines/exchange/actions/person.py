"""What a person does with an import: every step starts work that he may leave and find again."""

import datetime as dt
from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from medtrud.engines.background.public import job_start
from medtrud.engines.files.public import file_put
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Import, Limit
from ..models import Mapping as MappingRow
from ..queries import earlier_copy, import_locked, limit_line, limits, target_of
from ..rules import LIMITS, header_key
from ..types import STATES, State, Target

WORK = "exchange.import_work"
IGNORED = ""
LONGEST = 300  # letters of a header that are remembered


class Stream(Protocol):
    """Anything that is read piece by piece: an upload, an open file."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes, nothing at the end."""


@action
def import_upload(
    actor: Actor,
    *,
    target: str,
    stream: Stream,
    name: str,
    options: Mapping[str, str] | None = None,
    again: bool = False,
) -> Import:
    """Take a file in, keep it, and start to recognise and check it.

    A file that was the last one committed for this target changes nothing: the earlier import is
    returned, unless the person asks to check it again.
    """
    wanted = target_of(actor, target)
    answers = _answers(actor, wanted, options or {})
    file = file_put(actor, stream=stream, name=name, limit=limits(today()).bytes)
    earlier = None if again else earlier_copy(actor, target, file.sha256)
    if earlier is not None:
        return earlier
    row = Import(
        target=target,
        role=actor.role,
        organization=actor.organization,
        account=actor.account,
        file=file,
        file_name=file.name,
        digest=file.sha256,
        options=answers,
        on=today(),
        uploaded_at=now(),
    )
    row.save()
    _start(actor, row, State.CHECKING, f"Проверка файла «{row.file_name}»")
    record(actor, "exchange.import_upload", row, target=target)
    return row


@action
def import_check(
    actor: Actor,
    *,
    uid: UUID,
    sheet: str = "",
    header_row: int = 0,
    columns: Mapping[int, str] | None = None,
    options: Mapping[str, str] | None = None,
) -> Import:
    """Check the file again: with other columns, another header line, another sheet or other answers.

    Columns are positions with codes; what is not named is left out. Without them the columns of the
    sheet are recognised anew. The choice is remembered for the organisation's next file.
    Not journaled: a check writes nothing but its own report.
    """
    row = import_locked(actor, uid)
    target = target_of(actor, row.target)
    _allowed(row, State.MAPPING, State.CHECKED, State.FAILED, State.CHECKING)
    if options is not None:
        row.options = _answers(actor, target, options)
    moved = (sheet and sheet != row.sheet) or (header_row and header_row != row.header_row)
    if sheet:
        row.sheet = sheet
    if header_row:
        row.header_row = header_row
    row.columns, row.headers = ({}, []) if moved else (row.columns, row.headers)
    if columns is not None and not moved:
        row.columns, row.unsure = _columns(row, target, columns), []
        _remember(row)
    _start(actor, row, State.CHECKING, f"Проверка файла «{row.file_name}»")
    return row


@action
def import_commit(actor: Actor, *, uid: UUID) -> Import:
    """Write the good rows, all of them in one transaction, as a job.

    Not journaled: the job writes the line when the rows are written.
    """
    row = import_locked(actor, uid)
    target_of(actor, row.target)
    _allowed(row, State.CHECKED, State.COMMITTING)
    if not any(row.counts.get(name) for name in ("new", "changed", "beyond")):
        raise Refused(
            f"В файле «{row.file_name}» нет новых или изменившихся строк без ошибок: записывать нечего. "
            "Исправьте ошибки в файле и загрузите его снова."
        )
    _start(actor, row, State.COMMITTING, f"Загрузка файла «{row.file_name}»")
    return row


@action
def import_undo(actor: Actor, *, uid: UUID) -> Import:
    """Take everything back that a commit made, unless something later depends on it.

    Not journaled: the job writes the line when everything is taken back.
    """
    row = import_locked(actor, uid)
    target_of(actor, row.target)
    _allowed(row, State.COMMITTED, State.UNDOING)
    _start(actor, row, State.UNDOING, f"Отмена загрузки файла «{row.file_name}»")
    return row


@action
def limit_set(actor: Actor, *, code: str, value: int, since: dt.date) -> Limit:
    """Set how big a file may be, from a day on."""
    if code not in LIMITS.on(since):
        raise Refused(
            "Такого ограничения нет. Выберите размер файла, размер после распаковки или число строк."
        )
    row = _decided(actor, code, value, since)
    record(actor, "exchange.limit_set", row, code=code, value=value, since=since)
    return row


@action
def limit_reset(actor: Actor, *, code: str, since: dt.date) -> Limit:
    """Let the shipped limit serve again, from a day on; what was decided before stays in the table."""
    if limit_line(code, since).value == limit_line(code, since).shipped:
        raise Refused("На этот день и так действует значение поставки. Возвращать нечего.")
    row = _decided(actor, code, None, since)
    record(actor, "exchange.limit_reset", row, code=code, since=since)
    return row


def _decided(actor: Actor, code: str, value: int | None, since: dt.date) -> Limit:
    """Write what holds from a day on; of one day the last decision counts."""
    rows = Limit.objects.visible_to(actor).filter(code=code)
    if rows.filter(since__gt=since).exists():
        raise Refused("На более поздний день уже задано другое значение. Выберите день после него.")
    rows.filter(since=since).delete()
    row = Limit(code=code, value=value, since=since)
    row.full_clean()
    row.save()
    return row


def _start(actor: Actor, row: Import, state: State, title: str) -> None:
    job = job_start(actor, job=WORK, title=title, link=f"/exchange/{row.uid}/", uid=row.uid)
    row.state, row.message, row.job = state, "", job.uid
    row.save()


def _allowed(row: Import, *states: State) -> None:
    if row.state not in states:
        raise Refused(
            f"Файл «{row.file_name}» сейчас: {STATES[State(row.state)]}. "
            "Это действие здесь невозможно — откройте загрузку заново."
        )


def _answers(actor: Actor, target: Target, given: Mapping[str, str]) -> dict[str, str]:
    """Check the answers to the questions about the whole file."""
    answers = {}
    for option in target.options:
        value = str(given.get(option.code) or option.default)
        if option.kind == "date" and value:
            try:
                dt.date.fromisoformat(value)
            except ValueError:
                raise Refused(f"«{option.title}»: даты «{value}» не существует. Исправьте её.") from None
        if option.choices is not None and value not in dict(option.choices(actor)):
            raise Refused(f"«{option.title}»: выберите значение из списка.")
        answers[option.code] = value
    return answers


def _columns(row: Import, target: Target, given: Mapping[int, str]) -> dict[str, str]:
    known = {column.code: column for column in target.columns}
    chosen: dict[str, str] = {}
    for position, code in given.items():
        if code == IGNORED:
            continue
        if code not in known or not 0 <= int(position) < len(row.headers):
            raise Refused("Столбца с таким номером или назначением нет. Откройте выбор столбцов заново.")
        column = known[code]
        if code in chosen.values() and not (column.many or column.family):
            raise Refused(
                f"«{column.title}» выбрано для двух столбцов. "
                "Оставьте один, у другого выберите «Не загружать»."
            )
        chosen[str(position)] = code
    return chosen


def _remember(row: Import) -> None:
    """Keep the choice: the next file with these headers is recognised at once."""
    if row.organization is None:
        return
    lines = {
        key[:LONGEST]: row.columns.get(str(position), IGNORED)
        for position, header in enumerate(row.headers)
        if (key := header_key(header))
    }
    MappingRow.objects.unscoped("the actor's own organisation").bulk_create(
        [
            MappingRow(target=row.target, organization=row.organization, header=header, column=code)
            for header, code in lines.items()
        ],
        update_conflicts=True,
        unique_fields=["target", "organization", "header"],
        update_fields=["column"],
    )
