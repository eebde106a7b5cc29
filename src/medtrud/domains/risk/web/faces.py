"""How forecasts look: groups by organ system, banners, sums by tone."""

from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Banner, Chip, cells
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.registries.people.public import Person, name_of

from ..queries.forecasts import Shown
from ..queries.texts import STATES

TONES = {
    "bad": "высокий риск",
    "warn": "требует внимания",
    "info": "умеренный",
    "ok": "низкий риск",
    "": "без категории",
}
YEARS = "год,года,лет"


def banner_of(actor: Actor, card: Person, *, url: str = "") -> Banner:
    """Return whom the page is about."""
    name = name_of(actor, card.pk)
    age = cells.counted(age_on(name.birth_date, today()), YEARS)
    sex = "ж" if name.sex == "female" else "м"
    facts = (("Дата рождения", cells.day(name.birth_date)), ("СНИЛС", name.snils or "не указан"))
    return (
        Banner(name.full, f"{age}, {sex}", facts, (), url)
        if url
        else Banner(name.full, f"{age}, {sex}", facts)
    )


def by_system(rows: list[Shown]) -> list[tuple[str, list[Shown]]]:
    """Return the forecasts that gave a figure, by organ system."""
    made = [row for row in rows if row.computed]
    return [(system, list(group)) for system, group in groupby(made, key=lambda row: row.system)]


def not_made(rows: list[Shown]) -> list[Shown]:
    """Return the forecasts that could not be made."""
    return [row for row in rows if not row.computed]


def state_tag(status: str) -> object:
    """Return the state of a forecast as a mark."""
    return cells.tag(*STATES[status])


def chip_of(shown: Shown) -> Chip:
    """Return the category as a chip."""
    return Chip(shown.category, "", shown.row.tone)


def pdf(content: bytes, name: str) -> HttpResponse:
    """Offer a printed form; nothing of it stays in caches on the way."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    answer["Cache-Control"] = "no-store"
    return answer


def uid_or_none(text: str) -> UUID | None:
    """Read a uid of an address; nonsense is nothing."""
    try:
        return UUID(text)
    except ValueError:
        return None
