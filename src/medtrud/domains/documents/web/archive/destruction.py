"""Acts of destruction."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Column, Request, attempt, cells, done, form_page, listing, needs, page
from medtrud.kernel.errors import NotFound, Refused

from ... import actions
from ...models import Destruction
from ...queries import archive
from ...types.storage import CaseState, DestructionState
from .forms import DestructionForm


@needs("documents.destruction_list")
def destruction_list(request: Request) -> HttpResponse:
    """Show the acts of destruction."""
    return listing(
        request,
        archive.destructions(request.actor),
        title="Уничтожение",
        noun="акт,акта,актов",
        columns=(
            Column("number", "Акт", _number, "number", "title", "name"),
            Column("on", "Дата", lambda row, _: cells.day(row.on), "on", "aside", "date"),
            Column("who", "Составил", lambda row, _: cells.muted(row.author_name)),
            Column("state", "Состояние", lambda row, _: _state(row), role="state", width="state"),
        ),
        order="-on",
        empty="Актов нет. В разделе «Дела» отметьте дела, срок которых истёк, и нажмите «К уничтожению».",
    )


def _number(row: Destruction, _: object) -> Any:
    return cells.link(f"Акт № {row.number}", reverse("documents:destruction", args=[row.uid]))


def _state(row: Destruction) -> Any:
    known = DestructionState(row.state)
    return cells.tag(known.title_ru, known.tone)


@needs("documents.destruction_open")
def destruction_open(request: Request) -> HttpResponse:
    """Draw up an act for the marked cases."""
    if not (request.POST.getlist("id") or request.POST.get("cases")):
        said = "Отметьте дела, срок которых истёк, и нажмите «К уничтожению»."
        return done(request, said, f"{reverse('documents:case_list')}?tab=due", tone="bad")
    marked = " ".join(request.POST.getlist("id")) or request.POST.get("cases", "")
    sent = request.POST if "chairman" in request.POST else None
    form = DestructionForm(request.actor, today(), sent, initial={"cases": marked})
    row = attempt(
        form,
        lambda facts: actions.destruction_open(
            request.actor,
            cases=_uids(facts["cases"]),
            chairman=int(facts["chairman"]),
            member=int(facts["member"]),
            on=today(),
        ),
    )
    if row:
        return done(
            request, "Акт составлен и отправлен комиссии на подпись.", "documents:destruction", row.uid
        )
    count = len(_uids(marked))
    back = reverse("documents:case_list")
    lead = f"Отмечено дел: {count}"
    return form_page(request, form, title="Акт об уничтожении", lead=lead, action="Составить акт", back=back)


def _uids(text: str) -> list[UUID]:
    try:
        return [UUID(mark) for mark in text.split()]
    except ValueError as error:
        raise NotFound("Отмеченные дела не найдены. Обновите страницу и отметьте их снова.") from error


@needs("documents.destruction_list")
def destruction(request: Request, uid: UUID) -> HttpResponse:
    """Show an act."""
    row = archive.destruction_of(request.actor, uid)
    lines = row.lines.select_related("case").order_by("number")
    return page(
        request,
        "documents/archive/destruction.html",
        title=str(row),
        destruction=row,
        state=DestructionState(row.state),
        lines=[(line, CaseState(line.case.state)) for line in lines],
    )


@require_POST
@needs("documents.destruction_carry_out")
def destruction_carry_out(request: Request, uid: UUID) -> HttpResponse:
    """Destroy."""
    try:
        actions.destruction_carry_out(request.actor, destruction=uid, on=today())
    except Refused as refusal:
        return done(request, str(refusal), "documents:destruction", uid, tone="bad")
    return done(request, "Акт исполнен: дела уничтожены.", "documents:destruction", uid)


urlpatterns = [
    path("archive/destruction/", destruction_list, name="destruction_list"),
    path("archive/destruction/open/", destruction_open, name="destruction_open"),
    path("archive/destruction/<uuid:uid>/", destruction, name="destruction"),
    path("archive/destruction/<uuid:uid>/carry-out/", destruction_carry_out, name="destruction_carry_out"),
]
