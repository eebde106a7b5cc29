"""Reading the timeline; modules above declare kinds of events, lanes and the ways to their rows."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from medtrud.engines.journal.public import histories_of
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments_of, organizations
from medtrud.registries.people.public import Person, ids_of, own_rows, persons

from .models import Entry
from .types import Bar, Curve, Kind, Lane, Load, Mark, Measurement, Point

SEEN = "the entries of cards the actor has just been shown to see"
CAREER = Actor.job("a record goes over all employers; the card was shown to be seen")
MARKS = 3000  # marks drawn at most, the newest; near ones are drawn as one
Link = Callable[[Actor, Entry], str]
Lanes = Callable[[Actor, Sequence[Employment], dt.date], Iterable[Lane]]
LifeLanes = Callable[[Actor, Sequence[int], dt.date], Iterable[Lane]]
Measured = Callable[[Collection[int], dt.date], Iterable[Measurement]]
_kinds: dict[str, Kind] = {}
_measured: list[Measured] = []
_links: dict[str, list[Link]] = {}
_lanes: list[Lanes] = []
_life: list[LifeLanes] = []
Facts = Callable[[Actor, Sequence[Employment], dt.date], Iterable[tuple[str, str, str]]]
Loads = Callable[[Actor, Person, dt.date], Iterable[Load]]
_curves: dict[str, Curve] = {}
_facts: list[Facts] = []
_loads: list[Loads] = []
_openings = {"record.timeline_open", "record.entry_open", "people.card_open"}


def kind_declare(*declared: Kind) -> None:
    """Take kinds of events from the module that writes them."""
    _kinds.update({kind.code: kind for kind in declared})


def kind_of(code: str) -> Kind:
    """Return a kind; one that nobody has declared shows its code."""
    return _kinds.get(code) or Kind(code, code, code, "note")


def entry_link_declare(module: str, fn: Link) -> None:
    """Take the way from an entry of a module to its row; `fn` returns "" where it knows none for the seat."""
    _links.setdefault(module, []).append(fn)


def link_of(actor: Actor, entry: Entry) -> str:
    """Return the address of the row behind an entry, or nothing."""
    return next((url for fn in _links.get(entry.module, ()) if (url := fn(actor, entry))), "")


def lanes_declare(fn: Lanes) -> None:
    """Take lanes of the trajectory from above: classes, factors."""
    _lanes.append(fn)


def life_lanes_declare(fn: LifeLanes) -> None:
    """Take lanes about people from above: sick leaves, diagnoses; `fn` asks only for what the seat sees."""
    _life.append(fn)


def curves_declare(*declared: Curve) -> None:
    """Take observations that are drawn as lines: hearing, breathing."""
    _curves.update({curve.code: curve for curve in declared})


def facts_declare(fn: Facts) -> None:
    """Take facts of a person that stand over his life from above: the decision in force, the class."""
    _facts.append(fn)


def loads_declare(fn: Loads) -> None:
    """Take what has accumulated over a career from above; `fn` asks only for what the seat sees."""
    _loads.append(fn)


def facts_of(actor: Actor, jobs: Sequence[Employment], *, on: dt.date) -> list[tuple[str, str, str]]:
    """Return what modules above say of a person today: label, text, tone."""
    return [said for fn in _facts for said in fn(actor, jobs, on)]


def loads_of(actor: Actor, card: Person, *, on: dt.date) -> list[Load]:
    """Return what has accumulated over the career of a person."""
    return [load for fn in _loads for load in fn(actor, card, on)]


def openings_declare(*actions: str) -> None:
    """Take actions of a module above that open a row an entry points to."""
    _openings.update(actions)


def timeline_for(actor: Actor, person: int) -> QuerySet[Entry]:
    """Return the entries of a person and of his merged doubles, newest first; replaced ones are left out.

    Who is seen is asked once for the person, not again for every entry of a long life.
    """
    everything: QuerySet[Entry] = Entry.objects.unscoped(SEEN)
    if not Entry.read_by(actor):
        return everything.none()
    asked = Person.objects.visible_to(actor).filter(pk__in=ids_of(person))
    rows = everything.filter(person_id__in=list(asked.values_list("pk", flat=True)))
    corrected = rows.filter(replaces__isnull=False).values("replaces")
    return rows.exclude(pk__in=corrected).order_by("-on", "-id")


def kinds_in(rows: QuerySet[Entry]) -> list[tuple[Kind, int]]:
    """Return which kinds a timeline has and how many of each, the most frequent first."""
    counted = rows.order_by().values_list("kind").annotate(times=Count("pk")).order_by("-times", "kind")
    return [(kind_of(code), times) for code, times in counted]


def entries_about(actor: Actor, source: UUID) -> QuerySet[Entry]:
    """Return the entries that point to one row of another module."""
    return Entry.objects.visible_to(actor).filter(source=source).order_by("-id")


def jobs_of(actor: Actor, person: int) -> list[Employment]:
    """Return the jobs of a person, newest first.

    A record goes over all employers: whoever reads it reads the whole working life.
    """
    return list(employments_of(CAREER if Entry.read_by(actor) else actor, person=person))


def lanes_of(
    actor: Actor,
    person: int,
    jobs: Sequence[Employment],
    rows: QuerySet[Entry],
    link: Callable[[Entry], str],
    *,
    on: dt.date,
) -> list[Lane]:
    """Return the trajectory: jobs, what the modules above know, the marks of the timeline, functions.

    The number of queries does not depend on how long the life was.
    """
    people = list(ids_of(person))
    work = tuple(Bar(j.since, j.until, f"{j.post} · {j.employer}", str(j.post), "work") for j in jobs)
    found = [Lane("Работа", work, order=10)] if work else []
    found += [lane for fn in _lanes for lane in fn(actor, jobs, on)]
    found += [lane for fn in _life for lane in fn(actor, people, on)]
    found += [*_marks(rows, link), *_functions(actor, people, on)]
    return _joined(found)


def _joined(lanes: Iterable[Lane]) -> list[Lane]:
    """Join lanes of one title that come from several modules, in their order; empty ones are left out."""
    found: dict[str, Lane] = {}
    for lane in lanes:
        first = found.get(lane.title)
        found[lane.title] = (
            replace(first, bars=first.bars + lane.bars, marks=first.marks + lane.marks) if first else lane
        )
    return sorted((lane for lane in found.values() if lane.size), key=lambda lane: lane.order)


def _marks(rows: QuerySet[Entry], link: Callable[[Entry], str]) -> list[Lane]:
    marked = [code for code, kind in _kinds.items() if kind.lane]
    marks: dict[str, list[Mark]] = {kind.lane: [] for kind in _kinds.values() if kind.lane}
    for entry in rows.filter(kind__in=marked)[:MARKS]:
        kind = kind_of(entry.kind)
        marks[kind.lane].append(Mark(entry.on, entry.title, kind.tone(entry.data), link(entry)))
    return [Lane(title, marks=tuple(drawn), order=70) for title, drawn in marks.items() if drawn]


def _functions(actor: Actor, people: Sequence[int], on: dt.date) -> list[Lane]:
    """Return the measured functions of people whose card the actor has just been shown to see."""
    if not _curves or not Entry.read_by(actor):
        return []
    points: dict[str, list[Point]] = {code: [] for code in _curves}
    for fn in _measured:
        for each in fn(people, on):
            if each.code in points and isinstance(each.value, int | float | Decimal):
                value = float(each.value)
                text = f"{value:g} {_curves[each.code].unit}".replace(".", ",")
                points[each.code].append(Point(each.on, value, text))
    return [_drawn(_curves[code], drawn, on) for code, drawn in points.items() if drawn]


def _drawn(curve: Curve, points: Sequence[Point], on: dt.date) -> Lane:
    """Return a lane of values; those beyond the bound of the norm are marked."""
    limit = curve.limit(on)
    side = "от" if curve.least else "до"
    told = f"норма {side} {limit:g}".replace(".", ",") if limit is not None else ""
    marked = [
        replace(point, tone="bad")
        if limit is not None and (point.value < limit if curve.least else point.value > limit)
        else point
        for point in sorted(points, key=lambda point: point.on)
    ]
    return Lane(curve.title, points=tuple(marked), limit=limit, limit_text=told, order=90)


def places_of(actor: Actor, rows: Iterable[Entry]) -> dict[int, str]:
    """Return the organisations of entries that the seat sees, in one query."""
    ids = {row.organization for row in rows if row.organization}
    return {row.pk: str(row) for row in organizations(actor).filter(pk__in=ids)}


def own_card(actor: Actor) -> Person | None:
    """Return the card of the person who sits on the seat."""
    return persons(actor).filter(own_rows(actor, "pk")).first()


def openings_of(actor: Actor, person: int) -> QuerySet[Any]:
    """Return who opened the record of a person: the card, the timeline, entries; the newest first."""
    cards = Person.objects.visible_to(actor).filter(pk__in=ids_of(person))
    entries = Entry.objects.visible_to(actor).filter(person_id__in=ids_of(person))
    opened = cards.values("uid").union(entries.values("uid"), entries.values("source"))
    return histories_of(opened).filter(action__in=_openings)


def measurements_declare(fn: Measured) -> None:
    """Take a source of measurements from above; it is asked about people the actor has been shown to see."""
    _measured.append(fn)


def measurements_of(
    actor: Actor, persons: Collection[int], *, on: dt.date
) -> dict[int, dict[str, Measurement]]:
    """Return the last value of each observation of people up to a day: {person: {code: value}}.

    Only the seats that read records get any; whom they do not see is missing.
    """
    if not Entry.read_by(actor):
        return {}
    seen = Person.objects.visible_to(actor).filter(pk__in=set(persons)).values_list("pk", flat=True)
    found: dict[int, dict[str, Measurement]] = {pk: {} for pk in seen}
    for fn in _measured:
        for each in fn(list(found), on):
            last = found[each.person].get(each.code)
            if last is None or last.on <= each.on:
                found[each.person][each.code] = each
    return found
