"""People for other systems."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.errors import Refused

from . import actions
from .models import Person
from .queries import doubles, identity_of, names_of, persons_search
from .rules import row_problems
from .types import PersonRow

router = Router(tags=["Люди"])
FOUND = 100


class FoundOut(Schema):
    uid: UUID
    name: str
    birth_date: dt.date
    sex: str
    snils: str


class CardOut(Schema):
    uid: UUID
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    sex: str
    snils: str
    snils_doubtful: bool
    phone: str
    email: str
    policy: str
    address: str


class CardIn(Schema):
    last_name: str
    first_name: str
    middle_name: str = ""
    birth_date: dt.date
    sex: str
    snils: str = ""
    phone: str = ""
    email: str = ""
    policy: str = ""
    address: str = ""
    confirmed: bool = False


class ChangeIn(Schema):
    last_name: str | None = None
    first_name: str | None = None
    middle_name: str | None = None
    birth_date: dt.date | None = None
    sex: str = ""
    snils: str | None = None
    phone: str | None = None
    email: str | None = None
    policy: str | None = None
    address: str | None = None
    reason: str = ""
    confirmed: bool = False


class MergeIn(Schema):
    gone: UUID
    reason: str = ""


class MergeOut(Schema):
    uid: UUID


class DoubleOut(Schema):
    uid: UUID
    first: UUID
    second: UUID
    likeness: str


@router.get("/persons", response=list[FoundOut], url_name="person_list")
@needs("people.person_list")
def person_list(request: Request, q: str) -> list[dict[str, Any]]:
    """Найти людей по фамилии, полному имени или СНИЛС."""
    ids = persons_search(request.actor, q, limit=FOUND)
    names = names_of(request.actor, ids)
    found = [names[pk] for pk in ids if pk in names]
    return [
        {"uid": who.uid, "name": who.full, "birth_date": who.birth_date, "sex": who.sex, "snils": who.snils}
        for who in found
    ]


@router.post("/persons", response={201: CardOut}, url_name="person_register")
@needs("people.person_register")
def person_register(request: Request, card: CardIn) -> Status[dict[str, Any]]:
    """Завести карту; человек, который уже известен, находится и не заводится второй раз."""
    facts = card.dict()
    _refuse_problems(PersonRow(**{name: value for name, value in facts.items() if name != "confirmed"}))
    return Status(201, _card(actions.person_register(request.actor, **facts)))


@router.get("/persons/{uid}", response=CardOut, url_name="card_open")
@needs("people.card_open")
def card_open(request: Request, uid: UUID) -> dict[str, Any]:
    """Карта человека; обращение записывается в журнал."""
    return _card(actions.card_open(request.actor, person=uid))


@router.patch("/persons/{uid}", response=CardOut, url_name="person_change")
@needs("people.person_change")
def person_change(request: Request, uid: UUID, facts: ChangeIn) -> dict[str, Any]:
    """Исправить карту; прежняя запись остаётся в истории."""
    given = facts.dict(exclude_none=True)
    kept = {name: given.pop(name) for name in ("birth_date", "sex", "reason", "confirmed") if name in given}
    if (born := kept.get("birth_date")) and born > today():
        raise Refused(f"Дата рождения {born:%d.%m.%Y} ещё не наступила. Исправьте год, месяц или день.")
    return _card(actions.person_change(request.actor, person=uid, changes=given, **kept))


@router.post("/persons/{uid}/merge", response={201: MergeOut}, url_name="persons_merge")
@needs("people.persons_merge")
def persons_merge(request: Request, uid: UUID, facts: MergeIn) -> Status[Any]:
    """Присоединить к карте другую карту того же человека."""
    return Status(201, actions.persons_merge(request.actor, kept=uid, gone=facts.gone, reason=facts.reason))


@router.post("/merges/{uid}/undo", response=CardOut, url_name="persons_unmerge")
@needs("people.persons_unmerge")
def persons_unmerge(request: Request, uid: UUID) -> dict[str, Any]:
    """Отменить объединение; ответ – карта, которая снова отдельна."""
    return _card(actions.persons_unmerge(request.actor, merge=uid))


@router.get("/doubles", response=list[DoubleOut], url_name="double_list")
@needs("people.double_list")
def double_list(request: Request) -> list[dict[str, Any]]:
    """Пары карт, которые могут быть одним человеком."""
    return [
        {"uid": pair.uid, "first": pair.first.uid, "second": pair.second.uid, "likeness": pair.likeness}
        for pair in doubles(request.actor)[:FOUND]
    ]


@router.post("/doubles/{uid}/dismiss", response={204: None}, url_name="double_dismiss")
@needs("people.double_dismiss")
def double_dismiss(request: Request, uid: UUID) -> Status[None]:
    """Признать карты картами разных людей."""
    actions.double_dismiss(request.actor, double=uid)
    return Status(204, None)


def _refuse_problems(row: PersonRow) -> None:
    if problems := row_problems(row, today()):
        raise Refused(" ".join(problems))


def _card(card: Person) -> dict[str, Any]:
    return identity_of(card).as_dict() | {
        "uid": card.uid,
        "birth_date": card.birth_date,
        "sex": card.sex,
        "snils_doubtful": card.snils_doubtful,
    }
