import datetime as dt

import pytest
from django.test import Client

from medtrud.engines.access.public import account_open, seat_give
from medtrud.kernel.actor import Actor, Role

CLINIC, OTHER_CLINIC = 11, 12
PERMISSIONS = frozenset(
    f"people.{name}"
    for name in (
        "double_dismiss",
        "doubles_find",
        "person_change",
        "person_register",
        "person_share",
        "person_unshare",
        "persons_merge",
        "persons_register_many",
        "persons_unmerge",
    )
)


@pytest.fixture
def registrar() -> Actor:
    return Actor(
        role=Role.CLINIC, name="регистратор", organization=CLINIC, account=1, permissions=PERMISSIONS
    )


@pytest.fixture
def neighbour() -> Actor:
    return Actor(role=Role.CLINIC, name="сосед", organization=OTHER_CLINIC, permissions=PERMISSIONS)


@pytest.fixture
def job() -> Actor:
    return Actor.job("test")


def at_the_desk(role: Role, organization: int) -> Client:
    job = Actor.job("test")
    account = account_open(job, login=f"{role}{organization}", password="x")
    seat_give(job, account=account, role=role, since=dt.date(2025, 1, 1), organization=organization)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def desk(db: None) -> Client:
    return at_the_desk(Role.CLINIC, CLINIC)


@pytest.fixture
def other_desk(db: None) -> Client:
    return at_the_desk(Role.CLINIC, OTHER_CLINIC)
