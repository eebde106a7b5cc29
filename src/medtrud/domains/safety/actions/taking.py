"""Plans of measures and registers of incidents by the import wizard."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from medtrud.domains.absences.public import staff_known
from medtrud.domains.hazards.public import factor_parse
from medtrud.engines.exchange.types import Cell, Outcome, Source, Taken, Unreadable
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refusal, Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import divisions, workplaces

from ..models import Incident, Measure
from ..queries import incidents, measures
from ..rules import sheet
from ..types import IncidentKind, IncidentState, MeasureState, NewIncident, NewMeasure
from .incidents import incident_add, incident_annul
from .measures import measure_add, measure_cancel

UNDONE = "загрузка отменена"


class Found(NamedTuple):
    """The keys a row means."""

    division: int | None
    workplace: int | None
    person: int | None


class Places:
    """Divisions, workplaces and people of the employer, found by what a cell says."""

    def __init__(self, actor: Actor, source: Source) -> None:
        if source.organization is None:
            raise Refused(
                "Файл загружают на рабочем месте работодателя. Выберите его и загрузите файл снова."
            )
        self.employer = source.organization
        self.staff = staff_known(actor)
        self.units = {sort_key(row.path): row.pk for row in divisions(actor, employer=self.employer)}
        self.units |= {sort_key(row.title): row.pk for row in divisions(actor, employer=self.employer)}
        rows = list(workplaces(actor, employer=self.employer))
        self.spots = {sort_key(row.title): row.pk for row in rows} | {
            row.number: row.pk for row in rows if row.number
        }

    def of(self, cells: dict[str, Cell], on: dt.date) -> Found:
        """Return the keys a row means; what is not found is told, and who did not work here on the day."""
        worker = sheet.text(cells, "worker")
        person = self.staff.find(worker, personnel=sheet.number(cells, "personnel")) if worker else None
        if person and self.staff.employer(person, on) != self.employer:
            raise Unreadable(f"«{worker}» не работал здесь {on:%d.%m.%Y}. Исправьте дату или имя.")
        return Found(
            division=self._key(self.units, sheet.text(cells, "division"), "Подразделение"),
            workplace=self._key(self.spots, sheet.number(cells, "workplace"), "Рабочее место"),
            person=person,
        )

    def _key(self, known: dict[str, int], said: str, title: str) -> int | None:
        found = known.get(said) or known.get(sort_key(said))
        if said and found is None:
            raise NotFound(f"{title} «{said}» не найдено. Сверьте название или добавьте его.")
        return found


def measures_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a plan would add."""
    return _outcome(*_read(actor, source, _measure, _known_measures(actor)))


