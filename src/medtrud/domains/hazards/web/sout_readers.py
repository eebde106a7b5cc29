"""The employer-wide list of those who have not read the card of their workplace."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Bulk, Column, Request, Search, Select, Tab, cells, done, listing, needs
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import divisions, organization_of
from medtrud.registries.people.public import names_of, persons_search

from .. import actions
from ..models import SoutCard
from ..queries import sout_cards
from ..queries.sout_readers import acquaint_terms, unread, unread_late

DASH = "—"


@dataclass(frozen=True)
class About:
    """What the rows of a page need: names, cards, terms."""

    names: Any
    cards: dict[int, SoutCard]
    terms: dict[tuple[int, dt.date], dt.date]


@needs("hazards.sout_reader_list")
def sout_reader_list(request: Request) -> HttpResponse:
    """Show who must still read a card, late ones first."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    late = unread_late(actor, employer=employer, on=on)

    def about(rows: Sequence[Any]) -> About:
        cards = {card.pk: card for card in sout_cards(actor).filter(pk__in=[row.card for row in rows])}
        terms = acquaint_terms(actor, [(row.person_id, row.start) for row in rows], on=on)
        return About(names_of(actor, [row.person_id for row in rows]), cards, terms)

    return listing(
        request,
        unread(actor, employer=employer, on=on).select_related("post", "division"),
        title="Ознакомление с картами СОУТ",
        noun="работник,работника,работников",
        columns=(
            Column("worker", "Работник", _worker, "person__name_rank", "title", "name"),
            Column("post", "Должность", lambda row, _: row.post or DASH),
            Column("division", "Подразделение", lambda row, _: row.division or DASH),
            Column("card", "Карта", _card),
            Column("start", "Срок идёт с", lambda row, _: cells.day(row.start), "start", width="date"),
            Column("by", "Ознакомить до", lambda row, about: _term(row, about, on), role="state"),
        ),
        tabs=(Tab("late", "Просрочено", Q(pk__in=late)), Tab("wait", "Ещё есть срок", ~Q(pk__in=late))),
        filters=(
            Select(
                "division", "Все подразделения",
                [(row.pk, row.path) for row in divisions(actor, employer=employer)],
                where=lambda pk: Q(division=pk),
            ),
        ),
        search=Search("ФИО", lambda rows, text: rows.filter(person__in=persons_search(actor, text))),
        order="start",
        about=about,
        bulk=(Bulk("Ознакомлены сегодня", reverse("hazards:sout_acquaint_many"), "check",
                   confirm="Записать, что отмеченные работники сегодня прочли карты и расписались?"),),
        empty="С картами своих рабочих мест ознакомлены все.",
    )  # fmt: skip


def _worker(row: Any, about: About) -> Any:
    name = about.names[row.person_id].full if row.person_id in about.names else "Работник"
    card = about.cards.get(row.card)
    return cells.link(name, reverse("hazards:sout_acquaint", args=[card.uid])) if card else name


def _card(row: Any, about: About) -> Any:
    card = about.cards.get(row.card)
    return f"№ {card.card_number or card.number}, класс {card.stated or 'не указан'}" if card else DASH


def _term(row: Any, about: About, on: dt.date) -> Any:
    by = about.terms[row.person_id, row.start]
    return cells.tag(f"{by:%d.%m.%Y}{', просрочено' if by < on else ''}", "bad" if by < on else "info")


@require_POST
@needs("hazards.sout_acquaint_many")
def sout_acquaint_many(request: Request) -> HttpResponse:
    """Record the acquaintance of those ticked."""
    try:
        chosen = [UUID(text) for text in request.POST.getlist("id")]
    except ValueError:
        chosen = []
    if not chosen:
        raise Refused("Никто не отмечен. Отметьте работников и повторите.")
    count = actions.sout_acquaint_many(request.actor, employments=chosen, on=today())
    return done(request, f"Записано ознакомление: {count}.", "hazards:sout_reader_list")
