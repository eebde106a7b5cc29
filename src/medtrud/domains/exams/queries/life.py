"""What examinations draw over a working life besides their entries: diagnoses, the next one, the decision."""

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet

from medtrud.domains.record.types import Curve, Lane, Mark
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment

from ..models import Diagnosis
from ..rules.forms import entry_form
from ..types.states import AdmissionState
from .admission import admissions

PHYSICIANS = {Role.CLINIC, Role.COMMISSION}
TONES = {"occupational": "bad", "occupational_suspected": "warn"}


def diagnoses_drawn(actor: Actor, persons: Sequence[int], on: dt.date) -> list[Lane]:
    """Return the diagnoses that stand, each on the day it was made; an employer never gets any."""
    rows = Diagnosis.objects.visible_to(actor).filter(
        person__in=persons, found_on__lte=on, replaced_by__isnull=True, withdrawn_reason=""
    )
    facts = rows.order_by("found_on", "pk").values_list("found_on", "code", "title", "nature")
    marks = tuple(Mark(day, f"{code} {title}", TONES.get(nature, "")) for day, code, title, nature in facts)
    return [Lane("Диагнозы", marks=marks, order=80)] if marks else []


def next_drawn(actor: Actor, persons: Sequence[int], on: dt.date) -> list[Lane]:
    """Return the day by which the next examination must be, as a mark that is still to come."""
    rows = _admissions(actor, on).filter(person__in=persons, required=True, valid_until__gte=on)
    works = Q(employment__since__lte=on) & (Q(employment__until__isnull=True) | Q(employment__until__gt=on))
    ends = rows.filter(works).order_by("valid_until").values_list("valid_until", flat=True)
    marks = tuple(Mark(day, "следующий осмотр не позже", "plan") for day in ends[:1])
    return [Lane("Осмотры", marks=marks, order=70)] if marks else []


def standing(actor: Actor, jobs: Sequence[Employment], on: dt.date) -> Iterator[tuple[str, str, str]]:
    """Yield the decision in force for the present job and the day of the next examination."""
    going = [job.pk for job in jobs if job.since <= on and (job.until is None or job.until > on)]
    row = _admissions(actor, on).filter(employment__in=going).order_by("valid_until").first()
    if row is None:
        return
    state = AdmissionState(row.state)
    yield "Решение", state.title_ru, state.tone
    if row.required and row.valid_until:
        yield "Следующий осмотр", f"до {row.valid_until:%d.%m.%Y}", ""


def _admissions(actor: Actor, on: dt.date) -> QuerySet[Any]:
    """Return the admissions a seat reads on a record: physicians read what follows from conclusions."""
    reader = Actor.job("what follows from the conclusions of a record") if actor.role in PHYSICIANS else actor
    return admissions(reader, on=on)


def curves() -> tuple[Curve, ...]:
    """Return the functions that are drawn, with the bounds of the forms they come from."""
    hearing = partial(_bound, "Тональная пороговая аудиометрия", "r1000", "high")
    lungs = partial(_bound, "Спирометрия", "fev1", "low")
    return (
        Curve("hearing_mean", "Слух, порог, дБ", "дБ", hearing),
        Curve("fev1_share", "ОФВ₁, % должной", "%", lungs, least=True),
    )


def _bound(title: str, code: str, side: str, on: dt.date) -> float | None:
    try:
        fields = entry_form(title, "", on).fields
    except Refused:
        return None
    bound = next((getattr(field, side) for field in fields if field.code == code), None)
    return None if bound is None else float(bound)
