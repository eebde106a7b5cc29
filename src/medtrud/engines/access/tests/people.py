"""Accounts for the tests of this module."""

import datetime as dt

from django.test import Client

from medtrud.engines.access.public import Account, account_open, actor_of, seat_give
from medtrud.kernel.actor import Actor, Role

DAY = dt.date(2025, 1, 1)
TODAY = dt.date(2026, 3, 1)
AT = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
JOB = Actor.job("test")


def somebody(login: str = "ivanov", *roles: Role) -> Account:
    account = account_open(JOB, login=login, password="trava u doma")
    for role in roles or (Role.ANALYST,):
        seat_give(JOB, account=account, role=role, since=DAY, organization=7)
    return account


def seated(account: Account, seat: str | None = None) -> Actor:
    return actor_of(account, seat, on=TODAY)


def browser(account: Account) -> Client:
    client = Client()
    client.force_login(account)
    return client
