"""The difference of the contingent: who enters, leaves, changes; approved or returned by the employer."""

from collections import Counter
from uuid import UUID

from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, done, needs, page
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import organization_of
from medtrud.registries.people.public import names_of

from .. import actions
from ..queries.contingent_changes import CHANGES, ENTERS, LEAVES, contingent_changes

SHOWN = 300
KINDS = {ENTERS: ("входит", "info"), LEAVES: ("выбывает", "warn"), CHANGES: ("меняется", "")}
LIST = "exams:contingent_changes"


@needs("exams.contingent_changes")
def changes(request: Request) -> HttpResponse:
    """Show what would change in the contingent."""
    found = contingent_changes(request.actor, employer=organization_of(request.actor).pk, on=today())
    names = names_of(request.actor, [each.person for each in found[:SHOWN]])
    counts = Counter(each.kind for each in found)
    return page(
        request,
        "exams/contingent_changes.html",
        title="Изменения контингента",
        rows=[
            (each, names[each.person].full if each.person in names else "Работник", KINDS[each.kind])
            for each in found[:SHOWN]
        ],
        total=len(found),
        more=max(len(found) - SHOWN, 0),
        figures=[(title.capitalize(), counts[kind]) for kind, (title, _) in KINDS.items()],
    )


@require_POST
@needs("exams.contingent_approve")
def contingent_approve(request: Request) -> HttpResponse:
    """Approve all changes, or the ticked ones."""
    chosen = None if "all" in request.POST else _ticked(request)
    count = actions.contingent_approve(request.actor, on=today(), employments=chosen)
    return done(request, f"Утверждено изменений: {count}.", LIST)


@require_POST
@needs("exams.contingent_return")
def contingent_return(request: Request) -> HttpResponse:
    """Return the ticked changes with a reason."""
    reason = request.POST.get("reason", "")
    count = actions.contingent_return(request.actor, on=today(), employments=_ticked(request), reason=reason)
    return done(request, f"Возвращено изменений: {count}.", LIST, tone="info")


def _ticked(request: Request) -> list[UUID]:
    try:
        chosen = [UUID(text) for text in request.POST.getlist("id")]
    except ValueError:
        chosen = []
    if not chosen:
        raise Refused("Ничего не отмечено. Отметьте строки или утвердите все.")
    return chosen


urlpatterns = [
    path("contingent/changes/", changes, name="contingent_changes"),
    path("contingent/changes/approve/", contingent_approve, name="contingent_approve"),
    path("contingent/changes/return/", contingent_return, name="contingent_return"),
]
