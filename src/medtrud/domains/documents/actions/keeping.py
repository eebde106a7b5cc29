"""What is done with kept cases: media, holds, destruction by an act."""

import datetime as dt
import io
import json
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.access.public import colleagues
from medtrud.engines.files.public import file_destroy
from medtrud.engines.journal import public as journal
from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import action, find, keep, keep_many, now, numbers_take, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import organization_of

from ..models import (
    Case,
    Destruction,
    DestructionLine,
    Hold,
    Medium,
    MediumCase,
    MediumLine,
    Version,
)
from ..queries.archive import author, cases, cases_due, cases_in, inventory_of
from ..queries.prints import destruction_form
from ..types import Content, DocumentIn
from ..types.storage import CaseState, DestructionState, MediumDeed, MediumState, term
from .documents import document_create
from .signing import signature_request

MONTHS = 12
GONE = (MediumState.LOST, MediumState.DESTROYED)


@action
def medium_add(actor: Actor, *, number: str, kind: str, serial: str, place: str, on: dt.date) -> Medium:
    """Take a medium onto the books."""
    row = Medium(
        organization=organization_of(actor),
        number=number.strip(),
        kind=kind.strip(),
        serial=serial.strip(),
        place=place.strip(),
        added_on=on,
    )
    keep(row)
    medium_line(actor, row, MediumDeed.ADDED, on, f"Принят на учёт: {row.kind}")
    journal.record(actor, "documents.medium_add", row, number=row.number)
    return row


def medium_line(
    actor: Actor,
    row: Medium,
    deed: MediumDeed,
    on: dt.date,
    text: str,
    *,
    ok: bool | None = None,
    **facts: object,
) -> None:
    """Add a line to the book of a medium; part of the actions that do so."""
    keep(
        MediumLine(
            medium=row,
            on=on,
            deed=deed,
            ok=ok,
            text=text[:500],
            facts=facts,
            author_name=author(actor),
            made_at=now(),
        )
    )


@action
def medium_write(actor: Actor, *, medium: UUID, inventory: UUID, on: dt.date) -> Medium:
    """Tell that the containers of an inventory were copied onto a medium."""
    row = medium_living(actor, medium)
    written = list(
        cases_in(actor, inventory_of(actor, inventory)).filter(state=CaseState.KEPT, vessel__isnull=False)
    )
    if not written:
        raise Refused("В этой описи нет принятых дел: записывать нечего. Сначала передайте их в архив.")
    keep_many(
        [
            MediumCase(
                medium=row, case=case, sha256=case.vessel.sha256, manifest=case.vessel.manifest, written_on=on
            )
            for case in written
            if case.vessel
        ]
    )
    row.state = MediumState.WRITTEN
    row.due_on = add_months(on, MONTHS * term("media_years", on))
    keep(row, "state", "due_on")
    medium_line(
        actor, row, MediumDeed.WRITTEN, on, f"Записано дел: {len(written)}", ok=True, cases=len(written)
    )
    journal.record(actor, "documents.medium_write", row, cases=len(written))
    return row


@action
def medium_check(
    actor: Actor, *, medium: UUID, on: dt.date, ok: bool, text: str, report: bytes = b""
) -> Medium:
    """Record a check of a medium; the answer of `medtrud archive verify --json` counts more than the word."""
    row = medium_living(actor, medium)
    facts: dict[str, object] = {}
    if report:
        proved, uid = _proved(row, report)
        ok, facts = ok and proved, {"valid": proved, "uid": uid}
    row.state = MediumState.WRITTEN if ok else MediumState.FAULTY
    row.due_on = add_months(on, MONTHS * term("media_years", on)) if ok else on
    keep(row, "state", "due_on")
    said = text.strip() or ("Читается, контейнеры целы." if ok else "Не читается или повреждён.")
    medium_line(actor, row, MediumDeed.CHECKED, on, said, ok=ok, **facts)
    journal.record(actor, "documents.medium_check", row, ok=ok)
    return row


