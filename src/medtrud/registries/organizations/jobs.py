"""Declared to the engines below: the names of places behind seats; what ends with the last job."""

import datetime as dt

from django.utils import timezone

from medtrud.engines.access.public import Places, places_declare, seats_take
from medtrud.engines.background.public import every, on
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.signing.public import certificates_end
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor

from .queries.organizations import inns_found, key_by_inn, short_names
from .queries.staff import left_on, works_there
from .types import EmploymentClosed, StaffClosed


@on(EmploymentClosed)
def certificates_of_dismissed(event: EmploymentClosed) -> None:
    """Whoever leaves signs nothing for this employer any more; a later day is waited for."""
    if not event.moved and event.until <= today():
        _ended(event.person, event.employer)


@on(StaffClosed)
def certificates_of_staff(event: StaffClosed) -> None:
    """Whoever leaves a clinic signs nothing there any more."""
    if event.until <= today():
        _ended(event.person, event.organization)


@every("00:20")
def certificates_of_left(at: dt.datetime) -> None:
    """End what belonged to those whose last day was yesterday."""
    for person, organization in left_on(timezone.localdate(at)):
        _ended(person, organization)


def _ended(person: int, organization: int) -> None:
    """End certificates and call key carriers back, unless another job at the same place remains."""
    if not works_there(person, organization, today()):
        certificates_end(Actor.job("увольнение"), person=person, organization=organization)


places_declare(Places(names=short_names, by_inn=key_by_inn, search=inns_found))


@on(EmploymentClosed)
def seats_of_dismissed(event: EmploymentClosed) -> None:
    """End the seats at an employer of whoever was dismissed and has no other job there."""
    if not event.moved:
        _unseated(event.person, event.employer, event.until)


@on(StaffClosed)
def seats_of_staff(event: StaffClosed) -> None:
    """End the seats of whoever left a clinic."""
    _unseated(event.person, event.organization, event.until)


def _unseated(person: int, organization: int, on: dt.date) -> None:
    if not works_there(person, organization, on):
        seats_take(Actor.job("увольнение"), person=person, organization=organization, on=on)


titles_declare(
    {
        "organizations.accreditation_add": "Внесена аккредитация",
        "organizations.commission_close": "Закончены полномочия комиссии",
        "organizations.commission_open": "Создана врачебная комиссия",
        "organizations.contract_accept": "Принят договор",
        "organizations.contract_close": "Закрыт договор",
        "organizations.contract_open": "Внесён договор",
        "organizations.department_close": "Закрыто отделение",
        "organizations.department_open": "Открыто отделение",
        "organizations.division_close": "Закрыто подразделение",
        "organizations.division_open": "Открыто подразделение",
        "organizations.divisions_open_many": "Открыты подразделения",
        "organizations.employment_close": "Уволен работник",
        "organizations.employment_open": "Принят работник",
        "organizations.employment_transfer": "Переведён работник",
        "organizations.employments_close_many": "Уволены работники по списку",
        "organizations.employments_open_many": "Загружен список работников",
        "organizations.employments_reopen_many": "Отменены увольнения по списку",
        "organizations.import_undo": "Отменена загрузка",
        "organizations.licence_add": "Внесена лицензия",
        "organizations.organization_open": "Внесена организация",
        "organizations.post_close": "Закрыта должность",
        "organizations.post_open": "Открыта должность",
        "organizations.posts_open_many": "Открыты должности",
        "organizations.requisites_change": "Изменены реквизиты",
        "organizations.room_close": "Закрыт кабинет",
        "organizations.room_open": "Открыт кабинет",
        "organizations.staff_take": "Принят сотрудник медицинской организации",
        "organizations.worker_hire": "Принят работник",
        "organizations.staff_close": "Выведен из штата сотрудник",
        "organizations.staff_open": "Принят в штат сотрудник",
        "organizations.workplace_close": "Закрыто рабочее место работника",
        "organizations.workplace_open": "Открыто рабочее место работника",
        "organizations.workplaces_open_many": "Открыты рабочие места работников",
    }
)
