"""Milk and therapeutic nutrition: the right comes from the card, a month counts shifts at work."""

import datetime as dt
from decimal import Decimal

import pytest
from django.apps import apps
from django.test import Client

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.public import factors_set
from medtrud.domains.hazards.types import FactorIn
from medtrud.domains.safety.actions import nutrition_grant, nutrition_issue
from medtrud.domains.safety.models import NutritionIssue
from medtrud.domains.safety.public import entitlements, month_lines
from medtrud.domains.safety.queries.nutrition import nutrition_places
from medtrud.domains.safety.rules.nutrition import rights
from medtrud.domains.safety.types.nutrition import Conditions, Entitled, Guarantee, NewGrant
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment

from .conftest import DAY, HIRED, JOB, Plant
from .test_ppe import at_work

pytestmark = pytest.mark.django_db
JUNE = dt.date(2026, 6, 1)
SILENT = Guarantee(None)
YES, NO = Guarantee(needed=True, ground="перечень", card="№ 7"), Guarantee(needed=False, card="№ 7")


@pytest.mark.parametrize(
    ("harmful", "milk", "ration", "expected"),
    [
        (True, YES, SILENT, (Entitled.YES, Entitled.UNKNOWN)),
        (True, NO, YES, (Entitled.NO, Entitled.YES)),
        (True, YES, YES, (Entitled.NO, Entitled.YES)),  # a ration excludes milk
        (True, SILENT, SILENT, (Entitled.UNKNOWN, Entitled.UNKNOWN)),
        (False, SILENT, SILENT, (Entitled.NO, Entitled.NO)),
        (None, SILENT, SILENT, (Entitled.UNKNOWN, Entitled.UNKNOWN)),
    ],
)
def test_the_card_decides_and_silence_is_no_answer(
    *, harmful: bool | None, milk: Guarantee, ration: Guarantee, expected: tuple[Entitled, Entitled]
) -> None:
    decision = rights(Conditions(harmful, milk, ration), DAY)
    assert (decision.outcome.milk, decision.outcome.ration) == expected
    assert all(reason.ref.act for reason in decision.reasons)


def harmed(plant: Plant) -> Employment:
    """Let a man work in harm without a card that says anything of milk."""
    job = at_work(plant)
    factors_set(
        plant.hr,
        workplace=plant.place.uid,
        factors=[FactorIn("4.4")],
        sout_class="3.1",
        since=dt.date(2021, 5, 4),
        basis="карта",
    )
    return job


def test_without_a_card_the_employer_names_his_own_ground(plant: Plant) -> None:
    job = harmed(plant)
    (row,) = entitlements(plant.hr, employer=plant.row.pk, on=DAY)
    assert (row.rights.milk, row.given) == (Entitled.UNKNOWN, "")
    with pytest.raises(Refused, match="Укажите основание"):
        nutrition_grant(plant.hr, grant=NewGrant(job.uid, "milk", DAY))
    nutrition_grant(plant.hr, grant=NewGrant(job.uid, "milk", DAY, basis="Коллективный договор, п. 5"))
    (row,) = entitlements(plant.hr, employer=plant.row.pk, on=DAY)
    assert row.given == "Молоко"
    with pytest.raises(Refused, match="уже назначено"):
        nutrition_grant(plant.hr, grant=NewGrant(job.uid, "sour", DAY, basis="п. 5"))


def test_money_needs_a_written_request_and_a_ration_a_known_number(plant: Plant) -> None:
    job = harmed(plant)
    with pytest.raises(Refused, match="письменному заявлению"):
        nutrition_grant(plant.hr, grant=NewGrant(job.uid, "money", DAY, basis="п. 5"))
    with pytest.raises(Refused, match="Рациона «9» нет"):
        nutrition_grant(plant.hr, grant=NewGrant(job.uid, "ration", DAY, ration="9", basis="п. 5"))


