"""Possible contraindications and what the commission decided about them."""

from typing import Any, Literal
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.ui.public import Request, needs

from .. import actions
from ..models import Finding
from ..queries.listed import findings_asked
from ..queries.rows import exam_of
from ..types.states import Decision

router = Router(tags=["Осмотры: противопоказания"])


class FindingOut(Schema):
    uid: UUID
    item: str = Field(description="пункт перечня противопоказаний")
    title: str
    diagnosis: str
    codes: list[str]
    question: str
    decided_by: str
    reasons: list[dict[str, Any]]
    decision: str
    decision_title: str
    decision_reason: str


class DecisionIn(Schema):
    decision: Literal["confirmed", "rejected"]
    reason: str = Field("", max_length=500, description="отклонение объясняют")


@router.get("/exams/{uuid:uid}/findings", response=list[FindingOut], url_name="finding_list")
@needs("exams.finding_list")
def finding_list(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Возможные противопоказания по диагнозам осмотра и решения комиссии."""
    return [_finding(row) for row in findings_asked(request.actor, exam_of(request.actor, uid))]


@router.post("/findings/{uuid:uid}/decide", response=FindingOut, url_name="finding_decide")
@needs("exams.finding_decide")
def finding_decide(request: Request, uid: UUID, given: DecisionIn) -> dict[str, Any]:
    """Подтвердить или отклонить возможное противопоказание; прежнее решение остаётся в истории."""
    decision = Decision(given.decision)
    return _finding(
        actions.finding_decide(request.actor, finding=uid, decision=decision, reason=given.reason)
    )


def _finding(row: Finding) -> dict[str, Any]:
    plain = "uid", "item", "title", "codes", "question", "decided_by", "reasons", "decision_reason"
    return {name: getattr(row, name) for name in plain} | {
        "diagnosis": row.diagnosis.code,
        "decision": row.decision,
        "decision_title": Decision(row.decision).title_ru,
    }
