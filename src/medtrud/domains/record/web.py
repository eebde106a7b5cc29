"""The timeline on screen: the trajectory drawn by the server, events by years, the way to each row."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Banner, Request, asks_part, cells, needs, page
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import Person, name_of, person_of

from .actions import entry_open, timeline_open
from .models import Entry
from .queries import (
    facts_of,
    jobs_of,
    kind_of,
    kinds_in,
    lanes_of,
    link_of,
    loads_of,
    own_card,
    places_of,
    timeline_for,
)
from .rules import NARROW, Span, drawing, printed, whole_of
from .types import Lane

SIZE = 50
LINES, DIGITS = 400, 4
LONGEST = 40  # a kind in an address is not longer than its column
NOBODY = "К вашей учётной записи не привязана карта работника. Её привязывает администратор безопасности."


@needs("record.timeline_open")
def mine(request: Request) -> HttpResponse:
    """Show a worker his own record."""
    card = own_card(request.actor)
    if card is None:
        raise NotFound(NOBODY)
    return timeline(request, card.uid)


@needs("record.timeline_open")
def timeline(request: Request, person: UUID) -> HttpResponse:
    """Show the record of a person; the first page of another's record is an opening and is journaled."""
    actor, after = request.actor, request.GET.get("after", "")
    card = person_of(actor, person)
    span = span_asked(request)
    closer = span is not None and asks_part(request)  # a closer look at a page that has been opened
    if not after and not closer and not _own(actor, card):
        timeline_open(actor, person=card.uid)
    rows = timeline_for(actor, card.pk)
    if closer:
        drawn = _trajectory(actor, card, jobs_of(actor, card.pk), rows, span)
        return page(request, "record/timeline.html", fragment="sheet", **drawn)
    kind = request.GET.get("kind", "").replace("\x00", "")[:LONGEST]
    shown = keyset(rows.filter(kind=kind) if kind else rows, order=["-on"], after=after, size=SIZE)
    values = {"banner": _banner(actor, card)} if after else _head(actor, card, rows, kind, span)
    return page(
        request,
        "record/timeline.html",
        fragment="more" if after else "",
        years=list(_years(actor, shown.rows)),
        more=f"?{urlencode({'kind': kind, 'after': shown.next})}" if shown.next else "",
        plain_page=bool(after),
        title=_title(actor, card),
        **values,
    )


@needs("record.entry_open")
def entry(request: Request, uid: UUID) -> HttpResponse:
    """Open an entry: it is journaled, then the row behind it is shown by its own module."""
    row = entry_open(request.actor, entry=uid)
    if url := link_of(request.actor, row):
        return HttpResponseRedirect(url)
    places = places_of(request.actor, [row])
    facts = [("Событие", kind_of(row.kind).title), ("Дата", cells.day(row.on))]
    if row.organization in places:
        facts.append(("Организация", places[row.organization]))
    back = reverse("record:timeline", args=[row.person.uid])
    return page(request, "record/entry.html", title=row.title, facts=facts, back=back)


