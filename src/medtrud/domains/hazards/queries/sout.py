"""Reading cards of conditions and reports; writing the current ones as the exchange file."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.signing.public import unseal
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import in_force, organizations
from medtrud.registries.organizations.types import Requisites

from ..drivers import FileRefused, sout_read, sout_stream
from ..models import SoutCard, SoutHead, SoutImport, SoutLine, SoutReport
from ..rules.sout_place import report_of
from ..types.sout_file import Head, Tree


def sout_reports(actor: Actor) -> QuerySet[SoutReport]:
    """Return the reports this seat sees, newest first."""
    rows: QuerySet[SoutReport] = SoutReport.objects.visible_to(actor)
    return rows.order_by("-approved_on", "-pk")


def sout_report_of(actor: Actor, uid: UUID) -> SoutReport:
    """Return one report; a stranger gets 404."""
    return find(SoutReport, actor, uid)


def sout_cards(actor: Actor, *, on: dt.date | None = None) -> QuerySet[SoutCard]:
    """Return the cards this seat sees; with a day, those in force."""
    rows: QuerySet[SoutCard] = SoutCard.objects.visible_to(actor)
    return rows.filter(in_force(on)) if on else rows


def sout_card_of(actor: Actor, uid: UUID) -> SoutCard:
    """Return one card; a stranger gets 404."""
    return find(SoutCard, actor, uid)


def lines_of_card(actor: Actor, card: SoutCard) -> list[SoutLine]:
    """Return the lines of a card; a similar workplace has those of its group."""
    rows = SoutLine.objects.visible_to(actor).filter(card=source_of(actor, card)).order_by("number")
    return list(rows)


def source_of(actor: Actor, card: SoutCard) -> SoutCard:
    """Return the card whose measurements hold for this one (ст. 16 закона № 426-ФЗ)."""
    if card.kind != "similar" or card.alike is None:
        return card
    rows = SoutCard.objects.visible_to(actor).filter(report=card.report_id, alike=card.alike, kind="assessed")
    return rows.order_by("number_key", "pk").first() or card


def card_box(card: SoutCard) -> dict[str, Any]:
    """Open what is sealed of a card: СНИЛС of line 021 and what only the exchange file needs."""
    if not card.box:
        return {"snils": [], "rest": {}}
    found: dict[str, Any] = json.loads(unseal(bytes(card.box), _owner(card.employer_id), card.key))
    return found


def report_head(actor: Actor, report: SoutReport) -> Tree:
    """Open the sealed head of a report: as the file brought it, or as a person has written it since."""
    said = SoutHead.objects.visible_to(actor).filter(report=report).order_by("-recorded_at", "-pk").first()
    row = said or report
    if not row.box:
        return {}
    found: Tree = json.loads(unseal(bytes(row.box), _owner(report.employer_id), row.key))
    return found


def sout_imports(actor: Actor) -> QuerySet[SoutImport]:
    """Return the files the employer has sent, newest first."""
    rows: QuerySet[SoutImport] = SoutImport.objects.visible_to(actor)
    return rows.order_by("-at", "-pk")


def sout_import_of(actor: Actor, uid: UUID) -> SoutImport:
    """Return one file; a stranger gets 404."""
    return find(SoutImport, actor, uid)


def import_said(row: SoutImport) -> dict[str, Any]:
    """Open what a check or an import said of its file."""
    if not row.box:
        return {"report": {}, "differences": [], "problems": []}
    found: dict[str, Any] = json.loads(unseal(bytes(row.box), row.uid.bytes, row.key))
    return found


def versions_of(actor: Actor, card: SoutCard) -> QuerySet[SoutCard]:
    """Return all cards of a workplace, newest first."""
    rows: QuerySet[SoutCard] = SoutCard.objects.visible_to(actor).filter(workplace=card.workplace_id)
    return rows.select_related("report").order_by("-since", "-version", "-pk")


def alike_of(actor: Actor, card: SoutCard) -> QuerySet[SoutCard]:
    """Return the other workplaces of a group of similar ones."""
    rows: QuerySet[SoutCard] = SoutCard.objects.visible_to(actor).filter(report=card.report_id)
    if card.alike is None:
        return rows.none()
    return rows.filter(alike=card.alike).exclude(pk=card.pk).order_by("number_key", "pk")


def _owner(employer: int) -> bytes:
    return f"hazards.sout:{employer}".encode()


def sout_requisites(actor: Actor, *, path: str) -> Requisites | None:
    """Return the employer a file names, unless it is known already."""
    try:
        with sout_stream(path) as stream:
            head = next(sout_read(stream), None)
    except (FileRefused, OSError) as refusal:
        raise Refused(str(refusal)) from refusal
    report = report_of(head) if isinstance(head, Head) else None
    if report is None or organizations(actor).filter(inn=report.employer_inn).exists():
        return None
    tree = report.head.get("Enterprise", {})
    return Requisites(name=report.employer_name, inn=report.employer_inn, ogrn=str(tree.get("OGRN", "")))
