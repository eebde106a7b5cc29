"""The staff: who works where, in what post, with what factors."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.domains.hazards.public import (
    classes,
    codes_in_use,
    exposure_at,
    factors_on,
    factors_valid_on,
    rows_named,
)
from medtrud.domains.hazards.types import Exposure
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    Request,
    Search,
    Select,
    Tab,
    cells,
    listing,
    needs,
    page,
    plain,
)
from medtrud.registries.organizations.public import (
    Employment,
    divisions,
    employment_of,
    employments,
    employments_of,
    in_force,
    organization_of,
    posts,
    seniority_on,
)
from medtrud.registries.people.public import names_of, persons_search

from .hiring import banner_of

KINDS = (("main", "Основная работа"), ("secondary", "Совместительство"))


class _About:
    """What a page of the staff shows beside the rows: asked once."""

    def __init__(self, request: Request, rows: list[Employment], on: dt.date) -> None:
        self.names = names_of(request.actor, [row.person_id for row in rows])
        places = {row.workplace_id for row in rows if row.workplace_id}
        self.exposure = exposure_at(request.actor, places, on=on)

    def of(self, row: Employment) -> Exposure:
        """Return what the workplace brings with it."""
        return self.exposure.get(row.workplace_id or 0, Exposure())


@needs("employer.staff_list")
def staff_list(request: Request) -> HttpResponse:
    """Show who works here."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    return listing(
        request,
        employments(actor).filter(employer=employer),
        title="Штат",
        noun="работник,работника,работников",
        columns=(
            Column("name", "Работник", _link, "person__name_rank", "title", "name"),
            Column("number", "Таб. №", plain("personnel_number"), "personnel_number", width="narrow"),
            Column("post", "Должность", plain("post")),
            Column("division", "Подразделение", plain("division")),
            Column("workplace", "Рабочее место", plain("workplace"), role="wide"),
            Column("factors", "Факторы", lambda row, about: cells.chips(_chips(about.of(row)))),
            Column("class", "Класс", lambda row, about: _class(about.of(row).sout_class), role="state"),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
        ),
        tabs=(
            Tab("works", "Работают", in_force(on)),
            Tab("comes", "Будут приняты", Q(since__gt=on)),
            Tab("past", "Прошлые записи", Q(until__lte=on)),
        ),
        whole="",
        filters=_filters(request, employer, on),
        search=Search("ФИО, СНИЛС или табельный номер", lambda rows, text: _found(request, rows, text)),
        order="name",
        about=lambda rows: _About(request, rows, on),
        buttons=(
            Button("Принять на работу", reverse("employer:worker_hire"), "user-plus"),
            Button("Загрузить список", reverse("exchange:import_upload", args=["staff"]), "file-spreadsheet"),
        ),
        empty="В штате ещё никого нет. Примите первого работника или загрузите список из таблицы.",
    )


def _filters(request: Request, employer: int, on: dt.date) -> tuple[Select, ...]:
    actor, annex = request.actor, rows_named(on)
    codes = codes_in_use(actor, employer=employer, on=on)
    mine = factors_valid_on(on).filter(employer=employer)
    units = divisions(actor, employer=employer)
    held = posts(actor, employer=employer)
    return (
        Select("division", "Все подразделения", [(row.pk, row.path) for row in units]),
        Select("post", "Все должности", [(row.pk, str(row)) for row in held]),
        Select(
            "factor",
            "Все факторы",
            [(code, f"{code} {annex[code].short}" if code in annex else code) for code in codes],
            where=lambda code: Q(workplace__in=mine.filter(code=code).values("workplace")),
        ),
        Select("kind", "Любая работа", KINDS),
    )


def _found(request: Request, rows: Any, text: str) -> Any:
    people = persons_search(request.actor, text)
    return rows.filter(Q(person__in=people) | Q(personnel_number=text.strip()))


def _link(row: Employment, about: _About) -> object:
    known = about.names.get(row.person_id)
    note = f"{known.birth_date:%d.%m.%Y}" if known else ""
    return cells.link(
        known.full if known else "—", reverse("employer:worker_show", args=[row.uid]), note=note
    )


def _chips(exposure: Exposure) -> list[Chip]:
    return [Chip(factor.code, factor.title) for factor in exposure.factors]


def _class(code: str) -> object:
    return cells.tag(code, "warn" if classes()[code].harmful else "ok") if code else cells.DASH


@needs("employer.worker_show")
def worker_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a worker: the jobs, the workplace, the factors."""
    actor, on = request.actor, today()
    job = employment_of(actor, uid)
    jobs = list(employments_of(actor, person=job.person_id))
    exposure = factors_on(actor, [job.pk], on=on).get(job.pk, Exposure())
    seniority = seniority_on(actor, [job.pk], on=on)[job.pk]
    return page(
        request,
        "employer/worker_show.html",
        title="Карточка работника",
        banner=banner_of(request, job, _chips(exposure)),
        job=job,
        jobs=jobs,
        goes_on=job.until is None,
        exposure=exposure,
        sout_class=_class(exposure.sout_class),
        pairs=_pairs(job, exposure, seniority.months, on),
    )


def _pairs(job: Employment, exposure: Exposure, months: int, on: dt.date) -> list[tuple[str, str]]:
    pairs = [
        ("Должность", str(job.post)),
        ("Подразделение", str(job.division or "—")),
        ("Рабочее место", str(job.workplace or "не закреплено")),
        ("Табельный номер", job.personnel_number or "—"),
        ("Принят", f"{job.hired_on:%d.%m.%Y}"),
        ("Стаж в должности", _term(months)),
    ]
    if exposure.harmful_since:
        days = (on - exposure.harmful_since).days
        pairs.append(("Стаж во вредных условиях", _term(int(days / 365.2425 * 12))))
    return pairs


def _term(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [cells.counted(years, "год,года,лет")] if years else []
    if rest or not years:
        parts.append(cells.counted(rest, "месяц,месяца,месяцев"))
    return " ".join(parts)
