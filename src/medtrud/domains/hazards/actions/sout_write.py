"""Writing cards by portions: workplaces opened, cards and lines copied, classes fed, former cards ended."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from medtrud.engines.signing.public import key_current, seal
from medtrud.engines.store.public import copy_rows, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import divisions_open_many, workplaces, workplaces_open_many
from medtrud.registries.organizations.types import DivisionRow, Source, WorkplaceRow

from ..models import SoutCard, SoutLine, SoutReport, WorkplaceClass
from ..rules.sout_derive import derive
from ..rules.sout_place import digest_of, packed
from ..types import WorkplaceFactors, classes
from ..types.sout_card import CHANGED, NEW, UNCHANGED, CardIn, Derived, Difference, ReportIn
from ..types.sout_file import WARNING, Problem
from .factors import write_factors

CARD = (
    "source_import", "source_sheet", "source_row", "employer_id", "report_id", "workplace_id", "kind",
    "number",
    "number_key", "card_number", "position", "profession", "profession_name", "unit", "alike", "workers",
    "women",
    "teenagers", "disabled", "sheet_on", "measured_on", "stated", "stated_ppe", "derived", "derivation",
    "differs",
    "guarantees", "recommendations", "about", "box", "key", "digest", "version", "since",
)  # fmt: skip
LINE = (
    "employer_id", "card_id", "factor", "number", "stated", "stated_ppe", "derived", "differs", "levels",
    "reasons",
    "detail",
)  # fmt: skip
NUMBERS = (
    "chemical", "biological", "dust", "noise", "infrasound", "ultrasound", "vibration_whole",
    "vibration_local",
    "nonionizing", "ionizing", "microclimate", "light", "heaviness", "tension",
)  # fmt: skip
LARGEST = 10**17


@dataclass(slots=True)
class Known:
    """The card of a workplace in force."""

    pk: int
    workplace: int
    digest: str
    stated: str
    version: int
    since: dt.date
    position: str


@dataclass
class Writing:
    """One report on its way in; with write False nothing is written."""

    actor: Actor
    employer: int
    report: ReportIn
    source: UUID
    on: dt.date
    write: bool = True
    sheet: str = ""
    saved: SoutReport | None = None
    make: Any = None  # () -> SoutReport, called at the first card that changes anything
    known: dict[str, Known] = field(default_factory=dict)
    classed: dict[int, dt.date] = field(default_factory=dict)  # workplace -> since of its class in force
    unnumbered: dict[tuple[str, str], list[int]] = field(default_factory=dict)  # division and title -> ids
    places: dict[str, int] = field(default_factory=dict)  # number -> workplace named by a person
    seen: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    touched: int = 0

    def __post_init__(self) -> None:
        """Load what is in force."""
        rows = SoutCard.objects.visible_to(self.actor).filter(employer=self.employer, until__isnull=True)
        for number, *facts in rows.values_list(
            "number", "pk", "workplace", "digest", "stated", "version", "since", "position"
        ).iterator(chunk_size=5000):
            self.known[number] = Known(*facts)
        held = WorkplaceClass.objects.visible_to(self.actor).filter(
            employer=self.employer, until__isnull=True
        )
        self.classed = dict(held.values_list("workplace", "since"))
        places = workplaces(self.actor, employer=self.employer).filter(number="")
        taken = {known.workplace for known in self.known.values()}
        for pk, path, title in places.values_list("pk", "division__path", "title_key"):
            if pk not in taken:
                self.unnumbered.setdefault((sort_key(path or ""), title), []).append(pk)


def portion_write(writing: Writing, cards: Sequence[CardIn]) -> Iterator[Difference]:
    """Write a portion of cards and yield what it changes."""
    fresh: list[tuple[CardIn, Derived, Known | None]] = []
    for card in cards:
        card.digest = digest_of(card, writing.report.approved_on, writing.report.act)
        known = writing.known.get(card.number)
        writing.seen.add(card.number)
        if known is not None and known.digest == card.digest:
            yield Difference(card.number, card.position, UNCHANGED, known.stated, card.stated, card.row)
            continue
        if known is not None and known.since > writing.report.approved_on:
            writing.problems.append(_later(card, known, writing.report))
            continue
        derived = derive(card, writing.report)
        writing.problems += [
            Problem(card.row or 0, f"рабочее место № {card.number}", text, WARNING)
            for text in derived.said["refused"]
        ]
        fresh.append((card, derived, known))
        yield Difference(
            card.number,
            card.position,
            CHANGED if known else NEW,
            known.stated if known else "",
            card.stated,
            card.row,
            derived.differs,
            "; ".join(derived.said.get("differs", ())),
        )
    if fresh and writing.write:
        _copy(writing, fresh)


def _later(card: CardIn, known: Known, report: ReportIn) -> Problem:
    text = (
        f"Карта этого места уже действует с {known.since:%d.%m.%Y}, а отчёт утверждён раньше, "
        f"{report.approved_on:%d.%m.%Y}. Прежний отчёт не заменяет новый."
    )
    return Problem(card.row or 0, f"рабочее место № {card.number}", text)


def _copy(writing: Writing, fresh: list[tuple[CardIn, Derived, Known | None]]) -> None:
    if writing.saved is None:
        writing.saved = writing.make()
    places = _workplaces(writing, [card for card, _, _ in fresh])
    since = writing.report.approved_on
    _end(writing, [known.pk for _, _, known in fresh if known], since)
    rows = [
        _card_row(writing, card, derived, known, place)
        for (card, derived, known), place in zip(fresh, places, strict=True)
    ]
    ids = copy_rows(SoutCard, CARD, rows)
    lines = [
        line for (card, derived, _), pk in zip(fresh, ids, strict=True)
        for line in _line_rows(writing.employer, pk, card, derived)
    ]  # fmt: skip
    copy_rows(SoutLine, LINE, lines)
    _feed(writing, [card for card, _, _ in fresh], places)
    writing.touched += len(fresh)


def _workplaces(writing: Writing, cards: Sequence[CardIn]) -> list[int]:
    """Find or open the workplaces by their numbers; known cards name theirs."""
    found: dict[str, int] = {card.number: writing.known[card.number].workplace for card in cards
                             if card.number in writing.known}  # fmt: skip
    found |= {card.number: writing.places[card.number] for card in cards if card.number in writing.places}
    for card in cards:
        if card.number not in found and (place := _by_title(writing, card)):
            found[card.number] = place
    missing = [card for card in cards if card.number not in found]
    if missing:
        paths = list(dict.fromkeys(card.unit_path for card in missing if card.unit_path))
        rows = [DivisionRow(path, Source(writing.source, writing.sheet)) for path in paths]
        ids = divisions_open_many(writing.actor, employer=writing.employer, rows=rows) if rows else []
        units = dict(zip(paths, ids, strict=True))
        opened = workplaces_open_many(
            writing.actor,
            employer=writing.employer,
            rows=[
                WorkplaceRow(
                    card.position[:300] or card.number, units.get(card.unit_path), None, card.number,
                    Source(writing.source, writing.sheet, card.row),
                )
                for card in missing
            ],
        )  # fmt: skip
        found.update(zip((card.number for card in missing), opened, strict=True))
    return [found[card.number] for card in cards]


def _by_title(writing: Writing, card: CardIn) -> int | None:
    """Return the one workplace without a number of the same division and title, if there is one."""
    key = (sort_key(" / ".join(card.unit_path)), sort_key(card.position))
    places = writing.unnumbered.get(key, [])
    return places.pop() if len(places) == 1 else None


def _end(writing: Writing, ids: Sequence[int], since: dt.date) -> None:
    if ids:
        rows = SoutCard.objects.visible_to(writing.actor).filter(pk__in=ids)
        rows.update(until=since, ended_import=writing.source)


def cards_end(writing: Writing, numbers: Sequence[str]) -> None:
    """End the cards of workplaces a whole report does not name."""
    _end(writing, [writing.known[number].pk for number in numbers], writing.report.approved_on)


def _card_row(
    writing: Writing, card: CardIn, derived: Derived, known: Known | None, place: int
) -> tuple[Any, ...]:
    assert writing.saved is not None  # noqa: S101 - made just before
    box = packed({"snils": card.snils, "rest": card.rest}).encode()
    return (
        writing.source, writing.sheet, card.row, writing.employer, writing.saved.pk, place, card.kind,
        card.number,
        number_key(card.number), card.card_number, card.position, card.profession, card.profession_name,
        card.unit,
        card.alike, card.workers, card.women, card.teenagers, card.disabled, card.sheet_on, card.measured_on,
        card.stated, card.stated_ppe, derived.total, packed(derived.said), derived.differs,
        packed(card.guarantees), packed(card.recommendations), packed(card.about),
        seal(box, card_owner(writing.employer)), key_current(), card.digest,
        known.version + 1 if known else 1,
        writing.report.approved_on,
    )  # fmt: skip


def _line_rows(employer: int, pk: int, card: CardIn, derived: Derived) -> Iterator[tuple[Any, ...]]:
    for line in card.lines:
        found, differs, reasons = derived.lines.get(line.factor, ("", False, []))
        yield (
            employer, pk, line.factor, NUMBERS.index(line.factor) + 1, line.stated, line.stated_ppe, found,
            differs,
            packed(line.levels), packed(reasons), line.packed,
        )  # fmt: skip


def _feed(writing: Writing, cards: Sequence[CardIn], places: Sequence[int]) -> None:
    """Let the class of each card be the class of its workplace from the day of approval.

    A workplace whose class was recorded for a later day gets the card's class from the day of the import.
    """
    approved, basis = writing.report.approved_on, str(writing.saved)
    ready: dict[dt.date, list[WorkplaceFactors]] = {}
    for card, place in zip(cards, places, strict=True):
        if card.stated not in classes():
            continue
        later = writing.classed.get(place, dt.date.min) > approved
        since = max(writing.on, writing.classed[place]) if later else approved
        row = WorkplaceFactors(
            place, None, card.stated, card.card_number or card.number, writing.source, writing.sheet, card.row
        )
        ready.setdefault(since, []).append(row)
        if later:
            known = writing.classed[place]
            text = (
                f"Класс этого места уже записан с {known:%d.%m.%Y}, позже утверждения отчёта: "
                f"класс {card.stated} действует с {since:%d.%m.%Y}."
            )
            writing.problems.append(Problem(card.row or 0, f"рабочее место № {card.number}", text, WARNING))
    for since, rows in ready.items():
        write_factors(writing.actor, rows, since=since, basis=basis)


def report_save(writing: Writing, **more: Any) -> SoutReport:
    """Keep the report."""
    facts = writing.report
    row = SoutReport(
        source_import=writing.source,
        source_sheet=writing.sheet,
        employer_id=writing.employer,
        act=facts.act,
        number=facts.number,
        approved_on=facts.approved_on,
        assessor=facts.assessor,
        assessor_inn=facts.assessor_inn,
        assessor_number=facts.assessor_number,
        laboratory=facts.laboratory,
        places_total=facts.places_total,
        places_assessed=facts.places_assessed,
        instruments=facts.instruments,
        box=seal(packed(facts.head).encode(), card_owner(writing.employer)),
        key=key_current(),
        created_at=now(),
        **more,
    )
    row.full_clean(exclude=["box", "file", "instruments", "places_total", "places_assessed"])
    row.save()
    return row


def number_key(number: str) -> int:
    """Return a number that sorts «2» before «10А»."""
    digits = ""
    for sign in number:
        if not (sign.isascii() and sign.isdigit()):
            break
        digits += sign
    return min(int(digits), LARGEST) if digits else LARGEST


def card_owner(employer: int) -> bytes:
    """Return what the sealed boxes of an employer's cards belong to."""
    return f"hazards.sout:{employer}".encode()