def _proved(row: Medium, report: bytes) -> tuple[bool, str]:
    """Read the answer of the command; it must be about something that lies on this medium."""
    try:
        told = json.loads(report)
        valid, uid = bool(told["valid"]), str(told["facts"].get("uid", ""))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Refused(
            "Файл не похож на ответ команды medtrud archive verify --json. Сохраните её ответ и приложите."
        ) from error
    copies = MediumCase.objects.unscoped("of a medium found above").filter(medium=row, ended_on__isnull=True)
    known = {str(u) for pair in copies.values_list("case__uid", "case__inventory__uid") for u in pair}
    annual = MediumLine.objects.unscoped("of a medium found above").filter(
        medium=row, facts__has_key="packages"
    )
    known |= {uid for facts in annual.values_list("facts", flat=True) for uid in facts["packages"]}
    if uid not in known:
        raise Refused(f"Ответ команды — о другом деле: на носителе {row.number} его нет.")
    return valid, uid


@action
def medium_move(actor: Actor, *, medium: UUID, place: str, on: dt.date) -> Medium:
    """Put a medium into another place."""
    row = medium_living(actor, medium)
    row.place = place.strip()
    keep(row, "place")
    medium_line(actor, row, MediumDeed.MOVED, on, f"Место хранения: {row.place}")
    journal.record(actor, "documents.medium_move", row)
    return row


@action
def medium_end(actor: Actor, *, medium: UUID, deed: MediumDeed, text: str, on: dt.date) -> Medium:
    """Write a medium off: lost or destroyed."""
    row = medium_living(actor, medium)
    row.state = MediumState.LOST if deed is MediumDeed.LOST else MediumState.DESTROYED
    row.due_on = None
    keep(row, "state", "due_on")
    MediumCase.objects.unscoped("of a medium found above").filter(medium=row, ended_on__isnull=True).update(
        ended_on=on
    )
    medium_line(actor, row, deed, on, text.strip() or row.state.title_ru, ok=False)
    journal.record(actor, "documents.medium_end", row, deed=deed)
    return row


def medium_living(actor: Actor, uid: UUID) -> Medium:
    """Return a medium that is on the books; part of the actions that use it."""
    row: Medium = find(Medium, actor, uid)
    if row.state in GONE:
        raise Refused(f"Носитель {row.number} списан: с ним больше ничего не делают.")
    return row


@action
def hold_set(actor: Actor, *, case: UUID, reason: str, on: dt.date) -> Hold:
    """Forbid to destroy a case until the hold is lifted."""
    row = find(Case, actor, case)
    if row.state == CaseState.DESTROYED:
        raise Refused(f"{row} уже уничтожено.")
    if not reason.strip():
        raise Refused("Запрет объясняют: назовите суд, проверку или запрос.")
    hold = Hold(case=row, reason=reason.strip(), since=on, author_name=author(actor))
    keep(hold)
    journal.record(actor, "documents.hold_set", row, on=on)
    return hold


@action
def hold_end(actor: Actor, *, case: UUID, reason: str, on: dt.date) -> Hold:
    """Lift a hold."""
    row = find(Case, actor, case)
    hold: Hold | None = Hold.objects.visible_to(actor).filter(case=row, ended_on__isnull=True).first()
    if hold is None:
        raise Refused("Запрета уничтожения на этом деле нет.")
    if not reason.strip():
        raise Refused("Снятие запрета объясняют: назовите, чем дело кончилось.")
    hold.ended_on, hold.ended_reason, hold.ended_name = on, reason.strip(), actor.name
    keep(hold, "ended_on", "ended_reason", "ended_name")
    journal.record(actor, "documents.hold_end", row, on=on)
    return hold


@action
def destruction_open(
    actor: Actor, *, cases: Sequence[UUID], chairman: int, member: int, on: dt.date
) -> Destruction:
    """Draw up an act of destruction and ask the expert commission to approve it."""
    chosen = list(cases_due(actor, on).filter(uid__in=list(cases)).select_related("inventory"))
    _all_due(actor, cases, chosen)
    names = colleagues(actor, today())
    if chairman not in names or member not in names or chairman == member:
        raise Refused("Экспертная комиссия — не меньше двух разных сотрудников организации. Выберите их.")
    house = organization_of(actor)
    (number,) = numbers_take(f"documents:destruction:{house.pk}", 0)
    row = Destruction(organization=house, number=number, on=on, author_name=author(actor))
    form = destruction_form(row, chosen, names[chairman], names[member])
    content = form_render("documents/archive/inventory.typ", form)
    facts = DocumentIn(kind="destruction_act", title=str(row), on=on, module="archive", organization=house.pk)
    row.act = document_create(
        actor, document=facts, content=Content(io.BytesIO(content), f"Акт об уничтожении № {number}.pdf")
    )
    keep(row)
    signature_request(actor, document=row.act.uid, signers=[chairman, member])
    keep_many([DestructionLine(destruction=row, case=case, number=n) for n, case in enumerate(chosen, 1)])
    journal.record(actor, "documents.destruction_open", row, cases=len(chosen))
    return row


