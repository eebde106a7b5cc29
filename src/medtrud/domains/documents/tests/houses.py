"""Organisations with somebody at their desks, and letters to enter."""

import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.utils import timezone

from medtrud.domains.documents.types import Content, DocumentIn, Received
from medtrud.engines.access.public import account_open, actor_of, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import Organization, organization_open
from medtrud.registries.organizations.types import Kind, Requisites

JOB = Actor.job("test")
ON = dt.date(2026, 3, 2)


@dataclass
class House:
    """An organisation and somebody at its desk."""

    organization: Organization
    actor: Actor
    client: Client


def house(kind: Kind, role: Role, inn: str) -> House:
    """Open an organisation with one seat."""
    named = Requisites(name=f"Организация {inn}", inn=inn)
    organization = organization_open(JOB, kind=kind, region="35", requisites=named, since=dt.date(2020, 1, 1))
    account = account_open(JOB, login=f"u{inn}", password="x")
    seat_give(JOB, account=account, role=role, since=dt.date(2020, 1, 1), organization=organization.pk)
    client = Client()
    client.force_login(account)
    return House(organization, actor_of(account, None, on=today()), client)


def text(said: str = "текст") -> Content:
    return Content(io.BytesIO(said.encode()), "письмо.txt")


def letter(**more: object) -> DocumentIn:
    came = Received(
        dt.datetime(2026, 2, 28, 10, tzinfo=timezone.get_current_timezone()), "15-п", ON
    )  # a Saturday
    facts = {"kind": "letter_in", "title": "О сроках осмотров", "on": ON, "party_name": "ООО «Ромашка»"}
    return DocumentIn(**{**facts, "received": came, **more})  # type: ignore[arg-type]


def streamed(answer: Any) -> bytes:
    """Return the bytes of a file that is given piece by piece."""
    return b"".join(answer.streaming_content)
