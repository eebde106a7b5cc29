"""The workplaces a worker may be moved to in what-if: found by a few letters, named by their own words."""

from django.db.models import Q, QuerySet

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Employment, Workplace, workplaces

OFFERED = 20
CLOSE = 200  # places of one title: more than an employer has in one


def places_found(actor: Actor, job: Employment, text: str) -> list[Workplace]:
    """Return the first workplaces of the employer of a job by words or number, not his present one."""
    words = sort_key(text)
    found = _others(actor, job)
    if words:
        parts = Q(title_key__contains=words) | Q(number__startswith=text.strip())
        found = found.filter(parts | Q(division__path__icontains=text.strip()))
    return list(found[:OFFERED])


def place_text(place: Workplace) -> str:
    """Name a workplace so that it is found again: by its number, or by its title, post and unit."""
    if place.number:
        return str(place)
    post = f" ({place.post})" if place.post and str(place.post) != place.title else ""
    return f"{place.title}{post}" + (f", {place.division}" if place.division else "")


def place_named(actor: Actor, job: Employment, text: str) -> Workplace:
    """Return the workplace a text names; a part of it is enough where it fits one place only."""
    said = text.strip()
    head = said.partition(",")[0].partition(" (")[0]
    near = Q(title_key__in={sort_key(said), sort_key(head)}) | Q(number__in={said, said.partition(" ")[0]})
    rows = list(_others(actor, job).filter(near)[:CLOSE])
    exact = [row for row in rows if place_text(row) == said] or rows
    if len(exact) == 1:
        return exact[0]
    if not exact:
        raise Refused(
            f"Рабочего места «{said[:100]}» у этого работодателя нет. Наберите часть названия или номер "
            "и выберите место из подсказки."
        )
    raise Refused(f"Название «{said[:100]}» носят несколько рабочих мест. Выберите одно из подсказки.")


def _others(actor: Actor, job: Employment) -> QuerySet[Workplace]:
    rows = workplaces(actor, employer=job.employer_id)
    return rows.exclude(pk=job.workplace_id) if job.workplace_id else rows