def _all_due(actor: Actor, asked: Sequence[UUID], chosen: Sequence[Case]) -> None:
    if not asked:
        raise Refused("Отметьте дела, срок хранения которых истёк.")
    missing = set(asked) - {case.uid for case in chosen}
    if not missing:
        return
    row = cases(actor).filter(uid__in=missing).first()
    if row is None:
        raise NotFound("Дело не найдено. Обновите страницу и отметьте дела снова.")
    held = getattr(row, "held", False)
    cause = (
        "наложен запрет уничтожения"
        if held
        else f"срок хранения не истёк ({row.term}) или оно уже в другом акте"
    )
    raise Refused(f"{row} уничтожить нельзя: {cause}. Снимите отметку с него.")


@action
def destruction_approve(actor: Actor, *, act: UUID) -> Destruction | None:
    """The commission has signed the act."""
    row = Destruction.objects.unscoped("the act was signed").filter(act__uid=act).first()
    if row is not None and row.state == DestructionState.SIGNING:
        row.state = DestructionState.APPROVED
        keep(row, "state")
    journal.record(actor, "documents.destruction_approve", act, known=row is not None)
    return row


@action
def destruction_carry_out(actor: Actor, *, destruction: UUID, on: dt.date) -> Destruction:
    """Destroy the electronic copies of an approved act; what a hold has reached meanwhile stays."""
    row: Destruction = find(Destruction, actor, destruction)
    Destruction.objects.unscoped("locked after it was found").select_for_update(of=("self",)).get(pk=row.pk)
    if row.state != DestructionState.APPROVED:
        raise Refused("Дела уничтожают, когда акт подписала вся комиссия, и один раз.")
    done = 0
    lines = DestructionLine.objects.visible_to(actor).filter(destruction=row)
    for line in lines.select_related("case__vessel__file").order_by("number"):
        done += _destroyed(actor, row, line, on)
    row.state, row.done_on = DestructionState.DONE, on
    keep(row, "state", "done_on")
    journal.record(actor, "documents.destruction_carry_out", row, cases=done, on=on)
    return row


def _destroyed(actor: Actor, row: Destruction, line: DestructionLine, on: dt.date) -> bool:
    case = line.case
    if Hold.objects.visible_to(actor).filter(case=case, ended_on__isnull=True).exists():
        line.note = "Не уничтожено: на дело наложен запрет."
        keep(line, "note")
        return False
    job, basis = Actor.job(str(row)), str(row)
    if case.vessel:
        file_destroy(job, uid=case.vessel.file.uid, basis=basis)
    versions = Version.objects.unscoped("of a destroyed case").filter(document__shelf__case=case)
    for version in versions.select_related("file"):
        if version.file.destroyed_at is None:
            file_destroy(job, uid=version.file.uid, basis=basis)
    _copies_end(actor, case, basis, on)
    case.state, case.destroyed_on = CaseState.DESTROYED, on
    keep(case, "state", "destroyed_on")
    line.ended_at, line.sha256 = now(), case.vessel.sha256 if case.vessel else ""
    keep(line, "ended_at", "sha256")
    journal.record(actor, "documents.case_destroy", case, act=row.number, sha256=line.sha256)
    return True


def _copies_end(actor: Actor, case: Case, basis: str, on: dt.date) -> None:
    copies = MediumCase.objects.unscoped("of a destroyed case").filter(case=case, ended_on__isnull=True)
    for copy in copies.select_related("medium"):
        text = f"{case}: копия подлежит стиранию, {basis}"
        medium_line(actor, copy.medium, MediumDeed.DESTROYED, on, text, case=str(case.uid))
    copies.update(ended_on=on)
