"""An employer, his safety engineer, and lists as he sends them."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from medtrud.engines.access.public import account_open, desks, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    Import,
    import_commit,
    import_of,
    import_upload,
    problem_text,
    problems,
)
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import Organization, organization_open
from medtrud.registries.organizations.types import Kind, Requisites

HEAD = [
    "ФИО",
    "Дата рождения",
    "Пол",
    "СНИЛС",
    "Подразделение",
    "Должность",
    "Дата приёма",
    "Вредные факторы",
    "Класс",
]
REST = ("Цех 1 / Участок 2", "Токарь", "15.03.2014", "4.4", "3.1")
Row = list[Any]


def man(number: int, **cells: Any) -> Row:
    """Return a good row about an invented person."""
    letters = "абвгдежзик"
    name = "".join(letters[int(digit)] for digit in f"{number:03d}")
    row = dict(
        zip(HEAD, (f"Иванов{name} Иван Иванович", "01.02.1980", "м", snils(number), *REST), strict=True)
    )
    row |= cells
    return [row[title] for title in HEAD]


def snils(number: int) -> str:
    """Return a number with right control digits."""
    body = f"{number + 200_000_000:09d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, range(9, 0, -1), strict=True))
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {total % 101 % 100:02d}"


def sheet(rows: Sequence[Row], head: Sequence[str] = HEAD) -> bytes:
    """Write a list."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("Список")
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for number, row in enumerate([list(head), *rows]):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    page.write_datetime(number, column, cell, day)
                elif cell != "":
                    page.write(number, column, cell)
    return stream.getvalue()


@pytest.fixture
def plant(db: None) -> Organization:
    details = Requisites(name="ООО «Завод»", inn="7707083893")
    return organization_open(
        Actor.job("test"), kind=Kind.EMPLOYER, requisites=details, since=dt.date(2020, 1, 1)
    )


@pytest.fixture
def engineer(plant: Organization) -> Actor:
    held = desks()[Role.EMPLOYER].permissions
    return Actor(role=Role.EMPLOYER, name="инженер", organization=plant.pk, permissions=held)


Take = Callable[..., Import]


@pytest.fixture
def take(engineer: Actor) -> Take:
    """Upload a list and let the worker check it; with commit, write it too."""

    def take(content: bytes, *, commit: bool = False, name: str = "штат.xlsx", **options: str) -> Import:
        stream = io.BytesIO(content)
        row = import_upload(engineer, target="staff", stream=stream, name=name, options=options, again=True)
        run_pending()
        if commit:
            import_commit(engineer, uid=row.uid)
            run_pending()
        return import_of(engineer, row.uid)

    return take


def said(actor: Actor, row: Import) -> list[str]:
    """Return the problems as a person reads them."""
    return [f"{p.number}: {problem_text(row, p)}" for p in problems(actor, row).order_by("number", "id")]


@pytest.fixture
def office(plant: Organization) -> Client:
    """Sign the engineer in."""
    job = Actor.job("test")
    account = account_open(job, login="engineer", password="long-enough-Password-7")
    seat_give(job, account=account, role=Role.EMPLOYER, since=dt.date(2020, 1, 1), organization=plant.pk)
    client = Client()
    client.force_login(account)
    return client
