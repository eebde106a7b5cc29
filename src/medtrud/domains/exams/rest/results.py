"""Results from doctors, laboratories and devices, one line or many at once, with diagnoses."""

import datetime as dt
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema, Status

from medtrud.engines.ui.public import Request, needs

from .. import actions
from ..queries.rows import diagnoses_of, exam_of
from ..types.results import NewDiagnosis, NewResult
from .shapes import Day, Done, day_of

router = Router(tags=["Осмотры: результаты"])
LONGEST = 4000
Value = str | int | float | None


class DiagnosisIn(Schema):
    code: str = Field(max_length=10, description="код МКБ-10", examples=["I10"])
    detail: str = Field("", max_length=300, description="степень, стадия")
    first_time: bool = Field(default=False, description="выявлено впервые")
    chronic: bool = False
    nature: Literal["somatic", "occupational_suspected", "occupational", "infectious_work"] = "somatic"


class ResultIn(Schema):
    performed_on: Day | None = Field(None, description="без него – сегодня")
    values: dict[str, Value] = Field({}, description="код поля формы → значение")
    text: str = Field("", max_length=LONGEST, description="заключение словами")
    diagnoses: list[DiagnosisIn] = Field([], max_length=50)
    staff: UUID | None = Field(None, description="кто выполнил; без него – сам обращающийся")


class LineResultIn(ResultIn):
    kind: Literal["specialist", "test"]
    code: str = Field(max_length=80, description="код строки объёма")


class ResultsIn(Schema):
    results: list[LineResultIn] = Field(min_length=1, max_length=200)


class WrittenOut(Schema):
    uid: UUID
    version: int
    normal: bool
    flags: dict[str, str]


class DiagnosisOut(Schema):
    uid: UUID
    code: str
    title: str
    edition: str
    detail: str
    first_time: bool
    chronic: bool
    nature: str
    found_on: dt.date
    line: UUID | None


def _result(given: ResultIn, *, kind: str = "", code: str = "") -> NewResult:
    return NewResult(
        performed_on=day_of(given.performed_on),
        values=given.values,
        text=given.text,
        diagnoses=tuple(NewDiagnosis(**diagnosis.dict()) for diagnosis in given.diagnoses),
        kind=kind,
        code=code,
        staff=given.staff,
        source="api",
    )


@router.post("/lines/{uuid:uid}/results", response={201: WrittenOut}, url_name="result_record")
@needs("exams.result_record")
def result_record(request: Request, uid: UUID, given: ResultIn) -> Status[Any]:
    """Записать результат строки; повторный – новая версия, прежняя остаётся."""
    return Status(201, actions.result_record(request.actor, line=uid, result=_result(given)))


@router.post("/exams/{uuid:uid}/results", response=Done, url_name="results_record")
@needs("exams.results_record")
def results_record(request: Request, uid: UUID, given: ResultsIn) -> dict[str, int]:
    """Записать результаты многих строк одного осмотра: все или ни одного."""
    results = [_result(one, kind=one.kind, code=one.code) for one in given.results]
    return {"count": actions.results_record(request.actor, exam=uid, results=results)}


@router.get("/exams/{uuid:uid}/diagnoses", response=list[DiagnosisOut], url_name="diagnosis_list")
@needs("exams.line_list")
def diagnosis_list(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Действующие диагнозы осмотра."""
    plain = "uid", "code", "title", "edition", "detail", "first_time", "chronic", "nature", "found_on"
    return [
        {name: getattr(row, name) for name in plain} | {"line": row.line.uid if row.line else None}
        for row in diagnoses_of(request.actor, exam_of(request.actor, uid))
    ]
