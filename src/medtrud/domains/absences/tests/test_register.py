"""Absences as a register: what is written, what is refused, what is told to those who count days."""

import datetime as dt
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from medtrud.domains.absences.public import (
    absence_add,
    absence_cancel,
    absence_change,
    absence_close,
    absences,
    absences_add_many,
    absences_between,
    absences_unclosed,
    absences_undo,
    chain_of,
    days_absent,
    history_of,
    medical_of,
    medical_set,
)
from medtrud.domains.absences.types import AbsenceChanged, AbsenceClosed, NewAbsence, NewMedical, Period
from medtrud.domains.record.public import timeline_for
from medtrud.engines.background.public import on, run_pending
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.organizations.public import employment_open

from .conftest import JOB, Plant, seat

MARCH = dt.date(2026, 3, 1)
heard: list[object] = []


@on(AbsenceChanged)
def note_changed(event: AbsenceChanged) -> None:
    heard.append(event)


@on(AbsenceClosed)
def note_closed(event: AbsenceClosed) -> None:
    heard.append(event)


def day(number: int, month: int = 3) -> dt.date:
    return dt.date(2026, month, number)


def test_days_away_are_counted_once_and_cut_to_the_days_asked(plant: Plant) -> None:
    man, other = plant.hire(), plant.hire()
    absence_add(plant.hr, absence=plant.away(man, day(27, 2), day(6)))
    absence_add(plant.hr, absence=plant.away(man, day(30), None))
    second = Plant("Второй завод")
    employment_open(JOB, person=man, post=second.post.uid, since=dt.date(2024, 1, 1))
    absence_add(JOB, absence=second.away(man, day(4), day(8)))
    periods = absences_between(JOB, [man, other], MARCH, day(1, 4))
    assert periods == {
        man: [
            Period(day(27, 2), day(6), "illness"),
            Period(day(4), day(8), "illness"),
            Period(day(30), None, "illness"),
        ]
    }
    assert days_absent(JOB, persons=[man, other], since=MARCH, until=day(1, 4)) == {man: 7 + 2}


def test_days_shared_with_another_absence_are_refused_by_name_and_dates(plant: Plant) -> None:
    man = plant.hire()
    absence_add(plant.hr, absence=plant.away(man, day(2), day(12), number="910000000001"))
    with pytest.raises(Refused) as refusal:
        absence_add(plant.hr, absence=plant.away(man, day(11), day(20), kind="vacation"))
    assert "Иванов" in refusal.value.text
    assert "02.03.2026 по 11.03.2026 (болезнь, листок 910000000001)" in refusal.value.text
    absence_add(plant.hr, absence=plant.away(man, day(12), day(20), kind="vacation"))


