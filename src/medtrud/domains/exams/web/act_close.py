"""Campaigns that come to their end: how far each has come, the act as it would be, its closing."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Column,
    DayField,
    Request,
    Select,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    plain,
)
from medtrud.kernel.errors import Refused

from ..actions import act as actions
from ..queries.act import act_numbers
from ..queries.act_measures import fulfilled_of, measures_of, previous_act
from ..queries.act_view import lines_of_numbers
from ..queries.commission import campaign_counted, campaigns_counted, employers_of
from ..queries.rows import acts
from ..rules.act import act_due_on
from ..rules.decisions import proposals
from ..types.numbers import ActNumbers
from ..types.states import CampaignState

ONE_DAY = dt.timedelta(days=1)


class CloseForm(forms.Form):
    """What the chairman adds to the numbers: the day they are taken on, and the recommendations."""

    as_of = DayField(label="По состоянию на", hint="Обычно последний день кампании")
    recommendations = TextField(
        label="Рекомендации работодателю, каждая с новой строки", rows=10, required=False
    )

    def clean_recommendations(self) -> list[str]:
        """Return one recommendation per line."""
        lines = [line.strip() for line in self.cleaned_data["recommendations"].splitlines()]
        return [line for line in lines if line]


@needs("exams.campaign_act_list")
def campaign_act_list(request: Request) -> HttpResponse:
    """Show the campaigns with their progress; those over without an act first."""
    on = today()
    return listing(
        request,
        campaigns_counted(request.actor),
        title="Кампании и акты",
        noun="кампания,кампании,кампаний",
        columns=(
            Column("title", "Кампания", _campaign, role="title", width="name"),
            Column("employer", "Работодатель", plain("employer"), "employer__name_key"),
            Column(
                "until",
                "Последний день",
                lambda row, _: cells.day(row.until - ONE_DAY),
                "until",
                "aside",
                "date",
            ),
            Column("subject", "Подлежат", plain("subject"), width="number"),
            Column("concluded", "Завершили", lambda row, _: _share(row), width="number"),
            Column("waiting", "К заключению", plain("waiting"), width="number"),
            Column("act", "Акт до", lambda row, _: _due(row, on), width="date"),
            Column("state", "Состояние", _campaign_state, role="state", width="state"),
        ),
        tabs=(
            Tab("due", "Пора закрывать", Q(state=CampaignState.AGREED, until__lte=on)),
            Tab("running", "Идут", Q(state=CampaignState.AGREED, until__gt=on)),
            Tab("closed", "Акт закрыт", Q(state=CampaignState.CLOSED)),
        ),
        filters=(Select("employer", "Все работодатели", employers_of(request.actor), "employer"),),
        order="until",
        empty="Согласованных кампаний ещё нет. Согласуйте поименный список работодателя.",
    )


def _last_day(row: Any, _: Any) -> object:
    return cells.day(row.until - ONE_DAY)


def _campaign(row: Any, _: Any) -> object:
    return cells.link(row.title, reverse("exams:campaign_act", args=[row.uid]), note=f"№ {row.number}")


def _campaign_state(row: Any, _: Any) -> object:
    state = CampaignState(row.state)
    return cells.tag(state.title_ru, state.tone)


def _share(row: Any) -> str:
    share = f" ({100 * row.concluded // row.subject} %)" if row.subject else ""
    return f"{row.concluded}{share}"


def _due(row: Any, on: dt.date) -> object:
    if row.state == CampaignState.CLOSED:
        return cells.DASH
    day = _act_until(row)
    return cells.tag(f"{day:%d.%m.%Y}", "bad") if day < on else cells.day(day)


def _act_until(campaign: Any) -> dt.date:
    return act_due_on(campaign.until - ONE_DAY)


@needs("exams.final_act_close")
def campaign_act(request: Request, uid: UUID) -> HttpResponse:
    """Show the act as it would be closed now, and close it."""
    campaign = campaign_counted(request.actor, uid)
    form = CloseForm(request.POST if "close" in request.POST else None, initial=_initial(request, campaign))
    act = attempt(
        form,
        lambda facts: actions.final_act_close(request.actor, campaign=uid, on=today(), **facts),
    )
    if act:
        return done(request, f"Акт {act} закрыт.", "exams:final_act", act.uid)
    return _campaign_page(request, campaign, form)


def _initial(request: Request, campaign: Any) -> dict[str, Any]:
    """Offer the last day of the campaign, or the day the preview was asked for, and recommendations."""
    last = min(campaign.until - ONE_DAY, today())
    asked = CloseForm(request.POST)
    asked.is_valid()
    as_of = asked.cleaned_data.get("as_of")
    return {"as_of": as_of or last, "recommendations": request.POST.get("recommendations")}


def _campaign_page(request: Request, campaign: Any, form: CloseForm) -> HttpResponse:
    day = _day(form)
    numbers, problem = _numbers(campaign, day)
    closed = acts(request.actor).filter(campaign=campaign.pk).order_by("-version")
    last = closed.first()
    if not form.is_bound and form.initial["recommendations"] is None:
        known = (
            [row.text for row in measures_of(last)] if last else proposals(numbers, day) if numbers else []
        )
        form.initial["recommendations"] = "\n".join(known)
    values: dict[str, Any] = {
        "campaign": campaign,
        "closed": closed,
        "lines": _preview(request, campaign, numbers, day, form, last) if numbers else [],
        "missed": numbers.counts[13].total if numbers else 0,
        "unfinished": numbers.counts[11].total if numbers else 0,
        "problem": problem,
        "due": _act_until(campaign),
        "late": _act_until(campaign) < today() and not closed,
        "last": last,
        "as_of": day,
        "may_close": campaign.state in (CampaignState.AGREED, CampaignState.CLOSED),
    }
    return form_page(request, form, "exams/campaign_act.html", title=campaign.title, **values)


def _proposed(numbers: ActNumbers | None, day: dt.date, last: Any) -> list[str]:
    """Begin with the recommendations of the version before, or with what the numbers suggest."""
    if last is not None:
        return [row.text for row in measures_of(last)]
    return proposals(numbers, day) if numbers else []


def _day(form: CloseForm) -> dt.date:
    if form.is_bound and form.is_valid():
        return form.cleaned_data["as_of"]  # type: ignore[no-any-return]
    return form.initial["as_of"]  # type: ignore[no-any-return]


def _numbers(campaign: Any, day: dt.date) -> tuple[ActNumbers | None, str]:
    try:
        return act_numbers(campaign, as_of=day), ""
    except Refused as refusal:
        return None, str(refusal)


def _preview(
    request: Request, campaign: Any, numbers: ActNumbers, day: dt.date, form: CloseForm, last: Any
) -> list[Any]:
    text = form["recommendations"].value() or ""
    extra = {
        "fulfilled": fulfilled_of(previous_act(campaign)),
        "recommended": [line for line in str(text).splitlines() if line.strip()],
    }
    heads = {1: str(campaign.clinic), 2: "день подписи", 3: str(campaign.employer)}
    return lines_of_numbers(numbers, extra, last.items if last else {}, day, heads)


urlpatterns = [
    path("acts/campaigns/", campaign_act_list, name="campaign_act_list"),
    path("acts/campaigns/<uuid:uid>/", campaign_act, name="campaign_act"),
]
