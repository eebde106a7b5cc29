"""A document from its first version to its number; nothing of it is ever overwritten."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.utils import timezone

from medtrud.engines.background.public import publish
from medtrud.engines.files.public import File, content_of, file_put, virus_in
from medtrud.engines.files.types import Opened
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep, now, numbers_take, today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import organization_of

from ..drivers.formats import format_fault
from ..drivers.texts import LONGEST, text_of
from ..models import CaseItem, Document, Handover, Registration, Request, Version
from ..queries import scheme_on, versions_of
from ..queries.archive import author
from ..queries.copies import copy_of
from ..queries.registers import due_on
from ..rules import index_of, requisites_missing, words_key
from ..types import (
    Content,
    DocumentIn,
    DocumentRegistered,
    DocumentState,
    Flow,
    Kind,
    file_limit,
    kind_of,
)
from ..types.events import VersionKept
from ..types.signing import RequestState
from ..types.storage import CaseState

ARCHIVED = (
    "Документ сдан в архив и больше не изменяется. Нужную копию или справку выдаст архив; "
    "исправление оформите новым документом."
)
SEALED = (CaseState.PACKED, CaseState.KEPT, CaseState.DESTROYED)
HANDED = (
    "Документ передан в бухгалтерию: его реквизиты закрыты и он не аннулируется. "
    "Исправление оформите новой версией."
)
ANNULLED = "Документ аннулирован, с ним больше ничего не делают. Заведите новый."


@action
def document_create(actor: Actor, *, document: DocumentIn, content: Content, reason: str = "") -> Document:
    """Enter a document with its first version; content with a virus or of an impossible size is refused."""
    kind = kind_of(document.kind, document.on)
    flow = flow_of(kind, document)
    complete(kind, document)
    if document.received and document.received.at > now():
        raise Refused("День и час поступления ещё не наступили. Исправьте их.")
    if kind.medical and actor.role not in {Role.CLINIC, Role.COMMISSION, Role.CENTER, Role.SYSTEM}:
        raise Forbidden(
            f"Документ «{kind.title}» составляет врачебную тайну: его ведёт медицинская организация."
        )
    row = row_new(actor, document, kind, flow)
    row.full_clean(exclude=["organization", "person", "party"])
    row.save()
    _version(actor, row, _kept(actor, content), 1, reason, content.amount)
    publish(VersionKept(row.uid))
    journal.record(actor, "documents.document_create", row, kind=kind.code, flow=flow)
    return row


@action
def version_add(actor: Actor, *, document: UUID, content: Content, reason: str) -> Version:
    """Correct a document: the new version stands in front, the old one stays with its signatures."""
    row = own_document(actor, document)
    if not reason.strip():
        raise Refused("Исправление объясняют: укажите, чем новая версия отличается от прежней.")
    latest = versions_of(actor, row)[0]
    file = _kept(actor, content)
    if file.sha256 == latest.sha256:
        raise Refused(f"Файл не отличается от версии {latest.number}. Выберите исправленный файл.")
    requests_withdraw(latest)
    version = _version(actor, row, file, latest.number + 1, reason.strip(), content.amount)
    row.state = first_state(kind_of(row.kind, row.on), Flow(row.flow))
    keep(row, "state")
    publish(VersionKept(row.uid))
    journal.record(actor, "documents.version_add", row, version=version.number)
    return version


@action
def document_index(actor: Actor, *, document: UUID) -> None:
    """Make a document found by the words of its latest version.

    A paper about a person is not read, nor what a module prints: it may name people and has its own words.

    Not journaled: nothing is shown to anybody and nothing but the search changes.
    """
    row: Document = find(Document, actor, document)
    if row.medical or row.person_id is not None or row.module:
        return
    version = versions_of(actor, row)[0]
    party = str(row.party) if row.party else row.party_name
    said = text_of(content_of(Actor.job("only its words are taken"), version.file.uid), version.file.mime)
    row.text_key = words_key(f"{row.title} {party} {row.enclosures} {version.file.name} {said}")[:LONGEST]
    keep(row, "text_key")


@action
def document_register(actor: Actor, *, document: UUID, on: dt.date) -> Registration:
    """Give a document its number in the register of its flow: once, in the order of registration."""
    row = own_document(actor, document)
    if Registration.objects.unscoped("the number of a document seen above").filter(document=row).exists():
        raise Refused(f"Документ «{row.title}» уже зарегистрирован. Второй номер ему не дают.")
    came = timezone.localtime(row.received_at) if row.received_at else None
    if came and on < came.date():
        raise Refused("Дата регистрации раньше дня поступления. Исправьте дату.")
    last = Registration.objects.unscoped("numbers go by days").filter(
        organization=row.organization_id, flow=row.flow, year=on.year, on__gt=on
    )
    if last.exists():
        raise Refused(
            f"За {on:%d.%m.%Y} номер уже не выдать: позже зарегистрированы другие документы. "
            "Зарегистрируйте сегодняшним днём."
        )
    pattern, index = scheme_on(actor, Flow(row.flow), on)
    (number,) = numbers_take(f"documents:{row.organization_id}:{row.flow}", on.year)
    due = due_on(actor, row)
    registered = Registration(
        document=row,
        organization_id=row.organization_id,
        flow=row.flow,
        year=on.year,
        number=number,
        index=index_of(pattern, number=number, year=on.year, index=index),
        on=on,
        due=due,
        author=actor.account,
        author_name=author(actor),
    )
    keep(registered)
    row.index = registered.index
    keep(row, "index")
    publish(DocumentRegistered(row.uid, row.organization_id, on))
    journal.record(actor, "documents.document_register", row, number=registered.index)
    return registered


@action
def document_release(actor: Actor, *, document: UUID, on: dt.date) -> Document:
    """Hand a document over: from now on the other side and the worker see it."""
    row = own_document(actor, document)
    if row.state in {DocumentState.DRAFT, DocumentState.SIGNING}:
        raise Refused(f"Документ «{row.title}» ещё не подписан. Передают подписанный.")
    if row.released_on:
        raise Refused(f"Документ уже передан {row.released_on:%d.%m.%Y}.")
    if virus := virus_in(versions_of(actor, row)[0].file):
        raise Refused(f"Документ «{row.title}» не передан: в его файле найден вирус «{virus}».")
    row.released_on = on
    keep(row, "released_on")
    journal.record(actor, "documents.document_release", row, on=on)
    return row


@action
def document_annul(actor: Actor, *, document: UUID, reason: str) -> Document:
    """Declare that a document counts no longer; its number, versions and signatures stay."""
    row = own_document(actor, document)
    if not reason.strip():
        raise Refused("Аннулирование объясняют. Укажите причину.")
    if Handover.objects.unscoped("of a document seen above").filter(document=row).exists():
        raise Refused(HANDED)
    requests_withdraw(versions_of(actor, row)[0])
    row.state = DocumentState.ANNULLED
    keep(row, "state")
    journal.record(actor, "documents.document_annul", row, reason=reason.strip())
    return row


@action
def document_open(actor: Actor, *, document: UUID, version: int | None = None) -> Opened:
    """Open the content of a version; the journal knows who did, and the worker sees it."""
    row = find(Document, actor, document)
    rows = versions_of(actor, row)
    chosen = rows[0] if version is None else _numbered(rows, version)
    path = content_of(Actor.job("the document was shown above"), chosen.file.uid)
    journal.record(actor, "documents.document_open", row, version=chosen.number, person=row.person_id)
    file = chosen.file
    return Opened(file.uid, file.name, file.mime, file.size, str(path))


def _numbered(rows: Iterable[Version], number: int) -> Version:
    chosen = next((row for row in rows if row.number == number), None)
    if chosen is None:
        raise NotFound(
            f"Версии {number} у документа нет. Есть: {', '.join(str(row.number) for row in rows)}."
        )
    return chosen


@action
def document_copy(actor: Actor, *, document: UUID, version: int | None = None) -> bytes:
    """Make the visual copy of a version; it shows the content, so the journal knows who made it."""
    row = find(Document, actor, document)
    rows = versions_of(actor, row)
    chosen = rows[0] if version is None else _numbered(rows, version)
    made = copy_of(row, chosen, now().replace(microsecond=0))
    journal.record(actor, "documents.document_copy", row, version=chosen.number, person=row.person_id)
    return made


def requests_withdraw(version: Version) -> None:
    """Ask nobody any more for a version that is replaced or refused; part of the actions that do so."""
    going = Request.objects.unscoped("of a version found by the action").filter(
        version=version, state__in=[RequestState.LATER, RequestState.WAIT]
    )
    going.update(state=RequestState.WITHDRAWN, decided_at=now())


def own_document(actor: Actor, uid: UUID) -> Document:
    """Return a living document of one's own house, locked; part of the actions that change it."""
    row: Document = find(Document, actor, uid)
    if actor.role is not Role.SYSTEM and row.organization_id != actor.organization:
        raise Forbidden("Документ ведёт другая организация: вы его читаете, но не изменяете.")
    if row.state == DocumentState.ANNULLED:
        raise Refused(ANNULLED)
    archived_refuse([row])
    Document.objects.unscoped("locked after it was found").select_for_update(of=("self",)).get(pk=row.pk)
    return row