def incidents_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a register would add."""
    return _outcome(*_read(actor, source, _incident, _known_incidents(actor)))


@action
def measures_import(actor: Actor, *, source: Source) -> Outcome:
    """Plan the good rows of a file."""
    rows, known, bad = _read(actor, source, _measure, _known_measures(actor))
    for number, new in rows:
        sourced = replace(new, file=source.uid, sheet=source.sheet, row=number)
        row = measure_add(actor, measure=sourced, on=source.on)
        source.linked("safety.Measure", "new", [row.pk], [number])
    record(actor, "safety.measures_import", source.uid, count=len(rows))
    return _outcome(rows, known, bad)


@action
def incidents_import(actor: Actor, *, source: Source) -> Outcome:
    """Register the good rows of a file."""
    rows, known, bad = _read(actor, source, _incident, _known_incidents(actor))
    for number, new in sorted(rows, key=lambda pair: pair[1].happened_on):
        sourced = replace(new, file=source.uid, sheet=source.sheet, row=number)
        row = incident_add(actor, incident=sourced, on=source.on)
        source.linked("safety.Incident", "new", [row.pk], [number])
    record(actor, "safety.incidents_import", source.uid, count=len(rows))
    return _outcome(rows, known, bad)


@action
def measures_import_undo(actor: Actor, *, taken: Taken) -> None:
    """Take the measures of a file off the plan, unless work on them has begun."""
    rows = list(measures(actor).filter(source_import=taken.uid))
    begun = [row for row in rows if row.state in {MeasureState.GOING, MeasureState.DONE}]
    if begun:
        raise Refused(f"{begun[0].number} уже выполняется. Снимите мероприятия этой загрузки по одному.")
    for row in rows:
        if row.state == MeasureState.PLANNED:
            measure_cancel(actor, measure=row.uid, why=UNDONE)
    record(actor, "safety.measures_import_undo", taken.uid, count=len(rows))


@action
def incidents_import_undo(actor: Actor, *, taken: Taken) -> None:
    """Annul the incidents of a file, unless they are looked into."""
    rows = list(incidents(actor).filter(source_import=taken.uid))
    busy = [row for row in rows if row.state in {IncidentState.INVESTIGATED, IncidentState.CLOSED}]
    if busy:
        raise Refused(f"{busy[0].number} уже расследуется или закрыто. Аннулируйте остальные по одному.")
    for row in rows:
        if row.state == IncidentState.OPEN:
            incident_annul(actor, incident=row.uid, why=UNDONE)
    record(actor, "safety.incidents_import_undo", taken.uid, count=len(rows))


def _read(
    actor: Actor, source: Source, read: Callable[[Places, dict[str, Cell], dt.date], Any], known: set[Any]
) -> tuple[list[tuple[int, Any]], int, int]:
    """Return the good new rows with their numbers, how many are known, how many are bad."""
    places, rows, same, bad = Places(actor, source), [], 0, 0
    for number, row in source.rows():
        try:
            new = read(places, sheet.cells_of(source.layout, row), source.on)
        except (Unreadable, Refusal) as fault:
            bad += 1
            source.problem(number, fault.text if isinstance(fault, Refusal) else str(fault))
            continue
        if _mark(new) in known:
            same += 1
            continue
        known.add(_mark(new))
        rows.append((number, new))
    return rows, same, bad


def _outcome(rows: Sequence[object], known: int, bad: int) -> Outcome:
    return Outcome(new=len(rows), unchanged=known, bad=bad)


def _mark(new: NewMeasure | NewIncident) -> tuple[object, ...]:
    """Return by what a row is known again."""
    if isinstance(new, NewMeasure):
        return (sort_key(new.title), new.due_on, new.division, new.workplace)
    return (new.kind, new.happened_on, new.person, sort_key(new.circumstances))


def _known_measures(actor: Actor) -> set[Any]:
    rows = measures(actor).exclude(state=MeasureState.CANCELLED)
    return {
        (sort_key(row.title), row.first_due_on, row.division_id, row.workplace_id)
        for row in _all(rows, Measure)
    }


def _known_incidents(actor: Actor) -> set[Any]:
    rows = incidents(actor).exclude(state=IncidentState.ANNULLED)
    return {
        (row.kind, row.happened_on, row.person_id, sort_key(row.circumstances))
        for row in _all(rows, Incident)
    }


def _all(rows: Any, kind: type[Any]) -> list[Any]:
    return [row for row in rows if isinstance(row, kind)]


def _measure(places: Places, cells: dict[str, Cell], on: dt.date) -> NewMeasure:
    title = sheet.text(cells, "title")
    if not title:
        raise Unreadable("Не указано мероприятие. Напишите, что сделать.")
    control = sheet.meaning(sheet.text(cells, "control"), sheet.CONTROLS, "administrative", "Уровень")
    factor, found = sheet.number(cells, "factor"), places.of(cells, on)
    return NewMeasure(
        employer=places.employer,
        title=title,
        control=control,
        due_on=sheet.day(cells, "due", "срок", on),
        factor=factor_parse(factor, on).code if factor else "",
        cost_kopecks=sheet.kopecks(cells, "cost"),
        basis=sheet.text(cells, "basis"),
        division=found.division,
        workplace=found.workplace,
        person=found.person,
    )


def _incident(places: Places, cells: dict[str, Cell], on: dt.date) -> NewIncident:
    kind = sheet.meaning(sheet.text(cells, "kind"), sheet.KINDS, IncidentKind.MICRO_INJURY, "Вид")
    happened = sheet.day(cells, "on", "дата", on)
    found = places.of(cells, happened)
    if happened > on:
        raise Unreadable(f"Дата {happened:%d.%m.%Y} ещё не наступила. Исправьте её.")
    if not sheet.text(cells, "circumstances"):
        raise Unreadable("Не описаны обстоятельства. Напишите, что и как произошло.")
    if kind in {IncidentKind.INJURY, IncidentKind.MICRO_INJURY} and found.person is None:
        raise Unreadable("Не указан пострадавший. Впишите его ФИО.")
    said = sheet.text(cells, "severity")
    severity = sheet.meaning(said, sheet.SEVERITIES, "", "Тяжесть")
    if kind == IncidentKind.INJURY and not severity:
        raise Unreadable("Не указана тяжесть несчастного случая: лёгкий, тяжёлый, смертельный.")
    return NewIncident(
        employer=places.employer,
        kind=kind,
        happened_on=happened,
        happened_time=sheet.time(cells, "time"),
        circumstances=sheet.text(cells, "circumstances"),
        injury=sheet.text(cells, "injury")[:500],
        place=sheet.text(cells, "place")[:300],
        severity=severity,
        division=found.division,
        workplace=found.workplace,
        person=found.person,
    )
