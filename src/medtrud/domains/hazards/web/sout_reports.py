"""Reports of conditions: who assessed, with what, which places by class."""

import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Button, Column, Request, cells, listing, needs, page

from ..models import SoutReport
from ..queries import head_of, sout_cards, sout_report_of, sout_reports
from ..rules.sout_terms import acquaint_by, reassess_by
from ..types import classes
from ..types.sout_file import PLACE_KINDS, Tree, text_of


@needs("hazards.sout_card_list")
def sout_report_list(request: Request) -> HttpResponse:
    """Show the reports."""
    return listing(
        request,
        sout_reports(request.actor),
        title="Отчёты СОУТ",
        noun="отчёт,отчёта,отчётов",
        columns=(
            Column("approved", "Утверждён", lambda row, _: cells.link(f"{row.approved_on:%d.%m.%Y}",
            _url(row)),
                   "approved_on", "title", "date"),
            Column("assessor", "Кто оценивал", lambda row, _: row.assessor or cells.DASH),
            Column("act", "Методика", lambda row, _: f"№ {row.act}"),
            Column("places", "Мест", lambda row, _: row.places_total or cells.DASH, role="line",
            width="number"),
            Column("due", "Переоценить до", lambda row, _: cells.day(reassess_by(row.approved_on)),
            width="date"),
        ),
        order="-approved",
        buttons=(Button("Загрузить отчёт", reverse("hazards:sout_upload"), "upload"),)
        if request.actor.may("hazards.sout_upload")
        else (),
        empty="Отчётов ещё нет.",
    )  # fmt: skip


def _url(row: SoutReport) -> str:
    return reverse("hazards:sout_report_show", args=[row.uid])


@needs("hazards.sout_card_show")
def sout_report_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a report: organisation, experts, instruments, the summary of places by class."""
    row = sout_report_of(request.actor, uid)
    head = head_of(request.actor, row, on=row.approved_on)
    organization = head.get("AttestationOrganization", {})
    return page(
        request,
        "hazards/sout_report.html",
        title=str(row),
        row=row,
        address=text_of(organization.get("Address")),
        experts=[_person(each) for each in organization.get("Workers", {}).get("Expert", ())],
        commission=_commission(head),
        instruments=[_instrument(each, row) for each in row.instruments],
        summary=summary_of(request, row),
        kinds=_kinds(request, row),
        acquaint=acquaint_by(row.approved_on),
        late=acquaint_by(row.approved_on) < today(),
        due=reassess_by(row.approved_on),
        may=request.actor.may("hazards.sout_upload"),
    )


def _instrument(tool: dict[str, Any], row: SoutReport) -> dict[str, Any]:
    text = str(tool.get("verified_until", ""))
    try:
        until: dt.date | None = dt.date.fromisoformat(text)
    except ValueError:
        until = None
    return tool | {"until": until, "expired": until is not None and until < row.approved_on}


def summary_of(request: Request, row: SoutReport) -> list[tuple[str, str, int, int, int]]:
    """Return the places and people of a report by class: the summary sheet (ведомость)."""
    found = {
        each["stated"]: each
        for each in sout_cards(request.actor).filter(report=row).values("stated").order_by()
        .annotate(places=Count("pk"), people=Sum("workers"), females=Sum("women"))
    }  # fmt: skip
    return [
        (code, each.title, found[code]["places"], found[code]["people"] or 0, found[code]["females"] or 0)
        for code, each in classes().items() if code in found
    ]  # fmt: skip


def _kinds(request: Request, row: SoutReport) -> list[tuple[str, int]]:
    counts = Counter(sout_cards(request.actor).filter(report=row).values_list("kind", flat=True))
    return [(PLACE_KINDS.get(kind, kind), count) for kind, count in counts.items()]


def _person(tree: Tree) -> tuple[str, str, str]:
    name = tree.get("Name", {})
    full = " ".join(filter(None, (name.get("LastName"), name.get("FirstName"), name.get("MiddleName"))))
    return full, text_of(tree.get("Position")), str(tree.get("RegistrationNumber", ""))


def _commission(head: Tree) -> list[tuple[str, str, str]]:
    committee = head.get("Committee", {})
    people = [committee.get("Chairman"), *committee.get("Member", ())]
    return [_person(each) for each in people if each]