def archived_refuse(rows: Iterable[Document]) -> None:
    """Refuse to change documents that lie in the archive; part of the actions that change them."""
    items = CaseItem.objects.unscoped("of documents seen above")
    if items.filter(document__in=rows, case__state__in=SEALED).exists():
        raise Refused(ARCHIVED)


def flow_of(kind: Kind, document: DocumentIn) -> Flow:
    """Return which way a document goes."""
    flow = kind.flow or document.flow
    if flow is None:
        raise Refused(f"Документ «{kind.title}» бывает входящим, исходящим и внутренним. Выберите поток.")
    return flow


def complete(kind: Kind, document: DocumentIn) -> None:
    """Refuse a document that lacks a requisite of its kind."""
    missing = requisites_missing(
        kind,
        person=document.person is not None,
        party=document.party is not None or bool(document.party_name.strip()),
        received=document.received is not None,
    )
    if missing:
        raise Refused(
            f"Документ «{kind.title}» не заведён: не указано «{', '.join(missing)}». Укажите и повторите.",
            basis=str(kind.basis),
        )


def row_new(actor: Actor, document: DocumentIn, kind: Kind, flow: Flow) -> Document:
    """Return the row of a document that is not kept yet; part of the actions that enter one."""
    came = document.received
    return Document(
        organization_id=house_of(actor, document),
        kind=kind.code,
        flow=flow,
        title=document.title.strip(),
        title_key=sort_key(document.title),
        text_key=words_key(
            f"{document.title} {document.party_name} {document.sheet.enclosures} {document.words}"
        ),
        on=document.on,
        state=first_state(kind, flow),
        medical=kind.medical,
        to_worker=kind.to_worker,
        person_id=document.person,
        party_id=document.party,
        party_name=document.party_name.strip(),
        about=document.about,
        module=document.module,
        received_at=came.at if came else None,
        received_number=came.number if came else "",
        received_on=came.on if came else None,
        received_by=came.by if came else "",
        sheets=document.sheet.sheets,
        enclosures=document.sheet.enclosures,
        created_at=now(),
        author=actor.account,
    )


def house_of(actor: Actor, document: DocumentIn) -> int:
    """Return whose document it is."""
    if actor.role is Role.SYSTEM and document.organization is not None:
        return document.organization
    return organization_of(actor).pk


def first_state(kind: Kind, flow: Flow) -> DocumentState:
    """Return the state of a new version: a draft to be signed, or kept as it is."""
    signed_here = flow is not Flow.INCOMING and (kind.signers or kind.seal)
    return DocumentState.DRAFT if signed_here else DocumentState.KEPT


def _kept(actor: Actor, content: Content) -> File:
    file = file_put(actor, stream=content.stream, name=content.name, limit=file_limit(today()))
    path = content_of(Actor.job("what has just been received"), file.uid)
    if fault := format_fault(path, file.mime, file.name):
        raise Refused(f"Файл «{file.name}» не принят: {fault}.")
    return file


def _version(
    actor: Actor, row: Document, file: File, number: int, reason: str, amount: Decimal | None
) -> Version:
    version = Version(
        document=row,
        number=number,
        file=file,
        sha256=file.sha256,
        amount=amount,
        reason=reason,
        made_at=now(),
        author=actor.account,
    )
    keep(version)
    return version
