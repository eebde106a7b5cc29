"""Media of the archive: the book, labels, checks."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.errors import Refused

from ... import actions
from ...models import Medium
from ...queries import archive
from ...queries.prints import label_form
from ...types.storage import MediumDeed, MediumState
from .forms import CheckForm, EndForm, MediumForm, MoveForm, WriteForm

REPORT = 64 << 20


@needs("documents.medium_list")
def medium_list(request: Request) -> HttpResponse:
    """Show the media."""
    new = request.actor.may("documents.medium_add")
    return listing(
        request,
        archive.media(request.actor),
        title="Носители",
        noun="носитель,носителя,носителей",
        columns=(
            Column("number", "Номер", _number, "number", "title", "name"),
            Column("kind", "Вид", lambda row, _: row.kind),
            Column("place", "Где хранится", lambda row, _: cells.muted(row.place or "—")),
            Column(
                "due",
                "Проверить до",
                lambda row, _: cells.day(row.due_on) if row.due_on else cells.DASH,
                "due_on",
                "aside",
                "date",
            ),
            Column("state", "Состояние", lambda row, _: _state(row), role="state", width="state"),
        ),
        tabs=(
            Tab("due", "Пора проверить", Q(due_on__lte=today())),
            Tab("faulty", "Неисправны", Q(state=MediumState.FAULTY)),
        ),
        order="number",
        buttons=(Button("Новый носитель", reverse("documents:medium_add"), "device-floppy"),) if new else (),
        empty="Носителей на учёте нет. Заведите первый и запишите на него дела.",
    )


def _number(row: Medium, _: object) -> Any:
    return cells.link(row.number, reverse("documents:medium", args=[row.uid]))


def _state(row: Medium) -> Any:
    known = MediumState(row.state)
    return cells.tag(known.title_ru, known.tone)


@needs("documents.medium_list")
def medium(request: Request, uid: UUID) -> HttpResponse:
    """Show one medium with its book."""
    row = archive.medium_of(request.actor, uid)
    copies = row.cases.select_related("case").order_by("case__year", "case__index")
    return page(
        request,
        "documents/archive/medium.html",
        title=f"Носитель {row.number}",
        lead=row.kind,
        medium=row,
        state=MediumState(row.state),
        copies=copies,
        lines=[(line, MediumDeed(line.deed)) for line in row.lines.order_by("-made_at", "-pk")],
        living=row.state not in {MediumState.LOST, MediumState.DESTROYED},
        late=row.due_on is not None and row.due_on <= today(),
    )


@needs("documents.medium_list")
def medium_label(request: Request, uid: UUID) -> HttpResponse:
    """Print the label of a medium."""
    row = archive.medium_of(request.actor, uid)
    cases = list(archive.cases_on(request.actor, row))
    content = form_render("documents/archive/label.typ", label_form(row, cases))
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"Этикетка {row.number}.pdf"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


@needs("documents.medium_add")
def medium_add(request: Request) -> HttpResponse:
    """Take a medium onto the books."""
    form = MediumForm(request.POST or None)
    row = attempt(form, lambda facts: actions.medium_add(request.actor, on=today(), **facts))
    if row:
        return done(request, "Носитель принят на учёт.", "documents:medium", row.uid)
    back = reverse("documents:medium_list")
    return form_page(request, form, title="Новый носитель", action="Принять на учёт", back=back)


@needs("documents.medium_write")
def medium_write(request: Request, uid: UUID) -> HttpResponse:
    """Tell what was written onto a medium."""
    row = archive.medium_of(request.actor, uid)
    choices = [(str(one.uid), str(one)) for one in archive.inventories(request.actor)[:100]]
    form = WriteForm(choices, request.POST or None)
    kept = attempt(
        form,
        lambda facts: actions.medium_write(
            request.actor, medium=uid, inventory=UUID(facts["inventory"]), on=today()
        ),
    )
    return _ended(request, row, form, kept, "Запись отмечена.", "Запись на носитель", "Отметить запись")


@needs("documents.medium_check")
def medium_check(request: Request, uid: UUID) -> HttpResponse:
    """Record a check."""
    row = archive.medium_of(request.actor, uid)
    form = CheckForm(request.POST or None, request.FILES or None, initial={"on": today()})
    kept = attempt(
        form,
        lambda facts: actions.medium_check(
            request.actor,
            medium=uid,
            on=facts["on"],
            ok=facts["ok"] == "yes",
            text=facts["text"],
            report=_report(facts["report"]),
        ),
    )
    return _ended(request, row, form, kept, "Проверка записана.", "Проверка носителя", "Записать проверку")


def _report(file: Any) -> bytes:
    if not file:
        return b""
    if file.size > REPORT:
        raise Refused("Ответ команды не бывает таким большим. Приложите файл, который она вывела.")
    content: bytes = file.read()
    return content


@needs("documents.medium_move")
def medium_move(request: Request, uid: UUID) -> HttpResponse:
    """Move a medium."""
    row = archive.medium_of(request.actor, uid)
    form = MoveForm(request.POST or None)
    kept = attempt(form, lambda facts: actions.medium_move(request.actor, medium=uid, on=today(), **facts))
    return _ended(request, row, form, kept, "Место записано.", "Перемещение носителя", "Записать место")


@needs("documents.medium_end")
def medium_end(request: Request, uid: UUID) -> HttpResponse:
    """Write a medium off."""
    row = archive.medium_of(request.actor, uid)
    form = EndForm(request.POST or None)
    kept = attempt(
        form,
        lambda facts: actions.medium_end(
            request.actor, medium=uid, deed=MediumDeed(facts["deed"]), text=facts["text"], on=today()
        ),
    )
    return _ended(request, row, form, kept, "Носитель списан.", "Списание носителя", "Списать")


def _ended(
    request: Request, row: Medium, form: Any, kept: object, text: str, title: str, act: str
) -> HttpResponse:
    if kept:
        return done(request, text, "documents:medium", row.uid)
    back = reverse("documents:medium", args=[row.uid])
    return form_page(request, form, title=title, lead=row.number, action=act, back=back)


urlpatterns = [
    path("archive/media/", medium_list, name="medium_list"),
    path("archive/media/add/", medium_add, name="medium_add"),
    path("archive/media/<uuid:uid>/", medium, name="medium"),
    path("archive/media/<uuid:uid>/label/", medium_label, name="medium_label"),
    path("archive/media/<uuid:uid>/write/", medium_write, name="medium_write"),
    path("archive/media/<uuid:uid>/check/", medium_check, name="medium_check"),
    path("archive/media/<uuid:uid>/move/", medium_move, name="medium_move"),
    path("archive/media/<uuid:uid>/end/", medium_end, name="medium_end"),
]
