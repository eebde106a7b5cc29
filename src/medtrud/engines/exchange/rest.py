"""The whole import for other systems: file, columns, check, commit, undo."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from ninja import File, Form, Router, Schema
from ninja.files import UploadedFile
from pydantic import Field

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request, needs

from . import actions
from .models import Import
from .queries import bad_rows, import_of, imports, problem_text, problems, targets
from .types import Level, Target

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 500

router = Router(tags=["Загрузка файлов"])


class ColumnOut(Schema):
    code: str
    title: str
    required: bool
    many: bool
    hint: str
    example: str


class OptionOut(Schema):
    code: str
    title: str
    kind: str
    hint: str
    default: str
    choices: list[list[str]]


class TargetOut(Schema):
    code: str
    title: str
    columns: list[ColumnOut]
    options: list[OptionOut]


class SourceColumnOut(Schema):
    position: int
    header: str
    column: str
    sure: bool


class ImportOut(Schema):
    uid: UUID
    target: str
    file_name: str
    sha256: str
    state: str
    state_title: str
    message: str
    sheet: str
    sheets: list[str]
    header_row: int
    header_lines: int
    columns: list[SourceColumnOut]
    options: dict[str, str]
    counts: dict[str, Any]
    job: UUID | None
    uploaded_at: dt.datetime
    committed_at: dt.datetime | None
    undone_at: dt.datetime | None


class ProblemOut(Schema):
    row: int
    level: str
    column: str
    text: str


class ProblemPage(Schema):
    rows: list[ProblemOut]
    next: str


class UploadIn(Schema):
    target: str = Field(max_length=40)
    options: str = Field("", max_length=2000, description="ответы о файле: код=значение, по одному в строке")
    again: bool = False


class CheckIn(Schema):
    sheet: str = Field("", max_length=80, description="лист; пусто - распознанный")
    header_row: int = Field(0, ge=0, le=1000, description="номер строки с названиями; 0 - распознанная")
    columns: dict[int, str] | None = Field(
        None, description="номер столбца с нуля → код; чего нет, не загружается; null - распознать заново"
    )
    options: dict[str, str] | None = None


def _out(row: Import) -> dict[str, Any]:
    columns = [
        {
            "position": position,
            "header": header,
            "column": row.columns.get(str(position), ""),
            "sure": str(position) in row.columns and position not in row.unsure,
        }
        for position, header in enumerate(row.headers)
    ]
    plain = (
        "uid", "target", "file_name", "state", "state_title", "message", "sheet", "sheets", "header_row",
        "header_lines", "options", "counts", "job", "uploaded_at", "committed_at", "undone_at",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {"columns": columns, "sha256": row.digest}


@router.get("/targets", response=list[TargetOut], url_name="target_list")
@needs("exchange.import_list")
def target_list(request: Request) -> list[dict[str, Any]]:
    """Что можно загрузить, из каких столбцов и с какими вопросами о файле."""
    return [_target(request, target) for target in targets(request.actor)]


def _target(request: Request, target: Target) -> dict[str, Any]:
    options = [
        {
            "code": option.code,
            "title": option.title,
            "kind": option.kind,
            "hint": option.hint,
            "default": option.default,
            "choices": [list(pair) for pair in option.choices(request.actor)] if option.choices else [],
        }
        for option in target.options
    ]
    return {"code": target.code, "title": target.title, "columns": list(target.columns), "options": options}


@router.get("/imports", response=list[ImportOut], url_name="import_list")
@needs("exchange.import_list")
def import_list(request: Request) -> list[dict[str, Any]]:
    """Последние сто загрузок своей организации."""
    return [_out(row) for row in imports(request.actor)[:100]]


@router.post("/imports", response=ImportOut, url_name="import_upload")
@needs("exchange.import_upload")
def import_upload(request: Request, file: File[UploadedFile], facts: Form[UploadIn]) -> dict[str, Any]:
    """Принять файл и начать проверку; тот же файл, уже загруженный последним, возвращает прежнюю загрузку."""
    answers = dict(line.split("=", 1) for line in facts.options.splitlines() if "=" in line)
    row = actions.import_upload(
        request.actor,
        target=facts.target,
        stream=file,
        name=file.name or "файл",
        options={code.strip(): value.strip() for code, value in answers.items()},
        again=facts.again,
    )
    return _out(row)


@router.get("/imports/{uid}", response=ImportOut, url_name="import_show")
@needs("exchange.import_list")
def import_show(request: Request, uid: UUID) -> dict[str, Any]:
    """Состояние загрузки, столбцы, итог."""
    return _out(import_of(request.actor, uid))


@router.post("/imports/{uid}/check", response=ImportOut, url_name="import_check")
@needs("exchange.import_check")
def import_check(request: Request, uid: UUID, facts: CheckIn) -> dict[str, Any]:
    """Проверить файл с другими столбцами, листом, строкой названий или ответами."""
    return _out(actions.import_check(request.actor, uid=uid, **facts.dict()))


@router.get("/imports/{uid}/problems", response=ProblemPage, url_name="import_problems")
@needs("exchange.import_list")
def import_problems(
    request: Request, uid: UUID, level: Level | None = None, column: str = "", after: str = ""
) -> dict[str, Any]:
    """Замечания по строкам, страницами по пятьсот."""
    row = import_of(request.actor, uid)
    found = problems(request.actor, row, level=level or "", column=column)
    part = keyset(found, order=["number"], after=after, size=LONGEST)
    rows = [
        {"row": p.number, "level": p.level, "column": p.column, "text": problem_text(row, p)}
        for p in part.rows
    ]
    return {"rows": rows, "next": part.next}


@router.get("/imports/{uid}/bad.xlsx", response={200: None}, url_name="import_bad")
@needs("exchange.import_list")
def import_bad(request: Request, uid: UUID) -> HttpResponse:
    """Строки с ошибками и причинами таблицей: исправить и загрузить снова."""
    return HttpResponse(bad_rows(request.actor, import_of(request.actor, uid)), content_type=XLSX)


@router.post("/imports/{uid}/commit", response=ImportOut, url_name="import_commit")
@needs("exchange.import_commit")
def import_commit(request: Request, uid: UUID) -> dict[str, Any]:
    """Записать строки без ошибок: все в одной транзакции, в фоне."""
    return _out(actions.import_commit(request.actor, uid=uid))


@router.post("/imports/{uid}/undo", response=ImportOut, url_name="import_undo")
@needs("exchange.import_undo")
def import_undo(request: Request, uid: UUID) -> dict[str, Any]:
    """Отменить загрузку, если записанное ещё ничем не используется."""
    return _out(actions.import_undo(request.actor, uid=uid))
