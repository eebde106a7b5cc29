"""A file of an assessment on the screen: received, checked by a job, taken in, taken back."""

import json
from dataclasses import asdict
from uuid import UUID

from medtrud.engines.background.public import job_start, progress
from medtrud.engines.files.public import content_of, file_put
from medtrud.engines.journal.public import record
from medtrud.engines.signing.public import key_current, seal
from medtrud.engines.store.public import action, find, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import SoutImport
from ..types.sout_card import SoutOutcome
from .sout_import import sout_check, sout_import, sout_undo

CHECKING, CHECKED, COMMITTING, COMMITTED, UNDONE, FAILED = (
    "checking", "checked", "committing", "committed", "undone", "failed",
)  # fmt: skip
WORK = "hazards.sout_work"
LIMIT = 512 * 1024 * 1024


@action
def sout_upload(actor: Actor, *, stream: object, name: str, whole: bool = False) -> SoutImport:
    """Receive a file and let the worker check it."""
    if actor.organization is None:
        raise Refused("Отчёт СОУТ загружают на рабочем месте работодателя. Выберите его и повторите.")
    file = file_put(actor, stream=stream, name=name, limit=LIMIT)  # type: ignore[arg-type]
    row = SoutImport(
        employer_id=actor.organization,
        file=file,
        file_name=file.name,
        digest=file.sha256,
        state=CHECKING,
        whole=whole,
        on=today(),
        at=now(),
    )
    row.save()
    _start(actor, row, "Проверка отчёта СОУТ")
    record(actor, "hazards.sout_upload", row, whole=whole)
    return row


@action
def sout_take(actor: Actor, *, uid: UUID) -> SoutImport:
    """Let the worker take a checked file in."""
    row = _locked(actor, uid, CHECKED)
    row.state = COMMITTING
    _start(actor, row, "Загрузка отчёта СОУТ")
    record(actor, "hazards.sout_take", row)
    return row


@action
def sout_work(actor: Actor, *, uid: UUID, refused: str = "") -> SoutImport:
    """Do the worker's part: check the file or take it in."""
    row: SoutImport = SoutImport.objects.visible_to(actor).select_for_update(of=("self",)).get(uid=uid)
    if refused:
        row.state, row.message = FAILED, refused
    elif row.state in (CHECKING, COMMITTING):
        _work(actor, row)
    row.save()
    record(actor, "hazards.sout_work", row, state=row.state)
    return row


@action
def sout_take_back(actor: Actor, *, uid: UUID) -> SoutImport:
    """Undo a taken file."""
    row = _locked(actor, uid, COMMITTED)
    sout_undo(actor, uid=row.uid)
    row.state = UNDONE
    row.save()
    record(actor, "hazards.sout_take_back", row)
    return row


def _work(actor: Actor, row: SoutImport) -> None:
    if row.file is None:
        raise Refused("Файла этой загрузки больше нет. Загрузите отчёт снова.")
    facts = {
        "path": str(content_of(actor, row.file.uid)), "employer": row.employer_id, "on": row.on,
        "whole": row.whole,
        "told": progress,
    }  # fmt: skip
    if row.state == CHECKING:
        outcome = sout_check(actor, **facts)  # type: ignore[arg-type]
        row.state = CHECKED
    else:
        outcome = sout_import(actor, uid=row.uid, file=row.file_id, **facts)  # type: ignore[arg-type]
        row.state, row.committed_at = COMMITTED, now()
    _keep(row, outcome)


def _keep(row: SoutImport, outcome: SoutOutcome) -> None:
    said = {
        "report": {
            "approved_on": outcome.report.approved_on.isoformat(), "act": outcome.report.act,
            "number": outcome.report.number, "assessor": outcome.report.assessor,
        },
        "differences": [asdict(each) for each in outcome.differences],
        "problems": [asdict(each) for each in outcome.problems],
    }  # fmt: skip
    row.counts = dict(outcome.counts)
    row.box = seal(json.dumps(said, ensure_ascii=False, default=str).encode(), row.uid.bytes)
    row.key = key_current()


def _start(actor: Actor, row: SoutImport, title: str) -> None:
    row.job = job_start(actor, job=WORK, title=f"{title}: {row.file_name}", uid=row.uid).uid
    row.save()


def _locked(actor: Actor, uid: UUID, state: str) -> SoutImport:
    find(SoutImport, actor, uid)
    row: SoutImport = SoutImport.objects.visible_to(actor).select_for_update(of=("self",)).get(uid=uid)
    if row.state != state:
        raise Refused("Состояние загрузки уже другое. Обновите страницу.")
    return row
