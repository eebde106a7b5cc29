"""A report of conditions on its way in: the file, the differences before anything is written, the result."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_of
from medtrud.engines.ui.public import (
    Button,
    Column,
    FileField,
    FlagField,
    Progress,
    Request,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)

from .. import actions
from ..actions.sout_file import CHECKED, CHECKING, COMMITTED, COMMITTING, FAILED, UNDONE
from ..models import SoutImport
from ..queries import import_said, sout_import_of, sout_imports

STEPS = ("Файл", "Различия", "Результат")
WORKING = frozenset({CHECKING, COMMITTING})
SHOWN = 300
STATES = {
    CHECKING: ("идёт проверка", "info"),
    CHECKED: ("проверен, ждёт загрузки", "info"),
    COMMITTING: ("идёт загрузка", "info"),
    COMMITTED: ("загружен", "ok"),
    UNDONE: ("загрузка отменена", ""),
    FAILED: ("файл не принят", "bad"),
}
FIGURES = (
    ("places", "Рабочих мест в файле", ""),
    ("new", "Новых карт", "ok"),
    ("changed", "Изменённых", "info"),
    ("class_changed", "С другим классом", "warn"),
    ("unchanged", "Без изменений", ""),
    ("removed", "Нет в отчёте", ""),
    ("differs", "Класс расходится с измерениями", "bad"),
    ("bad", "Не принято мест", "bad"),
)
CHANGES = {
    "new": ("новая", "ok"), "changed": ("изменена", "info"), "unchanged": ("как была", ""),
    "removed": ("нет в отчёте", "warn"),
}  # fmt: skip


class UploadForm(forms.Form):
    """A report."""

    file = FileField(label="Файл .suot или .xml", accept=".suot,.xml,.zip", span=2)
    whole = FlagField(
        label="Отчёт охватывает все рабочие места",
        required=False,
        span=2,
        hint="Тогда карты мест, которых в отчёте нет, прекратятся со дня его утверждения",
    )


@needs("hazards.sout_upload")
def sout_upload(request: Request) -> HttpResponse:
    """Take a file."""
    form = UploadForm(request.POST or None, request.FILES or None)

    def act(facts: dict[str, Any]) -> SoutImport:
        file = facts["file"]
        return actions.sout_upload(request.actor, stream=file, name=file.name, whole=facts["whole"])

    row = attempt(form, act)
    if row is None:
        return form_page(
            request, form, title="Загрузить отчёт СОУТ", action="Загрузить и сравнить",
            lead="Формат ФГИС СОУТ. До вашего решения ничего не записывается.",
            back=reverse("hazards:sout_card_list"),
        )  # fmt: skip
    return redirect("hazards:sout_import_show", row.uid)


@needs("hazards.sout_import_list")
def sout_import_list(request: Request) -> HttpResponse:
    """Show the files of the employer."""
    return listing(
        request,
        sout_imports(request.actor),
        title="Загрузки отчётов СОУТ",
        noun="файл,файла,файлов",
        columns=(
            Column("name", "Файл", lambda row, _: cells.link(row, address_of(row)), "", "title", "name"),
            Column("at", "Получен", lambda row, _: cells.moment(row.at), "at", "aside", "date"),
            Column("counts", "Мест", lambda row, _: row.counts.get("places", cells.DASH), width="number"),
            Column("new", "Новых", lambda row, _: row.counts.get("new", cells.DASH), width="number"),
            Column(
                "state",
                "Состояние",
                lambda row, _: cells.tag(*STATES[row.state]),
                role="state",
                width="state",
            ),
        ),
        order="-at",
        buttons=(Button("Загрузить отчёт", reverse("hazards:sout_upload"), "upload"),),
        empty="Отчётов ещё не загружали.",
    )


def address_of(row: SoutImport) -> str:
    """Return the page of a file."""
    return reverse("hazards:sout_import_show", args=[row.uid])


@needs("hazards.sout_import_list")
def sout_import_show(request: Request, uid: UUID) -> HttpResponse:
    """Show where the file stands: at work, with its differences, taken in."""
    row = sout_import_of(request.actor, uid)
    said = import_said(row)
    state, tone = STATES[row.state]
    return page(
        request,
        "hazards/sout_import.html",
        title=row.file_name,
        row=row,
        state=state,
        tone=tone,
        steps=STEPS,
        step=3 if row.state in (COMMITTED, COMMITTING, UNDONE) else 2,
        job=_progress(request, row) if row.state in WORKING else None,
        report=said["report"],
        approved_on=dt.date.fromisoformat(said["report"]["approved_on"]) if said["report"] else None,
        figures=[(title, row.counts.get(code, 0), mark if row.counts.get(code) else "")
                 for code, title, mark in FIGURES if code in ("places", "new") or row.counts.get(code)],
        differences=[each | {"said": CHANGES[each["change"]]} for each in said["differences"][:SHOWN]],
        more=max(len(said["differences"]) - SHOWN, 0),
        problems=said["problems"][:SHOWN],
        more_problems=max(len(said["problems"]) - SHOWN, 0),
        changes=any(row.counts.get(code) for code in ("new",
        "changed")) or (row.whole and row.counts.get("removed")),
    )  # fmt: skip


@needs("hazards.sout_import_list")
def sout_import_progress(request: Request, uid: UUID) -> HttpResponse:
    """Tell how far the work is; the last answer leads on."""
    row = sout_import_of(request.actor, uid)
    if row.state not in WORKING:
        return HttpResponse(headers={"HX-Redirect": address_of(row)})
    job = _progress(request, row)
    percent = round(100 * job.done / job.total) if job.total else None
    return page(request, "ui/progress.html", job=job, percent=percent)


def _progress(request: Request, row: SoutImport) -> Progress:
    url = reverse("hazards:sout_import_progress", args=[row.uid])
    if row.job is None:
        return Progress("queued", url=url)
    job = job_of(request.actor, row.job)
    at = job.progress
    if job.finished:
        text = job.error or "Работа остановлена. В базу ничего не записано."
        return Progress("failed", at.done, at.total, at.text, errors=(text,))
    return Progress(str(job.state), at.done, at.total, at.text or STATES[row.state][0], url)


@require_POST
@needs("hazards.sout_take")
def sout_take(request: Request, uid: UUID) -> HttpResponse:
    """Take the checked file in."""
    row = actions.sout_take(request.actor, uid=uid)
    return redirect(address_of(row))


@require_POST
@needs("hazards.sout_take_back")
def sout_take_back(request: Request, uid: UUID) -> HttpResponse:
    """Undo a taken file."""
    row = actions.sout_take_back(request.actor, uid=uid)
    return done(request, "Загрузка отменена: карты и классы этого отчёта убраны.", address_of(row))
