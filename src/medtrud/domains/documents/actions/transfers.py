"""Handing an inventory over: each case is checked and sealed into a container, then an act of two sides."""

import datetime as dt
import io
import tempfile
from collections.abc import Iterable, Mapping
from uuid import UUID

from medtrud.engines.access.public import colleagues
from medtrud.engines.background.public import job_start
from medtrud.engines.files.public import content_of, file_put
from medtrud.engines.journal import public as journal
from medtrud.engines.paper.public import form_render
from medtrud.engines.signing.public import Offline, evidence_for, lists_issue, sign_with_seal
from medtrud.engines.signing.types import Report
from medtrud.engines.store.public import action, find, keep, keep_many, now, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..drivers import container
from ..drivers.container import Source
from ..drivers.papers import dump, element
from ..drivers.proof import prove
from ..models import Case, CaseCheck, CaseItem, Document, Inventory, MonthPackage, Transfer, Vessel
from ..queries.archive import cases_in, faults_of
from ..queries.packing import Ready, document_files, five_checks, ready
from ..queries.prints import acts_of, inventory_form, package_line, transfer_form, vessel_path
from ..types import Content, DocumentIn
from ..types.archive import CASE, INVENTORY, PROTOCOL, Line
from ..types.storage import SIX, CaseState, Result, TransferState
from .documents import document_create
from .signing import signature_request

LIMIT = 1 << 40
OPEN = (CaseState.CLOSED, CaseState.STOPPED)
JUDGE = Offline()
Packed = Case | Inventory | MonthPackage


@action
def transfer_open(actor: Actor, *, inventory: UUID, giver: int, receiver: int) -> Transfer:
    """Begin to hand an inventory over; the cases are checked and packed in the background."""
    row = find(Inventory, actor, inventory)
    names = colleagues(actor, today())
    if giver not in names or receiver not in names:
        raise Refused("Сдаёт и принимает дела сотрудник организации. Выберите его из списка.")
    waiting = cases_in(actor, row).filter(state__in=OPEN).count()
    if not waiting:
        raise Refused(f"{row}: все дела уже переданы. Передавать нечего.")
    transfer = Transfer(
        organization_id=row.organization_id,
        inventory=row,
        giver=giver,
        giver_name=names[giver],
        receiver=receiver,
        receiver_name=names[receiver],
        started_at=now(),
    )
    keep(transfer)
    lists_issue(actor)
    started = job_start(
        actor,
        job="documents.transfer_run",
        title=f"Передача дел в архив: {row}",
        link=f"/documents/archive/inventories/transfers/{transfer.uid}/",
        transfer=transfer.uid,
    )
    transfer.job = started.uid
    keep(transfer, "job")
    journal.record(actor, "documents.transfer_open", transfer, inventory=row.number, cases=waiting)
    return transfer


@action
def case_pack(actor: Actor, *, transfer: UUID, case: UUID) -> Case:
    """Check a case and seal it into a container; one that fails is stopped, and says at what."""
    going = find(Transfer, actor, transfer)
    row: Case = find(Case, actor, case)
    Case.objects.unscoped("locked after it was found").select_for_update(of=("self",)).get(pk=row.pk)
    if row.inventory_id != going.inventory_id or row.state not in OPEN:
        raise Refused(f"{row} уже проверено или не из этой описи.")
    at = now().replace(microsecond=0)
    documents = ready(row, at)
    results = five_checks(documents, at.date())
    if all(result.ok for result in results):
        results.append(_sealed(actor, row, documents, results, at))
    failed = [result for result in results if not result.ok]
    row.state = CaseState.STOPPED if failed else CaseState.PACKED
    row.note = "; ".join(f"{result.title}: {result.text}" for result in failed)[:500]
    keep(row, "state", "note", "vessel", "size")
    keep_many(
        [
            CaseCheck(
                case=row, transfer=going, code=r.code, ok=r.ok, text=r.text[:1000], facts=dict(r.facts), at=at
            )
            for r in results
        ]
    )
    journal.record(actor, "documents.case_pack", row, ok=not failed, checks=len(results))
    return row


