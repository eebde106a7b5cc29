"""Inventories and their transfers."""

from uuid import UUID

from django.http import FileResponse, HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.errors import Refused

from ... import actions
from ...drivers.handing import handed
from ...models import Transfer
from ...queries import archive
from ...queries.prints import inventory_print
from ...types.storage import SIX, CaseState, InventoryForm, TransferState
from .forms import TransferForm

WAITING = (CaseState.CLOSED, CaseState.STOPPED)


@needs("documents.case_list")
def inventory_list(request: Request) -> HttpResponse:
    """Show the inventories."""
    return listing(
        request,
        archive.inventories(request.actor),
        title="Описи и передача",
        noun="опись,описи,описей",
        columns=(
            Column(
                "title",
                "Опись",
                lambda row, _: cells.link(str(row), reverse("documents:inventory", args=[row.uid])),
                "number",
                "title",
                "name",
            ),
            Column("year", "Год", lambda row, _: row.year, "year", "aside", "narrow"),
            Column("on", "Составлена", lambda row, _: cells.day(row.closed_on), "closed_on", width="date"),
            Column("author", "Составил", lambda row, _: cells.muted(row.author_name)),
            Column(
                "state",
                "Пакет года",
                lambda row, _: cells.tag("Готов", "ok") if row.vessel_id else cells.muted("после приёма"),
                role="state",
            ),
        ),
        order="-year",
        buttons=(Button("Закрыть год", reverse("documents:heading_list"), "folders"),),
        empty="Описей ещё нет. Утвердите номенклатуру дел и закройте год.",
    )


@needs("documents.case_list")
def inventory(request: Request, uid: UUID) -> HttpResponse:
    """Show an inventory: its lines, the final record, its transfers."""
    actor, row = request.actor, archive.inventory_of(request.actor, uid)
    cases = list(archive.cases_in(actor, row))
    transfers = [(one, TransferState(one.state)) for one in archive.transfers(actor).filter(inventory=row)]
    going = any(
        state in {TransferState.CHECKING, TransferState.CHECKED, TransferState.OFFERED}
        for _, state in transfers
    )
    return page(
        request,
        "documents/archive/inventory.html",
        title=str(row),
        lead=row.title,
        inventory=row,
        cases=[(case, CaseState(case.state)) for case in cases],
        record=inventory_print(row, cases).record,
        transfers=transfers,
        may_transfer=not going and any(case.state in WAITING for case in cases),
    )


@needs("documents.case_list")
def inventory_file(request: Request, uid: UUID) -> HttpResponse:
    """Print an inventory."""
    row = archive.inventory_of(request.actor, uid)
    return printed(inventory_print(row, list(archive.cases_in(request.actor, row))))


def printed(form: InventoryForm) -> HttpResponse:
    """Give a printed inventory or act."""
    answer = HttpResponse(
        form_render("documents/archive/inventory.typ", form), content_type="application/pdf"
    )
    answer["Content-Disposition"] = content_disposition_header(
        as_attachment=True, filename=f"{form.title}.pdf"
    )
    answer["Cache-Control"] = "no-store"
    return answer


@needs("documents.container_open")
def package_file(request: Request, uid: UUID) -> FileResponse:
    """Give the package of a year."""
    return handed(actions.container_open(request.actor, inventory=uid))


@needs("documents.transfer_open")
def transfer_open(request: Request, uid: UUID) -> HttpResponse:
    """Begin a transfer."""
    row = archive.inventory_of(request.actor, uid)
    form = TransferForm(request.actor, today(), request.POST or None)
    begun = attempt(form, lambda facts: _begin(request, uid, facts))
    if begun:
        return done(request, "Передача начата: идут проверки.", "documents:transfer", begun.uid)
    return form_page(
        request,
        form,
        title="Передача дел в архив",
        lead=str(row),
        action="Начать проверки",
        back=reverse("documents:inventory", args=[uid]),
    )


def _begin(request: Request, uid: UUID, facts: dict[str, str]) -> Transfer:
    sides = {name: int(facts[name]) for name in ("giver", "receiver")}
    return actions.transfer_open(request.actor, inventory=uid, **sides)


@needs("documents.case_list")
def transfer(request: Request, uid: UUID) -> HttpResponse:
    """Show a transfer: how far the checks are, what was stopped, the act."""
    actor, row = request.actor, archive.transfer_of(request.actor, uid)
    checks: dict[int, dict[str, bool]] = {}
    for check in row.checks.order_by("pk"):
        checks.setdefault(check.case_id, {})[check.code] = check.ok
    cases = [
        (
            case,
            CaseState(case.state),
            [(title, checks.get(case.pk, {}).get(code)) for code, title in SIX.items()],
        )
        for case in archive.cases_in(actor, row.inventory)
        if case.pk in checks or case.state in WAITING
    ]
    return page(
        request,
        "documents/archive/transfer.html",
        title=str(row),
        transfer=row,
        state=TransferState(row.state),
        six=SIX.values(),
        cases=cases,
        stopped=[(fault, SIX.get(fault.code, fault.code)) for fault in archive.faults_of(actor, row)],
        done=len(checks),
    )


@require_POST
@needs("documents.transfer_offer")
def transfer_offer(request: Request, uid: UUID) -> HttpResponse:
    """Draw up the act and send it to both sides."""
    try:
        actions.transfer_offer(request.actor, transfer=uid, on=today())
    except Refused as refusal:
        return done(request, str(refusal), "documents:transfer", uid, tone="bad")
    return done(request, "Акт составлен и ждёт подписей обеих сторон.", "documents:transfer", uid)


urlpatterns = [
    path("archive/inventories/", inventory_list, name="inventory_list"),
    path("archive/inventories/<uuid:uid>/", inventory, name="inventory"),
    path("archive/inventories/<uuid:uid>/pdf/", inventory_file, name="inventory_file"),
    path("archive/inventories/<uuid:uid>/package/", package_file, name="package_file"),
    path("archive/inventories/<uuid:uid>/transfer/", transfer_open, name="transfer_open"),
    path("archive/inventories/transfers/<uuid:uid>/", transfer, name="transfer"),
    path("archive/inventories/transfers/<uuid:uid>/offer/", transfer_offer, name="transfer_offer"),
]
