"""How versions of absences are written: one way for a single one and for a list."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from django.db.models.functions import Now

from medtrud.domains.record.public import entries_about, entries_add_many, entry_add
from medtrud.domains.record.types import NewEntry
from medtrud.engines.background.public import publish
from medtrud.engines.store.public import keep_many
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import names_of

from ..models import Absence
from ..queries import known_places
from ..rules import Asked, Place, Verdict, plan
from ..types import (
    KINDS,
    MEDICAL_KINDS,
    AbsenceChanged,
    AbsenceClosed,
    Kind,
    NewAbsence,
    State,
    last_day,
    reason_of,
)

ENTRY = "sick_leave"
MODULE = "absences"
ANNULLED = "Листок нетрудоспособности аннулирован"
JOB = Actor.job("больничный внесён в карту")


def asked_of(new: NewAbsence, *, document: UUID | None = None, case: UUID | None = None) -> Asked:
    """Read a new absence: its kind follows from the reason, its state from the last day."""
    reason = reason_of(new.reason) if new.reason else None
    kind = reason.kind if reason else new.kind
    if kind not in set(Kind):
        raise Refused("Не указано, почему человек отсутствует. Выберите вид отсутствия или код причины.")
    if reason is None and kind in MEDICAL_KINDS and new.number:
        raise Refused(f"У листка {new.number} нет кода причины нетрудоспособности. Укажите код из листка.")
    if new.until is not None and new.until <= new.since:
        raise Refused(f"Последний день отсутствия раньше первого ({new.since:%d.%m.%Y}). Исправьте даты.")
    going_on = new.until is None or new.going_on
    name = document or uuid4()
    place = Place(
        person=new.person,
        employer=new.employer,
        document=name,
        case=case or name,
        kind=kind,
        since=new.since,
        until=new.until,
        state=State.CANCELLED if new.cancelled else State.OPEN if going_on else State.CLOSED,
        number="".join(new.number.split()),
        reason=reason.code if reason else "",
        reason_more=new.reason_more,
        basis=new.basis,
    )
    return Asked(place, new.primary)


def judged(asked: Sequence[Asked]) -> list[Verdict]:
    """Compare new absences with what is written."""
    places = [each.place for each in asked]
    known = known_places((p.person for p in places), {p.employer for p in places}, (p.number for p in places))
    return plan(asked, known)


def works_there(actor: Actor, places: Iterable[Place]) -> set[tuple[int, int, dt.date]]:
    """Return who of them had a job the seat sees at the employer on the first day of the absence."""
    wanted = list(places)
    jobs = Employment.objects.visible_to(actor).filter(
        employer__in={p.employer for p in wanted}, person__in={p.person for p in wanted}
    )
    periods: dict[tuple[int, int], list[tuple[dt.date, dt.date | None]]] = {}
    for person, employer, since, until in jobs.values_list("person", "employer", "since", "until"):
        periods.setdefault((person, employer), []).append((since, until))
    return {
        (p.person, p.employer, p.since)
        for p in wanted
        if any(
            s <= p.since and (u is None or p.since < u) for s, u in periods.get((p.person, p.employer), ())
        )
    }


def job_needed(actor: Actor, place: Place) -> None:
    """Refuse an absence from where the person does not work; whom the seat does not see is a stranger."""
    if (place.person, place.employer, place.since) in works_there(actor, [place]):
        return
    name = names_of(actor, [place.person]).get(place.person)
    if name is None:
        raise NotFound("Работник не найден. Возможно, он относится к другой организации.")
    raise Refused(
        f"{name.short} не работает у этого работодателя {place.since:%d.%m.%Y}. "
        "Исправьте первый день отсутствия или запишите приём на работу."
    )


def refuse(actor: Actor, verdict: Verdict) -> None:
    """Refuse an absence that shares days or a number with another, by name and dates."""
    place, known = verdict.place, verdict.known
    if known is None or verdict.verb not in {"clash", "taken"}:
        return
    name = names_of(actor, [known.person]).get(known.person)
    who = name.short if name else "Этот человек"
    if verdict.verb == "taken":
        raise Refused(
            f"Листок {place.number} уже записан на другого работника: {who}, {said(known)}. Сверьте номер."
        )
    raise Refused(
        f"{who}: дни с {said(place)} пересекаются с записанными: {said(known)}. "
        "Исправьте даты или аннулируйте прежнюю запись."
    )


def said(place: Place) -> str:
    """Return an absence in words: dates, kind, number."""
    last = last_day(place.until)
    dates = f"{place.since:%d.%m.%Y} по {last:%d.%m.%Y}" if last else f"{place.since:%d.%m.%Y}"
    number = f", листок {place.number}" if place.number else ""
    return f"{dates} ({KINDS[Kind(place.kind)].lower()}{number})"


def write(verdicts: Sequence[tuple[Verdict, NewAbsence]]) -> list[Absence]:
    """Write what was added and changed, tell whoever counts days, and put sick leaves on the timeline."""
    chosen = [(v, new) for v, new in verdicts if v.verb in {"add", "change"}]
    replaced = [v.known.key for v, _ in chosen if v.verb == "change" and v.known and v.known.key]
    _replace(replaced)
    rows = [_row(v.place, new) for v, new in chosen]
    keep_many(rows)
    _tell(rows, [v.known for v, _ in chosen])
    _enter_record(rows, {v.place.document for v, _ in chosen if v.verb == "change"})
    return rows


def _replace(keys: Sequence[int]) -> None:
    found = Absence.objects.unscoped("judged above").filter(pk__in=keys)
    locked = found.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)
    found.filter(pk__in=list(locked)).update(replaced_at=Now())


def _row(place: Place, new: NewAbsence) -> Absence:
    return Absence(
        person_id=place.person,
        employer_id=place.employer,
        document=place.document,
        case=place.case,
        number=place.number,
        kind=place.kind,
        reason=place.reason,
        reason_more=place.reason_more,
        since=place.since,
        until=place.until,
        state=place.state,
        basis=place.basis,
        source_import=new.file,
        source_sheet=new.sheet,
        source_row=new.row,
    )


def _tell(rows: Sequence[Absence], before: Sequence[Place | None]) -> None:
    """Publish one change per person over all his days touched, and one closing per absence closed."""
    spans: dict[int, tuple[dt.date, dt.date | None]] = {}
    for row, old in zip(rows, before, strict=True):
        for since, until in [(row.since, row.until)] + ([(old.since, old.until)] if old else []):
            begin, end = spans.get(row.person_id, (since, until))
            spans[row.person_id] = (
                min(begin, since),
                None if end is None or until is None else max(end, until),
            )
    publish(*(AbsenceChanged(person, *span) for person, span in spans.items()))
    publish(
        *(
            AbsenceClosed(row.document, row.person_id, row.since, row.until)
            for row in rows
            if row.state == State.CLOSED and row.until and row.kind in MEDICAL_KINDS
        )
    )


def _enter_record(rows: Sequence[Absence], changed: set[UUID]) -> None:
    """Write sick leaves into the record of the person; vacations and trips are no matter of health."""
    medical = [row for row in rows if row.kind in MEDICAL_KINDS]
    fresh = [_entry(row) for row in medical if row.document not in changed]
    if fresh:
        entries_add_many(JOB, entries=fresh)
    for row in medical:
        if row.document in changed:
            before = entries_about(JOB, row.document).filter(replaced_by__isnull=True).first()
            entry_add(JOB, entry=_entry(row), replaces=before)


def entry_withdrawn(row: Absence) -> None:
    """Write on the timeline that a sick leave does not count any more."""
    before = entries_about(JOB, row.document).filter(replaced_by__isnull=True).first()
    if before is not None:
        entry_add(JOB, entry=replace(_entry(row), title=ANNULLED), replaces=before)


def entry_restored(row: Absence) -> None:
    """Write on the timeline that a former version of a sick leave counts again."""
    before = entries_about(JOB, row.document).filter(replaced_by__isnull=True).first()
    entry_add(JOB, entry=_entry(row), replaces=before)


def _entry(row: Absence) -> NewEntry:
    kind = KINDS[Kind(row.kind)].lower()
    days = f"{(row.until - row.since).days} дн." if row.until else "продолжается"
    return NewEntry(
        person=row.person_id,
        kind=ENTRY,
        on=row.since,
        until=row.until,
        title=ANNULLED if row.state == State.CANCELLED else f"Листок нетрудоспособности: {kind}, {days}",
        source=row.document,
        module=MODULE,
        organization=row.employer_id,
        data={"reason": row.reason},
    )
