"""Documents for other systems: found, read, entered, registered, signed, sent along routes, verified."""

from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.utils import timezone
from ninja import File, Form, Query, Router, Status
from ninja.files import UploadedFile

from medtrud.engines.signing.public import signature_bytes, signature_check
from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people.public import persons_search

from .. import actions
from ..models import Document, PassageStep, Version
from ..models import Request as Asked
from ..queries import accounting, document_of, documents, found, versions_of
from ..queries.registers import line_of, register
from ..queries.routes import asked, passages_of
from ..queries.signing import requests_of, requests_waiting, signatures_put
from ..queries.strength import strengths_of
from ..types import Content, DocumentIn, Flow, Received, kinds_on
from ..types.routes import StepState
from . import archive
from .shapes import (
    AccountingPage,
    AnswerIn,
    AskedOut,
    AskIn,
    DocumentFullOut,
    DocumentPage,
    EnterIn,
    FindIn,
    OnIn,
    PeriodIn,
    QueueOut,
    ReasonIn,
    RegisteredOut,
    RegisterPage,
    RouteIn,
    StepOut,
    VerdictOut,
)

router = Router(tags=["Документы"])
router.add_router("/archive", archive.router)
LONGEST = 1 << 20  # bytes of a signature


def _document(row: Document) -> dict[str, Any]:
    kind = kinds_on(row.on).get(row.kind)
    plain = (
        "uid", "kind", "flow", "title", "on", "state", "medical", "received_at", "received_number",
        "received_on", "released_on", "module", "about",
    )  # fmt: skip
    return {name: getattr(row, name) for name in plain} | {
        "kind_title": kind.title if kind else row.kind,
        "number": row.index,
        "party": str(row.party) if row.party else row.party_name,
    }


def _version(row: Version) -> dict[str, Any]:
    puts = signatures_put(row)
    kinds = strengths_of(puts)
    return {
        "number": row.number,
        "sha256": row.sha256,
        "name": row.file.name,
        "mime": row.file.mime,
        "size": row.file.size,
        "amount": row.amount,
        "reason": row.reason,
        "made_at": row.made_at,
        "signatures": [
            {
                "uid": put.row.uid,
                "verdict": put.verdict.value,
                "text": put.text,
                "kind": kinds[put.row.uid].kind.value,
                "why": kinds[put.row.uid].why,
                "mark": [put.stamp.title, *put.stamp.lines] if put.stamp else [],
                "checked_at": put.row.checked_at,
            }
            for put in puts
        ],
    }


def _asked(row: Asked, *, mine: bool) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("uid", "role", "order", "state", "reason")} | {"mine": mine}


def _full(request: Request, row: Document) -> dict[str, Any]:
    versions = list(versions_of(request.actor, row))
    return _document(row) | {
        "versions": [_version(one) for one in versions],
        "requests": [
            _asked(one, mine=one.account == request.actor.account)
            for one in requests_of(request.actor, versions[0])
        ],
    }


@router.get("", response=DocumentPage, url_name="document_list")
@needs("documents.document_list")
def document_list(request: Request, asked_for: Query[FindIn]) -> dict[str, Any]:
    """Список документов: слова в любой форме или номер, вид, поток, состояние, дни; страницами."""
    rows = documents(request.actor).select_related("party")
    where = {"on__gte": asked_for.since, "on__lte": asked_for.until}
    where |= {name: getattr(asked_for, name) for name in ("kind", "flow", "state")}
    rows = rows.filter(**{name: value for name, value in where.items() if value})
    if asked_for.q.strip():
        rows = found(rows, asked_for.q, persons_search(request.actor, asked_for.q))
    page = keyset(rows, order=["-on"], after=asked_for.after, size=asked_for.size)
    return {"items": [_document(row) for row in page.rows], "next": page.next}


@router.post("", response={201: DocumentFullOut}, url_name="document_create")
@needs("documents.document_create")
def document_create(
    request: Request, facts: Form[EnterIn], file: File[UploadedFile]
) -> Status[dict[str, Any]]:
    """Завести документ с файлом; заражённый, запертый или чужого формата не принимается."""
    came = facts.came_at
    if came is not None and timezone.is_naive(came):
        came = timezone.make_aware(came)
    received = Received(came, facts.number, facts.dated, facts.came_by) if came else None
    document = DocumentIn(
        kind=facts.kind,
        title=facts.title,
        on=facts.on,
        flow=Flow(facts.flow) if facts.flow else None,
        party_name=facts.party_name,
        received=received,
    )
    content = Content(file, file.name or "файл")
    row = actions.document_create(request.actor, document=document, content=content)
    return Status(201, _full(request, row))


