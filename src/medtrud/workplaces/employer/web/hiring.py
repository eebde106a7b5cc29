"""Hiring, transfer, dismissal."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Banner, Chip, Request, attempt, done, form_page, needs
from medtrud.kernel.dates import age_on
from medtrud.registries.organizations import public as organizations
from medtrud.registries.organizations.public import (
    Employment,
    employment_of,
    organization_of,
    posts,
    workplaces,
)
from medtrud.registries.people.public import name_of

from .forms import DismissForm, HireForm, TransferForm, placed, uid_of

WORKER = "employer:worker_show"


@needs("organizations.worker_hire")
def worker_hire(request: Request) -> HttpResponse:
    """Hire somebody."""
    employer = organization_of(request.actor)
    form = HireForm(
        request.POST or None,
        initial={"since": today(), "kind": "main"},
        posts=placed(posts(request.actor, employer=employer.pk)),
        workplaces=placed(workplaces(request.actor, employer=employer.pk)),
    )

    def act(facts: dict[str, Any]) -> Employment:
        return organizations.worker_hire(
            request.actor,
            person=form.person(),
            confirmed=facts["confirmed"],
            post=UUID(facts["post"]),
            workplace=uid_of(facts["workplace"]),
            since=facts["since"],
            personnel_number=facts["personnel_number"],
            kind=facts["kind"],
        )

    if job := attempt(form, act):
        return done(request, "Работник принят.", WORKER, job.uid)
    return form_page(
        request, form, title="Приём на работу", action="Принять", back=reverse("employer:staff_list")
    )


@needs("organizations.employment_transfer")
def employment_transfer(request: Request, uid: UUID) -> HttpResponse:
    """Move somebody to another post or workplace."""
    actor, job = request.actor, employment_of(request.actor, uid)
    form = TransferForm(
        request.POST or None,
        initial={
            "since": today(),
            "post": str(job.post.uid),
            "workplace": str(job.workplace.uid) if job.workplace else "",
            "personnel_number": job.personnel_number,
        },
        posts=placed(posts(actor, employer=job.employer_id)),
        workplaces=placed(workplaces(actor, employer=job.employer_id)),
    )

    def act(facts: dict[str, Any]) -> Employment:
        facts |= {"post": UUID(facts["post"]), "workplace": uid_of(facts["workplace"])}
        return organizations.employment_transfer(actor, employment=uid, **facts)

    if row := attempt(form, act):
        return done(request, "Перевод оформлен.", WORKER, row.uid)
    return form_page(
        request,
        form,
        title="Перевод",
        action="Перевести",
        back=reverse(WORKER, args=[uid]),
        lead=f"{name_of(actor, job.person_id).full}, {job.post}",
    )


@needs("organizations.employment_close")
def employment_close(request: Request, uid: UUID) -> HttpResponse:
    """Dismiss somebody."""
    actor, job = request.actor, employment_of(request.actor, uid)
    form = DismissForm(request.POST or None, initial={"last_day": today()})

    def act(facts: dict[str, Any]) -> Employment:
        until = facts["last_day"] + dt.timedelta(days=1)
        return organizations.employment_close(actor, employment=uid, until=until, reason=facts["reason"])

    if attempt(form, act):
        return done(request, "Увольнение записано.", WORKER, uid)
    return form_page(
        request,
        form,
        title="Увольнение",
        action="Уволить",
        back=reverse(WORKER, args=[uid]),
        lead=f"{name_of(actor, job.person_id).full}, {job.post}",
    )


def banner_of(request: Request, job: Employment, chips: Sequence[Chip] = ()) -> Banner:
    """Say whom a page is about."""
    name, on = name_of(request.actor, job.person_id), today()
    about = f"{age_on(name.birth_date, on)} лет, {'ж' if name.sex == 'female' else 'м'}"
    return Banner(
        name=name.full,
        about=f"{about} · СНИЛС {name.snils}" if name.snils else about,
        facts=(("Должность", str(job.post)), ("Подразделение", str(job.division or "—"))),
        chips=tuple(chips),
        url=reverse(WORKER, args=[job.uid]),
    )
