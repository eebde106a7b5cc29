"""Who is admitted to his work on a day (E9): the worklist, the journal, the table."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from medtrud.domains.hazards.public import codes_in_use, exposure_at, workplaces_with
from medtrud.domains.hazards.types import Exposure
from medtrud.engines.background.public import job_start
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    Day,
    Days,
    Request,
    Search,
    Select,
    Tab,
    cells,
    done,
    listing,
    needs,
)
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import divisions, employments_on, posts
from medtrud.registries.people.public import names_of, persons_search

from ..actions.admission import admissions_refresh as refresh
from ..queries.admission import admissions_at_work
from ..types.states import AdmissionState
from .faces import chips_of

WORKERS = "работник,работника,работников"
BARRED = (AdmissionState.BARRED, AdmissionState.OVERDUE, AdmissionState.NEVER)
TABS = (
    Tab("no", "Не допущены", Q(state__in=[str(state) for state in BARRED])),
    Tab("barred", "Противопоказания", Q(state=AdmissionState.BARRED)),
    Tab("overdue", "Просрочен", Q(state=AdmissionState.OVERDUE)),
    Tab("never", "Осмотра нет", Q(state=AdmissionState.NEVER)),
    Tab("due", "Скоро осмотр", Q(state=AdmissionState.DUE)),
    Tab("admitted", "Допущены", Q(state=AdmissionState.ADMITTED)),
    Tab("not_required", "Не требуется", Q(state=AdmissionState.NOT_REQUIRED)),
)


class _About:
    """Names and factors of one page, each asked once."""

    def __init__(self, actor: Actor, rows: list[Any], on: dt.date) -> None:
        self.names = names_of(actor, [row.person_id for row in rows])
        places = {row.employment.workplace_id for row in rows if row.employment.workplace_id}
        self.exposure = exposure_at(actor, places, on=on)

    def chips(self, row: Any) -> list[Chip]:
        """Return the factors of the workplace; a forbidden one stands out."""
        found = self.exposure.get(row.employment.workplace_id or 0, Exposure())
        barred = set(row.barred)
        return [Chip(f.code, f.title, "bad" if f.code in barred else "") for f in found.factors]


@needs("exams.admission_list")
def admission_list(request: Request) -> HttpResponse:
    """Show every worker with his admission on the chosen day."""
    actor, asked = request.actor, Day("on", "На день", today())
    on = asked.day_of(request)
    return listing(
        request,
        admissions_at_work(actor, on=on),
        template="exams/admission_list.html",
        title="Допуск к работе",
        noun=WORKERS,
        columns=_columns(on),
        tabs=TABS,
        filters=(asked, *_filters(actor, on), Days("until", "Осмотр действует до", "valid_until")),
        search=Search("ФИО, СНИЛС или табельный номер", lambda rows, text: _found(actor, rows, text)),
        order="until",
        about=lambda rows: _About(actor, rows, on),
        empty="Работников ещё нет. Загрузите список работников — допуск посчитается сам.",
        buttons=(Button("Новая кампания", reverse("exams:campaign_open"), "calendar-plus"),),
        extra={"on": on, "query": urlencode({"on": f"{on:%d.%m.%Y}"})},
    )


def _columns(on: dt.date) -> tuple[Column, ...]:
    return (
        Column(
            "worker",
            "Работник",
            lambda row, about: _link(row, about, on),
            "person__name_rank",
            "title",
            "name",
        ),
        Column("post", "Должность", lambda row, _: row.employment.post),
        Column(
            "division", "Подразделение", lambda row, _: row.employment.division or cells.DASH, role="wide"
        ),
        Column("factors", "Факторы", lambda row, about: cells.chips(about.chips(row)), role=""),
        Column(
            "until", "Действует до", lambda row, _: cells.day(row.valid_until), "valid_until", "aside", "date"
        ),
        Column("reason", "Почему", lambda row, _: cells.muted(_why(row)), role="wide"),
        Column("state", "Допуск", _state, role="state", width="state"),
    )


def _filters(actor: Actor, on: dt.date) -> tuple[Select, ...]:
    employer = actor.organization or 0
    codes = codes_in_use(actor, employer=employer, on=on)
    named = {chip.code: f"{chip.code} {chip.name}" for chip in chips_of(codes, on)}
    held = sorted({str(row) for row in posts(actor, employer=employer)})
    return (
        Select(
            "division",
            "Все подразделения",
            [(row.pk, row.path) for row in divisions(actor, employer=employer)],
            "employment__division",
        ),
        Select("post", "Все должности", [(title, title) for title in held], "employment__post__title"),
        Select(
            "factor",
            "Все факторы",
            list(named.items()),
            where=lambda code: Q(
                employment__workplace__in=workplaces_with(actor, code=code, on=on).values("workplace")
            ),
        ),
    )


def _found(actor: Actor, rows: Any, text: str) -> Any:
    people = persons_search(actor, text)
    return rows.filter(Q(person__in=people) | Q(employment__personnel_number=text.strip()))


def _link(row: Any, about: _About, on: dt.date) -> object:
    name = about.names.get(row.person_id)
    url = reverse("exams:programme", args=[row.employment.uid])
    number = row.employment.personnel_number
    return cells.link(
        name.full if name else "Карта закрыта",
        f"{url}?on={on:%d.%m.%Y}",
        note=f"таб. {number}" if number else "",
    )


def _why(row: Any) -> str:
    if row.state == AdmissionState.NOT_REQUIRED:
        return "нет факторов, при которых осмотр обязателен"
    if row.state == AdmissionState.BARRED:
        return f"противопоказано: {', '.join(row.barred)}"
    return str(row.reason)


def _state(row: Any, _: object) -> object:
    state = AdmissionState(row.state)
    return cells.tag(state.title_ru, state.tone)


@require_POST
@needs("exams.admissions_refresh")
def admissions_refresh(request: Request) -> HttpResponse:
    """Compute the admission of the whole staff anew."""
    actor, on = request.actor, today()
    staff = employments_on(actor, employer=actor.organization or 0, on=on)
    count = refresh(actor, employments=list(staff.values_list("pk", flat=True)), on=on)
    return done(request, f"Пересчитано: {cells.counted(count, WORKERS)}.", "exams:admission_list")


@require_POST
@needs("exams.admission_export")
def admission_export(request: Request, form: str) -> HttpResponse:
    """Begin the journal or the table of the chosen day; the job's page gives the file."""
    on = Day("on", "На день", today()).day_of(request)
    row = job_start(
        request.actor,
        job=f"exams.admission_{form}",
        title=f"Допуск к работе на {on:%d.%m.%Y}",
        link=reverse("exams:admission_list"),
        on=on,
    )
    return done(request, "Файл готовится.", "background:job_show", row.uid, tone="info")


urlpatterns = [
    path("admission/", admission_list, name="admission_list"),
    path("admission/refresh/", admissions_refresh, name="admissions_refresh"),
    path("admission/table/", admission_export, {"form": "table"}, name="admission_table"),
    path("admission/journal/", admission_export, {"form": "journal"}, name="admission_journal"),
]