@needs("record.timeline_print")
def timeline_print(request: Request, person: UUID) -> HttpResponse:
    """Print the trajectory of the asked years as PDF/A; another's is an opening and is journaled."""
    actor = request.actor
    card = person_of(actor, person)
    if not _own(actor, card):
        timeline_open(actor, person=card.uid)
    on, jobs = today(), jobs_of(actor, card.pk)
    lanes = lanes_of(actor, card.pk, jobs, timeline_for(actor, card.pk), _address, on=on)
    drawn = drawing(lanes, on, span=span_asked(request))
    if drawn is None:
        raise NotFound("На траектории пока ничего нет. Она появится с первой работой или осмотром.")
    banner = _banner(actor, card, facts_of(actor, jobs, on=on))
    data = printed(drawn) | {
        "name": banner.name,
        "about": banner.about,
        "on": on,
        "loads": [(each.title, each.value, each.note) for each in loads_of(actor, card, on=on)],
        "table": [(*row[:2], *row[3:5]) for row in _table(lanes, drawn.span)][:LINES],
    }
    answer = HttpResponse(form_render("record/trajectory.typ", data), content_type="application/pdf")
    answer["Content-Disposition"] = (
        f'inline; filename="trajectory-{drawn.span.first}-{drawn.span.last - 1}.pdf"'
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _own(actor: Actor, card: Person) -> bool:
    return actor.person is not None and actor.person == card.pk


def _title(actor: Actor, card: Person) -> str:
    return "Моя карта" if _own(actor, card) else f"Карта: {name_of(actor, card.pk).short}"


def _head(actor: Actor, card: Person, rows: QuerySet[Entry], kind: str, span: Span | None) -> dict[str, Any]:
    """Return what only the first page has: the trajectory and the kinds to choose from."""
    found = kinds_in(rows)
    choices = [("", "Все события", sum(times for _, times in found))]
    choices += [(known.code, known.plural, times) for known, times in found]
    kinds = [
        (f"?{urlencode({'kind': code})}" if code else "?", title, times, code == kind)
        for code, title, times in choices
    ]
    on, jobs = today(), jobs_of(actor, card.pk)
    return _trajectory(actor, card, jobs, rows, span) | {
        "kinds": kinds,
        "loads": loads_of(actor, card, on=on),
        "banner": _banner(actor, card, facts_of(actor, jobs, on=on)),
    }


def _trajectory(
    actor: Actor, card: Person, jobs: Sequence[Employment], rows: QuerySet[Entry], span: Span | None
) -> dict[str, Any]:
    """Return the sheet for a wide screen and for a phone, its zoom and its table."""
    on = today()
    lanes = lanes_of(actor, card.pk, jobs, rows, _address, on=on)
    whole, wide = whole_of(lanes, on), drawing(lanes, on, span=span)
    if whole is None or wide is None:
        return {"drawing": None}
    lines = list(_table(lanes, wide.span))
    return {
        "drawing": wide,
        "narrow": drawing(lanes, on, span=span, frame=NARROW),
        "zoom": list(_zoom(wide.span, whole)),
        "paper": f"{reverse('record:timeline_print', args=[card.uid])}{_asking(wide.span)}",
        "table": lines[:LINES],
        "table_more": max(len(lines) - LINES, 0),
    }


def span_asked(request: Request) -> Span | None:
    """Return the years asked for in the address; nonsense is the whole life."""
    first, last = (request.GET.get(key, "") for key in ("from", "to"))
    if not (first.isdecimal() and last.isdecimal() and len(first) == len(last) == DIGITS):
        return None
    return Span(int(first), int(last)) if int(first) < int(last) else None


def _zoom(span: Span, whole: Span) -> Iterator[tuple[str, str, str, str]]:
    """Return what each button shows; nothing new is no address."""
    steps = (
        ("in", "Крупнее", "zoom-in", span.zoomed()),
        ("out", "Мельче", "zoom-out", span.widened(whole)),
        ("earlier", "Раньше", "chevron-left", span.shifted(whole, -1)),
        ("later", "Позже", "chevron-right", span.shifted(whole, 1)),
        ("all", "Вся жизнь", "timeline", whole),
    )
    for code, words, sign, to in steps:
        yield code, words, sign, "" if to == span else _asking(to)


def _asking(span: Span) -> str:
    return f"?from={span.first}&to={span.last}"


def _table(
    lanes: Sequence[Lane], span: Span
) -> Iterator[tuple[str, str, str, dt.date, dt.date | None, bool]]:
    """Yield every line of the sheet as words, those of the shown years."""
    first, last = dt.date(span.first, 1, 1), dt.date(span.last, 1, 1)
    for lane in lanes:
        for bar in lane.bars:
            if bar.since < last and (bar.until is None or bar.until > first):
                yield lane.title, bar.title, "", bar.since, bar.until, bar.until is None
        for mark in lane.marks:
            if first <= mark.on < last:
                yield lane.title, mark.title, mark.url, mark.on, None, False
        for point in lane.points:
            if first <= point.on < last:
                yield lane.title, point.text, "", point.on, None, False


def _banner(actor: Actor, card: Person, said: Sequence[tuple[str, str, str]] = ()) -> Banner:
    name = name_of(actor, card.pk)
    age = cells.counted(age_on(name.birth_date, today()), "год,года,лет")
    sex = "ж" if name.sex == "female" else "м"
    about = f"{age}, {sex} · {cells.day(name.birth_date)} · СНИЛС {name.snils or 'не указан'}"
    facts = tuple((label, cells.tag(text, tone) if tone else text) for label, text, tone in said)
    return Banner(name.full, about, facts)


def _years(actor: Actor, rows: list[Entry]) -> Iterator[tuple[int, list[dict[str, Any]]]]:
    places = places_of(actor, rows)
    for year, group in groupby(rows, key=lambda row: row.on.year):
        yield year, [_line(row, places) for row in group]


def _line(row: Entry, places: dict[int, str]) -> dict[str, Any]:
    kind = kind_of(row.kind)
    place = places.get(row.organization or 0, "")
    note = kind.title if not place or place in row.title else f"{kind.title} · {place}"
    return {
        "on": row.on,
        "title": row.title,
        "note": note,
        "icon": kind.icon,
        "tone": kind.tone(row.data),
        "url": _address(row),
    }


def _address(row: Entry) -> str:
    return reverse("record:entry", args=[row.uid])


app_name = "record"
urlpatterns = [
    path("mine/", mine, name="mine"),
    path("entries/<uuid:uid>/", entry, name="entry"),
    path("<uuid:person>/", timeline, name="timeline"),
    path("<uuid:person>/paper/", timeline_print, name="timeline_print"),
]
