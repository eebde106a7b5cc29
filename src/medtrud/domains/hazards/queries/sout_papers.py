"""Printed cards and summary sheets; who must read a card and until when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from medtrud.domains.absences.public import absences_between
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_on, requisites_on
from medtrud.registries.people.public import names_of

from ..models import SoutAcquaintance, SoutCard, SoutReport
from ..rules.sout_law import edition_of
from ..rules.sout_terms import acquaint_by
from ..rules.sout_words import level_printed, level_title
from ..types import classes
from ..types.sout_card import ABOUT, GUARANTEES
from ..types.sout_file import PLACE_KINDS
from .sout import lines_of_card, sout_cards

WORDS = {"1": "да", "0": "нет"}
PRINTED = Actor.job("формы СОУТ")


@dataclass(frozen=True)
class Reader:
    """A worker who must read the card of his workplace."""

    person: int
    name: str
    by: dt.date
    on: dt.date | None
    late: bool
    away: int


def readers_of(actor: Actor, card: SoutCard, *, on: dt.date) -> list[Reader]:
    """Return who works at the place of a card; days of sick leave, holiday and the like do not count."""
    jobs = employments_on(actor, employer=card.employer_id, on=on).filter(workplace=card.workplace_id)
    begun: dict[int, dt.date] = dict(jobs.order_by("-since").values_list("person", "since"))
    people = list(begun)
    names = names_of(actor, people)
    known = dict(SoutAcquaintance.objects.visible_to(actor).filter(card=card).values_list("person", "on"))
    end = max(on, acquaint_by(card.since)) + dt.timedelta(days=366)
    away = absences_between(actor, people, card.since, end)
    found = []
    for person in people:
        periods = [(each.since, each.until or end) for each in away.get(person, [])]
        start = max(card.since, begun[person])  # the law names no term for whoever came later
        by = acquaint_by(start, periods)
        read = known.get(person)
        late = (read or on) > by
        name = names[person].full if person in names else "Работник"
        found.append(Reader(person, name, by, read, late, (by - acquaint_by(start)).days))
    return sorted(found, key=lambda each: each.name)


def card_form(actor: Actor, card: SoutCard) -> dict[str, Any]:
    """Return a card as its form prints it."""
    factors = edition_of(card.since, card.derivation.get("act", "")).factors()
    lines = [
        {
            "title": factors[line.factor].title if line.factor in factors else line.factor,
            "levels": "; ".join(_level(level_printed(level)) for level in line.levels),
            "stated": line.stated,
            "stated_ppe": line.stated_ppe,
            "derived": line.derived,
        }
        for line in lines_of_card(actor, card)
    ]
    return {
        "number": card.card_number or card.number,
        "place": card.number,
        "position": card.position,
        "profession": f"{card.profession} {card.profession_name}".strip(),
        "unit": card.unit,
        "kind": PLACE_KINDS.get(card.kind, card.kind),
        "employer": _party(card.employer_id, card.since),
        "report": str(card.report),
        "assessor": card.report.assessor,
        "act": card.report.act,
        "people": f"{card.workers}; женщин {card.women or 0}; до 18 лет {card.teenagers or 0}; "
        f"инвалидов {card.disabled or 0}",
        "lines": lines,
        "stated": card.stated,
        "stated_title": classes()[card.stated].title if card.stated in classes() else "",
        "stated_ppe": card.stated_ppe,
        "differs": list(card.derivation.get("differs", ())) if card.differs else [],
        "guarantees": [
            {"title": title, "actual": WORDS.get(said.get("ActualAvailability", ""), ""),
             "needed": WORDS.get(said.get("NeedToEstablish", ""), ""), "reason": said.get("Reason", "")}
            for tag, title in GUARANTEES.items() if (said := card.guarantees.get(tag))
        ],
        "about": [[ABOUT[tag], text] for tag, text in card.about.items() if tag in ABOUT and text],
        "recommendations": list(card.recommendations),
    }  # fmt: skip


def _level(level: dict[str, Any]) -> str:
    norm = f" (норма {level['norm']})" if level.get("norm") else ""
    return (
        f"{level_title(level)}: {level.get('value') or level.get('code', '')} {level.get('unit', '')}{norm}"
    )


def summary_form(actor: Actor, row: SoutReport) -> dict[str, Any]:
    """Return the summary sheet of a report: places and people by class."""
    cards = sout_cards(actor).filter(report=row)
    by_class: dict[str, Any] = {
        each["stated"]: each
        for each in cards.values("stated").order_by().annotate(
            places=Count("pk"), people=Sum("workers"), women=Sum("women"), teenagers=Sum("teenagers"),
            disabled=Sum("disabled"),
        )
    }  # fmt: skip
    names = ("places", "people", "women", "teenagers", "disabled")
    rows = [
        [code, each.title, *(str(by_class.get(code, {}).get(name) or 0) for name in names)]
        for code, each in classes().items()
    ]
    places = [
        [card.number, card.position, card.unit, str(card.workers), card.stated, card.stated_ppe]
        for card in cards.order_by("number_key", "pk")
    ]
    return {
        "report": str(row), "act": row.act, "assessor": row.assessor, "employer": _party(row.employer_id,
        row.approved_on),
        "rows": rows, "places": places,
    }  # fmt: skip


def _party(employer: int, on: dt.date) -> dict[str, str]:
    found = requisites_on(PRINTED, employer, on=on)
    return {"name": found.name, "address": found.address, "ogrn": found.ogrn, "inn": found.inn}
