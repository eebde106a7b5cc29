"""The archive for other systems: cases, inventories, transfers, containers, the reading room."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import FileResponse
from ninja import Query, Router, Status

from medtrud.engines.store.public import keyset, today
from medtrud.engines.ui.public import Request, needs

from .. import actions
from ..drivers.handing import handed
from ..models import Case, CaseCheck, CaseItem, Inventory, Issue, Transfer
from ..queries import archive
from ..queries.prints import inventory_print
from ..types.storage import LATER, SIX, CaseState, IssueKind, MediumState, TransferState
from .archive_shapes import (
    CaseFullOut,
    CasePage,
    CasesIn,
    InventoryFullOut,
    InventoryPage,
    IssueIn,
    IssueOut,
    IssuePage,
    ItemPage,
    ItemsIn,
    MediumOut,
    PageIn,
    ReasonIn,
    TransferFullOut,
    TransferIn,
    TransferOut,
)

router = Router(tags=["Архив"])
TITLES = {**SIX, **LATER}


def _plain(row: object, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _case(row: Case) -> dict[str, Any]:
    plain = (
        "uid", "index", "title", "year", "number", "volume", "state", "since", "until", "documents", "size",
        "term", "basis", "keep_until", "accepted_on", "destroyed_on", "note",
    )  # fmt: skip
    return _plain(row, *plain) | {
        "inventory": row.inventory.uid,
        "state_title": CaseState(row.state).title_ru,
        "held": row.held,  # type: ignore[attr-defined]
        "sha256": row.vessel.sha256 if row.vessel else "",
    }


def _check(row: CaseCheck) -> dict[str, Any]:
    return _plain(row, "code", "ok", "text", "at") | {"title": TITLES.get(row.code, row.code)}


def _transfer(row: Transfer) -> dict[str, Any]:
    plain = "uid", "state", "giver_name", "receiver_name", "started_at", "checked_at", "accepted_on"
    return _plain(row, *plain) | {
        "inventory": row.inventory.uid,
        "state_title": TransferState(row.state).title_ru,
        "act": row.act.uid if row.act else None,
    }


def _inventory(row: Inventory) -> dict[str, Any]:
    plain = "uid", "number", "year", "title", "closed_on", "author_name"
    return _plain(row, *plain) | {"sha256": row.vessel.sha256 if row.vessel else ""}


def _item(row: CaseItem, person: str = "") -> dict[str, Any]:
    plain = "uid", "number", "index", "title", "kind", "on", "versions", "size"
    return _plain(row, *plain) | {
        "document": row.document.uid,
        "case": row.case.uid,
        "case_index": row.case.index,
        "year": row.case.year,
        "person": person,
    }


def _issue(row: Issue) -> dict[str, Any]:
    plain = "uid", "number", "year", "on", "kind", "asked_by", "basis", "sealed", "author_name"
    return _plain(row, *plain) | {"item": row.item.uid, "title": row.item.title}


@router.get("/cases", response=CasePage, url_name="case_list")
@needs("documents.case_list")
def case_list(request: Request, asked_for: Query[CasesIn]) -> dict[str, Any]:
    """Электронные дела: по индексу, году, состоянию, описи или с истёкшим сроком; страницами."""
    actor, said = request.actor, asked_for.q.strip()
    rows = archive.cases_due(actor, today()) if asked_for.due else archive.cases(actor)
    where = {"year": asked_for.year, "state": asked_for.state, "inventory__uid": asked_for.inventory}
    rows = rows.filter(**{name: value for name, value in where.items() if value})
    rows = rows.filter(Q(index__istartswith=said) | Q(title__icontains=said)) if said else rows
    rows = rows.select_related("vessel", "inventory")
    page = keyset(rows, order=["-year", "index"], after=asked_for.after, size=asked_for.size)
    return {"items": [_case(row) for row in page.rows], "next": page.next}


@router.get("/cases/{uuid:uid}", response=CaseFullOut, url_name="case")
@needs("documents.case_list")
def case(request: Request, uid: UUID) -> dict[str, Any]:
    """Дело: проверки, запреты уничтожения, копии на носителях."""
    actor, row = request.actor, archive.case_of(request.actor, uid)
    holds = list(archive.holds_of(actor, row))
    row.held = any(hold.ended_on is None for hold in holds)  # type: ignore[attr-defined]
    plain = "since", "reason", "author_name", "ended_on", "ended_reason"
    return _case(row) | {
        "checks": [_check(one) for one in archive.checks_of(actor, row)[:200]],
        "holds": [_plain(hold, *plain) for hold in holds],
        "copies": [
            _plain(copy, "sha256", "written_on", "ended_on")
            | {"medium": copy.medium.uid, "number": copy.medium.number}
            for copy in row.copies.select_related("medium").order_by("written_on", "pk")
        ],
    }


@router.get("/cases/{uuid:uid}/container", url_name="case_container")
@needs("documents.container_open")
def case_container(request: Request, uid: UUID) -> FileResponse:
    """Контейнер дела с продлениями; выдача записывается в журнал."""
    return handed(actions.container_open(request.actor, case=uid))


@router.post("/cases/{uuid:uid}/hold", response=CaseFullOut, url_name="hold_set")
@needs("documents.hold_set")
def hold_set(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Запретить уничтожение дела: суд, проверка, запрос."""
    actions.hold_set(request.actor, case=uid, reason=facts.reason, on=today())
    return case(request, uid)


@router.post("/cases/{uuid:uid}/release", response=CaseFullOut, url_name="hold_end")
@needs("documents.hold_end")
def hold_end(request: Request, uid: UUID, facts: ReasonIn) -> dict[str, Any]:
    """Снять запрет уничтожения."""
    actions.hold_end(request.actor, case=uid, reason=facts.reason, on=today())
    return case(request, uid)


