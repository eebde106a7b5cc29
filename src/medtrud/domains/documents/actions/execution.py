"""Resolutions: given, carried out, reported."""

import datetime as dt
from uuid import UUID

from medtrud.engines.access.public import colleagues
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action, find, keep, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import organization_of

from ..models import Document, Task
from ..queries.archive import author


@action
def task_give(
    actor: Actor, *, document: UUID, text: str, account: int, due: dt.date | None, control: bool = True
) -> Task:
    """Write a resolution: who does what with the document and until when; he is told."""
    row: Document = find(Document, actor, document)
    on = today()
    names = colleagues(actor, on)
    if account not in names:
        raise Refused("Исполнитель не работает в вашей организации. Выберите его из списка.")
    if due is not None and due < on:
        raise Refused("Срок исполнения уже прошёл. Укажите сегодняшний день или более поздний.")
    task = Task(
        document=row,
        organization=organization_of(actor),
        text=text.strip(),
        account=account,
        account_name=names[account],
        due=due,
        control=control,
        given_at=now(),
        author_name=author(actor),
    )
    keep(task)
    message_send(
        actor, account=account, kind="documents.task", text=f"{row.title}: {task.text}", about=row.uid
    )
    journal.record(actor, "documents.task_give", row, account=account, due=due)
    return task


@action
def task_close(actor: Actor, *, task: UUID, on: dt.date, report: str) -> Task:
    """Report that a resolution has been carried out; the row keeps what was done."""
    row: Task = find(Task, actor, task)
    if row.done_on:
        raise Refused(f"Поручение уже исполнено {row.done_on:%d.%m.%Y}.")
    if not report.strip():
        raise Refused("Напишите, что сделано по документу.")
    if on > today():
        raise Refused("Этот день ещё не наступил. Укажите сегодняшний или прошедший.")
    row.done_on, row.report = on, report.strip()
    keep(row, "done_on", "report")
    journal.record(actor, "documents.task_close", row.document, on=on)
    return row
