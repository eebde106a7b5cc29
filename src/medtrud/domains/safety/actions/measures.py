"""Measures: planned, moved, begun, carried out, their effect measured."""

import datetime as dt
from typing import Any
from uuid import UUID

from medtrud.domains.hazards.public import factor_parse
from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Measure, MeasureReading, MeasureStep
from ..queries import incident_of, measure_of
from ..types import MeasureDone, MeasureState, NewMeasure, NewReading, controls
from .places import own, placed, was, works_here

REGISTER = "safety.measure.{}"
CHANGED = (
    "title", "control", "due_on", "person_id", "division_id", "workplace_id", "factor", "cost_kopecks",
    "funding", "people", "basis",
)  # fmt: skip


@action
def measure_add(actor: Actor, *, measure: NewMeasure, on: dt.date) -> Measure:
    """Plan a measure; one that follows from an incident names it."""
    own(actor, measure.employer)
    row = Measure(employer_id=measure.employer, state=MeasureState.PLANNED, first_due_on=measure.due_on)
    if measure.incident:
        row.incident = incident_of(actor, measure.incident)
    _fill(actor, row, measure, on)
    row.source_import, row.source_sheet, row.source_row = measure.file, measure.sheet, measure.row
    number = numbers_take(REGISTER.format(measure.employer), measure.due_on.year)[0]
    row.number = f"М-{number}/{measure.due_on.year}"
    keep(row)
    _step(actor, row, "planned", f"срок {row.due_on:%d.%m.%Y}")
    record(actor, "safety.measure_add", row, control=row.control, due=row.due_on)
    return row


@action
def measure_change(actor: Actor, *, measure: UUID, facts: NewMeasure, on: dt.date, why: str = "") -> Measure:
    """Correct a measure; what it said and a moved deadline stay in its history."""
    row = _open(actor, measure)
    before = was(row, CHANGED)
    _fill(actor, row, facts, on)
    moved = before["due_on"] != row.due_on.isoformat()
    if moved and not why.strip():
        raise Refused("Срок мероприятия меняется. Напишите, почему: прежний срок останется в истории.")
    keep(row)
    note = f"срок перенесён на {row.due_on:%d.%m.%Y}: {why}" if moved else why
    _step(actor, row, "moved" if moved else "changed", note, before)
    record(actor, "safety.measure_change", row, moved=moved)
    return row


@action
def measure_start(actor: Actor, *, measure: UUID) -> Measure:
    """Record that work on a measure has begun."""
    row = _open(actor, measure)
    if row.state == MeasureState.GOING:
        raise Refused("Мероприятие уже выполняется. Когда закончите, запишите выполнение.")
    row.state = MeasureState.GOING
    keep(row, "state")
    _step(actor, row, "started")
    record(actor, "safety.measure_start", row)
    return row


@action
def measure_done(
    actor: Actor,
    *,
    measure: UUID,
    done_on: dt.date,
    result: str,
    spent_kopecks: int | None = None,
    on: dt.date,
) -> Measure:
    """Record that a measure was carried out, what came of it and what it cost."""
    row = _open(actor, measure)
    if done_on > on:
        raise Refused(f"Дата выполнения {done_on:%d.%m.%Y} ещё не наступила. Исправьте дату.")
    row.state, row.done_on, row.result, row.spent_kopecks = MeasureState.DONE, done_on, result, spent_kopecks
    keep(row, "state", "done_on", "result", "spent_kopecks")
    _step(actor, row, "done", result[:1000])
    publish(MeasureDone(row.uid, row.employer_id, row.workplace_id, row.factor, done_on))
    record(actor, "safety.measure_done", row, done=done_on, late=done_on > row.due_on)
    return row


@action
def measure_cancel(actor: Actor, *, measure: UUID, why: str) -> Measure:
    """Take a measure off the plan, with the reason."""
    row = _open(actor, measure)
    row.state = MeasureState.CANCELLED
    keep(row, "state")
    _step(actor, row, "cancelled", why)
    record(actor, "safety.measure_cancel", row)
    return row


@action
def reading_add(actor: Actor, *, measure: UUID, reading: NewReading) -> MeasureReading:
    """Record a level measured before or after a measure."""
    row = measure_of(actor, measure)
    own(actor, row.employer_id)
    known = MeasureReading.objects.visible_to(actor).filter(measure=row).exclude(unit=reading.unit).first()
    if known is not None:
        raise Refused(
            f"Уровень записан в единицах «{known.unit}», а не «{reading.unit}». Эффект считается в "
            "одних единицах."
        )
    level = MeasureReading(
        measure=row,
        employer_id=row.employer_id,
        moment=reading.moment,
        value=reading.value,
        unit=reading.unit,
        on=reading.on,
        source=reading.source,
        lower_better=reading.lower_better,
    )
    keep(level)
    record(actor, "safety.reading_add", row, moment=str(reading.moment), on=reading.on)
    return level


def _open(actor: Actor, uid: UUID) -> Measure:
    row = measure_of(actor, uid)
    own(actor, row.employer_id)
    if row.state in {MeasureState.DONE, MeasureState.CANCELLED}:
        raise Refused("Мероприятие уже выполнено или снято. Запланируйте новое.")
    return row


def _fill(actor: Actor, row: Measure, new: NewMeasure, on: dt.date) -> None:
    control = controls().get(new.control)
    if control is None:
        raise Refused(
            "Не выбран уровень иерархии мер. Выберите, чем устраняется или ограничивается опасность."
        )
    placed(actor, employer=row.employer_id, division=new.division, workplace=new.workplace)
    if new.person:
        works_here(actor, employer=row.employer_id, person=new.person, on=on)
    row.title, row.control, row.rank, row.due_on = new.title, control.code, control.rank, new.due_on
    row.division_id, row.workplace_id, row.person_id = new.division, new.workplace, new.person
    row.factor = factor_parse(new.factor, on).code if new.factor else ""
    row.cost_kopecks, row.funding, row.people = new.cost_kopecks, new.funding, new.people
    row.basis = new.basis


def _step(
    actor: Actor, row: Measure, step: str, note: str = "", before: dict[str, Any] | None = None
) -> None:
    keep(
        MeasureStep(
            measure=row,
            employer_id=row.employer_id,
            step=step,
            note=note,
            before=before or {},
            account=actor.account,
        )
    )
