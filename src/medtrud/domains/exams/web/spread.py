"""Spreading the people of a campaign over working days: choose, look at the spread, save it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    ChoiceField,
    DayField,
    NumberField,
    Request,
    Section,
    cells,
    done,
    form_page,
    needs,
)
from medtrud.kernel.errors import Refused
from medtrud.registries.reference.public import calendar_on
from medtrud.registries.reference.types import WorkCalendar

from ..actions.spread import exams_spread
from ..models import Campaign
from ..queries.rows import campaign_of
from ..queries.spread import SpreadAsked, spread_of
from ..queries.visit import divisions_unplanned
from ..types.spread import Spread, SpreadOrder

EXAMS = "осмотр,осмотра,осмотров"
ONE_DAY = dt.timedelta(days=1)
CHANGED = "Раскладка изменилась: пока вы смотрели, появились новые осмотры или дни заняты. Проверьте её."


class SpreadForm(forms.Form):
    """Days, limits and order."""

    sections = (
        Section("Дни", ("since", "last"), columns=2),
        Section("Сколько человек", ("per_day", "capacity"), columns=2),
        Section("Кого и в каком порядке", ("division", "order"), columns=2),
    )
    since = DayField(label="Первый день")
    last = DayField(label="Последний день", hint="Берутся рабочие дни этого срока.")
    per_day = NumberField(label="Из этой кампании в день", unit="человек", low=1, high=2000)
    capacity = NumberField(
        label="Всего клиника принимает в день", unit="человек", low=1, high=5000, required=False,
        hint="Вместе с осмотрами других кампаний, уже назначенными на этот день. Пусто — не ограничено.",
    )  # fmt: skip
    division = ChoiceField(label="Подразделение")
    order = ChoiceField(label="Порядок", choices=[(item.value, item.title_ru) for item in SpreadOrder])

    def __init__(self, *args: Any, divisions: list[tuple[str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = sum(people for _, people in divisions)
        titles = [(f"={title}", f"{title or 'без подразделения'} — {people}") for title, people in divisions]
        self.fields["division"] = ChoiceField(
            label="Подразделение", choices=[("*", f"Все — {whole}"), *titles], widget=forms.Select()
        )

    def asked(self) -> SpreadAsked:
        """Return what was chosen."""
        facts = self.cleaned_data
        return SpreadAsked(
            since=facts["since"],
            last=facts["last"],
            per_day=int(facts["per_day"]),
            capacity=int(facts["capacity"]) if facts["capacity"] else None,
            order=SpreadOrder(facts["order"]),
            division=None if facts["division"] == "*" else facts["division"][1:],
        )


@needs("exams.exams_spread")
def campaign_spread(request: Request, uid: UUID) -> HttpResponse:
    """Show the spread of the chosen days; save it when the one that was shown is confirmed."""
    actor, row = request.actor, campaign_of(request.actor, uid)
    working = calendar_on(actor, today())
    divisions = divisions_unplanned(actor, row)
    form = SpreadForm(request.POST or None, divisions=divisions, initial=_proposed(row))
    shown = _counted(request, row, form, working)
    notice = ""
    if shown and (mark := request.POST.get("mark")):
        if mark == shown.mark:
            saved = exams_spread(actor, days={day.on: [p.exam for p in day.people] for day in shown.days})
            return done(request, f"Дни назначены: {cells.counted(saved, EXAMS)}.", "exams:agreement", row.uid)
        notice = CHANGED
    return form_page(
        request,
        form,
        "exams/spread.html",
        fragment="",
        title=f"Разложить по дням: {row.employer}",
        lead=f"без даты: {cells.counted(sum(people for _, people in divisions), EXAMS)}",
        action="Показать раскладку",
        back=reverse("exams:agreement", args=[uid]),
        shown=shown,
        notice=notice,
        facts=[(name, request.POST.get(name, "")) for name in form.fields],
        said=working.said(form.cleaned_data["since"], form.cleaned_data["last"]) if shown else "",
        empty=not divisions,
        one_day=reverse("exams:campaign_plan", args=[uid]),
        outside=_outside(row, shown) if shown else 0,
    )


def _proposed(row: Campaign) -> dict[str, object]:
    first = max(row.since, today())
    return {
        "since": first,
        "last": max(first, row.until - ONE_DAY),
        "per_day": 20,
        "division": "*",
        "order": "division",
    }


def _counted(request: Request, row: Campaign, form: SpreadForm, working: WorkCalendar) -> Spread | None:
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return spread_of(request.actor, row, form.asked(), working)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _outside(row: Campaign, shown: Spread) -> int:
    return sum(len(day.people) for day in shown.days if not row.since <= day.on < row.until)


urlpatterns = [path("agreement/<uuid:uid>/spread/", campaign_spread, name="campaign_spread")]
