"""Organisations, requisites, contracts, structure."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection

from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.organizations.public import (
    clinics,
    contract_accept,
    contract_between,
    contract_open,
    contracts,
    division_close,
    division_open,
    divisions,
    employers,
    employment_open,
    employments_on,
    organization_open,
    post_open,
    posts,
    requisites_change,
    requisites_on,
    workplace_close,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites

from .world import DAY, JOB, World, person, seat


@pytest.mark.parametrize(
    ("requisites", "says"),
    [
        ({"inn": "3525000005"}, "ИНН 3525000005 не сходится контрольное число"),
        ({"inn": "352"}, "цифр 3, а должно быть 10 или 12"),
        ({"ogrn": "1023500000161"}, "ОГРН 1023500000161 не сходится контрольное число"),
        ({"kpp": "12"}, "КПП «12» записан неверно"),
        ({"okved": "284.1"}, "ОКВЭД «284.1» записан неверно"),
        ({"name": " "}, "Наименование организации не заполнено"),
    ],
)
def test_wrong_numbers_are_refused_with_the_cause(db: None, requisites: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        organization_open(
            JOB, kind=Kind.EMPLOYER, requisites=Requisites(**({"name": "ООО"} | requisites)), since=DAY
        )


def test_a_number_that_stands_so_in_the_document_can_be_confirmed(db: None) -> None:
    row = organization_open(
        JOB, kind=Kind.EMPLOYER, requisites=Requisites("ООО", inn="3525000005"), since=DAY, confirmed=True
    )
    assert row.inn == "3525000005"


def test_an_organisation_is_entered_once(world: World) -> None:
    with pytest.raises(Refused, match="уже заведена"):
        organization_open(
            JOB, kind=Kind.EMPLOYER, requisites=Requisites("Двойник", inn="3525000006"), since=DAY
        )


def test_requisites_are_dated_and_what_was_before_stays(world: World) -> None:
    requisites_change(
        world.hr,
        organization=world.plant.pk,
        changes={"address": "Вологда, Мира, 1"},
        since=DAY,
        basis="решение",
    )
    assert requisites_on(world.hr, world.plant.pk, on=DAY).address == "Вологда, Мира, 1"
    assert requisites_on(world.hr, world.plant.pk, on=DAY - dt.timedelta(days=1)).address == ""
    with pytest.raises(Refused, match="начинаются позже"):
        requisites_change(
            world.hr, organization=world.plant.pk, changes={"phone": "1"}, since=DAY, basis="опечатка"
        )


def test_the_database_keeps_old_requisites_as_they_were(world: World) -> None:
    with pytest.raises(Exception, match="Реквизиты прежних лет"), connection.cursor() as cursor:
        cursor.execute("UPDATE organizations_organizationversion SET name = 'x'")


def test_an_employer_sees_itself_and_every_clinic(world: World) -> None:
    assert list(employers(world.hr)) == [world.plant]
    assert list(clinics(world.hr, text="поликлиника")) == [world.clinic]
    assert list(clinics(seat(Role.WORKER, person=person().pk))) == [world.clinic]
    with pytest.raises(NotFound):
        requisites_on(world.hr, world.other.pk, on=DAY)


def test_a_clinic_sees_the_staff_only_after_the_employer_has_accepted(world: World) -> None:
    job = employment_open(world.hr, person=person().pk, post=world.turner.uid, since=DAY)
    offered = contract_open(
        world.registrar, employer=world.plant.pk, clinic=world.clinic.pk, number="1", signed_on=DAY, since=DAY
    )
    assert list(employers(world.registrar)) == [world.plant]
    assert not employments_on(world.registrar, employer=world.plant.pk, on=DAY)
    with pytest.raises(NotFound):
        contract_accept(world.stranger, contract=offered.uid, on=DAY)
    with pytest.raises(Forbidden):
        contract_accept(world.registrar, contract=offered.uid, on=DAY)
    with pytest.raises(Refused, match="ещё не принят"):
        contract_between(
            world.hr, employer=world.plant.pk, clinic=world.clinic.pk, on=DAY, contract=offered.uid
        )
    contract_accept(world.hr, contract=offered.uid, on=DAY)
    assert list(employments_on(world.registrar, employer=world.plant.pk, on=DAY)) == [job]
    assert contract_between(world.hr, employer=world.plant.pk, clinic=world.clinic.pk, on=DAY) == offered


def test_a_third_party_records_and_sees_no_contract(world: World) -> None:
    world.contract()
    with pytest.raises(NotFound):
        contract_open(
            world.stranger,
            employer=world.plant.pk,
            clinic=world.clinic.pk,
            number="2",
            signed_on=DAY,
            since=DAY,
        )
    assert not contracts(world.stranger)
    assert len(contracts(world.registrar)) == 1


def test_divisions_make_a_tree_and_one_place_holds_one_name(world: World) -> None:
    bay = division_open(world.hr, employer=world.plant.pk, title="Участок  3", parent=world.shop.uid)
    assert bay.path == "Цех 2 / Участок 3"
    division_open(world.hr, employer=world.plant.pk, title="Участок 3")
    with pytest.raises(Refused, match="уже есть"):
        division_open(world.hr, employer=world.plant.pk, title="участок 3", parent=world.shop.uid)
    assert [row.path for row in divisions(world.hr, employer=world.plant.pk)] == [
        "Участок 3",
        "Цех 2",
        "Цех 2 / Участок 3",
    ]


def test_nothing_that_people_work_in_is_closed(world: World) -> None:
    employment_open(world.hr, person=person().pk, post=world.turner.uid, workplace=world.lathe.uid, since=DAY)
    with pytest.raises(Refused, match="числятся работники \\(1\\)"):
        division_close(world.hr, division=world.shop.uid, until=DAY)
    with pytest.raises(Refused, match="числятся работники"):
        workplace_close(world.hr, workplace=world.lathe.uid, until=DAY)


def test_the_staff_schedule_holds_a_post_once(world: World) -> None:
    with pytest.raises(Refused, match="уже есть"):
        post_open(world.hr, employer=world.plant.pk, title="ТОКАРЬ", division=world.shop.uid)
    assert [row.title for row in posts(world.hr, employer=world.plant.pk)] == ["Слесарь", "Токарь"]


def test_a_workplace_number_is_given_once(world: World) -> None:
    with pytest.raises(Refused, match="с этим номером уже есть"):
        workplace_open(world.hr, employer=world.plant.pk, title="Другой станок", number="12")


def test_nobody_writes_into_another_organisation(world: World) -> None:
    writes: list[Callable[..., object]] = [division_open, post_open, workplace_open]
    for write in writes:
        with pytest.raises(NotFound):
            write(world.stranger, employer=world.plant.pk, title="Чужое")


def test_an_empty_title_is_refused_by_its_name(world: World) -> None:
    with pytest.raises(Refused, match="подразделение: "):
        division_open(world.hr, employer=world.plant.pk, title=" ")
