"""«Что, если»: another workplace, another level, protection, another day, side by side; nothing is stored."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.urls import path, reverse

from medtrud.domains.hazards.types.dose import Measure
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Banner, ComboField, DayField, NumberField, Request, cells, needs, page
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import age_on
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment, Workplace, employment_of

from ..queries.what_if import WhatIf, what_if
from ..queries.what_if_places import place_named, place_text, places_found
from ..types.what_if import Assumed
from .faces import YEARS

FIELDS = {"noise": Measure.NOISE, "local": Measure.LOCAL, "dust": Measure.DUST}
HORIZON = 10


class AssumedForm(forms.Form):
    """What is assumed; the places are those of the same employer."""

    use_required_attribute = False
    workplace = ComboField(label="Другое рабочее место", source="", required=False)
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

    def __init__(self, data: Any, *, actor: Actor, job: Employment) -> None:
        super().__init__(data)
        self.actor, self.job = actor, job
        field: Any = self.fields["workplace"]
        field.source = reverse("exams:what_if_places", args=[job.uid])
        field.widget.attrs["placeholder"] = "то же; номер или название"

    def clean_workplace(self) -> Workplace | None:
        """Return the place the words name."""
        text = self.cleaned_data["workplace"]
        try:
            return place_named(self.actor, self.job, text) if text else None
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@needs("exams.what_if")
def compare(request: Request, uid: UUID) -> HttpResponse:
    """Compare the conditions of a job with assumed ones."""
    actor, on = request.actor, today()
    job = employment_of(actor, uid)
    form = AssumedForm(request.GET or None, actor=actor, job=job)
    said = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = said["workplace"].pk if said.get("workplace") else None
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


@needs("exams.what_if")
def places(request: Request, uid: UUID) -> JsonResponse:
    """Answer a combo box: the other workplaces of the employer."""
    job = employment_of(request.actor, uid)
    text = request.GET.get("q", "").replace("\x00", "")
    found = [
        {"value": place_text(place), "code": place.number, "label": label_of(place)}
        for place in places_found(request.actor, job, text)
    ]
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


def label_of(place: Workplace) -> str:
    """Name a place in the list of the box, where its number already stands."""
    return (
        place_text(place)
        if not place.number
        else f"{place.title}, {place.division or place.post or ''}".strip(", ")
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


urlpatterns = [
    path("jobs/<uuid:uid>/what-if/", compare, name="what_if"),
    path("jobs/<uuid:uid>/what-if/places/", places, name="what_if_places"),
]
