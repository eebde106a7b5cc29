"""Incidents: registered, investigated, closed with causes, followed by measures and sick leaves."""

import datetime as dt
from typing import Any

import pytest

from medtrud.domains.safety.public import (
    Incident,
    audit_add,
    incident_add,
    incident_change,
    incident_close,
    indicators,
    investigation_open,
    leave_link,
    leaves_unexplained,
    measure_add,
    measure_done,
    measures,
    member_add,
)
from medtrud.domains.safety.types import (
    IncidentOpened,
    NewAudit,
    NewIncident,
    NewMeasure,
    NewMember,
    deadline_of,
)
from medtrud.engines.background.public import on, run_pending
from medtrud.kernel.errors import NotFound, Refused

from .conftest import DAY, Plant

heard: list[IncidentOpened] = []
YEAR = (dt.date(2026, 1, 1), dt.date(2027, 1, 1))


@on(IncidentOpened)
def note(event: IncidentOpened) -> None:
    heard.append(event)


def tell(plant: Plant, kind: str = "micro_injury", **facts: Any) -> NewIncident:
    known: dict[str, Any] = {
        "circumstances": "Порез о край листа",
        "happened_on": DAY,
        "workplace": plant.place.pk,
    }
    if kind in {"micro_injury", "injury"}:
        known["person"] = plant.engineer
    if kind == "injury":
        known["severity"] = "light"
    return NewIncident(employer=plant.row.pk, kind=kind, **(known | facts))


def add(plant: Plant, kind: str = "micro_injury", **facts: Any) -> Incident:
    return incident_add(plant.hr, incident=tell(plant, kind, **facts), on=DAY)


def test_each_register_has_its_own_numbers_and_an_event_is_told(plant: Plant) -> None:
    heard.clear()
    numbers = [add(plant, kind).number for kind in ("micro_injury", "near_miss", "micro_injury", "injury")]
    assert numbers == ["МТ-1/2026", "ОС-1/2026", "МТ-2/2026", "НС-1/2026"]
    run_pending()
    assert [event.kind for event in heard][:2] == ["micro_injury", "near_miss"]


@pytest.mark.parametrize(
    ("kind", "facts", "text"),
    [
        ("micro_injury", {"person": None}, "Не указан пострадавший"),
        ("injury", {"severity": ""}, "тяжесть"),
        ("near_miss", {"circumstances": "  "}, "обстоятельства"),
        ("near_miss", {"happened_on": DAY + dt.timedelta(days=1)}, "ещё не наступило"),
        ("micro_injury", {"happened_on": dt.date(2019, 1, 1)}, "не работал здесь 01.01.2019"),
        ("party", {}, "вид происшествия"),
    ],
)
def test_what_cannot_be_registered_says_why(
    plant: Plant, kind: str, facts: dict[str, Any], text: str
) -> None:
    with pytest.raises(Refused, match=text):
        add(plant, kind, **facts)


def test_an_injury_is_closed_after_an_investigation_by_a_commission_with_a_chairman(plant: Plant) -> None:
    row, witness = add(plant, "injury"), plant.hire()
    closing: dict[str, Any] = {
        "cause": "equipment",
        "why": "Нет кожуха",
        "conclusion": "Поставить кожух",
        "closed_on": DAY,
        "on": DAY,
    }
    with pytest.raises(Refused, match="после расследования"):
        incident_close(plant.hr, incident=row.uid, **closing)
    investigation_open(
        plant.hr, incident=row.uid, order_number="15-к", since=DAY, due_on=DAY + dt.timedelta(days=3),
        members=[NewMember(witness, "мастер")],
    )  # fmt: skip
    with pytest.raises(Refused, match="нет председателя"):
        incident_close(plant.hr, incident=row.uid, **closing)
    member_add(plant.hr, incident=row.uid, member=NewMember(plant.engineer, "инженер", "chairman"), on=DAY)
    closed = incident_close(plant.hr, incident=row.uid, **closing)
    assert (closed.state, closed.cause) == ("closed", "equipment")
    with pytest.raises(Refused, match="закрыто"):
        incident_change(plant.hr, incident=row.uid, facts=tell(plant, "injury"), on=DAY)


