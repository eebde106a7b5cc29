"""Measures: planned by the hierarchy of controls, never moved in silence, their effect measured."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection

from medtrud.domains.safety.public import (
    Measure,
    effect_of,
    measure_add,
    measure_cancel,
    measure_change,
    measure_done,
    measure_start,
    measures,
    overdue,
    reading_add,
)
from medtrud.domains.safety.types import Moment, NewMeasure, NewReading, controls
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import NotFound, Refused

from .conftest import DAY, Plant, seat

DUE = DAY + dt.timedelta(days=30)


def plan(plant: Plant, **facts: Any) -> NewMeasure:
    known: dict[str, Any] = {
        "title": "Кожух на пилу",
        "control": "engineering",
        "due_on": DUE,
        "workplace": plant.place.pk,
    }
    return NewMeasure(employer=plant.row.pk, **(known | {"factor": "4.4", "person": plant.engineer} | facts))


def add(plant: Plant, **facts: Any) -> Measure:
    return measure_add(plant.hr, measure=plan(plant, **facts), on=DAY)


def test_the_hierarchy_begins_with_elimination_and_ends_with_ppe() -> None:
    assert list(controls()) == ["elimination", "substitution", "engineering", "administrative", "ppe"]
    assert all("8.1.2" in control.basis for control in controls().values())


def test_a_measure_gets_a_number_without_gaps_and_a_level_of_the_hierarchy(plant: Plant) -> None:
    first, second = add(plant), add(plant, control="ppe")
    assert (first.number, second.number) == ("М-1/2026", "М-2/2026")
    assert (first.rank, second.rank) == (3, 5)
    with pytest.raises(Refused, match="уровень иерархии"):
        add(plant, control="magic")


def test_what_is_not_done_by_its_day_is_overdue(plant: Plant) -> None:
    late, done, _ = add(plant, due_on=DAY), add(plant, due_on=DAY), add(plant)
    measure_done(plant.hr, measure=done.uid, done_on=DAY, result="Сделано", on=DAY)
    assert list(overdue(plant.hr, on=DAY)) == []
    assert list(overdue(plant.hr, on=DAY + dt.timedelta(days=1))) == [late]


def test_a_deadline_moves_only_with_a_reason_and_the_former_one_stays(plant: Plant) -> None:
    row = add(plant)
    later = plan(plant, due_on=DUE + dt.timedelta(days=60))
    with pytest.raises(Refused, match="Напишите, почему"):
        measure_change(plant.hr, measure=row.uid, facts=later, on=DAY)
    changed = measure_change(plant.hr, measure=row.uid, facts=later, on=DAY, why="нет поставки")
    assert (changed.first_due_on, changed.due_on) == (DUE, DUE + dt.timedelta(days=60))
    step = changed.steps.order_by("pk").last()
    assert step is not None
    assert step.before["due_on"] == DUE.isoformat()
    assert "нет поставки" in step.note
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM safety_measurestep")


def test_the_effect_is_the_last_level_after_against_the_last_before(plant: Plant) -> None:
    row = add(plant)
    assert effect_of(plant.hr, row) is None
    for moment, value in ((Moment.BEFORE, "93"), (Moment.BEFORE, "92.5"), (Moment.AFTER, "84")):
        reading = NewReading(moment, Decimal(value), "дБА", DAY, "протокол 7")
        reading_add(plant.hr, measure=row.uid, reading=reading)
    effect = effect_of(plant.hr, row)
    assert effect is not None
    assert (effect.change, effect.better) == (Decimal("-8.5"), True)
    with pytest.raises(Refused, match="в одних единицах"):
        reading_add(plant.hr, measure=row.uid, reading=NewReading(Moment.AFTER, Decimal(1), "м/с²", DAY))


def test_a_done_or_cancelled_measure_is_not_touched_again(plant: Plant) -> None:
    row, other = add(plant), add(plant)
    measure_start(plant.hr, measure=row.uid)
    measure_done(plant.hr, measure=row.uid, done_on=DAY, result="", spent_kopecks=500_00, on=DAY)
    measure_cancel(plant.hr, measure=other.uid, why="Станок списан")
    for uid in (row.uid, other.uid):
        with pytest.raises(Refused, match="выполнено или снято"):
            measure_start(plant.hr, measure=uid)
    with pytest.raises(Refused, match="ещё не наступила"):
        measure_done(plant.hr, measure=add(plant).uid, done_on=DUE, result="", on=DAY)


def test_another_employer_sees_and_touches_nothing(plant: Plant) -> None:
    row, stranger = add(plant), Plant("Чужой")
    assert list(measures(stranger.hr)) == []
    assert list(measures(seat(Role.CLINIC, plant.row.pk))) == []
    with pytest.raises(NotFound):
        measure_start(stranger.hr, measure=row.uid)
    with pytest.raises(NotFound):
        add(plant, workplace=stranger.place.pk)
