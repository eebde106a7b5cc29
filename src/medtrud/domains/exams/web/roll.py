"""The named list of a campaign: who stands in it, what the last build changed, removing with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
    Button,
    Column,
    Request,
    Search,
    Select,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.registries.people.public import name_of, names_of, persons_search

from ..actions.campaign import roll_remove as take_out
from ..actions.campaign import roll_restore as put_back
from ..models import Campaign, RollEntry
from ..queries.rolls import entries_of, entry_of, roll_facets
from ..queries.rows import campaign_of
from ..types.states import CampaignState, ReferralState
from .faces import chips_of

WORKERS = "работник,работника,работников"
LISTED = Q(removed_on__isnull=True)


class RemoveForm(forms.Form):
    """Why somebody leaves the list."""

    reason = TextField(label="Причина", max_length=300, rows=2, hint="Например: отпуск по уходу за ребёнком")


@needs("exams.roll")
def roll(request: Request, uid: UUID) -> HttpResponse:
    """Show the list; the tabs are what the last build changed."""
    actor = request.actor
    row = campaign_of(actor, uid)
    divisions, codes = roll_facets(actor, row)
    agreed = row.state == CampaignState.AGREED
    return listing(
        request,
        entries_of(actor, row),
        title=f"Поименный список: {row.title}",
        noun=WORKERS,
        columns=_columns(row),
        tabs=_tabs(row),
        whole="",
        filters=(
            Select("division", "Все подразделения", [(title, title) for title in divisions], "division"),
            Select("factor", "Все факторы", codes, where=lambda code: Q(codes__contains=[code])),
        ),
        search=Search(
            "ФИО или СНИЛС", lambda rows, text: rows.filter(person__in=persons_search(actor, text))
        ),
        order="worker",
        about=lambda rows: names_of(actor, [entry.person_id for entry in rows]),
        name=lambda entry: entry.post,
        bulk=(Bulk("Выдать направления", reverse("exams:referrals_issue", args=[uid]), "send"),)
        if agreed
        else (),
        buttons=(Button("К кампании", reverse("exams:campaign", args=[uid]), "arrow-left"),),
        empty="Список ещё не сформирован. Вернитесь к кампании и нажмите «Сформировать список».",
    )


def _tabs(row: Campaign) -> tuple[Tab, ...]:
    last = Q(added_build=row.builds)
    return (
        Tab("listed", "В списке", LISTED),
        Tab("entered", "Вошли", LISTED & last & Q(added_as="entered")),
        Tab("changed", "Изменились", LISTED & last & Q(added_as="changed")),
        Tab("left", "Выбыли", Q(removed_build=row.builds, removed_as="left")),
        Tab("hand", "Исключены вручную", Q(removed_as="hand")),
    )


def _columns(row: Campaign) -> tuple[Column, ...]:
    return (
        Column("worker", "Работник", _link, "person__name_rank", "title", "name"),
        Column("post", "Должность", lambda entry, _: entry.post),
        Column("division", "Подразделение", lambda entry, _: entry.division or cells.DASH, role="wide"),
        Column(
            "codes", "Факторы", lambda entry, _: cells.chips(chips_of(entry.codes, entry.added_on)), role=""
        ),
        Column(
            "last",
            "Прошлый осмотр",
            lambda entry, _: cells.day(entry.last_exam_on),
            "last_exam_on",
            width="date",
        ),
        Column("due", "Пройти до", lambda entry, _: cells.day(entry.due_on), "due_on", "aside", "date"),
        Column("note", "Отметка", lambda entry, _: _note(entry, row), role="state"),
        Column("act", "Действие", lambda entry, _: _act(entry, row), role=""),
    )


def _link(entry: RollEntry, names: Any) -> object:
    name = names.get(entry.person_id)
    url = reverse("exams:programme", args=[entry.employment.uid])
    return cells.link(
        name.full if name else "Карта закрыта",
        f"{url}?on={entry.campaign.since:%d.%m.%Y}",
        note=f"{name.birth_date:%d.%m.%Y}" if name else "",
    )


def _note(entry: RollEntry, row: Campaign) -> object:
    if entry.removed_on:
        return cells.tag(entry.removed_reason, "warn")
    sent = next((r for r in entry.referrals.all() if r.state != ReferralState.CANCELLED), None)
    if sent is not None:
        return cells.link(f"Направление № {sent.number}", reverse("exams:referral", args=[sent.uid]))
    if row.builds > 1 and entry.added_build == row.builds:
        return cells.tag("Изменился" if entry.added_as == "changed" else "Новый", "info")
    return cells.DASH


def _act(entry: RollEntry, row: Campaign) -> object:
    if row.state == CampaignState.CLOSED or entry.removed_as in ("left", "changed"):
        return ""
    if entry.removed_as == "hand":
        draft = row.state == CampaignState.DRAFT
        return cells.link("Вернуть", reverse("exams:roll_restore", args=[entry.uid])) if draft else ""
    return cells.link("Исключить", reverse("exams:roll_remove", args=[entry.uid]))


@needs("exams.roll_remove")
def roll_remove(request: Request, uid: UUID) -> HttpResponse:
    """Take somebody out of the list."""
    entry = entry_of(request.actor, uid)
    form = RemoveForm(request.POST or None)
    if attempt(form, lambda facts: take_out(request.actor, entry=uid, on=today(), **facts)):
        return done(request, "Работник исключён из списка.", "exams:roll", entry.campaign.uid)
    return form_page(
        request,
        form,
        title=f"Исключить из списка: {name_of(request.actor, entry.person_id).full}",
        lead=entry.campaign.title,
        action="Исключить",
        back=reverse("exams:roll", args=[entry.campaign.uid]),
    )


@needs("exams.roll_restore")
def roll_restore(request: Request, uid: UUID) -> HttpResponse:
    """Ask, and take somebody back into the list."""
    entry = entry_of(request.actor, uid)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if attempt(form, lambda _: put_back(request.actor, entry=uid)):
        return done(request, "Работник снова в списке.", "exams:roll", entry.campaign.uid)
    return form_page(
        request,
        form,
        title=f"Вернуть в список: {name_of(request.actor, entry.person_id).full}",
        lead=f"исключён: {entry.removed_reason}",
        action="Вернуть в список",
        back=reverse("exams:roll", args=[entry.campaign.uid]),
    )


urlpatterns = [
    path("campaigns/<uuid:uid>/roll/", roll, name="roll"),
    path("roll/<uuid:uid>/remove/", roll_remove, name="roll_remove"),
    path("roll/<uuid:uid>/restore/", roll_restore, name="roll_restore"),
]