def test_a_month_counts_days_at_work_and_a_correction_keeps_what_was(plant: Plant) -> None:
    job = harmed(plant)
    grant = nutrition_grant(plant.hr, grant=NewGrant(job.uid, "milk", DAY, basis="п. 5"))
    (full,) = month_lines(plant.hr, employer=plant.row.pk, month=JUNE)
    ill = NewAbsence(job.person_id, plant.row.pk, dt.date(2026, 6, 8), dt.date(2026, 6, 13), reason="01")
    absence_add(plant.hr, absence=ill)
    (line,) = month_lines(plant.hr, employer=plant.row.pk, month=JUNE)
    assert full.shifts_most - line.shifts_most == 5 - 1  # five days of a week, one of them 12 June, a holiday
    with pytest.raises(Refused, match="в месяце их не больше"):
        nutrition_issue(plant.hr, grant=grant.uid, month=JUNE, shifts=line.shifts_most + 1)
    for shifts in (10, 12):
        nutrition_issue(plant.hr, grant=grant.uid, month=JUNE, shifts=shifts)
    kept = list(NutritionIssue.objects.unscoped("test").order_by("version"))
    assert [(row.version, row.amount, row.unit) for row in kept] == [
        (1, Decimal("5.0"), "л"),
        (2, Decimal("6.0"), "л"),
    ]


def test_the_screens_say_that_the_norms_were_not_compared(plant: Plant) -> None:
    job = harmed(plant)
    account = account_open(JOB, login="safety", password="x")
    seat_give(JOB, account=account, role=Role.EMPLOYER, since=HIRED, organization=plant.row.pk)
    client = Client()
    client.force_login(account)
    assert "с текстом не сверены" in client.get("/safety/nutrition/").content.decode()
    for tab, shown in (("", False), ("unknown", True), ("all", True), ("yes", False), ("given", False)):
        page = client.get("/safety/nutrition/", {"tab": tab}).content.decode()
        assert ("Громов" in page) is shown, tab
    assert "Громов" in client.get("/safety/nutrition/?tab=all&q=Громов&post=токарь").content.decode()
    assert "Громов" not in client.get("/safety/nutrition/?tab=all&kind=milk").content.decode()
    facts = {"kind": "milk", "since": "20.05.2026", "basis": "Коллективный договор, п. 5"}
    assert client.post(f"/safety/nutrition/jobs/{job.uid}/", facts).status_code == 302
    given = client.get("/safety/nutrition/?tab=given").content.decode()
    assert "Громов" in given
    assert "Назначить" not in given
    month = client.get("/safety/nutrition/month/?month=2026-06").content.decode()
    assert "Молоко" in month
    assert client.get("/safety/nutrition/month/pdf/?month=2026-06").content.startswith(b"%PDF")


def card(plant: Plant, *, milk: bool) -> None:
    """Let the card of the place say whether it needs milk."""
    report = apps.get_model("hazards", "SoutReport")(
        employer_id=plant.row.pk, approved_on=dt.date(2025, 1, 1), created_at=now()
    )
    report.save()
    told = {"Milk": {"NeedToEstablish": milk}, "DieteticTherapy": {"NeedToEstablish": False}}
    apps.get_model("hazards", "SoutCard")(
        employer_id=plant.row.pk, report=report, workplace=plant.place, kind="own", number="12",
        position="Токарь", guarantees=told, digest="0", since=report.approved_on,
    ).save()  # fmt: skip


def test_the_card_of_a_place_decides_for_all_who_work_there(plant: Plant) -> None:
    harmed(plant)
    card(plant, milk=True)
    (row,) = entitlements(plant.hr, employer=plant.row.pk, on=DAY)
    assert (row.rights.milk, row.rights.ration, row.card) == (Entitled.YES, Entitled.NO, "№ 12")
    [(rights_found, places)] = nutrition_places(plant.hr, employer=plant.row.pk, on=DAY).items()
    assert (rights_found.milk, places) == (Entitled.YES, [plant.place.pk])