def _sealed(
    actor: Actor, case: Case, documents: list[Ready], results: list[Result], at: dt.datetime
) -> Result:
    sources, lines = [], []
    for number, document in enumerate(documents, 1):
        more, line = document_files(document, number, at)
        sources += more
        lines.append(line)
        if isinstance(item := document.item, CaseItem):
            item.versions, item.size = line.units, line.bytes
            keep(item, "versions", "size")
    case.size = sum(line.bytes for line in lines)
    reports = [report for row in documents for held in row.held for _, _, report in held.signatures]
    form = inventory_form(case, lines)
    sources += [
        Source("inventory.pdf", "print", form_render("documents/archive/inventory.typ", form, made_at=at)),
        *case_papers(case, lines, [(row, at, str(case)) for row in results]),
    ]
    vessel, result = vessel_put(actor, case, sources, reports, at)
    case.vessel = vessel
    return result


def vessel_put(
    actor: Actor, about: Packed, sources: list[Source], reports: list[Report], at: dt.datetime
) -> tuple[Vessel | None, Result]:
    """Seal files into a container, keep it, read it back from the disk and prove it from itself alone."""
    house = about.organization_id
    kind = "year" if isinstance(about, Inventory) else "case"
    sources = [*sources, *container.evidence_files(evidence_for(reports), lambda data: _sum(data)[:32])]
    with tempfile.TemporaryFile() as target:
        manifest = container.container_write(
            target,
            sources,
            {"kind": kind, "uid": about.uid, "title": str(about), "made": at},
            digest=JUDGE.digest,
            seal=lambda text: sign_with_seal(actor, organization=house, content=text, stamp=True),
        )
        target.seek(0)
        try:
            file = file_put(actor, stream=target, name=f"{name_of(about)}.zip", limit=LIMIT, partly=True)
        except Refused as refusal:  # the scanner is silent, or it stops what it let pass before
            return None, Result("media", ok=False, text=f"Контейнер не сохранён. {refusal}")
    proof = prove(content_of(actor, file.uid), JUDGE, now())
    facts = {"sha256": file.sha256, "size": file.size, "verdict": proof.as_json()["verdict"]}
    text = f"Контейнер записан и прочитан с диска: {file.size} байт. {proof.text}"
    result = Result("media", proof.whole, text, facts)
    if not proof.whole:
        return None, result
    vessel = Vessel(
        organization_id=house,
        file=file,
        sha256=file.sha256,
        manifest=_sum(manifest),
        size=file.size,
        packed_at=at,
        checked_at=at,
        stamped_at=at,
    )
    keep(vessel)
    return vessel, result


def _sum(data: bytes) -> str:
    running = JUDGE.digest("sha256")
    running.update(data)
    return running.digest().hex()


def name_of(about: Packed) -> str:
    """Return the name of a container's file."""
    if isinstance(about, MonthPackage):
        return f"buh-{about.year}-{about.month:02}"
    if isinstance(about, Case):
        return f"delo-{about.year}-{about.mark}"
    return f"arhiv-{about.year}-opis-{about.number}"


def case_papers(
    about: Packed,
    lines: Iterable[Line],
    checks: Iterable[tuple[Result | CaseCheck, dt.datetime, str]],
) -> list[Source]:
    """Return the papers of a container: what it is, its inventory, the protocol of its checks."""
    case = None if isinstance(about, Inventory) else about
    kind, title = ("case" if case else "year"), about.title
    number = about.index if not isinstance(about, Inventory) else str(about.number)
    house = about.organization
    facts: Mapping[str, object] = {
        "uid": about.uid,
        "kind": kind,
        "index": number,
        "title": title,
        "year": about.year,
        "since": case.since if case else None,
        "until": case.until if case else None,
        "organization": house.name,
        "inn": house.inn,
        "ogrn": house.ogrn,
        "retention": case.term if case else "по делам",
        "basis": case.basis if case else None,
        "keep_until": case.keep_until if case else None,
        "closed_on": about.closed_on,
    }
    said = [
        {
            "code": one.code,
            "title": SIX.get(one.code, one.code),
            "about": what,
            "ok": one.ok,
            "at": at,
            "text": one.text,
        }
        for one, at, what in checks
    ]
    made = max(at for _, at, _ in checks)
    return [
        Source(CASE, "case", dump(element("case", facts))),
        Source(
            INVENTORY,
            "inventory",
            container.inventory(lines, {"kind": kind, "number": number, "title": title}),
        ),
        Source(PROTOCOL, "protocol", container.protocol(said, made)),
    ]


