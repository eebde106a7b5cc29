"""What stands over a working life: the class of today and what has accumulated of each factor."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse

from medtrud.domains.record.types import Load
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import years_word
from medtrud.registries.organizations.public import Employment, in_force
from medtrud.registries.people.public import Person

from ..models import WorkplaceClass
from ..models.past import READERS
from ..types import harmful_classes
from .exposure import career_of
from .exposure_page import factor_rows


def class_today(actor: Actor, jobs: Sequence[Employment], on: dt.date) -> Iterator[tuple[str, str, str]]:
    """Yield the class of the present workplaces."""
    places = {job.workplace_id for job in jobs if job.since <= on and (job.until is None or job.until > on)}
    rows = WorkplaceClass.objects.visible_to(actor).filter(in_force(on), workplace__in=places - {None})
    codes = sorted(set(rows.values_list("sout_class", flat=True)))
    if codes:
        yield "Класс условий", ", ".join(codes), "warn" if set(codes) & set(harmful_classes()) else "ok"


def loads_drawn(actor: Actor, card: Person, on: dt.date) -> Iterator[Load]:
    """Yield what has accumulated of each factor over all employers; an employer is never asked for."""
    if actor.role not in READERS:
        return
    url = reverse("hazards:exposure_show", args=[card.uid])
    told = career_of(card.root_id or card.pk, on=on)
    for number, row in enumerate(factor_rows(told), 1):
        value = f"{row.main.value} {row.main.unit}".strip()
        tone = row.main.tone if row.main.tone in {"warn", "bad"} else ""
        lived = f"{row.years} {years_word(row.years)}"
        yield Load(f"{row.code} {row.title}".strip(), value, lived, tone, f"{url}#factor-{number}")
