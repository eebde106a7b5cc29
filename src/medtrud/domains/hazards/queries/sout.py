"""Reading cards of conditions and reports; writing the current ones as the exchange file."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.signing.public import unseal
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Organization, in_force, organizations
from medtrud.registries.organizations.types import Requisites

from ..drivers import FileRefused, place_problems, sout_read, sout_stream, sout_write
from ..models import SoutCard, SoutImport, SoutLine, SoutReport
from ..rules.sout_place import place_tree, report_of
from ..types.sout_file import PLACE_TAGS, Head, Tree

GROUP = "SimilarWorkPlacesGroup"
TAGS = {kind: tag for tag, kind in PLACE_TAGS.items()}
PORTION = 500


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


def report_head(report: SoutReport) -> Tree:
    """Open the sealed head of a report."""
    if not report.box:
        return {}
    found: Tree = json.loads(unseal(bytes(report.box), _owner(report.employer_id), report.key))
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


def sout_export(
    actor: Actor, *, employer: int, on: dt.date, left_out: list[str] | None = None
) -> Iterator[str]:
    """Yield the cards in force as the exchange file, under the head of the newest report with a head.

    What the form demands and a card does not hold is told in left_out, and the card is not written.
    """
    cards = sout_cards(actor, on=on).filter(employer=employer)
    reports = {row.pk: row for row in SoutReport.objects.visible_to(actor).filter(employer=employer)}
    used = set(cards.values_list("report", flat=True).distinct())
    newest = sorted((reports[pk] for pk in used), key=lambda row: (bool(row.box), row.approved_on, row.pk))
    name = _named(actor, employer)
    if not newest:
        raise Refused(f"У работодателя {name} нет действующих карт СОУТ. Загрузите отчёт.")
    head = report_head(newest[-1])
    if not head:
        raise Refused(
            f"У карт работодателя {name} нет шапки отчёта: они внесены вручную или таблицей. "
            "Загрузите отчёт в формате ФГИС СОУТ, тогда карты выгрузятся с ним."
        )
    return sout_write(head, _places(actor, cards, left_out))


def _named(actor: Actor, employer: int) -> str:
    row: Organization | None = organizations(actor).filter(pk=employer).first()
    return row.name if row else ""


def _places(
    actor: Actor, cards: QuerySet[SoutCard], left_out: list[str] | None
) -> Iterator[tuple[str, Tree]]:
    for kind in ("declared", "impossible"):
        yield from _of_kind(actor, cards, kind, left_out)
    groups: dict[tuple[int, int | None], list[str]] = {}
    for report, alike, number in (
        cards.filter(alike__isnull=False).order_by("alike", "kind", "source_row", "pk")
        .values_list("report", "alike", "number")
    ):  # fmt: skip
        groups.setdefault((report, alike), []).append(number)
    for numbers in groups.values():
        if len(numbers) > 1:
            yield GROUP, {"WorkPlaceId": numbers}
    for kind in ("similar", "assessed"):
        yield from _of_kind(actor, cards, kind, left_out)


def _of_kind(
    actor: Actor, cards: QuerySet[SoutCard], kind: str, left_out: list[str] | None
) -> Iterator[tuple[str, Tree]]:
    rows = cards.filter(kind=kind).order_by("source_row", "pk")
    keys = list(rows.values_list("pk", flat=True))
    for start in range(0, len(keys), PORTION):
        portion = SoutCard.objects.visible_to(actor).filter(pk__in=keys[start : start + PORTION])
        found = {row.pk: row for row in portion}
        lines: dict[int, list[SoutLine]] = {}
        for line in SoutLine.objects.visible_to(actor).filter(card__in=list(found)).order_by("number"):
            lines.setdefault(line.card_id, []).append(line)
        for pk in keys[start : start + PORTION]:
            row = found[pk]
            box = card_box(row)
            tree = place_tree(vars(row), box["rest"], box["snils"], lines.get(pk, []))
            lacking = place_problems(TAGS[kind], tree)
            if not lacking:
                yield TAGS[kind], tree
            elif left_out is not None:
                left_out.append(f"Рабочее место № {row.number} не выгружено: {'; '.join(lacking[:5])}.")
