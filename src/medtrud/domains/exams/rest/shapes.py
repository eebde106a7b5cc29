"""What the answers share: a person, a side, a page of a list, the day something happened."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from django.db.models import QuerySet
from ninja import Field, Schema

from medtrud.engines.store.public import keyset, today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

Day = Annotated[dt.date, Field(ge=dt.date(2000, 1, 1), le=dt.date(2200, 1, 1))]
Size = Annotated[int, Field(ge=1, le=200)]
Text = Annotated[str, Field(max_length=300)]
Names = Mapping[int, PersonName]


class PersonOut(Schema):
    uid: UUID
    name: str
    birth_date: dt.date
    sex: str
    snils: str


class SideOut(Schema):
    uid: UUID
    name: str
    inn: str


class FactorOut(Schema):
    code: str
    title: str = ""
    substances: list[str] = []
    markers: str | None = None
    sout_class: str = ""


class OnIn(Schema):
    on: Day | None = Field(None, description="день события; без него – сегодня")


class ReasonIn(Schema):
    reason: str = Field(max_length=300, description="причина; без неё действие не выполняется")


class Done(Schema):
    count: int


def day_of(on: dt.date | None) -> dt.date:
    """Return the day on which something happened; nothing has happened tomorrow."""
    day = on or today()
    if day > today():
        raise Refused(f"День {day:%d.%m.%Y} ещё не наступил. Передайте день, когда это произошло.")
    return day


def person_out(names: Names, key: int) -> dict[str, Any] | None:
    """Return whom a row is about; nothing where this seat may not know the name yet."""
    who = names.get(key)
    if who is None:
        return None
    return {
        "uid": who.uid,
        "name": who.full,
        "birth_date": who.birth_date,
        "sex": who.sex,
        "snils": who.snils,
    }


def side_out(organization: Any) -> dict[str, Any]:
    """Return a side of a campaign or a referral."""
    return {"uid": organization.uid, "name": organization.name, "inn": organization.inn}


def about(actor: Actor, rows: Iterable[Any]) -> Names:
    """Return the names of the people of these rows in one query."""
    return names_of(actor, [row.person_id for row in rows])


def paged(
    actor: Actor,
    rows: QuerySet[Any],
    order: Sequence[str],
    shape: Callable[[Any, Names], dict[str, Any]],
    *,
    after: str,
    size: int,
) -> dict[str, Any]:
    """Return one page with the names of its people; `next` is empty on the last one."""
    page = keyset(rows, order=order, after=after, size=size)
    names = about(actor, page.rows)
    return {"items": [shape(row, names) for row in page.rows], "next": page.next}