def test_the_database_itself_holds_two_absences_of_one_day_apart(plant: Plant) -> None:
    man = plant.hire()
    row = absence_add(plant.hr, absence=plant.away(man, day(2), day(12)))
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO absences_absence (uid, document, "case", person_id, employer_id, number, kind, reason,
                reason_more, since, until, state, basis, written_at, source_sheet)
            SELECT gen_random_uuid(), gen_random_uuid(), "case", person_id, employer_id, '', kind, reason,
                '', since, until, state, '', now(), '' FROM absences_absence WHERE id = %s
            """,
            [row.pk],
        )


def test_a_leave_that_begins_where_another_ends_prolongs_it(plant: Plant) -> None:
    man = plant.hire()
    first = absence_add(plant.hr, absence=plant.away(man, day(2), day(12), number="1"))
    second = absence_add(plant.hr, absence=plant.away(man, day(12), day(16), number="2"))
    own = absence_add(plant.hr, absence=plant.away(man, day(16), day(18), number="3", primary=True))
    assert second.case == first.case
    assert not second.primary
    assert own.primary
    assert [row.number for row in chain_of(plant.hr, second)] == ["1", "2"]
    with pytest.raises(Refused, match="ничего не продолжает"):
        absence_add(plant.hr, absence=plant.away(man, day(25), day(27), primary=False))
    with pytest.raises(Refused, match=r"Первый день продолжения должен быть 18.03.2026"):
        absence_add(plant.hr, absence=plant.away(man, day(20), day(22), continues=own.uid))


def test_a_correction_is_a_new_version_and_the_former_one_stays(plant: Plant) -> None:
    man = plant.hire()
    row = absence_add(plant.hr, absence=plant.away(man, day(2), day(12)))
    changed = absence_change(plant.hr, absence=row.uid, facts=plant.away(man, day(2), day(9)))
    assert [version.until for version in history_of(plant.hr, changed)] == [day(9), day(12)]
    assert days_absent(JOB, persons=[man], since=MARCH, until=day(31)) == {man: 7}
    with pytest.raises(DatabaseError, match="новую версию"), connection.cursor() as cursor:
        cursor.execute("UPDATE absences_absence SET until = '2026-03-20' WHERE id = %s", [row.pk])


def test_an_open_leave_is_closed_and_a_mistaken_one_cancelled(plant: Plant) -> None:
    man = plant.hire()
    row = absence_add(plant.hr, absence=plant.away(man, day(2)))
    absence_close(plant.hr, absence=row.uid, until=day(9))
    with pytest.raises(Refused, match="уже закрыто"):
        absence_close(plant.hr, absence=row.uid, until=day(10))
    absence_cancel(plant.hr, absence=row.uid, why="Выписан по ошибке")
    assert days_absent(JOB, persons=[man], since=MARCH, until=day(31)) == {}
    assert list(absences(plant.hr)) == []
    absence_add(plant.hr, absence=plant.away(man, day(3), day(5)))


def test_a_period_that_has_ended_waits_until_it_is_prolonged_or_closed(plant: Plant) -> None:
    man, other = plant.hire(), plant.hire()
    absence_add(plant.hr, absence=plant.away(man, day(2), day(12), going_on=True))
    alone = absence_add(plant.hr, absence=plant.away(other, day(2), day(12), going_on=True))
    assert not absences_unclosed(plant.hr, on=day(11))
    assert absences_unclosed(plant.hr, on=day(12)).count() == 2
    absence_add(plant.hr, absence=plant.away(man, day(12), day(16)))
    assert list(absences_unclosed(plant.hr, on=day(20))) == [alone]
    absence_close(plant.hr, absence=alone.uid, until=day(12))
    assert not absences_unclosed(plant.hr, on=day(20))


def test_those_who_count_days_hear_of_every_change(plant: Plant) -> None:
    man = plant.hire()
    run_pending()
    heard.clear()
    row = absence_add(plant.hr, absence=plant.away(man, day(2), day(12)))
    absence_change(plant.hr, absence=row.uid, facts=plant.away(man, day(4), day(9)))
    run_pending()
    changes = [event for event in heard if isinstance(event, AbsenceChanged)]
    assert changes == [AbsenceChanged(man, day(2), day(12)), AbsenceChanged(man, day(2), day(12))]
    closed = [event for event in heard if isinstance(event, AbsenceClosed)]
    assert closed[-1] == AbsenceClosed(row.document, man, day(4), day(9))


def test_a_diagnosis_is_read_by_those_who_treat_and_by_the_worker_never_by_the_employer(plant: Plant) -> None:
    man = plant.hire()
    doctor = plant.clinic(man)
    row = absence_add(doctor, absence=plant.away(man, day(2), day(12)))
    medical_set(doctor, absence=row.uid, medical=NewMedical(diagnosis="j06.9"))
    worker = seat(Role.WORKER, person=man)
    assert medical_of(doctor, [row.document])[row.document].diagnosis == "J06.9"
    assert medical_of(worker, [row.document])[row.document].diagnosis == "J06.9"
    assert medical_of(plant.hr, [row.document]) == {}
    with pytest.raises(Forbidden):
        medical_set(plant.hr, absence=row.uid, medical=NewMedical(diagnosis="A00"))


def test_the_record_of_the_person_tells_of_sick_leaves_without_the_diagnosis(plant: Plant) -> None:
    man = plant.hire()
    doctor = plant.clinic(man)
    row = absence_add(doctor, absence=plant.away(man, day(2), day(12)))
    medical_set(doctor, absence=row.uid, medical=NewMedical(diagnosis="J06.9"))
    absence_add(plant.hr, absence=plant.away(man, day(15), day(20), kind="vacation"))
    absence_change(plant.hr, absence=row.uid, facts=plant.away(man, day(2), day(9)))
    entries = [entry for entry in timeline_for(doctor, man) if entry.module == "absences"]
    assert [(entry.on, entry.title) for entry in entries] == [
        (day(2), "Листок нетрудоспособности: болезнь, 7 дн.")
    ]
    assert "J06" not in str([entry.data for entry in entries])


def test_a_list_is_taken_once_and_can_be_taken_back(plant: Plant) -> None:
    man, other = plant.hire(), plant.hire()
    by_hand = absence_add(plant.hr, absence=plant.away(man, day(2), day(5), number="1"))
    file = uuid4()
    rows = [
        plant.away(other, day(20), day(25), number="4", file=file),
        plant.away(other, day(10), day(20), number="3", file=file),
        plant.away(man, day(2), day(8), number="1", file=file),
    ]
    taking = absences_add_many(plant.hr, rows=rows)
    assert (taking.added, taking.changed, taking.known) == (2, 1, 0)
    assert len({row.case for row in absences(plant.hr) if row.person_id == other}) == 1
    again = absences_add_many(plant.hr, rows=rows)
    assert (again.added, again.changed, again.known) == (0, 0, 3)
    absences_undo(plant.hr, file=file)
    assert [(row.document, row.until) for row in absences(plant.hr)] == [(by_hand.document, day(5))]


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"reason": "77"}, "Кода причины нетрудоспособности 77 нет"),
        ({"kind": "party"}, "Не указано, почему человек отсутствует"),
        ({"until": MARCH}, "Последний день отсутствия раньше первого"),
        (
            {"since": dt.date(2019, 1, 9), "until": dt.date(2019, 2, 1)},
            "не работает у этого работодателя 09.01.2019",
        ),
    ],
)
def test_an_absence_that_cannot_be_is_refused_with_its_cause(
    plant: Plant, facts: dict[str, object], text: str
) -> None:
    man = plant.hire()
    asked = {"person": man, "employer": plant.row.pk, "since": day(2), "until": day(5)} | facts
    if "kind" not in facts:
        asked.setdefault("reason", "01")
    with pytest.raises(Refused, match=text):
        absence_add(plant.hr, absence=NewAbsence(**asked))  # type: ignore[arg-type]


def test_another_employer_sees_and_writes_nothing(plant: Plant) -> None:
    man = plant.hire()
    absence_add(plant.hr, absence=plant.away(man, day(2), day(5)))
    stranger = Plant("Чужой завод")
    assert list(absences(stranger.hr)) == []
    with pytest.raises(NotFound):
        absence_add(stranger.hr, absence=plant.away(man, day(10), day(12)))
