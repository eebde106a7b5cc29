"""One document: what it is, its versions, its number, resolutions, who opened it."""

from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from medtrud.engines.access.public import colleagues
from medtrud.engines.journal.public import history_of, title_of
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Event, Request, attempt, done, form_page, needs, page
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.registries.people.public import names_of

from .. import actions
from ..models import Document, Version
from ..queries import document_of, tasks_of, versions_of
from ..queries.accounting import handover_of
from ..queries.registers import came_said, due_on
from ..queries.signing import Put, requests_of, signatures_put
from ..queries.strength import strengths_of
from ..types import DocumentState, Flow, kinds_on
from ..types.accounting import accounting_rules
from ..types.signing import ROLES, RequestState
from ..types.strength import Judged
from .forms import DayForm, ReasonForm, VersionForm
from .routes import walked

TRACES = 30
ASKED_OF = {DocumentState.SIGNED, DocumentState.KEPT}


@needs("documents.document")
def document(request: Request, uid: UUID) -> HttpResponse:
    """Show a document without opening its content."""
    actor, row = request.actor, document_of(request.actor, uid)
    own = row.organization_id == actor.organization and row.state != DocumentState.ANNULLED
    registered = getattr(row, "registration", None)
    state = DocumentState(row.state)
    names = names_of(actor, [row.person_id]) if row.person_id else {}
    versions = list(versions_of(actor, row))
    handed = handover_of(actor, row)
    return page(
        request,
        "documents/document.html",
        title=row.title,
        lead=f"{Flow(row.flow).title_ru}, {row.on:%d.%m.%Y}",
        document=row,
        kind=kinds_on(row.on).get(row.kind),
        state=state,
        person=names.get(row.person_id or 0),
        registration=registered,
        versions=versions,
        tasks=tasks_of(actor, row) if own else (),
        own=own,
        signatures=_signatures(versions[0]),
        requests=_asked(actor, versions[0]) if own else (),
        passages=walked(actor, row) if own else (),
        may_ask_copy=actor.may("documents.paper_copy_ask") and state in ASKED_OF,
        came=came_said(row),
        register_by=None if registered else due_on(actor, row),
        handed=handed,
        may_hand=handed is None
        and row.kind in accounting_rules(row.on)
        and actor.may("documents.document_hand"),
        may_acquaint=own and actor.may("documents.acquaintance_open") and state in ASKED_OF,
        may_release=own and not row.released_on and row.flow != Flow.INCOMING and state in ASKED_OF,
        traces=_traces(actor, row) if own else (),
    )


@needs("documents.document_open")
def document_file(request: Request, uid: UUID, number: int) -> FileResponse:
    """Give the bytes of a version; the opening is journaled."""
    file = actions.document_open(request.actor, document=uid, version=number)
    answer = FileResponse(_content(file.path), as_attachment=True, filename=file.name, content_type=file.mime)
    answer["Cache-Control"] = "no-store"
    return answer


@needs("documents.document_copy")
def document_copy(request: Request, uid: UUID, number: int) -> HttpResponse:
    """Give the visual copy of a version: its pages, the marks, the source inside."""
    content = actions.document_copy(request.actor, document=uid, version=number)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"Копия, версия {number}.pdf"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@needs("documents.version_add")
def version_add(request: Request, uid: UUID) -> HttpResponse:
    """Add a corrected version."""
    row = document_of(request.actor, uid)
    form = VersionForm(request.POST or None, request.FILES or None)
    added = attempt(
        form,
        lambda facts: actions.version_add(
            request.actor, document=uid, content=form.content(), reason=facts["reason"]
        ),
    )
    if added:
        return done(request, f"Версия {added.number} добавлена.", "documents:document", uid)
    return _form(request, form, row, title="Новая версия", action="Добавить версию")


@needs("documents.document_register")
def document_register(request: Request, uid: UUID) -> HttpResponse:
    """Give a document its number."""
    row = document_of(request.actor, uid)
    form = DayForm(request.POST or None, initial={"on": today()})
    registered = attempt(form, lambda facts: actions.document_register(request.actor, document=uid, **facts))
    if registered:
        return done(request, f"Зарегистрирован: {registered}.", "documents:document", uid)
    return _form(request, form, row, title="Регистрация", action="Выдать номер")


@require_POST
@needs("documents.document_release")
def document_release(request: Request, uid: UUID) -> HttpResponse:
    """Hand a document over today."""
    actions.document_release(request.actor, document=uid, on=today())
    return done(request, "Документ передан.", "documents:document", uid)


@needs("documents.document_annul")
def document_annul(request: Request, uid: UUID) -> HttpResponse:
    """Declare a document void."""
    row = document_of(request.actor, uid)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda facts: actions.document_annul(request.actor, document=uid, **facts)):
        return done(request, "Документ аннулирован.", "documents:document", uid)
    return _form(request, form, row, title="Аннулировать документ", action="Аннулировать")


def _signatures(version: Version) -> list[tuple[Put, Judged]]:
    puts = signatures_put(version)
    kinds = strengths_of(puts)
    return [(put, kinds[put.row.uid]) for put in puts]


def _traces(actor: Actor, row: Document) -> list[Event]:
    names = colleagues(actor, today())
    return [
        Event(line.at.date(), title_of(line.action), names.get(line.account or 0, line.name))
        for line in history_of(row.uid)[:TRACES]
    ]


def _asked(actor: Actor, version: Version) -> list[dict[str, Any]]:
    names = colleagues(actor, today())
    return [
        {
            "uid": row.uid,
            "role": ROLES.get(row.role, row.role),
            "who": names.get(row.account, "сотрудник уволен") if row.account else "",
            "state": RequestState(row.state),
            "reason": row.reason,
            "mine": row.state == RequestState.WAIT and row.account in {actor.account, None},
        }
        for row in requests_of(actor, version)
    ]


def _form(
    request: Request, form: DayForm | ReasonForm | VersionForm, row: Document, **said: str
) -> HttpResponse:
    return form_page(
        request, form, lead=row.title, back=reverse("documents:document", args=[row.uid]), **said
    )


def _content(path: str) -> BinaryIO:
    try:
        return Path(path).open("rb")
    except FileNotFoundError as error:
        raise NotFound("Содержимое файла утрачено. Сообщите службе поддержки: его ищут в копиях.") from error


urlpatterns = [
    path("<uuid:uid>/", document, name="document"),
    path("<uuid:uid>/files/<int:number>/", document_file, name="document_file"),
    path("<uuid:uid>/copies/<int:number>/", document_copy, name="document_copy"),
    path("<uuid:uid>/versions/add/", version_add, name="version_add"),
    path("<uuid:uid>/register/", document_register, name="document_register"),
    path("<uuid:uid>/release/", document_release, name="document_release"),
    path("<uuid:uid>/annul/", document_annul, name="document_annul"),
]