def test_no_period_of_investigation_is_known_until_it_is_loaded() -> None:
    assert deadline_of("injury_light", DAY) is None


def test_a_correction_keeps_what_was_told_before(plant: Plant) -> None:
    row = add(plant)
    incident_change(plant.hr, incident=row.uid, facts=tell(plant, circumstances="Порез о заусенец"), on=DAY)
    step = row.steps.order_by("pk").last()
    assert step is not None
    assert step.before["circumstances"] == "Порез о край листа"


def test_an_incident_leads_to_measures(plant: Plant) -> None:
    row = add(plant)
    due = DAY + dt.timedelta(days=10)
    new = NewMeasure(plant.row.pk, "Снять заусенцы", "elimination", due, incident=row.uid)
    measure_add(plant.hr, measure=new, on=DAY)
    assert [each.title for each in measures(plant.hr).filter(incident=row)] == ["Снять заусенцы"]


def test_a_sick_leave_by_an_accident_waits_for_its_incident_and_lends_it_its_days(plant: Plant) -> None:
    man = plant.hire()
    leave = plant.hurt(man, DAY, 10)
    plant.hurt(man, DAY + dt.timedelta(days=10), 5)
    assert leave in {each.document for each in leaves_unexplained(plant.hr, employer=plant.row.pk)}
    row = add(plant, "injury", person=man)
    leave_link(plant.hr, incident=row.uid, sick_leave=leave)
    assert list(leaves_unexplained(plant.hr, employer=plant.row.pk)) == []
    found = indicators(plant.hr, employer=plant.row.pk, since=YEAR[0], until=YEAR[1])
    assert found.days_lost == 15
    other = add(plant, "injury", person=plant.hire())
    with pytest.raises(NotFound, match="пострадавшего"):
        leave_link(plant.hr, incident=other.uid, sick_leave=leave)


def test_indicators_are_those_counted_by_hand(plant: Plant) -> None:
    for _ in range(3):
        plant.hire()  # four people all the year
    for kind in ("micro_injury", "near_miss", "near_miss", "injury"):
        add(plant, kind)
    audit_add(plant.hr, audit=NewAudit(plant.row.pk, DAY, "Цех 1", remarks=5, grave=2), on=DAY)
    for control, due, done in (("ppe", DAY, DAY), ("engineering", DAY, None), ("engineering", DAY, DAY)):
        new = NewMeasure(plant.row.pk, "Мера", control, due)
        row = measure_add(plant.hr, measure=new, on=DAY)
        if done:
            measure_done(plant.hr, measure=row.uid, done_on=done, result="", on=DAY)
    found = indicators(plant.hr, employer=plant.row.pk, since=YEAR[0], until=YEAR[1])
    assert (found.workers, found.counts["near_miss"]) == (4.0, 2)
    assert (found.micro_per_100, found.near_per_100) == (25.0, 50.0)
    assert (found.due, found.in_time, found.late) == (3, 2, 1)
    assert found.share_in_time == pytest.approx(66.667, abs=1e-3)
    assert found.share_high == pytest.approx(50.0)
    assert (found.audits, found.remarks, found.grave) == (1, 5, 2)
    assert (found.frequency.per_thousand, found.frequency.days_each) == (250.0, 0.0)
    assert [month.counts.get("near_miss", 0) for month in found.months][4] == 2


def test_remarks_that_are_graver_than_all_are_refused(plant: Plant) -> None:
    with pytest.raises(Refused, match="Грубых замечаний больше"):
        audit_add(plant.hr, audit=NewAudit(plant.row.pk, DAY, "Цех", remarks=1, grave=2), on=DAY)
