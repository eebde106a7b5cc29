"""Campaigns of the employer: the list of them, a new one, one campaign with its steps (E2)."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_start
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    ChoiceField,
    Column,
    DayField,
    FlagField,
    Request,
    Section,
    Select,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import clinics, contracts
from medtrud.registries.reference.public import calendar_on
from medtrud.registries.reference.types import WorkCalendar

from ..actions.campaign import campaign_approve as approve
from ..actions.campaign import campaign_open as open_campaign
from ..actions.campaign import campaign_return as take_back
from ..models import Campaign
from ..queries.campaigns import Numbers, next_stage, numbers_of, stages_of
from ..queries.employer_papers import roll_form
from ..queries.rows import campaign_of, campaigns
from ..rules import start_feasible
from ..types.states import CampaignState, ExamState
from .answers import pdf

DAY = dt.timedelta(days=1)


class CampaignForm(forms.Form):
    """A new campaign; the days are checked against the order before it is opened."""

    sections = (
        Section("Кампания", ("title", "clinic"), columns=2),
        Section("Сроки", ("since", "last", "agreed"), columns=2),
    )
    title = TextField(label="Название", max_length=200)
    clinic = ChoiceField(label="Медицинская организация")
    since = DayField(label="Первый день осмотров")
    last = DayField(label="Последний день осмотров")
    agreed = FlagField(
        label="Сроки установлены договором",
        hint="Отметьте, если договор с медицинской организацией назначает другие сроки, чем приказ.",
    )

    def __init__(
        self, *args: Any, clinics: list[tuple[str, str]], on: dt.date, working: WorkCalendar, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.on, self.working = on, working
        self.fields["clinic"] = ChoiceField(
            label="Медицинская организация", choices=clinics, widget=forms.Select(), empty="Выберите клинику"
        )

    def clean(self) -> dict[str, Any]:
        """Warn of days the order does not allow; a contract may set others (п. 24)."""
        facts = super().clean() or {}
        since, last = facts.get("since"), facts.get("last")
        if since and last and last < since:
            self.add_error("last", "Последний день раньше первого. Исправьте даты.")
        if since and not facts.get("agreed"):
            self._feasible(since)
        return facts

    def _feasible(self, since: dt.date) -> None:
        try:
            decision = start_feasible(self.on, since, self.working)
        except Refused as refusal:
            self.add_error("since", str(refusal))
            return
        if not decision.outcome:
            said = self.working.said(self.on, since)
            texts = "; ".join(f"{why.text} ({why.ref})" for why in decision.reasons)
            self.add_error(
                "since",
                f"До начала остаётся меньше времени, чем требует приказ. {texts}; {said}. "
                "Перенесите начало или отметьте, что сроки установлены договором.",
            )


@needs("exams.campaign_list")
def campaign_list(request: Request) -> HttpResponse:
    """Show the campaigns with their next step."""
    actor, on = request.actor, today()
    working = calendar_on(actor, on)
    held = {(row.clinic.uid, str(row.clinic)) for row in campaigns(actor)}
    return listing(
        request,
        campaigns(actor),
        title="Кампании осмотров",
        noun="кампания,кампании,кампаний",
        columns=(
            Column("title", "Кампания", _link, "title", "title", "name"),
            Column("clinic", "Медицинская организация", lambda row, _: row.clinic),
            Column("since", "Дни осмотров", _period, "since", "aside"),
            Column("listed", "В списке", lambda row, n: cells.number(n[row.pk].listed), width="number"),
            Column("concluded", "Заключений", lambda row, n: f"{n[row.pk].concluded} ({n[row.pk].share} %)"),
            Column("next", "Дальше", lambda row, n: _next(row, n[row.pk], on, working)),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        tabs=(
            Tab("open", "Идут", ~Q(state=CampaignState.CLOSED)),
            Tab("closed", "Акт закрыт", Q(state=CampaignState.CLOSED)),
        ),
        filters=(
            Select(
                "clinic",
                "Все клиники",
                sorted(held, key=lambda pair: pair[1]),
                where=lambda uid: Q(clinic__uid=uid),
            ),
        ),
        order="-since",
        about=lambda rows: numbers_of(actor, rows),
        buttons=(Button("Новая кампания", reverse("exams:campaign_open"), "calendar-plus", "KeyN"),),
        empty="Кампаний ещё нет. Откройте первую: список работников сформируется из штата.",
    )


def _link(row: Campaign, _: object) -> object:
    return cells.link(row.title, reverse("exams:campaign", args=[row.uid]), note=f"№ {row.number}")


def _period(row: Campaign, _: object) -> str:
    return f"{row.since:%d.%m.%Y} – {row.until - DAY:%d.%m.%Y}"


def _next(row: Campaign, numbers: Numbers, on: dt.date, working: WorkCalendar) -> object:
    stage = next_stage(stages_of(row, numbers, on, working))
    if stage is None:
        return cells.DASH
    text = f"{stage.title} до {stage.until:%d.%m.%Y}" if stage.until else stage.title
    return cells.tag(text, "bad") if stage.late else text


def _state(row: Campaign, _: object) -> object:
    state = CampaignState(row.state)
    return cells.tag(state.title_ru, state.tone)


@needs("exams.campaign_open")
def campaign_open(request: Request) -> HttpResponse:
    """Open a campaign."""
    actor, on = request.actor, today()
    form = CampaignForm(
        request.POST or None,
        initial={"title": f"Периодический осмотр {on.year}"},
        clinics=clinic_choices(actor),
        on=on,
        working=calendar_on(actor, on),
    )

    def act(facts: dict[str, Any]) -> Campaign:
        return open_campaign(
            actor,
            clinic=UUID(facts["clinic"]),
            title=facts["title"],
            since=facts["since"],
            until=facts["last"] + DAY,
        )

    if row := attempt(form, act):
        return done(request, "Кампания открыта. Сформируйте поименный список.", "exams:campaign", row.uid)
    back = reverse("exams:campaign_list")
    return form_page(request, form, title="Новая кампания", action="Открыть кампанию", back=back)


def clinic_choices(actor: Actor) -> list[tuple[str, str]]:
    """Offer clinics, those with a contract first."""
    bound = {row.clinic_id: row for row in contracts(actor, employer=actor.organization)}
    rows = sorted(clinics(actor), key=lambda row: (row.pk not in bound, str(row)))
    return [
        (str(row.uid), f"{row} — договор № {bound[row.pk].number}" if row.pk in bound else str(row))
        for row in rows
    ]


@needs("exams.campaign")
def campaign(request: Request, uid: UUID) -> HttpResponse:
    """Show one campaign: its steps, its numbers, what to do now."""
    actor, on = request.actor, today()
    row = campaign_of(actor, uid)
    numbers = numbers_of(actor, [row])[row.pk]
    stages = stages_of(row, numbers, on, calendar_on(actor, on))
    return page(
        request,
        "exams/campaign.html",
        title=row.title,
        lead=f"№ {row.number}, {row.clinic}, {_period(row, None)}",
        campaign=row,
        state=CampaignState(row.state),
        numbers=numbers,
        stages=stages,
        now=next_stage(stages),
        exam_states=[(ExamState(code), count) for code, count in sorted(numbers.exams.items())],
        draft=row.state == CampaignState.DRAFT,
        waits=row.state == CampaignState.APPROVED,
        agreed=row.state == CampaignState.AGREED,
        left=numbers.listed - numbers.referred,
    )


@require_POST
@needs("exams.roll_build")
def roll_build(request: Request, uid: UUID) -> HttpResponse:
    """Begin to build the list; the job shows its progress."""
    row = campaign_of(request.actor, uid)
    started = job_start(
        request.actor,
        job="exams.roll_build",
        title=f"Поименный список: {row.title}",
        link=reverse("exams:roll", args=[uid]),
        campaign=uid,
        on=today(),
    )
    return done(request, "Список формируется.", "background:job_show", started.uid, tone="info")


@require_POST
@needs("exams.campaign_approve")
def campaign_approve(request: Request, uid: UUID) -> HttpResponse:
    """Approve the list and send it to the clinic."""
    approve(request.actor, campaign=uid, on=today())
    return done(request, "Список утверждён и передан клинике на согласование.", "exams:campaign", uid)


@require_POST
@needs("exams.campaign_return")
def campaign_return(request: Request, uid: UUID) -> HttpResponse:
    """Take the list back to correct it."""
    take_back(request.actor, campaign=uid)
    return done(request, "Список снова можно менять.", "exams:campaign", uid)


@needs("exams.roll_print")
def roll_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the named list."""
    row = campaign_of(request.actor, uid)
    return pdf("roll", roll_form(request.actor, row, today()), f"Поименный список {row.number}.pdf")


urlpatterns = [
    path("campaigns/", campaign_list, name="campaign_list"),
    path("campaigns/new/", campaign_open, name="campaign_open"),
    path("campaigns/<uuid:uid>/", campaign, name="campaign"),
    path("campaigns/<uuid:uid>/build/", roll_build, name="roll_build"),
    path("campaigns/<uuid:uid>/approve/", campaign_approve, name="campaign_approve"),
    path("campaigns/<uuid:uid>/return/", campaign_return, name="campaign_return"),
    path("campaigns/<uuid:uid>/print/", roll_print, name="roll_print"),
]