@router.get("/signing/queue", response=list[QueueOut], url_name="request_list")
@needs("documents.request_list")
def request_list(request: Request) -> list[dict[str, Any]]:
    """Что ждёт подписи этого места, до двухсот строк."""
    rows = requests_waiting(request.actor)[:200]
    return [
        {
            "uid": row.uid,
            "document": row.version.document.uid,
            "title": row.version.document.title,
            "version": row.version.number,
            "role": row.role,
            "asked_at": row.asked_at,
            "sha256": row.version.sha256,
        }
        for row in rows
    ]


@router.post("/signing/{uid}", response=AskedOut, url_name="request_sign_own")
@needs("documents.request_sign_own")
def request_sign_own(request: Request, uid: UUID, signature: File[UploadedFile]) -> dict[str, Any]:
    """Приложить отсоединённую подпись; неверная не принимается, ответ называет причину."""
    row: Asked = actions.request_sign_own(request.actor, request=uid, signature=_signature(signature))
    return _asked(row, mine=True)


@router.get("/accounting", response=AccountingPage, url_name="accounting_list")
@needs("documents.accounting_list")
def accounting_list(request: Request, asked_for: Query[PeriodIn]) -> dict[str, Any]:
    """Реестр бухгалтерских документов: сроки передачи, опоздания, суммы; страницами."""
    actor, on = request.actor, today()
    rows = accounting.accounting_documents(actor, on)
    rows = rows.filter(on__gte=asked_for.since) if asked_for.since else rows
    rows = rows.filter(on__lte=asked_for.until) if asked_for.until else rows
    page = keyset(rows, order=["-on"], after=asked_for.after, size=asked_for.size)
    lines = accounting.accounting_lines(actor, page.rows, on)
    items = [{"uid": row.uid, **vars(lines[row.pk])} for row in page.rows]
    return {"items": items, "next": page.next}


