"""Registers page by page: the tab of what is late holds exactly that, and empties when it is done."""

import datetime as dt

import pytest
from django.test import Client

from medtrud.domains.safety.actions import nutrition_grant, nutrition_issue, ppe_move
from medtrud.domains.safety.models import Incident
from medtrud.domains.safety.public import (
    incident_add,
    incidents_overdue,
    months_unwritten,
    ppe_issues,
    ppe_outdated,
)
from medtrud.domains.safety.types import NewIncident
from medtrud.domains.safety.types.nutrition import NewGrant
from medtrud.domains.safety.types.ppe import PpeMoveKind
from medtrud.engines.store.public import today

from .conftest import DAY, Plant
from .test_nutrition import harmed
from .test_ppe import ONE, at_work, earmuffs, issued
from .test_screens import shown, sign_in

pytestmark = pytest.mark.django_db
EARLIER = DAY.replace(year=2024)


@pytest.fixture
def office(plant: Plant) -> Client:
    return sign_in(plant)


def test_what_is_worn_beyond_its_term_is_late_until_replaced(plant: Plant, office: Client) -> None:
    job, item = at_work(plant), earmuffs(plant)
    issued(plant, job, item, EARLIER)
    worn = EARLIER.replace(year=2025)
    assert not ppe_outdated(plant.hr, on=worn - dt.timedelta(days=1))
    assert ppe_outdated(plant.hr, on=worn).count() == 1
    assert "Громов" in shown(office, "/safety/ppe/issues/?tab=late&q=громов")
    issued(plant, job, item, today())
    assert not ppe_outdated(plant.hr, on=today())
    assert "Громов" in shown(office, "/safety/ppe/issues/?tab=held")


def test_what_was_written_off_is_not_late(plant: Plant) -> None:
    issued(plant, at_work(plant), earmuffs(plant), EARLIER)
    row = ppe_issues(plant.hr).get()
    ppe_move(plant.hr, issue=row.uid, kind=PpeMoveKind.WRITE_OFF, quantity=ONE, on=EARLIER)
    assert not ppe_outdated(plant.hr, on=today())


def test_a_month_of_milk_is_late_until_it_is_recorded(plant: Plant, office: Client) -> None:
    grant = nutrition_grant(plant.hr, grant=NewGrant(harmed(plant).uid, "milk", DAY, basis="п. 5"))
    april, may = dt.date(2026, 4, 1), dt.date(2026, 5, 1)
    assert not months_unwritten(plant.hr, month=april), "given from May on"
    assert list(months_unwritten(plant.hr, month=may)) == [grant]
    nutrition_issue(plant.hr, grant=grant.uid, month=may, shifts=5)
    assert not months_unwritten(plant.hr, month=may)
    assert "Громов" in shown(office, "/safety/nutrition/grants/?tab=late&q=громов")
    assert "Молоко" in shown(office, "/safety/nutrition/grants/?tab=going&kind=milk")


def test_an_investigation_is_late_from_the_day_after_its_deadline(plant: Plant, office: Client) -> None:
    new = NewIncident(
        plant.row.pk, "micro_injury", DAY, circumstances="Порез", person=plant.engineer, injury="порез"
    )
    row = incident_add(plant.hr, incident=new, on=DAY)
    Incident.objects.unscoped("test").filter(pk=row.pk).update(due_on=DAY)
    assert not incidents_overdue(plant.hr, on=DAY)
    assert list(incidents_overdue(plant.hr, on=DAY + dt.timedelta(days=1))) == [row]
    assert row.number in shown(office, "/safety/incidents/?tab=late")
    Incident.objects.unscoped("test").filter(pk=row.pk).update(state="closed", closed_on=DAY)
    assert not incidents_overdue(plant.hr, on=today())
