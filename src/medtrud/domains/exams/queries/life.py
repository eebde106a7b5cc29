"""What examinations draw on the trajectory besides their entries: diagnoses, for those who may see them."""

import datetime as dt
from collections.abc import Sequence

from medtrud.domains.record.types import Lane, Mark
from medtrud.kernel.actor import Actor

from ..models import Diagnosis

TONES = {"occupational": "bad", "occupational_suspected": "warn"}


def diagnoses_drawn(actor: Actor, persons: Sequence[int], on: dt.date) -> list[Lane]:
    """Return the diagnoses that stand, each on the day it was made; an employer never gets any."""
    rows = Diagnosis.objects.visible_to(actor).filter(
        person__in=persons, found_on__lte=on, replaced_by__isnull=True, withdrawn_reason=""
    )
    facts = rows.order_by("found_on", "pk").values_list("found_on", "code", "title", "nature")
    marks = tuple(Mark(day, f"{code} {title}", TONES.get(nature, "")) for day, code, title, nature in facts)
    return [Lane("Диагнозы", marks=marks, order=80)] if marks else []
