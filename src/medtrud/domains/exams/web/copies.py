"""What the employer may know of examinations: states, copies of conclusions, lasting incapacity."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    DayField,
    Days,
    Request,
    Search,
    Section,
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
from medtrud.registries.organizations.public import employment_of
from medtrud.registries.people.public import name_of, names_of, persons_search

from ..actions.campaign import incapacity_note as note_incapacity
from ..models import Conclusion, Exam, LastingIncapacity
from ..queries.rolls import copies, incapacities
from ..queries.rows import campaigns, exams
from ..types.states import ExamKindCode, ExamState
from .faces import chips_of

SEARCH = "ФИО или СНИЛС"
COPY = "exams:conclusion_preview"
DAY = dt.timedelta(days=1)


def _found(request: Request) -> Search:
    return Search(SEARCH, lambda rows, text: rows.filter(person__in=persons_search(request.actor, text)))


def _about(request: Request) -> Any:
    return lambda rows: names_of(request.actor, [row.person_id for row in rows])


def _campaigns(request: Request) -> Select:
    held = [(row.number, f"{row.title} № {row.number}") for row in campaigns(request.actor)]
    return Select("campaign", "Все кампании", held, "campaign__number")


@needs("exams.visit_list")
def visit_list(request: Request) -> HttpResponse:
    """Show how far the examinations of the employer's people are."""
    return listing(
        request,
        exams(request.actor),
        title="Осмотры работников",
        noun="осмотр,осмотра,осмотров",
        columns=(
            Column("worker", "Работник", _visit_link, "person__name_rank", "title", "name"),
            Column("kind", "Вид осмотра", lambda row, _: ExamKindCode(row.kind).title_ru),
            Column("clinic", "Медицинская организация", lambda row, _: row.clinic, role="wide"),
            Column(
                "planned", "Назначен", lambda row, _: cells.day(row.planned_on), "planned_on", "aside", "date"
            ),
            Column("arrived", "Начат", lambda row, _: cells.day(row.arrived_on), "arrived_on", width="date"),
            Column(
                "finished", "Завершён", lambda row, _: cells.day(row.finished_on), "finished_on", width="date"
            ),
            Column("state", "Состояние", _visit_state, role="state", width="state"),
        ),
        tabs=[Tab(state.value, state.title_ru, Q(state=state)) for state in ExamState],
        filters=(_campaigns(request), Days("planned", "Назначен", "planned_on")),
        search=_found(request),
        order="worker",
        about=_about(request),
        buttons=(Button("Заключения", reverse("exams:copy_list"), "file-certificate"),),
        empty="Осмотров ещё нет. Они появятся, когда вы выдадите направления.",
    )


def _visit_link(row: Exam, names: Any) -> object:
    name = names.get(row.person_id)
    note = f"направление № {row.referral.number}"
    return cells.link(
        name.full if name else "Карта закрыта", reverse("exams:referral", args=[row.referral.uid]), note=note
    )


def _visit_state(row: Exam, _: object) -> object:
    state = ExamState(row.state)
    return cells.tag(state.title_ru, state.tone)


@needs("exams.copy_list")
def copy_list(request: Request) -> HttpResponse:
    """Show the employer's copies of conclusions: the decision, never its medical grounds."""
    return listing(
        request,
        copies(request.actor),
        title="Заключения",
        noun="заключение,заключения,заключений",
        columns=(
            Column("worker", "Работник", _copy_name, "person__name_rank", "title", "name"),
            Column("number", "№", lambda row, _: row.number, "number", width="number"),
            Column("issued", "Дата", lambda row, _: cells.day(row.issued_on), "issued_on", "aside", "date"),
            Column("post", "Должность", lambda row, _: row.post),
            Column(
                "codes", "Факторы", lambda row, _: cells.chips(chips_of(row.codes, row.issued_on)), role=""
            ),
            Column(
                "until",
                "Следующий осмотр до",
                lambda row, _: cells.day(row.valid_until),
                "valid_until",
                width="date",
            ),
            Column("result", "Противопоказания", _result, role="state", width="state"),
        ),
        tabs=(
            Tab("clear", "Не выявлены", Q(contraindicated=[])),
            Tab("found", "Выявлены", ~Q(contraindicated=[])),
        ),
        filters=(_campaigns(request), Days("issued", "Дата", "issued_on")),
        search=_found(request),
        order="-issued",
        about=_about(request),
        empty="Заключений ещё нет. Клиника передаёт экземпляр работодателя после осмотра.",
    )


def _copy_name(row: Conclusion, names: Any) -> object:
    name = names.get(row.person_id)
    return cells.link(name.full if name else "Карта закрыта", reverse(COPY, args=[row.uid]))


def _result(row: Conclusion, _: object) -> object:
    if row.contraindicated:
        return cells.tag(f"Выявлены: {', '.join(row.contraindicated)}", "bad")
    return cells.tag("Не выявлены", "ok")


class IncapacityForm(forms.Form):
    """The document of a lasting loss of working capacity."""

    sections = (Section("Документ", ("document", "since", "last"), columns=3),)
    document = TextField(label="Документ", max_length=300, hint="Номер и дата справки, кто выдал")
    since = DayField(label="Действует с")
    last = DayField(label="Действует по", required=False, hint="Пусто — бессрочно")


@needs("exams.incapacity_list")
def incapacity_list(request: Request) -> HttpResponse:
    """Show who has a document of a lasting loss of working capacity: the act counts them apart."""
    return listing(
        request,
        incapacities(request.actor),
        title="Стойкая утрата трудоспособности",
        noun="документ,документа,документов",
        columns=(
            Column("worker", "Работник", _incapacity_name, "person__name_rank", "title", "name"),
            Column("document", "Документ", lambda row, _: row.document),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("until", "До", lambda row, _: cells.day(row.until), "until", width="date"),
        ),
        tabs=(Tab("valid", "Действуют", Q(until__isnull=True) | Q(until__gt=today())),),
        search=_found(request),
        order="worker",
        about=_about(request),
        empty="Документов нет. Внести документ можно на странице работника «Кого и почему».",
    )


def _incapacity_name(row: LastingIncapacity, names: Any) -> object:
    name = names.get(row.person_id)
    return name.full if name else "Карта закрыта"


@needs("exams.incapacity_note")
def incapacity_note(request: Request, uid: UUID) -> HttpResponse:
    """Note the document of a worker."""
    job = employment_of(request.actor, uid)
    form = IncapacityForm(request.POST or None)

    def act(facts: dict[str, Any]) -> LastingIncapacity:
        return note_incapacity(
            request.actor,
            person=job.person_id,
            document=facts["document"],
            since=facts["since"],
            until=facts["last"] and facts["last"] + DAY,
        )

    if attempt(form, act):
        return done(request, "Документ записан: акт посчитает работника отдельно.", "exams:incapacity_list")
    title = f"Утрата трудоспособности: {name_of(request.actor, job.person_id).full}"
    back = reverse("exams:programme", args=[uid])
    return form_page(request, form, title=title, action="Записать документ", back=back)


urlpatterns = [
    path("visits/", visit_list, name="visit_list"),
    path("copies/", copy_list, name="copy_list"),
    path("incapacity/", incapacity_list, name="incapacity_list"),
    path("employments/<uuid:uid>/incapacity/", incapacity_note, name="incapacity_note"),
]
