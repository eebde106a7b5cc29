"""The worklist of the commission, and what is done with many visits at once."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from medtrud.domains.hazards.types import annex_on
from medtrud.engines.background.public import job_of
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
    Chip,
    Column,
    Days,
    Progress,
    Request,
    Search,
    Select,
    Tab,
    cells,
    listing,
    needs,
    page,
)
from medtrud.engines.ui.public import done as answered
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.registries.people.public import names_of

from ..actions import bulk
from ..queries.commission import TABS, employers_of, marked, visits, visits_by_uid, visits_found
from ..queries.rows import campaigns
from ..types.states import ExamState

CLEAR = Q(diagnosed=False, asked=False, suspected=False, deviating=False)
MARKS = {
    "clear": ("Без отклонений", CLEAR),
    "diagnosed": ("С диагнозами", Q(diagnosed=True)),
    "asked": ("С открытыми вопросами", Q(asked=True)),
    "suspected": ("С подозрением на профзаболевание", Q(suspected=True)),
    "sent": ("Направлены в центр профпатологии", Q(sent=True)),
    "deviating": ("С отклонениями в результатах", Q(deviating=True)),
}


@needs("exams.commission_list")
def commission_list(request: Request) -> HttpResponse:
    """Show the visits by state; those ready to conclude open first."""
    actor = request.actor
    return listing(
        request,
        visits(actor),
        title="Заключения",
        noun="осмотр,осмотра,осмотров",
        columns=_columns(),
        tabs=tuple(Tab(code, title, where) for code, (title, where) in TABS.items()),
        whole="",
        filters=_filters(actor),
        search=Search("ФИО, СНИЛС или № направления", lambda rows, text: visits_found(actor, rows, text)),
        order="on",
        about=lambda rows: names_of(actor, [row.person_id for row in marked(rows)]),
        name=lambda row: f"направление {row.referral}",
        bulk=_bulk(actor),
        empty="Осмотров, которые ждут комиссию, ещё нет. Они появятся, когда работники начнут осмотр.",
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", "Работник", _name, "person__name_rank", "title", "name"),
        Column("on", "Начат", lambda row, _: cells.day(row.arrived_on), "arrived_on", "aside", "date"),
        Column("employer", "Работодатель", _employer, "employer__name_key", width="grow"),
        Column("factors", "Факторы и работы", _factors),
        Column("marks", "На что смотреть", _marks),
        Column("lines", "Объём", lambda row, _: f"{row.lines_done} из {row.lines_due}", width="narrow"),
        Column("state", "Состояние", _state, role="state", width="state"),
    )


def _filters(actor: Actor) -> tuple[Select | Days, ...]:
    rounds = [(row.pk, row.title) for row in campaigns(actor).order_by("-since")]
    return (
        Select("employer", "Все работодатели", employers_of(actor), "employer"),
        Select("campaign", "Все кампании", rounds, "campaign"),
        Select(
            "marks",
            "Все осмотры",
            [(code, title) for code, (title, _) in MARKS.items()],
            where=lambda code: MARKS[code][1],
        ),
    )


def _bulk(actor: Actor) -> tuple[Bulk, ...]:
    give = Bulk(
        "Противопоказаний нет, группа I",
        reverse("exams:conclusions_give"),
        "signature",
        "Подписать отмеченные заключения? Осмотры с отклонениями, диагнозами и вопросами останутся в списке.",
    )
    copies = Bulk("Печать заключений", reverse("exams:conclusions_print"), "printer")
    return tuple(
        b
        for b, may in ((give, "exams.conclusions_give"), (copies, "exams.conclusions_print"))
        if actor.may(may)
    )


def _name(row: Any, names: dict[int, Any]) -> object:
    known = names.get(row.person_id)
    url = reverse("exams:conclusion", args=[row.uid])
    if known is None:
        return cells.link(f"Направление {row.referral}", url)
    return cells.link(known.full, url, note=f"{known.birth_date:%d.%m.%Y}")


def _employer(row: Any, _: Any) -> object:
    return format_html("{}<br>{}", row.employer, cells.muted(row.referral.post))


def _factors(row: Any, _: Any) -> object:
    annex = annex_on(row.referral.issued_on)
    return cells.chips(
        [Chip(code, annex[code].short if code in annex else "") for code in row.referral.codes]
    )


def _marks(row: Any, _: Any) -> object:
    marks = [
        (row.suspected, "подозрение", "bad"),
        (row.asked, "вопросы", "warn"),
        (row.diagnosed, "диагнозы", "info"),
        (row.deviating, "отклонения", ""),
    ]
    found = [cells.tag(words, tone) for there, words, tone in marks if there]
    return cells.joined(found) if found else cells.muted("без отклонений")


def _state(row: Any, _: Any) -> object:
    state = ExamState(row.state)
    if state == ExamState.CONCLUDED:
        return cells.tag("Противопоказания", "bad") if row.barred else cells.tag("Годен", "ok")
    return cells.tag(state.title_ru, state.tone)


@require_POST
@needs("exams.conclusions_give")
def conclusions_give(request: Request) -> HttpResponse:
    """Start giving clear conclusions to the marked visits."""
    row = bulk.conclusions_give(request.actor, exams=_uids(request), on=today())
    return answered(request, "Подпись идёт: можно следить здесь.", "exams:conclusions_given", row.uid)


@require_POST
@needs("exams.conclusions_print")
def conclusions_print(request: Request) -> HttpResponse:
    """Start printing the conclusions of the marked visits into one file."""
    row = bulk.conclusions_print(request.actor, exams=_uids(request))
    return answered(request, "Печать идёт: файл появится здесь.", "background:job_show", row.uid)


@needs("exams.conclusions_give")
def conclusions_given(request: Request, uid: UUID) -> HttpResponse:
    """Show how far the signing has come, and then who was refused and why."""
    job = job_of(request.actor, uid)
    if job.code != bulk.GIVE:
        raise NotFound("Работа не найдена. Откройте «Мои работы».")
    if job.finished and request.htmx:
        return HttpResponse(headers={"HX-Refresh": "true"})
    url = "" if job.finished else reverse("exams:conclusions_given", args=[uid])
    bar = Progress(
        job.state,
        job.progress.done,
        job.progress.total,
        job.progress.text,
        url,
        (job.error,) if job.error else (),
    )
    rows = _refused(request.actor, job.result.get("refused", ()))
    given = job.result.get("given", 0)
    title = "Подпись заключений"
    values = {"job": job, "bar": bar, "rows": rows, "given": given}
    return page(request, "exams/conclusions_given.html", fragment="bar", title=title, **values)


def _refused(actor: Actor, refused: list[dict[str, str]]) -> list[dict[str, object]]:
    found = visits_by_uid(actor, [UUID(item["exam"]) for item in refused])
    names = names_of(actor, [row.person_id for row in found.values()])
    rows = []
    for item in refused:
        visit = found.get(UUID(item["exam"]))
        name = names.get(visit.person_id) if visit else None
        rows.append(
            {"name": name.full if name else "Осмотр", "uid": item["exam"], "why": item["why"], "visit": visit}
        )
    return rows


def _uids(request: Request) -> list[UUID]:
    try:
        return [UUID(mark) for mark in request.POST.getlist("id")]
    except ValueError as error:
        raise NotFound("Отмеченные строки не найдены. Обновите список и отметьте их снова.") from error


urlpatterns = [
    path("conclusions/", commission_list, name="commission_list"),
    path("conclusions/give/", conclusions_give, name="conclusions_give"),
    path("conclusions/print/", conclusions_print, name="conclusions_print"),
    path("conclusions/given/<uuid:uid>/", conclusions_given, name="conclusions_given"),
]
