"""The reading room: containers are handed out, copies and certificates issued, each noted in its book."""

import datetime as dt
import io
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.files.public import content_of, file_put
from medtrud.engines.files.types import Opened
from medtrud.engines.journal import public as journal
from medtrud.engines.paper.public import form_render, pdf_bind
from medtrud.engines.signing.public import sign_with_seal, signature_attach
from medtrud.engines.store.public import action, find, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import persons_search

from ..drivers.canonical import pack
from ..models import Case, CaseItem, Inventory, Issue, Vessel, VesselStamp
from ..queries.archive import author, items_about
from ..queries.prints import vessel_path
from ..types import kinds_on
from ..types.registers import day
from ..types.storage import CaseState, IssueForm, IssueKind
from .transfers import LIMIT, name_of

GONE = "Дело уничтожено по акту: выдать из него нечего. Учётные сведения остались в описи."


@action
def container_open(actor: Actor, *, case: UUID | None = None, inventory: UUID | None = None) -> Opened:
    """Hand out a container: of a case, or the package of a year; the journal knows who took it."""
    about: Case | Inventory = find(Case, actor, case) if case else find(Inventory, actor, inventory)  # type: ignore[arg-type]
    if isinstance(about, Case) and about.state == CaseState.DESTROYED:
        raise Refused(GONE)
    path = vessel_path(about.vessel)
    vessel = about.vessel
    journal.record(actor, "documents.container_open", about, sha256=vessel.sha256 if vessel else "")
    if vessel is None or not vessel.stamps.exists():
        return Opened(about.uid, f"{name_of(about)}.zip", "application/zip", path.stat().st_size, str(path))
    made = _renewed(vessel, path)
    return Opened(about.uid, f"{name_of(about)}.zip", "application/zip", made.stat().st_size, str(made))


def _renewed(vessel: Vessel, path: Path) -> Path:
    """Write a copy of a container with its later time stamps; its reader removes it."""
    stamps = list(
        VesselStamp.objects.unscoped("of a container shown to the seat")
        .filter(vessel=vessel)
        .order_by("number")
    )
    with (
        zipfile.ZipFile(path) as archive,
        tempfile.NamedTemporaryFile(prefix="medtrud-", suffix=".zip", delete=False) as target,
    ):
        kept = ((name, _pieces(archive, name)) for name in archive.namelist())
        more = [
            (f"renewals/{stamp.number:04}.{ending}", [bytes(data)])
            for stamp in stamps
            for ending, data in (("xml", stamp.text), ("tst", stamp.token))
        ]
        pack(target, [*kept, *more])
        return Path(target.name)


def _pieces(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as stream:
        yield from iter(lambda: stream.read(1 << 20), b"")


@action
def items_find(actor: Actor, *, person: str) -> QuerySet[CaseItem]:
    """Find the documents of the archive about a person; the journal keeps about whom one asked."""
    people = persons_search(actor, person.replace("\x00", ""))
    found = items_about(actor, people)
    asked = sorted(set(found.values_list("person", flat=True)))
    journal.record(actor, "documents.items_find", None, persons=asked, documents=found.count())
    return found


@action
def issue_make(actor: Actor, *, item: UUID, kind: IssueKind, asked_by: str, basis: str, on: dt.date) -> Issue:
    """Give out a copy of a document from its container, or a certificate about it."""
    row = find(CaseItem, actor, item)
    case = row.case
    if case.state == CaseState.DESTROYED:
        raise Refused(GONE)
    if not (asked_by.strip() and basis.strip()):
        raise Refused("Выдачу объясняют: укажите, кто запросил и на каком основании.")
    (number,) = numbers_take(f"documents:issue:{row.organization_id}", on.year)
    form = _form(actor, row, kind, f"№ {number} от {day(on)}", asked_by.strip(), basis.strip())
    sheet = form_render("documents/archive/issue.typ", form)
    content = _bound(case, row, sheet) if kind is IssueKind.COPY else sheet
    file = file_put(actor, stream=io.BytesIO(content), name=f"{form.title} {number}.pdf", limit=LIMIT)
    issue = Issue(
        organization_id=row.organization_id,
        item=row,
        kind=kind,
        number=number,
        year=on.year,
        on=on,
        asked_by=asked_by.strip(),
        basis=basis.strip(),
        file=file,
        author_name=author(actor),
    )
    with suppress(Refused):
        path = content_of(actor, file.uid)
        seal = sign_with_seal(actor, organization=row.organization_id, content=path, stamp=True)
        signature_attach(actor, target=issue.uid, content=path, signature=seal, good=True)
        issue.sealed = True
    keep(issue)
    journal.record(
        actor, "documents.issue_make", row.document, number=number, kind=kind, person=row.person_id
    )
    return issue


def _form(actor: Actor, row: CaseItem, kind: IssueKind, number: str, asked_by: str, basis: str) -> IssueForm:
    case = row.case
    known = kinds_on(row.on).get(row.kind)
    facts = (
        ("Документ", row.title),
        ("Вид", known.title if known else row.kind),
        ("Номер и дата документа", f"{row.index or 'б/н'} от {day(row.on)}"),
        ("Дело", f"{case.index} «{case.title}» за {case.year} год, документ № {row.number} внутренней описи"),
        ("Контейнер дела, SHA-256", case.vessel.sha256 if case.vessel else "дело ещё не передано в архив"),
    )
    text = {
        IssueKind.COPY: "Копия изготовлена с электронного документа, хранящегося в архиве. Сведения об "
        "электронных подписях подлинника — на листе электронных подписей.",
        IssueKind.CERTIFICATE: "Документ хранится в архиве организации под указанными номерами и датой.",
    }[kind]
    return IssueForm(
        kind.title_ru, str(row.organization), number, asked_by, basis, facts, (), text, actor.name
    )


def _bound(case: Case, row: CaseItem, sheet: bytes) -> bytes:
    """Bind the archive's sheet behind the copy that lies in the container."""
    with zipfile.ZipFile(vessel_path(case.vessel)) as archive:
        names = [f"documents/{row.number:04}/v{number}/copy.pdf" for number in range(row.versions, 0, -1)]
        held = next((name for name in names if name in archive.namelist()), None)
        if held is None:
            raise Refused("Копии для чтения в контейнере нет. Выдайте справку или сам контейнер дела.")
        return pdf_bind(sheet, pages=archive.read(held), attachments=[])


@action
def issue_open(actor: Actor, *, issue: UUID) -> Opened:
    """Open what was issued once more."""
    row = find(Issue, actor, issue)
    path = content_of(Actor.job("the issue was shown to the seat"), row.file.uid)
    journal.record(actor, "documents.issue_open", row.item.document, number=row.number)
    return Opened(row.file.uid, row.file.name, row.file.mime, row.file.size, str(path))
