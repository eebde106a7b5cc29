"""Campaigns on the clinic's side: the named list is looked through and agreed, days are planned."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    ChoiceField,
    Column,
    DayField,
    NumberField,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.registries.people.public import names_of, persons_search

from ..actions.campaign import campaign_agree as agree
from ..actions.exam import exams_plan
from ..models import Campaign, RollEntry
from ..queries.rows import campaign_of, campaigns
from ..queries.visit import campaign_progress, divisions_unplanned, exams_unplanned, roll_divisions, roll_of
from ..types.states import CampaignState
from .faces import about, chips_of

EXAMS = "осмотр,осмотра,осмотров"


class PlanForm(forms.Form):
    """One day for a division of a campaign."""

    division = ChoiceField(label="Подразделение")
    on = DayField(label="День осмотра")
    limit = NumberField(
        label="Не больше", unit="человек", low=1, high=1000, required=False, hint="Пусто — все без даты."
    )

    def __init__(self, *args: Any, divisions: list[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = sum(people for _, people in divisions)
        choices = [(f"={title}", f"{title or 'без подразделения'} — {people}") for title, people in divisions]
        self.fields["division"] = ChoiceField(
            label="Подразделение",
            choices=[("*", f"Все подразделения — {whole}"), *choices],
            widget=forms.Select(),
            empty="Выберите",
        )


@needs("exams.agreement_list")
def agreement_list(request: Request) -> HttpResponse:
    """Show the campaigns of the clinic, those that wait for its agreement first."""
    return listing(
        request,
        campaigns(request.actor),
        title="Кампании",
        noun="кампания,кампании,кампаний",
        columns=(
            Column("employer", "Работодатель", _link, "employer__name_key", "title", "name"),
            Column("title", "Кампания", lambda c, _: f"{c.title} № {c.number}"),
            Column("since", "С", lambda c, _: cells.day(c.since), "since", "aside", "date"),
            Column(
                "until", "По", lambda c, _: cells.day(c.until - dt.timedelta(days=1)), "until", width="date"
            ),
            Column("done", "Осмотрено", _progress, width="number"),
            Column("state", "Состояние", _state, role="state", width="state"),
        ),
        about=lambda rows: campaign_progress(request.actor, [row.pk for row in rows]),
        tabs=(
            Tab("wait", "Ждут согласования", Q(state=CampaignState.APPROVED)),
            Tab("agreed", "Согласованы", Q(state=CampaignState.AGREED)),
            Tab("closed", "Акт закрыт", Q(state=CampaignState.CLOSED)),
        ),
        order="-since",
        empty="Поименных списков ещё нет. Они появятся, когда работодатель утвердит список.",
    )


@needs("exams.agreement_list")
def agreement(request: Request, uid: UUID) -> HttpResponse:
    """Show the named list of a campaign."""
    actor, on = request.actor, today()
    row = campaign_of(actor, uid)
    state = CampaignState(row.state)
    divisions = [(title, title or "без подразделения") for title in roll_divisions(actor, row)]
    return listing(
        request,
        roll_of(actor, row),
        template="exams/agreement.html",
        title=f"{row.employer}: {row.title}",
        noun="работник,работника,работников",
        columns=_columns(on),
        filters=(Select("division", "Все подразделения", divisions, "division"),),
        search=Search(
            "ФИО или СНИЛС", lambda rows, text: rows.filter(person__in=persons_search(actor, text))
        ),
        order="worker",
        about=lambda rows: names_of(actor, [entry.person_id for entry in rows]),
        empty="В списке никого нет.",
        extra={
            "campaign": row,
            "state": state,
            "last_day": row.until - dt.timedelta(days=1),
            "waits": state == CampaignState.APPROVED and actor.may("exams.campaign_agree"),
            "plans": state == CampaignState.AGREED and actor.may("exams.exams_plan"),
        },
    )


@require_POST
@needs("exams.campaign_agree")
def campaign_agree(request: Request, uid: UUID) -> HttpResponse:
    """Accept the named list."""
    agree(request.actor, campaign=uid, on=today())
    text = "Список согласован. Работодатель может выдавать направления."
    return done(request, text, "exams:agreement", uid)


@needs("exams.exams_plan")
def campaign_plan(request: Request, uid: UUID) -> HttpResponse:
    """Set a day for a division of a campaign."""
    actor, row = request.actor, campaign_of(request.actor, uid)
    divisions = divisions_unplanned(actor, row)
    form = PlanForm(request.POST or None, divisions=divisions)
    planned = attempt(form, lambda facts: _plan(request, row, facts))
    if planned:
        return done(request, f"День назначен: {cells.counted(planned, EXAMS)}.", "exams:campaign_plan", uid)
    return form_page(
        request,
        form,
        title=f"Назначить дни: {row.employer}",
        lead=f"без даты: {cells.counted(sum(people for _, people in divisions), EXAMS)}",
        action="Назначить день",
        back=reverse("exams:agreement", args=[uid]),
    )


def _plan(request: Request, row: Campaign, facts: dict[str, Any]) -> int:
    division = None if facts["division"] == "*" else facts["division"][1:]
    limit = int(facts["limit"]) if facts["limit"] else None
    chosen = exams_unplanned(request.actor, row, division, limit)
    return exams_plan(request.actor, exams=chosen, on=facts["on"])


def _link(row: Campaign, _: object) -> object:
    return cells.link(str(row.employer), reverse("exams:agreement", args=[row.uid]))


def _progress(row: Campaign, found: dict[int, tuple[int, int]]) -> object:
    visits, finished = found.get(row.pk, (0, 0))
    return f"{cells.number(finished)} из {cells.number(visits)}" if visits else cells.DASH


def _state(row: Campaign, _: object) -> object:
    state = CampaignState(row.state)
    return cells.tag("Ждёт согласования" if state == CampaignState.APPROVED else state.title_ru, state.tone)


def _columns(on: dt.date) -> tuple[Column, ...]:
    def worker(entry: RollEntry, names: Any) -> object:
        name = names.get(entry.person_id)
        return cells.link(name.full, "#main", note=about(name, on)) if name else cells.muted("Карта закрыта")

    return (
        Column("worker", "Работник", worker, "person__name_rank", "title", "name"),
        Column("division", "Подразделение", lambda e, _: e.division or cells.DASH),
        Column("post", "Должность", lambda e, _: e.post),
        Column("codes", "Факторы", lambda e, _: cells.chips(chips_of(e.codes, e.added_on))),
        Column("class", "Класс", lambda e, _: e.sout_class or cells.DASH, width="narrow"),
        Column("due", "Пройти до", lambda e, _: cells.day(e.due_on), "due_on", "aside", "date"),
    )


urlpatterns = [
    path("agreement/", agreement_list, name="agreement_list"),
    path("agreement/<uuid:uid>/", agreement, name="agreement"),
    path("agreement/<uuid:uid>/agree/", campaign_agree, name="campaign_agree"),
    path("agreement/<uuid:uid>/plan/", campaign_plan, name="campaign_plan"),
]
