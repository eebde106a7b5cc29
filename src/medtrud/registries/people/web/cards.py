"""The list of people, the card, entering and correcting."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Banner,
    Button,
    Column,
    Found,
    Request,
    Search,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    search_add,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.kernel.identifiers import snils_format

from .. import actions
from ..models import SEXES, Person
from ..queries import (
    identity_of,
    merges_of,
    name_of,
    names_of,
    person_of,
    persons,
    persons_search,
    versions_of,
)
from ..types import Identity, PersonName
from .forms import PersonForm

FOUND = 500  # people a search shows at most
LABELS = {
    "last_name": "Фамилия", "first_name": "Имя", "middle_name": "Отчество", "snils": "СНИЛС",
    "policy": "Полис ОМС", "phone": "Телефон", "email": "Электронная почта", "address": "Адрес",
}  # fmt: skip


@needs("people.person_list")
def person_list(request: Request) -> HttpResponse:
    """Show the people the organisation knows."""
    actor = request.actor
    buttons = [
        Button("Завести карту", reverse("people:person_register"), "user-plus", "KeyN"),
        Button("Двойники", reverse("people:double_list"), "users"),
    ]
    allowed = ("people.person_register", "people.double_list")
    return listing(
        request,
        persons(actor),
        title="Люди",
        noun="человек,человека,человек",
        columns=(
            Column("name", "Фамилия, имя, отчество", _name, "name_rank", "title", "name"),
            Column(
                "born",
                "Дата рождения",
                lambda row, _: cells.day(row.birth_date),
                "birth_date",
                "aside",
                "date",
            ),
            Column("sex", "Пол", lambda row, _: dict(SEXES)[row.sex], role="line", width="narrow"),
            Column("snils", "СНИЛС", _snils, role="line"),
        ),
        search=Search("Фамилия, полное имя или СНИЛС", lambda rows, text: _found(actor, rows, text)),
        order="name",
        about=lambda rows: names_of(actor, [row.pk for row in rows]),
        buttons=[button for button, may in zip(buttons, allowed, strict=True) if actor.may(may)],
        empty="Ещё никого нет. Заведите карту или загрузите список работников.",
    )


def _found(actor: Actor, rows: "QuerySet[Person]", text: str) -> "QuerySet[Person]":
    return rows.filter(pk__in=persons_search(actor, text, limit=FOUND))


def _name(row: Person, names: dict[int, PersonName]) -> object:
    return cells.link(names[row.pk].full, reverse("people:card_open", args=[row.uid]))


def _born(row: Person, _: object) -> object:
    return cells.day(row.birth_date)


def _snils(row: Person, names: dict[int, PersonName]) -> object:
    number = names[row.pk].snils
    if not number:
        return cells.muted("не указан")
    return cells.joined([number, cells.tag("проверьте", "warn")]) if row.snils_doubtful else number


@needs("people.card_open")
def card_open(request: Request, uid: UUID) -> HttpResponse:
    """Show a card; the opening is journaled."""
    actor = request.actor
    card = actions.card_open(actor, person=uid)
    identity, name = identity_of(card), name_of(actor, card.pk)
    age = cells.counted(age_on(card.birth_date, today()), "год,года,лет")
    return page(
        request,
        "people/card.html",
        title=name.full,
        person=card,
        banner=Banner(
            name=name.full,
            about=f"{age}, {dict(SEXES)[card.sex]}",
            facts=(("СНИЛС", name.snils or "не указан"), ("Дата рождения", str(cells.day(card.birth_date)))),
        ),
        facts=_facts(identity),
        history=_history(actor, card, identity),
        merges=[row for row in merges_of(actor, card) if row.kept_id == card.pk],
        may_change=actor.may("people.person_change"),
        may_merge=actor.may("people.persons_merge"),
        may_undo=actor.may("people.persons_unmerge"),
    )


def _facts(identity: Identity) -> list[tuple[str, str]]:
    values = identity.as_dict() | {"snils": snils_format(identity.snils)}
    return [(label, values[name] or "не указано") for name, label in LABELS.items()]


def _history(actor: Actor, card: Person, now: Identity) -> list[dict[str, Any]]:
    """Return every change as what it said before and after, newest first."""
    lines, after = [], now.as_dict() | {"birth": card.birth_date, "sex": card.sex}
    for version, identity in versions_of(actor, card):
        before = identity.as_dict() | {"birth": version.birth_date, "sex": version.sex}
        labels = LABELS | {"birth": "Дата рождения", "sex": "Пол"}
        changed = [
            (label, _shown(name, before[name]), _shown(name, after[name]))
            for name, label in labels.items()
            if before[name] != after[name]
        ]
        lines.append({"at": version.until_at, "reason": version.reason, "changed": changed})
        after = before
    return lines


def _shown(name: str, value: Any) -> str:
    match name:
        case "birth":
            return f"{value:%d.%m.%Y}"
        case "sex":
            return dict(SEXES)[value]
        case "snils":
            return snils_format(value) or "не указан"
    return value or "не указано"


@needs("people.person_register")
def person_register(request: Request) -> HttpResponse:
    """Enter a person; somebody known is found instead."""
    form = PersonForm(request.POST or None)
    card = attempt(form, lambda facts: actions.person_register(request.actor, **facts))
    if card:
        return done(request, "Карта записана.", "people:card_open", card.uid)
    back = reverse("people:person_list")
    return form_page(request, form, title="Новая карта", action="Записать карту", back=back)


@needs("people.person_change")
def person_change(request: Request, uid: UUID) -> HttpResponse:
    """Correct a card; the earlier reading stays in its history."""
    card = person_of(request.actor, uid)
    name = name_of(request.actor, card.pk)
    known = identity_of(card).as_dict() | {"birth_date": card.birth_date, "sex": card.sex}
    known["snils"] = name.snils
    form = PersonForm(request.POST or None, initial=known)
    if attempt(form, lambda facts: _changed(request.actor, card, facts)):
        text = "Карта исправлена. Прежняя запись осталась в истории."
        return done(request, text, "people:card_open", card.uid)
    back = reverse("people:card_open", args=[card.uid])
    return form_page(request, form, title=f"Исправить: {name.full}", action="Записать", back=back)


def _changed(actor: Actor, card: Person, facts: dict[str, Any]) -> Person:
    birth_date, sex, confirmed = (facts.pop(name) for name in ("birth_date", "sex", "confirmed"))
    return actions.person_change(
        actor, person=card.uid, changes=facts, birth_date=birth_date, sex=sex, confirmed=confirmed
    )


def _palette(actor: Actor, text: str) -> list[Found]:
    if not actor.may("people.card_open"):
        return []
    names = names_of(actor, persons_search(actor, text, limit=8))
    return [
        Found(
            name.full, reverse("people:card_open", args=[name.uid]), f"{name.birth_date:%d.%m.%Y}", "Человек"
        )
        for name in sorted(names.values(), key=lambda name: name.full)
    ]


search_add(_palette)