@router.post("/signing/{uid}/refuse", response=AskedOut, url_name="request_refuse")
@needs("documents.request_refuse")
def request_refuse(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Отказать в подписи с причиной; документ возвращается автору, остальных больше не просят."""
    row = actions.request_refuse(request.actor, request=uid, reason=facts.reason)
    return _asked(row, mine=True)


@router.get("/registers/{flow}", response=RegisterPage, url_name="register_list")
@needs("documents.register_list")
def register_list(
    request: Request, flow: Literal["incoming", "outgoing", "internal"], asked_for: Query[PeriodIn]
) -> dict[str, Any]:
    """Журнал входящих, исходящих или внутренних: те же графы, что на бумаге; страницами."""
    rows = register(request.actor, Flow(flow), since=asked_for.since, until=asked_for.until)
    page = keyset(rows, order=["-on"], after=asked_for.after, size=asked_for.size)
    items = [{"document": row.document.uid, **vars(line_of(row)), "late": row.late} for row in page.rows]
    return {"items": items, "next": page.next}


@router.get("/steps", response=list[StepOut], url_name="step_list")
@needs("documents.step_list")
def step_list(request: Request) -> list[dict[str, Any]]:
    """Шаги маршрутов, которые ждут вашего ответа, до двухсот строк."""
    rows = asked(request.actor).filter(state=StepState.ASKED, account=request.actor.account or 0)
    return [_step(row) for row in rows[:200]]


@router.post("/steps/{uid}", response=StepOut, url_name="step_decide")
@needs("documents.step_decide")
def step_decide(request: Request, uid: UUID, facts: AnswerIn) -> dict[str, Any]:
    """Ответить по шагу: согласие передаёт документ дальше, возврат заканчивает маршрут."""
    return _step(actions.step_decide(request.actor, step=uid, agree=facts.agree, text=facts.text))


@router.post("/verify", response=VerdictOut, url_name="document_verify")
@needs("documents.document_list")
def document_verify(
    request: Request, file: File[UploadedFile], signature: File[UploadedFile]
) -> dict[str, Any]:
    """Проверить присланную подпись под присланным файлом; ничего не сохраняется."""
    report = signature_check(_signature(signature), file.read())
    names = "name", "organization", "serial", "algorithm", "text"
    return {
        "verdict": report.verdict.value,
        "good": report.verdict.good,
        "text": report.text,
        "signers": [
            {name: getattr(one, name) or "" for name in names}
            | {"checks": [{"ok": check.ok, "text": check.text} for check in one.checks]}
            for one in report.signers
        ],
    }


@router.get("/{uid}", response=DocumentFullOut, url_name="document")
@needs("documents.document")
def document(request: Request, uid: UUID) -> dict[str, Any]:
    """Документ, его версии, подписи и кто ещё подписывает."""
    return _full(request, document_of(request.actor, uid))


@router.get("/{uid}/versions/{number}/file", url_name="document_open")
@needs("documents.document_open")
def document_open(request: Request, uid: UUID, number: int) -> FileResponse:
    """Содержимое версии, байт в байт; открытие записывается в журнал."""
    file = actions.document_open(request.actor, document=uid, version=number)
    try:
        stream = Path(file.path).open("rb")  # noqa: SIM115 - the answer closes it
    except FileNotFoundError as error:
        raise NotFound("Содержимое файла утрачено. Сообщите службе поддержки: его ищут в копиях.") from error
    return FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.mime)


@router.get("/{uid}/versions/{number}/copy", url_name="document_copy")
@needs("documents.document_copy")
def document_copy(request: Request, uid: UUID, number: int) -> HttpResponse:
    """Копия версии в PDF/A-3 с отметками; исходный файл и подписи внутри."""
    made = actions.document_copy(request.actor, document=uid, version=number)
    return HttpResponse(made, content_type="application/pdf")


@router.get("/{uid}/signatures/{signature}", url_name="signature_file")
@needs("documents.document_open")
def signature_file(request: Request, uid: UUID, signature: UUID) -> HttpResponse:
    """Файл подписи, байт в байт."""
    row = document_of(request.actor, uid)
    puts = (put for version in versions_of(request.actor, row) for put in signatures_put(version))
    put = next((one for one in puts if one.row.uid == signature), None)
    if put is None:
        raise NotFound("Такой подписи у документа нет. Возьмите её номер из ответа о документе.")
    return HttpResponse(signature_bytes(put.row), content_type="application/pkcs7-signature")


@router.post("/{uid}/register", response=RegisteredOut, url_name="document_register")
@needs("documents.document_register")
def document_register(request: Request, uid: UUID, facts: OnIn) -> Any:
    """Дать документу номер в журнале его потока; номер даётся один раз."""
    return actions.document_register(request.actor, document=uid, on=facts.on or today())


@router.post("/{uid}/sign", response=list[AskedOut], url_name="signature_request")
@needs("documents.signature_request")
def signature_request(request: Request, uid: UUID, facts: AskIn) -> list[dict[str, Any]]:
    """Отправить черновик на подпись; по учётной записи на каждую роль вида."""
    rows = actions.signature_request(request.actor, document=uid, signers=facts.signers)
    return [_asked(row, mine=row.account == request.actor.account) for row in rows]


@router.post("/{uid}/route", response=list[StepOut], url_name="passage_start")
@needs("documents.passage_start")
def passage_start(request: Request, uid: UUID, facts: RouteIn) -> list[dict[str, Any]]:
    """Отправить документ по маршруту; ответ – его шаги."""
    actions.passage_start(request.actor, document=uid, route=facts.route)
    return route_steps(request, uid)


@router.get("/{uid}/route", response=list[StepOut], url_name="route_steps")
@needs("documents.document")
def route_steps(request: Request, uid: UUID) -> list[dict[str, Any]]:
    """Шаги последнего маршрута документа."""
    passage = passages_of(request.actor, document_of(request.actor, uid)).first()
    if passage is None:
        return []
    return [_step(step) for step in sorted(passage.steps.all(), key=lambda one: (one.order, one.pk))]


def _step(row: PassageStep) -> dict[str, Any]:
    row_document = row.passage.document
    late = row.state == StepState.ASKED and row.due is not None and row.due < today()
    plain = {name: getattr(row, name) for name in ("uid", "deed", "order", "state", "due", "text")}
    return plain | {"document": row_document.uid, "title": row_document.title, "late": late}


def _signature(file: UploadedFile) -> bytes:
    content: bytes = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise Refused("Файл подписи больше мегабайта: это не отсоединённая подпись. Передайте другой файл.")
    return content
