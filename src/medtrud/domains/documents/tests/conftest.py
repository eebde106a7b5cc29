"""A plant and a clinic."""

import datetime as dt

import pytest

from medtrud.engines.access.public import account_open, actor_of, seat_give
from medtrud.engines.signing.public import authority_open, certificate_issue
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.types import Kind

from .houses import JOB, House, house


@pytest.fixture
def plant() -> House:
    return house(Kind.EMPLOYER, Role.EMPLOYER, "3525000013")


@pytest.fixture
def clinic() -> House:
    return house(Kind.CLINIC, Role.CLINIC, "3525000020")


@pytest.fixture
def archivist(plant: House) -> Actor:
    """Seat an archivist beside the head; both sign, the house has its seal."""
    house = plant.organization.pk
    account = account_open(JOB, login="archivist", password="x")
    seat_give(JOB, account=account, role=Role.ARCHIVE, since=dt.date(2020, 1, 1), organization=house)
    authority_open(JOB, algorithm="gost256", name="Испытательный центр", organization="Медтруд")
    for key, surname in ((plant.actor.account, "Волков"), (account.pk, "Архивова")):
        names = {"surname": surname, "given_name": "Пётр Ильич"}
        certificate_issue(JOB, kind="person", names=names, account=key, organization=house)
    certificate_issue(JOB, kind="seal", names={"organization": "АО «Завод»"}, organization=house)
    return actor_of(account, None, on=today())
