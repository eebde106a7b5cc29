"""Acts of both sides: the list, one version with its comparison, the lists behind its numbers."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.domains.hazards.types import annex_on
from medtrud.engines.store.public import find, today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    ChoiceField,
    Column,
    DayField,
    Request,
    Search,
    Select,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import NotFound
from medtrud.registries.people.public import names_of, persons_search

from ..actions import act as actions
from ..models import ActMember, Recommendation
from ..queries.act_printed import SHORT_SEX, UNKNOWN
from ..queries.act_view import (
    act_of,
    comparable,
    compared_with,
    lines_of_act,
    members_of_item,
    versions_of,
)
from ..queries.commission import employers_of
from ..queries.rows import acts
from ..rules.decisions import act_item
from ..types.states import MeasureState


class MarkForm(forms.Form):
    """What the employer did about a recommendation."""

    status = ChoiceField(
        label="Исполнение",
        choices=[(state.value, state.title_ru) for state in MeasureState if state != MeasureState.OPEN],
    )
    on = DayField(label="Дата")
    text = TextField(
        label="Что сделано", rows=3, required=False, hint="Войдёт в пункт 27 следующего заключительного акта"
    )


@needs("exams.final_act_list")
def final_act_list(request: Request) -> HttpResponse:
    """Show the acts of the seat, every version."""
    own, known = request.actor.role == Role.EMPLOYER, employers_of(request.actor)
    side = Column("side", "Клиника" if own else "Работодатель", plain("clinic" if own else "employer"))
    return listing(
        request,
        acts(request.actor),
        title="Заключительные акты",
        noun="акт,акта,актов",
        columns=(
            Column("number", "Акт", _act, "number", "title", "name"),
            Column("on", "Дата", lambda row, _: cells.day(row.signed_on), "signed_on", "aside", "date"),
            Column("campaign", "Кампания", plain("campaign.title")),
            side,
            Column("subject", "Подлежали", lambda row, _: _count(row, 7), width="number"),
            Column("examined", "Прошли", lambda row, _: _count(row, 8), width="number"),
            Column("coverage", "Охват, %", lambda row, _: row.items["coverage"], width="number"),
            Column("barred", "Противопоказания", lambda row, _: _count(row, 16), width="number"),
        ),
        filters=() if own else (Select("employer", "Все работодатели", known, "employer"),),
        order="-on",
        empty="Актов ещё нет. Акт закрывает председатель врачебной комиссии, когда кампания окончена.",
    )


def _act(row: Any, _: Any) -> object:
    version = f"версия {row.version}" if row.version > 1 else ""
    return cells.link(f"№ {row.number}", reverse("exams:final_act", args=[row.uid]), note=version)


def _count(row: Any, item: int) -> str:
    return cells.number(row.items["counts"][str(item)]["total"])


@needs("exams.final_act_list")
def final_act(request: Request, uid: UUID) -> HttpResponse:
    """Show one version of an act: 28 items, each number with the list behind it, and what it was before."""
    act = act_of(request.actor, uid)
    other = compared_with(request.actor, act, _uid(request.GET.get("with", "")))
    heads = {1: str(act.clinic), 2: f"{act.signed_on:%d.%m.%Y}", 3: str(act.employer)}
    may = request.actor.may
    return page(
        request,
        "exams/final_act.html",
        title=f"Заключительный акт № {act.number}",
        lead=f"от {act.signed_on:%d.%m.%Y}, версия {act.version}",
        act=act,
        lines=lines_of_act(request.actor, act, other, heads),
        other=other,
        versions=versions_of(request.actor, act),
        comparable=comparable(request.actor, act),
        may_close=may("exams.final_act_close"),
        may_mark=may("exams.recommendation_mark"),
    )


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFound("Акт для сравнения не найден. Выберите его в списке.") from error


@needs("exams.final_act_list")
def act_members(request: Request, uid: UUID, number: int) -> HttpResponse:
    """Show the people behind a number; the seat decides which table is asked."""
    actor = request.actor
    act, item = act_of(actor, uid), None
    rows = members_of_item(actor, act, number)
    item = act_item(number, act.as_of)
    title = item.title if item else ""
    columns = _member_columns(act) if rows.model is ActMember else _medical_columns()
    return listing(
        request,
        rows,
        title=f"Пункт {number}. {title}",
        noun="человек,человека,человек",
        columns=columns,
        search=Search(
            "ФИО или СНИЛС", lambda found, text: found.filter(person__in=persons_search(actor, text))
        ),
        order="name",
        about=lambda found: names_of(actor, [row.person_id for row in found]),
        name=lambda row: str(row.pk),
        buttons=(
            Button("К акту", reverse("exams:final_act", args=[uid]), "arrow-left"),
            Button("Все списки в Excel", reverse("exams:act_export", args=[uid]), "file-spreadsheet"),
        ),
        empty="За этим числом никого нет.",
    )


def _member_columns(act: Any) -> tuple[Column, ...]:
    annex = annex_on(act.as_of)

    def factors(row: Any, _: Any) -> object:
        return cells.chips([Chip(code, annex[code].short if code in annex else "") for code in row.codes])

    return (
        *_person_columns(),
        Column("division", "Подразделение", plain("division"), "division"),
        Column("post", "Должность", plain("post"), "post"),
        Column("factors", "Факторы и работы", factors),
        Column("outcome", "Результат", plain("outcome"), "outcome", width="grow"),
    )


def _medical_columns() -> tuple[Column, ...]:
    return (*_person_columns(), Column("detail", "Подробность", plain("detail"), "detail", width="grow"))


def _person_columns() -> tuple[Column, ...]:
    return (
        Column("name", "Работник", _member_name, "person__name_rank", "title", "name"),
        Column("sex", "Пол", lambda row, _: SHORT_SEX[row.person.sex], "person__sex", "line", "narrow"),
        Column(
            "born",
            "Дата рождения",
            lambda row, _: cells.day(row.person.birth_date),
            "person__birth_date",
            "aside",
            "date",
        ),
    )


def _born(row: Any, _: Any) -> object:
    return cells.day(row.person.birth_date)


def _member_name(row: Any, names: dict[int, Any]) -> object:
    known = names.get(row.person_id)
    return known.full if known else cells.muted(UNKNOWN)


@needs("exams.recommendation_mark")
def recommendation_mark(request: Request, uid: UUID) -> HttpResponse:
    """Let the employer say what was done; the mark is a new row, item 27 of the next act reads it."""
    row = find(Recommendation, request.actor, uid)
    known = {"status": row.status, "on": row.status_on or today(), "text": row.status_text}
    form = MarkForm(request.POST or None, initial=known)
    marked = attempt(
        form, lambda facts: actions.recommendation_mark(request.actor, recommendation=uid, **facts)
    )
    if marked:
        return done(request, "Отметка записана.", "exams:final_act", row.act.uid)
    back = reverse("exams:final_act", args=[row.act.uid])
    return form_page(
        request, form, title="Исполнение рекомендации", lead=row.text, action="Записать", back=back
    )


urlpatterns = [
    path("acts/", final_act_list, name="final_act_list"),
    path("acts/<uuid:uid>/", final_act, name="final_act"),
    path("acts/<uuid:uid>/items/<int:number>/", act_members, name="act_members"),
    path("acts/recommendations/<uuid:uid>/", recommendation_mark, name="recommendation_mark"),
]