@action
def transfer_checked(actor: Actor, *, transfer: UUID) -> Transfer:
    """Tell that every case has been checked; a transfer without a good case ends here."""
    row: Transfer = find(Transfer, actor, transfer)
    if row.state != TransferState.CHECKING:  # a job that ran twice tells nothing new
        journal.record(actor, "documents.transfer_checked", row, again=True)
        return row
    good = cases_in(actor, row.inventory).filter(state=CaseState.PACKED).exists()
    row.state = TransferState.CHECKED if good else TransferState.DROPPED
    row.checked_at = now()
    keep(row, "state", "checked_at")
    stopped = faults_of(actor, row).values("case").distinct().count()
    journal.record(actor, "documents.transfer_checked", row, stopped=stopped, good=good)
    return row


@action
def transfer_offer(actor: Actor, *, transfer: UUID, on: dt.date) -> Document:
    """Draw up the act of acceptance of the good cases and ask both sides to sign it."""
    row: Transfer = find(Transfer, actor, transfer)
    if row.state != TransferState.CHECKED:
        raise Refused("Акт составляют, когда проверки закончены и акта ещё нет.")
    packed = list(cases_in(actor, row.inventory).filter(state=CaseState.PACKED))
    form = transfer_form(row, packed, list(faults_of(actor, row)), on)
    content = form_render("documents/archive/inventory.typ", form)
    facts = DocumentIn(
        kind="acceptance_act",
        title=f"Акт приёма-передачи дел за {row.inventory.year} год, опись № {row.inventory.number}",
        on=on,
        about=row.uid,
        module="archive",
        organization=row.organization_id,
    )
    act = document_create(actor, document=facts, content=Content(io.BytesIO(content), f"{facts.title}.pdf"))
    signature_request(actor, document=act.uid, signers=[row.giver, row.receiver])
    row.act, row.state = act, TransferState.OFFERED
    keep(row, "act", "state")
    journal.record(actor, "documents.transfer_offer", row, cases=len(packed))
    return act


@action
def transfer_accept(actor: Actor, *, act: UUID, on: dt.date) -> Transfer | None:
    """Both sides have signed: the good cases are in the archive; the package of the year is made."""
    row: Transfer | None = (
        Transfer.objects.unscoped("the act was signed")
        .filter(act__uid=act, state=TransferState.OFFERED)
        .first()
    )
    if row is None:
        journal.record(actor, "documents.transfer_accept", act, known=False)
        return None
    rows = Case.objects.unscoped("of an accepted transfer").filter(
        inventory=row.inventory, state=CaseState.PACKED
    )
    count = rows.update(state=CaseState.KEPT, accepted_on=on)
    row.state, row.accepted_on = TransferState.ACCEPTED, on
    keep(row, "state", "accepted_on")
    job_start(
        actor,
        job="documents.package_make",
        title=f"Пакет года: {row.inventory}",
        link=f"/documents/archive/inventories/{row.inventory.uid}/",
        transfer=row.uid,
    )
    journal.record(actor, "documents.transfer_accept", row, cases=count, on=on)
    return row


@action
def package_make(actor: Actor, *, transfer: UUID) -> Inventory:
    """Put every kept case of an inventory with the signed acts into one package that proves itself."""
    row: Transfer = find(Transfer, actor, transfer)
    inventory, at = row.inventory, now().replace(microsecond=0)
    kept = list(cases_in(actor, inventory).filter(state=CaseState.KEPT, vessel__isnull=False))
    if not kept:
        raise Refused(f"{inventory}: принятых дел нет. Пакет составляют после приёма.")
    lines = [package_line(number, case) for number, case in enumerate(kept, 1)]
    sources = [
        Source(line.path, "container", vessel_path(case.vessel))
        for line, case in zip(lines, kept, strict=True)
    ]
    checks = CaseCheck.objects.unscoped("of the cases above").filter(case__in=kept, code__in=SIX)
    told = [(check, check.at, str(check.case)) for check in checks.select_related("case")]
    acts, reports = acts_of(inventory, at)
    form = inventory_form(inventory, lines)
    sources += [
        *case_papers(inventory, lines, told),
        Source("inventory.pdf", "print", form_render("documents/archive/inventory.typ", form, made_at=at)),
        *acts,
    ]
    vessel, result = vessel_put(actor, inventory, sources, reports, at)
    if vessel is None:
        raise Refused(f"Пакет года не доказан: {result.text}")
    inventory.vessel = vessel
    keep(inventory, "vessel")
    journal.record(actor, "documents.package_make", inventory, sha256=vessel.sha256, cases=len(kept))
    return inventory