@router.get("/inventories", response=InventoryPage, url_name="inventory_list")
@needs("documents.case_list")
def inventory_list(request: Request, asked_for: Query[PageIn]) -> dict[str, Any]:
    """Описи дел, новые первыми; страницами."""
    rows = archive.inventories(request.actor).select_related("vessel")
    page = keyset(rows, order=["-year", "-number"], after=asked_for.after, size=asked_for.size)
    return {"items": [_inventory(row) for row in page.rows], "next": page.next}


@router.get("/inventories/{uuid:uid}", response=InventoryFullOut, url_name="inventory")
@needs("documents.case_list")
def inventory(request: Request, uid: UUID) -> dict[str, Any]:
    """Опись: её дела, итоговая запись, передачи."""
    actor, row = request.actor, archive.inventory_of(request.actor, uid)
    cases = list(archive.cases_in(actor, row).select_related("vessel", "inventory"))
    going = archive.transfers(actor).filter(inventory=row).select_related("act")
    return _inventory(row) | {
        "record": inventory_print(row, cases).record,
        "cases": [_case(one) for one in cases],
        "transfers": [_transfer(one) for one in going],
    }


@router.get("/inventories/{uuid:uid}/container", url_name="inventory_container")
@needs("documents.container_open")
def inventory_container(request: Request, uid: UUID) -> FileResponse:
    """Пакет года: контейнеры всех дел описи и акты; выдача записывается в журнал."""
    return handed(actions.container_open(request.actor, inventory=uid))


@router.post("/inventories/{uuid:uid}/transfer", response={201: TransferOut}, url_name="transfer_open")
@needs("documents.transfer_open")
def transfer_open(request: Request, uid: UUID, facts: TransferIn) -> Status[dict[str, Any]]:
    """Начать передачу описи: дела проверяются и собираются в фоне."""
    row = actions.transfer_open(request.actor, inventory=uid, giver=facts.giver, receiver=facts.receiver)
    return Status(201, _transfer(row))


@router.get("/transfers/{uuid:uid}", response=TransferFullOut, url_name="transfer")
@needs("documents.case_list")
def transfer(request: Request, uid: UUID) -> dict[str, Any]:
    """Передача: состояние и что остановило дела."""
    row = archive.transfer_of(request.actor, uid)
    faults = archive.faults_of(request.actor, row)[:500]
    return _transfer(row) | {"faults": [_check(one) | {"case": one.case.uid} for one in faults]}


@router.post("/transfers/{uuid:uid}/offer", response=TransferFullOut, url_name="transfer_offer")
@needs("documents.transfer_offer")
def transfer_offer(request: Request, uid: UUID) -> dict[str, Any]:
    """Составить акт по годным делам и отправить его на подпись обеим сторонам."""
    actions.transfer_offer(request.actor, transfer=uid, on=today())
    return transfer(request, uid)


@router.get("/items", response=ItemPage, url_name="item_list")
@needs("documents.case_list")
def item_list(request: Request, asked_for: Query[ItemsIn]) -> dict[str, Any]:
    """Читальный зал: документы дел по словам, номеру, виду, дням и по человеку; страницами."""
    actor, rows = request.actor, archive.items(request.actor).select_related("document")
    where: dict[str, object] = {"kind": asked_for.kind, "case__uid": asked_for.case}
    where |= {"on__gte": asked_for.since, "on__lte": asked_for.until}
    rows = rows.filter(**{name: value for name, value in where.items() if value})
    rows = archive.items_found(rows, asked_for.q) if asked_for.q.strip() else rows
    if asked_for.person.strip():
        rows = rows.filter(pk__in=actions.items_find(actor, person=asked_for.person))
    page = keyset(rows, order=["-on"], after=asked_for.after, size=asked_for.size)
    named = archive.named(actor, page.rows) if asked_for.person.strip() else {}
    return {"items": [_item(row, named.get(row.person_id or 0, "")) for row in page.rows], "next": page.next}


@router.post("/items/{uuid:uid}/issue", response={201: IssueOut}, url_name="issue_make")
@needs("documents.issue_make")
def issue_make(request: Request, uid: UUID, facts: IssueIn) -> Status[dict[str, Any]]:
    """Выдать архивную копию или справку: запись в журнале выдачи и файл с печатью."""
    kind = IssueKind(facts.kind)
    row = actions.issue_make(
        request.actor, item=uid, kind=kind, asked_by=facts.asked_by, basis=facts.basis, on=today()
    )
    return Status(201, _issue(row))


@router.get("/issues", response=IssuePage, url_name="issue_list")
@needs("documents.issue_list")
def issue_list(request: Request, asked_for: Query[PageIn]) -> dict[str, Any]:
    """Журнал выдачи, новые записи первыми; страницами."""
    rows = archive.issues(request.actor)
    page = keyset(rows, order=["-year", "-number"], after=asked_for.after, size=asked_for.size)
    return {"items": [_issue(row) for row in page.rows], "next": page.next}


@router.get("/issues/{uuid:uid}/file", url_name="issue_file")
@needs("documents.issue_open")
def issue_file(request: Request, uid: UUID) -> FileResponse:
    """Выданная копия или справка; открытие записывается в журнал."""
    return handed(actions.issue_open(request.actor, issue=uid))


@router.get("/media", response=list[MediumOut], url_name="medium_list")
@needs("documents.medium_list")
def medium_list(request: Request) -> list[dict[str, Any]]:
    """Носители архива, до тысячи."""
    plain = "uid", "number", "kind", "serial", "place", "state", "added_on", "due_on"
    return [
        _plain(row, *plain) | {"state_title": MediumState(row.state).title_ru}
        for row in archive.media(request.actor)[:1000]
    ]
