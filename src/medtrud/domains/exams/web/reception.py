"""The reception: the list of visits, one visit, the arrival by the code of a paper referral."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
    Button,
    Column,
    DayField,
    Days,
    Event,
    Found,
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
    search_add,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.registries.organizations.public import employers
from medtrud.registries.people.public import name_of, names_of

from ..actions.exam import exam_start as start
from ..actions.exam import exams_plan as plan
from ..models import Exam
from ..queries.queue import my_performers
from ..queries.rows import campaigns, diagnoses_of, exam_of, exam_referred, exams
from ..queries.visit import exam_tabs, exams_before, exams_found, shown_lines
from ..types.states import ExamKindCode, ExamState
from ..types.visit import ShownLine
from .faces import YEARS, banner_of, chips_of, factors_of, papers_of

CODE = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
EXAMS = "осмотр,осмотра,осмотров"
SHORT_TABS = ("today", "started", "ready", "late")  # short enough to be sorted by name
ENTERING = (ExamState.STARTED, ExamState.READY)


class CodeForm(forms.Form):
    """What a scanner types, or what a person reads from the paper."""

    code = forms.CharField(required=False, max_length=300)


class PlanForm(forms.Form):
    """The day of many visits."""

    on = DayField(label="День осмотра", hint="Работодатель увидит этот день в календарном плане.")
    exams = forms.CharField(widget=forms.HiddenInput())

    def clean_exams(self) -> list[UUID]:
        """Read the marks of the list."""
        return marks(str(self.cleaned_data["exams"]))


@needs("exams.exam_list")
def exam_list(request: Request) -> HttpResponse:
    """Show the visits of the clinic by state."""
    actor, on = request.actor, today()
    return listing(
        request,
        exams(actor),
        title="Осмотры",
        noun=EXAMS,
        columns=_columns(on),
        tabs=[Tab(code, title, where) for code, (title, where) in exam_tabs(on).items()],
        filters=(
            Select("kind", "Все виды", [(kind.value, kind.title_ru) for kind in ExamKindCode]),
            Select("employer", "Все работодатели", _employers(actor), where=lambda uid: Q(employer__uid=uid)),
            Select("campaign", "Все кампании", _campaigns(actor), where=lambda uid: Q(campaign__uid=uid)),
            Days("planned", "Назначен", "planned_on"),
        ),
        search=Search("ФИО, СНИЛС или № направления", lambda rows, text: exams_found(actor, rows, text)),
        order="-planned" if request.GET.get("tab") not in SHORT_TABS else "worker",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        name=lambda row: str(row.referral),
        bulk=(Bulk("Назначить день", reverse("exams:exams_plan"), "calendar-plus"),),
        buttons=(Button("Принять по коду", reverse("exams:arrival"), "qrcode", "KeyQ"),),
        empty="Направлений к вам ещё нет. Они появятся, когда работодатель выдаст их работникам.",
    )


@needs("exams.exam_start")
def arrival(request: Request) -> HttpResponse:
    """Open a visit by the code of its referral: scanned, typed, or the number on the paper."""
    form = CodeForm(request.GET or None)
    text = form.cleaned_data["code"].strip() if form.is_valid() else ""
    if found := CODE.search(text):
        return HttpResponseRedirect(reverse("exams:referral_arrival", args=[found[0].lower()]))
    if text:
        query = urlencode({"q": text.removeprefix("№").strip()})
        return HttpResponseRedirect(f"{reverse('exams:exam_list')}?{query}")
    return page(request, "exams/arrival.html", title="Принять по коду")


@needs("exams.exam_start")
def referral_arrival(request: Request, uid: UUID) -> HttpResponse:
    """Open the visit that the code of a paper referral names."""
    return HttpResponseRedirect(reverse("exams:exam", args=[exam_referred(request.actor, uid).uid]))


@needs("exams.exam")
def exam(request: Request, uid: UUID) -> HttpResponse:
    """Show one visit: programme with reasons, results with versions, earlier visits."""
    row, actor, on = exam_of(request.actor, uid), request.actor, today()
    person = name_of(actor, row.person_id)
    lines = shown_lines(actor, row, person)
    mine = set(my_performers(actor, on).values()) if row.state in ENTERING else set()
    return page(
        request,
        "exams/exam.html",
        title=person.full,
        exam=row,
        state=ExamState(row.state),
        banner=banner_of(row, person, on),
        groups=_groups(lines),
        factors=factors_of(row),
        entering=row.state in ENTERING and actor.may("exams.result_record"),
        mine=[line.uid for line in lines if line.performer in mine],
        waits=any(line.open and line.performer in mine for line in lines),
        diagnoses=list(diagnoses_of(actor, row)),
        past=[_event(other) for other in exams_before(actor, row)[:8]],
        today=on,
        can=_can(actor, row),
        papers=papers_of(actor, row),
    )


@require_POST
@needs("exams.exam_start")
def exam_start(request: Request, uid: UUID) -> HttpResponse:
    """Register the arrival."""
    form = _StartForm(request.POST)
    begun = attempt(form, lambda facts: start(request.actor, exam=uid, on=facts["on"]))
    if begun is None:
        row = exam_of(request.actor, uid)
        return form_page(
            request,
            form,
            title="Начать осмотр",
            action="Начать осмотр",
            back=reverse("exams:exam", args=[row.uid]),
        )
    lines = cells.counted(begun.lines_due - begun.lines_done, "строка,строки,строк")
    return done(request, f"Осмотр начат: предстоит {lines} объёма.", "exams:exam", begun.uid)


@require_POST
@needs("exams.exams_plan")
def exams_plan(request: Request) -> HttpResponse:
    """Set one day for the marked visits: first ask for the day, then write it."""
    marked = request.POST.getlist("id")
    form = PlanForm(initial={"exams": ",".join(marked)}) if marked else PlanForm(request.POST)
    back = reverse("exams:exam_list")
    planned = attempt(form, lambda facts: plan(request.actor, exams=facts["exams"], on=facts["on"]))
    if planned is not None:
        return done(request, f"День назначен: {cells.counted(planned, EXAMS)}.", back)
    lead = f"Отмечено: {cells.counted(len(marked), EXAMS)}" if marked else ""
    return form_page(
        request, form, title="Назначить день осмотра", lead=lead, action="Назначить день", back=back
    )


class _StartForm(forms.Form):
    on = DayField(label="День прихода", hint="Объём осмотра считается на этот день.")


def marks(text: str) -> list[UUID]:
    """Read uids as a list posts them."""
    return [UUID(mark) for mark in text.split(",") if CODE.fullmatch(mark)]


def _columns(on: dt.date) -> tuple[Column, ...]:
    return (
        Column("worker", "Работник", _worker, "person__name_rank", "title", "name"),
        Column("age", "Возраст", lambda e, n: _age(e, n, on), role="line", width="number"),
        Column("planned", "Назначен", lambda e, _: cells.day(e.planned_on), "planned_on", "aside", "date"),
        Column("kind", "Вид", lambda e, _: ExamKindCode(e.kind).title_ru),
        Column("employer", "Работодатель", lambda e, _: str(e.employer)),
        Column("post", "Должность", lambda e, _: e.referral.post),
        Column(
            "codes", "Факторы", lambda e, _: cells.chips(chips_of(e.referral.codes, e.referral.issued_on))
        ),
        Column("state", "Состояние", _state, role="state", width="state"),
        Column("lines", "Выполнено", _progress, role="line", width="narrow"),
    )


def _worker(row: Exam, names: Any) -> object:
    name = names.get(row.person_id)
    return cells.link(name.full if name else "Карта закрыта", reverse("exams:exam", args=[row.uid]))


def _age(row: Exam, names: Any, on: dt.date) -> object:
    name = names.get(row.person_id)
    return cells.counted(age_on(name.birth_date, on), YEARS) if name else cells.DASH


def _state(row: Exam, _: object) -> object:
    state = ExamState(row.state)
    return cells.tag(state.title_ru, state.tone)


def _progress(row: Exam, _: object) -> object:
    return f"{row.lines_done} из {row.lines_due}" if row.lines_due else cells.DASH


def _employers(actor: Actor) -> list[tuple[str, str]]:
    return [(str(row.uid), str(row)) for row in employers(actor)]


def _campaigns(actor: Actor) -> list[tuple[str, str]]:
    rows = campaigns(actor).order_by("-since", "-pk")
    return [(str(row.uid), f"{row.employer} · {row.title}") for row in rows]


def _groups(lines: list[ShownLine]) -> list[tuple[str, list[ShownLine]]]:
    parts = (("Врачи-специалисты", "specialist"), ("Исследования", "test"))
    return [(title, [line for line in lines if line.kind == kind]) for title, kind in parts]


def _event(row: Exam) -> Event:
    state = ExamState(row.state)
    on = row.finished_on or row.arrived_on or row.planned_on or row.referral.issued_on
    kind = ExamKindCode(row.kind).title_ru
    url = reverse("exams:exam", args=[row.uid])
    return Event(on, f"{kind} осмотр: {state.title_ru.lower()}", str(row.employer), state.tone, url)


def _can(actor: Actor, row: Exam) -> dict[str, bool]:
    """Tell which buttons the page shows: by the state of the visit and the rights of the seat."""
    planned, entering = row.state == ExamState.PLANNED, row.state in ENTERING
    resumed = row.state in (ExamState.NOT_PASSED, ExamState.NOT_COMPLETED)
    return {
        "start": planned and actor.may("exams.exam_start"),
        "not_passed": planned and actor.may("exams.exam_not_passed"),
        "not_completed": entering and actor.may("exams.exam_not_completed"),
        "resume": resumed and actor.may("exams.exam_resume"),
        "scope": entering and actor.may("exams.line_cancel"),
        "route": entering and actor.may("exams.route"),
    }


def _palette(actor: Actor, text: str) -> list[Found]:
    """Find visits by the person or by the number of the referral."""
    if not actor.may("exams.exam_list"):
        return []
    rows = exams_found(actor, exams(actor), text).order_by("-pk")[:5]
    names = names_of(actor, [row.person_id for row in rows])
    return [
        Found(
            names[row.person_id].full,
            reverse("exams:exam", args=[row.uid]),
            f"{ExamState(row.state).title_ru} · направление {row.referral}",
            "Осмотр",
        )
        for row in rows
        if row.person_id in names
    ]


search_add(_palette)

urlpatterns = [
    path("exams/", exam_list, name="exam_list"),
    path("exams/plan/", exams_plan, name="exams_plan"),
    path("exams/<uuid:uid>/", exam, name="exam"),
    path("exams/<uuid:uid>/start/", exam_start, name="exam_start"),
    path("r/", arrival, name="arrival"),
    path("r/<uuid:uid>/", referral_arrival, name="referral_arrival"),
]
