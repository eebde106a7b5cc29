"""Divisions, the staff schedule, workplaces."""

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Count, Q
from django.http import HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from medtrud.engines.store.public import find, today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.text import sort_key

from .. import actions
from ..models import Division, Post
from ..queries.organizations import organization_of
from ..queries.staff import divisions, employments_on, posts
from .forms import DivisionForm, PostForm, UntilForm, choices, uid_of

GOING, CLOSED = Q(until__isnull=True), Q(until__isnull=False)
TABS = (Tab("going", "Действуют", GOING), Tab("closed", "Закрыты", CLOSED))


def close_page(
    request: Request, act: Callable[[dt.date], object], *, what: str, said: str, back: str
) -> HttpResponse:
    """Ask for the day on which something ends, and end it."""
    form = UntilForm(request.POST or None, initial={"until": today()})
    if attempt(form, lambda facts: act(facts["until"])):
        return done(request, said, back)
    return form_page(request, form, title=what, action="Закрыть", back=back)


def open_page(
    request: Request, form: forms.Form, act: Callable[..., object], *, title: str, said: str, back: str,
    key: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask for something new of the own organisation, and open it; `key` names the chosen row above it."""

    def do(facts: dict[str, Any]) -> object:
        if key:
            facts[key] = uid_of(facts[key])
        return act(**facts)

    if attempt(form, do):
        return done(request, said, back)
    return form_page(request, form, title=title, action="Добавить", back=back)


@needs("organizations.division_list")
def division_list(request: Request) -> HttpResponse:
    """Show the tree of divisions with the number of workers in each."""
    employer = organization_of(request.actor)
    rows = list(divisions(request.actor, employer=employer.pk))
    jobs = employments_on(request.actor, employer=employer.pk, on=today()).order_by()
    heads = dict(jobs.values_list("division").annotate(heads=Count("pk")))
    tree = [
        {"row": row, "level": min(row.path.count(" / "), 6), "heads": heads.get(row.pk, 0)} for row in rows
    ]
    return page(
        request, "organizations/division_list.html", title="Подразделения", tree=tree, free=heads.get(None, 0)
    )


@needs("organizations.division_open")
def division_open(request: Request) -> HttpResponse:
    """Add a division."""
    employer = organization_of(request.actor)
    parents = choices(divisions(request.actor, employer=employer.pk))
    initial = {"parent": request.GET.get("parent", ""), "since": today()}
    return open_page(
        request,
        DivisionForm(request.POST or None, initial=initial, parents=parents),
        partial(actions.division_open, request.actor, employer=employer.pk),
        title="Новое подразделение",
        said="Подразделение добавлено.",
        back=reverse("organizations:division_list"),
        key="parent",
    )


@needs("organizations.division_close")
def division_close(request: Request, uid: UUID) -> HttpResponse:
    """Close a division."""
    row = find(Division, request.actor, uid)
    return close_page(
        request,
        lambda day: actions.division_close(request.actor, division=uid, until=day),
        what=f"Закрыть подразделение «{row.title}»",
        said="Подразделение закрыто.",
        back=reverse("organizations:division_list"),
    )


@needs("organizations.post_list")
def post_list(request: Request) -> HttpResponse:
    """Show the staff schedule: posts, how many are wanted and how many people hold them."""
    employer = organization_of(request.actor)
    units = [(row.pk, row.path) for row in divisions(request.actor, employer=employer.pk)]
    return listing(
        request,
        posts(request.actor, employer=employer.pk, closed=True),
        title="Штатное расписание",
        noun="должность,должности,должностей",
        columns=(
            Column("title", "Должность", plain("title"), "title_key", "title", "name"),
            Column("division", "Подразделение", plain("division")),
            Column("code", "Код ОКПДТР", plain("code"), "code", width="narrow"),
            Column("headcount", "Ставок", lambda row, _: cells.number(row.headcount), width="number"),
            Column("held", "Занято", lambda row, held: cells.number(held.get(row.pk, 0)), width="number"),
            Column("since", "Действует с", lambda row, _: cells.day(row.since), width="date"),
            Column("state", "Состояние", _post_state, role="state", width="state"),
        ),
        tabs=TABS,
        whole="",
        filters=(Select("division", "Все подразделения", units),),
        search=Search("Должность", lambda rows, text: rows.filter(title_key__contains=sort_key(text))),
        order="title",
        about=lambda rows: _held(request, employer.pk, rows),
        buttons=(Button("Добавить должность", reverse("organizations:post_open"), "plus"),),
        empty="Штатного расписания ещё нет. Добавьте должности или загрузите список работников: "
        "должности появятся из него.",
    )


def _held(request: Request, employer: int, rows: list[Any]) -> dict[int, int]:
    jobs = employments_on(request.actor, employer=employer, on=today()).filter(post__in=rows).order_by()
    return dict(jobs.values_list("post").annotate(held=Count("pk")))


def _post_state(row: Post, held: dict[int, int]) -> object:
    if row.until:
        return cells.tag(f"закрыта с {row.until:%d.%m.%Y}")
    url = reverse("organizations:post_close", args=[row.uid])
    return format_html('<a href="{}">Закрыть</a>', url)


@needs("organizations.post_open")
def post_open(request: Request) -> HttpResponse:
    """Add a post."""
    employer = organization_of(request.actor)
    units = choices(divisions(request.actor, employer=employer.pk))
    return open_page(
        request,
        PostForm(request.POST or None, initial={"since": today()}, divisions=units),
        partial(actions.post_open, request.actor, employer=employer.pk),
        title="Новая должность",
        said="Должность добавлена.",
        back=reverse("organizations:post_list"),
        key="division",
    )


@needs("organizations.post_close")
def post_close(request: Request, uid: UUID) -> HttpResponse:
    """Take a post off the schedule."""
    row = find(Post, request.actor, uid)
    return close_page(
        request,
        lambda day: actions.post_close(request.actor, post=uid, until=day),
        what=f"Вывести из штата: {row.title}",
        said="Должность выведена из штатного расписания.",
        back=reverse("organizations:post_list"),
    )
