"""Possible doubles: side by side, one card or two people; and the undoing."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_start
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.identifiers import snils_format

from .. import actions
from ..models import SEXES, Double, Person
from ..queries import double_of, doubles, identity_of, names_of, person_of
from ..types import PersonName
from .cards import LABELS
from .forms import MergeForm


@needs("people.double_list")
def double_list(request: Request) -> HttpResponse:
    """Show the pairs that wait for a decision."""
    actor = request.actor
    return listing(
        request,
        doubles(actor),
        title="Возможные двойники",
        noun="пара,пары,пар",
        columns=(
            Column("first", "Первая карта", _pair, role="title", width="name"),
            Column("second", "Вторая карта", lambda row, names: names[row.second_id].full, role="line"),
            Column(
                "born",
                "Дата рождения",
                lambda row, _: cells.day(row.first.birth_date),
                role="aside",
                width="date",
            ),
            Column("likeness", "Что совпадает", plain("likeness"), role="line", width="grow"),
        ),
        about=lambda rows: names_of(actor, [pk for row in rows for pk in (row.first_id, row.second_id)]),
        buttons=[Button("Искать двойников", reverse("people:doubles_find"), "user-search")]
        if actor.may("people.doubles_find")
        else [],
        empty="Похожих карт нет. Они ищутся каждую ночь и после загрузки списка.",
    )


def _born(row: Double, _: object) -> object:
    return cells.day(row.first.birth_date)


def _pair(row: Double, names: dict[int, PersonName]) -> object:
    return cells.link(names[row.first_id].full, reverse("people:double", args=[row.uid]))


@needs("people.double_list")
def double(request: Request, uid: UUID) -> HttpResponse:
    """Show both cards side by side."""
    pair = double_of(request.actor, uid)
    return _compare(request, pair.first, pair.second, pair=pair)


@needs("people.persons_merge")
def persons_merge(request: Request, uid: UUID) -> HttpResponse:
    """Compare two cards, and join the other one to this one."""
    if request.method == "POST":
        form = MergeForm(request.POST)
        merged = attempt(form, lambda facts: actions.persons_merge(request.actor, kept=uid, **facts))
        if merged:
            return done(request, "Карты объединены. Это можно отменить.", "people:card_open", uid)
        back = reverse("people:card_open", args=[uid])
        return form_page(request, form, title="Объединить карты", action="Объединить", back=back)
    return _compare(request, person_of(request.actor, uid), person_of(request.actor, _other(request, uid)))


def _other(request: Request, uid: UUID) -> UUID:
    try:
        return UUID(request.GET.get("with", ""))
    except ValueError:
        return uid


def _compare(request: Request, first: Person, second: Person, pair: Double | None = None) -> HttpResponse:
    sides = [identity_of(card).as_dict() for card in (first, second)]
    rows = [
        (label, *(snils_format(side[name]) if name == "snils" else side[name] for side in sides))
        for name, label in LABELS.items()
    ]
    rows.append(("Дата рождения", *(f"{card.birth_date:%d.%m.%Y}" for card in (first, second))))
    rows.append(("Пол", *(dict(SEXES)[card.sex] for card in (first, second))))
    return page(
        request,
        "people/double.html",
        title="Один человек или двое?",
        lead=pair.likeness if pair else "",
        rows=[(label, one, other, one != other) for label, one, other in rows],
        first=first,
        second=second,
        pair=pair,
        form=MergeForm(),
        may_merge=request.actor.may("people.persons_merge") and first.pk != second.pk,
        may_dismiss=pair is not None and request.actor.may("people.double_dismiss"),
    )


@needs("people.doubles_find")
def doubles_find(request: Request) -> HttpResponse:
    """Start the search for doubles."""
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        link = reverse("people:double_list")
        job = job_start(request.actor, job="people.doubles", title="Поиск двойников", link=link)
        return done(request, "Поиск начат.", "background:job_show", job.uid)
    return form_page(
        request, form, title="Искать двойников", lead="Сравниваются все карты с одной датой рождения.",
        action="Начать поиск", back=reverse("people:double_list"),
    )  # fmt: skip


@require_POST
@needs("people.double_dismiss")
def double_dismiss(request: Request, uid: UUID) -> HttpResponse:
    """Say that they are two people."""
    actions.double_dismiss(request.actor, double=uid)
    return done(request, "Пара больше не предлагается.", "people:double_list")


@require_POST
@needs("people.persons_unmerge")
def persons_unmerge(request: Request, uid: UUID) -> HttpResponse:
    """Undo a merge."""
    card = actions.persons_unmerge(request.actor, merge=uid)
    return done(request, "Объединение отменено, карты снова отдельны.", "people:card_open", card.uid)
