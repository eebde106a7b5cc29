"""Documents on their way to the federal registry, for other systems."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request, needs

from . import actions
from .models import Submission
from .queries import messages, submission_of, submissions

router = Router(tags=["Реестр медицинских документов"])


class SubmissionOut(Schema):
    uid: UUID = Field(description="localUid документа в реестре")
    conclusion: UUID
    number: str
    version: int
    state: str
    registry_number: str
    registered_at: dt.datetime | None
    created_at: dt.datetime
    changed_at: dt.datetime


class SubmissionPage(Schema):
    items: list[SubmissionOut]
    next: str


class MessageOut(Schema):
    uid: UUID
    at: dt.datetime
    outgoing: bool
    operation: str
    message: str
    sha256: str
    size: int
    status: int | None
    ok: bool
    answer: list[dict[str, str]]


class SubmissionWhole(SubmissionOut):
    lacks: list[dict[str, str]] = Field(description="чего не хватает и где это внести")
    report: dict[str, Any] = Field(description="проверка документа: слои, ошибки, замечания")
    faults: list[dict[str, str]] = Field(description="что сказал реестр")
    sha256: str
    messages: list[MessageOut]


@router.get("/submissions", response=SubmissionPage, url_name="submission_list")
@needs("egisz.submission_list")
def submission_list(request: Request, after: str = "", state: str = "") -> dict[str, Any]:
    """Документы организации, последние впереди; state — одно состояние."""
    rows = submissions(request.actor).select_related("conclusion")
    found = keyset(rows.filter(state=state) if state else rows, order=["-id"], after=after)
    return {"items": [_out(row) for row in found.rows], "next": found.next}


@router.get("/submissions/{uuid:uid}", response=SubmissionWhole, url_name="submission")
@needs("egisz.submission_list")
def submission(request: Request, uid: UUID) -> dict[str, Any]:
    """Один документ с проверкой, ответами реестра и журналом."""
    row = submission_of(request.actor, uid)
    told = messages(request.actor).filter(submission=row)[:200]
    whole = {name: getattr(row, name) for name in ("lacks", "report", "faults", "sha256")}
    return _out(row) | whole | {"messages": list(told)}


@router.post("/submissions/{uuid:uid}/repeat", response=SubmissionOut, url_name="submission_repeat")
@needs("egisz.submission_repeat")
def submission_repeat(request: Request, uid: UUID) -> dict[str, Any]:
    """Повторить остановившееся: недоставленный документ отправляется, любой другой составляется заново."""
    return _out(actions.submission_repeat(request.actor, submission=uid))


def _out(row: Submission) -> dict[str, Any]:
    plain = [name for name in SubmissionOut.model_fields if name != "conclusion"]
    return {name: getattr(row, name) for name in plain} | {"conclusion": row.conclusion.uid}
