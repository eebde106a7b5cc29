"""«Что, если»: another workplace, another level, protection, another day, side by side; nothing is stored."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.domains.hazards.types.dose import Measure
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Banner, ChoiceField, DayField, NumberField, Request, cells, needs, page
from medtrud.kernel.actor import Role
from medtrud.kernel.dates import age_on
from medtrud.registries.organizations.public import employment_of, workplaces

from ..queries.what_if import WhatIf, what_if
from ..types.what_if import Assumed
from .faces import YEARS

FIELDS = {"noise": Measure.NOISE, "local": Measure.LOCAL, "dust": Measure.DUST}
HORIZON = 10


class AssumedForm(forms.Form):
    """What is assumed; the places are those of the same employer."""

    use_required_attribute = False
    workplace = ChoiceField(
        label="Другое рабочее место", choices=(), required=False, empty="то же", widget=forms.Select()
    )
    noise = NumberField(label="Шум за смену", unit="дБА", digits=1, low=30, high=140, required=False)
    reduction = NumberField(
        label="СИЗ органа слуха снижают на", unit="дБ", digits=1, low=0, high=40, required=False
    )
    local = NumberField(
        label="Локальная вибрация, A(8)", unit="м/с²", digits=2, low=0, high=100, required=False
    )
    dust = NumberField(label="Пыль за смену", unit="мг/м³", digits=2, low=0, high=1000, required=False)
    years = NumberField(label="Через сколько лет", unit="лет", digits=0, low=1, high=30, required=False)
    on = DayField(label="Правила на день", required=False)

    def __init__(self, data: Any, *, places: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["workplace"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "то же"), *places]


@needs("exams.what_if")
def compare(request: Request, uid: UUID) -> HttpResponse:
    """Compare the conditions of a job with assumed ones."""
    actor, on = request.actor, today()
    job = employment_of(actor, uid)
    places = [p for p in workplaces(actor, employer=job.employer_id)[:500] if p.pk != job.workplace_id]
    form = AssumedForm(request.GET or None, places=[(str(place.uid), str(place)) for place in places])
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = next((place.pk for place in places if str(place.uid) == said.get("workplace")), None)
    levels = {measure: float(said[name]) for name, measure in FIELDS.items() if said.get(name) is not None}
    assumed = Assumed(
        said.get("on") or on,
        chosen,
        levels,
        float(said.get("reduction") or 0),
        float(said.get("years") or HORIZON),
    )
    found = what_if(actor, job, assumed, on=on)
    return page(
        request,
        "exams/what_if.html",
        title="Что, если",
        banner=_banner(request, found, job.person.uid),
        job=job,
        form=form,
        found=found,
        asked=bool(said),
        refusal=found.then.refusal,
        medical=actor.role is not Role.EMPLOYER,
    )


def _banner(request: Request, found: WhatIf, person: UUID) -> Banner:
    name = found.person
    sex = "ж" if name.sex == "female" else "м"
    about = f"{cells.counted(age_on(name.birth_date, today()), YEARS)}, {sex}"
    return Banner(
        name.full,
        about,
        (("Дата рождения", cells.day(name.birth_date)),),
        (),
        reverse("risk:forecasts", args=[person]) if request.actor.may("risk.forecasts_open") else "",
    )


urlpatterns = [path("jobs/<uuid:uid>/what-if/", compare, name="what_if")]
