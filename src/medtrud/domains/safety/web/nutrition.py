"""Milk and therapeutic nutrition: what a worker begins to be given, the register of a month."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import employment_of, organization_of
from medtrud.registries.people.public import name_of, names_of

from ..actions import nutrition as actions
from ..queries.nutrition import grant_of, job_conditions, month_lines, titled
from ..queries.nutrition_sheet import sheet_form
from ..rules.nutrition import rights
from ..types.nutrition import NewGrant, portions_on
from .nutrition_forms import EndForm, GrantForm, IssueForm
from .papers import pdf_answer


@needs("safety.nutrition_grant")
def nutrition_grant(request: Request, uid: UUID) -> HttpResponse:
    """Begin to give a worker something; the reasons of his right stand beside."""
    actor, on = request.actor, today()
    job = employment_of(actor, uid)
    form = GrantForm(on, request.POST or None)
    granted = attempt(
        form, lambda facts: actions.nutrition_grant(actor, grant=NewGrant(employment=uid, **facts))
    )
    if granted:
        return done(request, "Назначено.", "safety:nutrition_list")
    decision = rights(job_conditions(actor, job, on), on)
    return form_page(
        request,
        form,
        "safety/nutrition_grant.html",
        title="Назначить молоко или питание",
        lead=name_of(actor, job.person_id).full,
        action="Назначить",
        back=reverse("safety:nutrition_list"),
        rights=decision.outcome,
        reasons=decision.reasons,
    )


@needs("safety.nutrition_month")
def nutrition_month(request: Request) -> HttpResponse:
    """Show the register of a month."""
    actor = request.actor
    month = _month(request)
    lines = month_lines(actor, employer=organization_of(actor).pk, month=month)
    names = names_of(actor, [line.grant.person_id for line in lines])
    return page(
        request,
        "safety/nutrition_month.html",
        title="Ведомость выдачи",
        lead=f"{month:%m.%Y}",
        month=month,
        before=add_months(month, -1),
        after=add_months(month, 1),
        rows=[(line, names.get(line.grant.person_id), titled(line.grant, month)) for line in lines],
    )


@needs("safety.nutrition_month")
def nutrition_print(request: Request) -> HttpResponse:
    """Print the register of a month."""
    form = sheet_form(request.actor, _month(request))
    return pdf_answer("safety/nutrition.typ", form, f"Ведомость {form.month}")


@needs("safety.nutrition_issue")
def nutrition_issue(request: Request, uid: UUID) -> HttpResponse:
    """Record what was given in a month."""
    month, row = _month(request), grant_of(request.actor, uid)
    form = IssueForm(portions_on(month).get(row.kind), request.POST or None)

    def save(facts: dict[str, Any]) -> Any:
        return actions.nutrition_issue(
            request.actor, grant=uid, month=month, shifts=int(facts["shifts"]), note=facts["note"]
        )

    back = f"{reverse('safety:nutrition_month')}?month={month:%Y-%m}"
    if attempt(form, save):
        return done(request, "Записано.", back)
    who = name_of(request.actor, row.person_id)
    return form_page(
        request, form, title=f"Выдано за {month:%m.%Y}", lead=who.full, action="Записать", back=back
    )


@needs("safety.nutrition_end")
def nutrition_end(request: Request, uid: UUID) -> HttpResponse:
    """Give no longer."""
    row = grant_of(request.actor, uid)
    form = EndForm(request.POST or None, initial={"on": today()})
    if attempt(form, lambda facts: actions.nutrition_end(request.actor, grant=uid, **facts)):
        return done(request, "Выдача прекращена.", "safety:nutrition_list")
    who = name_of(request.actor, row.person_id)
    back = reverse("safety:nutrition_month")
    return form_page(request, form, title="Прекратить выдачу", lead=who.full, action="Прекратить", back=back)


def _month(request: Request) -> dt.date:
    try:
        return dt.datetime.strptime(request.GET.get("month", ""), "%Y-%m").date()  # noqa: DTZ007 - a month
    except ValueError:
        return today().replace(day=1)


urlpatterns = [
    path("nutrition/month/", nutrition_month, name="nutrition_month"),
    path("nutrition/month/pdf/", nutrition_print, name="nutrition_print"),
    path("nutrition/jobs/<uuid:uid>/", nutrition_grant, name="nutrition_grant"),
    path("nutrition/<uuid:uid>/issue/", nutrition_issue, name="nutrition_issue"),
    path("nutrition/<uuid:uid>/end/", nutrition_end, name="nutrition_end"),
]
