"""The wizard: file, columns, preview, result."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_of
from medtrud.engines.ui.public import (
    Button,
    Column,
    Progress,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)

from .. import actions
from ..models import Import, ImportRow
from ..queries import (
    bad_rows,
    empty_form,
    import_of,
    imports,
    problem_text,
    problems,
    problems_where,
    samples_of,
    target_of,
    targets,
    targets_elsewhere,
)
from ..types import Level, State, Target
from .forms import ColumnsForm, UploadForm, answers_of, letters

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
STEPS = ("Файл", "Столбцы", "Проверка", "Результат")
WORKING = frozenset({State.CHECKING, State.COMMITTING, State.UNDOING})
TONES = {
    State.CHECKED: "info",
    State.CHECKING: "info",
    State.COMMITTED: "ok",
    State.COMMITTING: "info",
    State.FAILED: "bad",
    State.MAPPING: "warn",
}


@needs("exchange.import_list")
def import_list(request: Request) -> HttpResponse:
    """Show the imports of the organisation and what can be imported."""
    titles = {target.code: target.title for target in targets(request.actor)}
    return listing(
        request,
        imports(request.actor),
        title="Загрузка файлов",
        noun="файл,файла,файлов",
        columns=(
            Column("name", "Файл", lambda row, _: cells.link(row, address_of(row)), "", "title", "name"),
            Column("at", "Получен", lambda row, _: cells.moment(row.uploaded_at), "id", "aside", "date"),
            Column("target", "Что загружается", lambda row, _: titles.get(row.target, row.target)),
            Column("counts", "Строк", lambda row, _: _summary(row)),
            Column("state", "Состояние", lambda row, _: _state(row), role="state", width="state"),
        ),
        order="-at",
        buttons=[
            Button(f"Загрузить: {title.lower()}", _upload(code), "upload") for code, title in titles.items()
        ],
        empty="Файлов ещё не загружали. Выберите, что загрузить.",
        template="exchange/import_list.html",
        extra={"elsewhere": targets_elsewhere(request.actor)},
    )


def _state(row: Import) -> object:
    return cells.tag(row.state_title, TONES.get(State(row.state), ""))


def _upload(target: str) -> str:
    return reverse("exchange:import_upload", args=[target])


@needs("exchange.import_upload")
def import_upload(request: Request, target: str) -> HttpResponse:
    """Take a file."""
    wanted = target_of(request.actor, target)
    form = UploadForm(request.actor, wanted, request.POST or None, request.FILES or None)
    row = attempt(form, lambda facts: _taken(request, wanted, facts))
    if row is None:
        return form_page(
            request,
            form,
            "exchange/import_upload.html",
            title=wanted.title,
            target=wanted,
            action="Загрузить и проверить",
            back=reverse("exchange:import_list"),
            steps=STEPS,
        )
    if row.state == State.COMMITTED:
        return done(request, _already(row), "exchange:import_show", row.uid, tone="warn")
    return redirect("exchange:import_show", row.uid)


def _taken(request: Request, target: Target, facts: dict[str, Any]) -> Import:
    file = facts["file"]
    return actions.import_upload(
        request.actor,
        target=target.code,
        stream=file,
        name=file.name,
        options=answers_of(facts),
        again="again" in request.GET,
    )


def _already(row: Import) -> str:
    return f"Этот файл уже загружен {row.committed_at:%d.%m.%Y}, изменений нет."


@needs("exchange.import_list")
def import_show(request: Request, uid: UUID) -> HttpResponse:
    """Show where the import stands."""
    row = import_of(request.actor, uid)
    target = target_of(request.actor, row.target)
    values: dict[str, Any] = {"row": row, "target": target, "steps": STEPS}
    values["step"] = 3 if row.state == State.CHECKING else 4
    match row.state:
        case State.MAPPING:
            return redirect("exchange:import_check", row.uid)
        case State.CHECKED:
            return _preview(request, row, target, values)
        case State.COMMITTED | State.UNDONE:
            return page(
                request, "exchange/import_result.html", title=row.file_name, figures=_figures(row), **values
            )
        case State.FAILED:
            return page(request, "exchange/import_failed.html", title=row.file_name, **values)
        case _:
            job = _progress(request, row)
            return page(request, "exchange/import_work.html", title=row.file_name, job=job, **values)


@needs("exchange.import_list")
def import_progress(request: Request, uid: UUID) -> HttpResponse:
    """Tell how far the work is; the last answer leads on."""
    row = import_of(request.actor, uid)
    if row.state not in WORKING:
        return HttpResponse(headers={"HX-Redirect": address_of(row)})
    return page(request, "ui/progress.html", **_drawn(_progress(request, row)))


def _drawn(job: Progress) -> dict[str, Any]:
    return {"job": job, "percent": round(100 * job.done / job.total) if job.total else None}


def _progress(request: Request, row: Import) -> Progress:
    url = reverse("exchange:import_progress", args=[row.uid])
    if row.job is None:
        return Progress("queued", url=url)
    job = job_of(request.actor, row.job)
    at = job.progress
    if job.finished:
        text = job.error or "Работа остановлена. В базу ничего не записано."
        return Progress("failed", at.done, at.total, at.text, errors=(text,))
    return Progress(str(job.state), at.done, at.total, at.text or row.state_title, url)


def _preview(request: Request, row: Import, target: Target, values: dict[str, Any]) -> HttpResponse:
    titles = {column.code: column.title for column in target.columns}
    return listing(
        request,
        problems(request.actor, row),
        template="exchange/import_checked.html",
        title=row.file_name,
        extra={**values, "figures": _figures(row), "used": _used(row, titles), "unused": _unused(row)},
        code="problems",
        noun="замечание,замечания,замечаний",
        columns=(
            Column("number", "Строка", lambda p, _: p.number or cells.DASH, "number", "title", "number"),
            Column("level", "Важность", lambda p, _: _level(p), role="state", width="state"),
            Column("column", "Столбец", lambda p, _: titles.get(p.column, cells.DASH)),
            Column("text", "Что не так и что сделать", lambda p, _: problem_text(row, p), width="grow"),
        ),
        tabs=(
            Tab("errors", "Ошибки", problems_where(Level.ERROR)),
            Tab("warnings", "Предупреждения", problems_where(Level.WARNING)),
        ),
        order="number",
        empty="Замечаний нет: все строки можно загрузить.",
    )


def _level(problem: ImportRow) -> object:
    return cells.tag(problem.level_title, "bad" if problem.level == Level.ERROR else "warn")


def _used(row: Import, titles: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (row.headers[int(position)], titles.get(code, code))
        for position, code in sorted(row.columns.items(), key=lambda item: int(item[0]))
    ]


def _unused(row: Import) -> list[str]:
    """Return the source columns that hold something and are left out."""
    filled = samples_of(row)
    return [
        header or letters(position)
        for position, header in enumerate(row.headers)
        if str(position) not in row.columns and position < len(filled) and filled[position]
    ]


def _figures(row: Import) -> list[tuple[str, int, str]]:
    counts = row.counts
    if not counts:
        return []
    base = [
        ("Новых", counts["new"], "ok"),
        ("Изменится" if row.state == State.CHECKED else "Изменено", counts["changed"], "info"),
        ("Без изменений", counts["unchanged"], ""),
        ("С ошибками", counts["bad"], "bad" if counts["bad"] else ""),
        ("С предупреждениями", counts["warned"], "warn" if counts["warned"] else ""),
    ]
    return base + [(title, number, "") for title, number in counts["figures"]]


def _summary(row: Import) -> str:
    counts = row.counts
    if not counts:
        return ""
    good = counts["new"] + counts["changed"] + counts["unchanged"]
    return f"{good}, ошибок {counts['bad']}" if counts["bad"] else str(good)


@needs("exchange.import_check")
def import_check(request: Request, uid: UUID) -> HttpResponse:
    """Say which column is which."""
    row = import_of(request.actor, uid)
    target = target_of(request.actor, row.target)
    form = ColumnsForm(request.actor, row, target, request.POST or None)
    checked = attempt(form, lambda _: actions.import_check(request.actor, uid=uid, **form.facts()))
    if checked is not None:
        return redirect("exchange:import_show", uid)
    return form_page(
        request,
        form,
        "exchange/import_check.html",
        title=row.file_name,
        row=row,
        target=target,
        steps=STEPS,
        back=reverse("exchange:import_list"),
    )


@require_POST
@needs("exchange.import_commit")
def import_commit(request: Request, uid: UUID) -> HttpResponse:
    """Write the good rows."""
    row = actions.import_commit(request.actor, uid=uid)
    return redirect("exchange:import_show", row.uid)


@require_POST
@needs("exchange.import_undo")
def import_undo(request: Request, uid: UUID) -> HttpResponse:
    """Take a commit back."""
    row = actions.import_undo(request.actor, uid=uid)
    return redirect("exchange:import_show", row.uid)


@needs("exchange.import_list")
def import_bad(request: Request, uid: UUID) -> HttpResponse:
    """Give the rows with errors and their reasons as a spreadsheet."""
    row = import_of(request.actor, uid)
    return _file(bad_rows(request.actor, row), f"Ошибки — {row.file_name.rsplit('.', 1)[0]}.xlsx")


@needs("exchange.import_upload")
def import_form(request: Request, target: str) -> HttpResponse:
    """Give an empty spreadsheet to be filled in."""
    wanted = target_of(request.actor, target)
    return _file(empty_form(request.actor, target), f"{wanted.title} — образец.xlsx")


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return answer


def address_of(row: Import) -> str:
    """Return the page of an import."""
    return reverse("exchange:import_show", args=[row.uid])
