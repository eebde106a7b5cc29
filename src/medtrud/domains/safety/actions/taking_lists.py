"""The catalogue of protective equipment and grants of milk by the import wizard."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from medtrud.domains.hazards.public import codes_parse
from medtrud.engines.exchange.types import Cell, Outcome, Source, Taken, Unreadable, date_of
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.decision import Decision
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key

from ..models import NutritionGrant, NutritionIssue, PpeCertificate, PpeItem
from ..queries.nutrition import grants, job_conditions
from ..queries.ppe import ppe_issues, ppe_items, ppe_norms
from ..rules import sheet, sheet_ppe
from ..rules.nutrition import rights
from ..types.nutrition import Entitled, NewGrant, Rights, portions_on, rations_on
from ..types.ppe import NewPpe
from .nutrition import nutrition_end, nutrition_grant
from .ppe import ppe_certificate_add, ppe_item_add
from .taking_ppe import Stock, outcome_of, rows_read

ITEMS, GRANTS, NEW = "safety.PpeItem", "safety.NutritionGrant", "new"
PAPERS = "safety.PpeCertificate"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Listed:
    """A kind of equipment of a file, with its certificate when the row has one."""

    item: NewPpe
    number: str
    issuer: str
    since: dt.date | None
    until: dt.date | None

    @property
    def mark(self) -> tuple[str, str]:
        """Tell it from others: a further certificate of a known kind is news."""
        return sort_key(self.item.title), self.number


def ppe_items_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a catalogue would add."""
    return outcome_of(*_items(actor, source))


def nutrition_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a list of grants would add."""
    return outcome_of(*_grants(actor, source))


@action
def ppe_items_import(actor: Actor, *, source: Source) -> Outcome:
    """Enter the good rows of a catalogue; a known kind gets the certificate it has not."""
    rows, known, bad = _items(actor, source)
    entered = {sort_key(row.title): row.uid for row in ppe_items(actor)}
    for number, new in rows:
        key = sort_key(new.item.title)
        if key not in entered:
            item = ppe_item_add(actor, item=new.item, on=source.on)
            entered[key] = item.uid
            _sourced(item, source, number)
            source.linked(ITEMS, NEW, [item.pk], [number])
        if new.number and new.since and new.until:
            paper = ppe_certificate_add(
                actor, item=entered[key], number=new.number, issuer=new.issuer, since=new.since,
                until=new.until,
            )  # fmt: skip
            _sourced(paper, source, number)
            source.linked(PAPERS, NEW, [paper.pk], [number])
    record(actor, "safety.ppe_items_import", source.uid, count=len(rows))
    return outcome_of(rows, known, bad)


@action
def ppe_items_import_undo(actor: Actor, *, taken: Taken) -> None:
    """Take a catalogue back while nothing stands on it."""
    papers = PpeCertificate.objects.visible_to(actor).filter(source_import=taken.uid)
    items = PpeItem.objects.visible_to(actor).filter(source_import=taken.uid)
    if ppe_issues(actor).filter(certificate__in=papers).exists():
        raise Refused(
            "По сертификатам этой загрузки уже выдавали СИЗ. Выведите лишнее из применения по одному."
        )
    if ppe_norms(actor).filter(item__in=items).exists():
        raise Refused("По СИЗ этой загрузки уже записаны нормы. Выведите лишнее из применения по одному.")
    papers.delete()
    count, _ = items.delete()
    record(actor, "safety.ppe_items_import_undo", taken.uid, count=count)


@action
def nutrition_import(actor: Actor, *, source: Source) -> Outcome:
    """Grant what the good rows of a file say; each row is asked for the right as on the screen."""
    rows, known, bad = _grants(actor, source)
    for number, new in rows:
        grant = nutrition_grant(actor, grant=new)
        source.linked(GRANTS, NEW, [grant.pk], [number])
    record(actor, "safety.nutrition_import", source.uid, count=len(rows))
    return outcome_of(rows, known, bad)


@action
def nutrition_import_undo(actor: Actor, *, taken: Taken) -> None:
    """End the grants of a file on their first day; what was given already keeps them."""
    rows = NutritionGrant.objects.visible_to(actor).filter(pk__in=list(taken.links(GRANTS, NEW)))
    if NutritionIssue.objects.visible_to(actor).filter(grant__in=rows).exists():
        raise Refused("По назначениям этой загрузки уже записана выдача. Прекратите лишние по одному.")
    for row in rows.filter(until__isnull=True):
        nutrition_end(actor, grant=row.uid, on=row.since + DAY)
    record(actor, "safety.nutrition_import_undo", taken.uid, count=rows.count())


def _sourced(row: Any, source: Source, number: int) -> None:
    row.source_import, row.source_sheet, row.source_row = source.uid, source.sheet, number
    keep(row, "source_import", "source_sheet", "source_row")


def _items(actor: Actor, source: Source) -> tuple[list[tuple[int, Listed]], int, int]:
    held = ppe_items(actor)
    known = {(sort_key(row.title), "") for row in held}
    papers = PpeCertificate.objects.visible_to(actor).select_related("item")
    known |= {(sort_key(paper.item.title), paper.number) for paper in papers}

    def read(cells: dict[str, Cell]) -> Listed:
        title = sheet.text(cells, "title")
        if not title:
            raise Unreadable("Нет наименования СИЗ. Впишите его.")
        found, wrong = codes_parse(sheet.text(cells, "codes"), source.on)
        if wrong:
            raise Unreadable(wrong[0])
        codes = tuple(row.code for row in found)
        item = NewPpe(
            title=title[:300], unit=sheet.text(cells, "unit")[:20] or "шт.",
            point=sheet.text(cells, "point")[:60], protection_class=sheet.text(cells, "protection")[:100],
            codes=codes, reduction=sheet_ppe.reduction(cells), price_kopecks=sheet.kopecks(cells, "price"),
        )  # fmt: skip
        if item.reduction is not None and not codes:
            raise Unreadable("Снижение уровня указано, а фактор нет. Впишите код фактора.")
        return _papered(item, cells, source.on)

    return rows_read(source, read, lambda new: new.mark, known)


def _papered(item: NewPpe, cells: dict[str, Cell], on: dt.date) -> Listed:
    number, issuer = sheet.text(cells, "certificate")[:100], sheet.text(cells, "issuer")[:300]
    since, until = date_of(cells.get("since", ""), on), date_of(cells.get("until", ""), on)
    if number and (since is None or until is None):
        raise Unreadable(f"Сертификат {number}: нет дня начала или конца. Впишите оба.")
    if since and until and until <= since:
        raise Unreadable(f"Сертификат {number} заканчивается раньше, чем начинается. Исправьте даты.")
    return Listed(item, number, issuer, since, until)


def _grants(actor: Actor, source: Source) -> tuple[list[tuple[int, NewGrant]], int, int]:
    stock = Stock(actor, source)
    rows = grants(actor).filter(employer=stock.employer, until__isnull=True).select_related("employment")
    asked: dict[tuple[int | None, dt.date], Decision[Rights]] = {}
    known: set[UUID] = {row.employment.uid for row in rows}

    def read(cells: dict[str, Cell]) -> NewGrant:
        since = sheet.day(cells, "since", "день начала", source.on)
        kind, ration = _kind(sheet.text(cells, "kind"), since)
        request = sheet.text(cells, "request")[:200]
        if kind == "money" and not request:
            raise Unreadable("Деньги вместо молока — по письменному заявлению. Впишите его дату и номер.")
        job, basis = stock.job(cells, since), sheet.text(cells, "basis")[:300]
        place = (job.workplace_id, since)
        if place not in asked:
            asked[place] = rights(job_conditions(actor, job, since), since)
        _entitled(asked[place], basis, ration=bool(ration))
        return NewGrant(job.uid, kind, since, ration, basis, request)

    return rows_read(source, read, lambda new: new.employment, known)


def _entitled(decision: Decision[Rights], basis: str, *, ration: bool) -> None:
    """Refuse what the conditions of a workplace give no right to."""
    right = decision.outcome.ration if ration else decision.outcome.milk
    if right is Entitled.NO:
        raise Unreadable(f"Назначить нельзя. {decision.reasons[1 if ration else 0].text}.")
    if right is Entitled.UNKNOWN and not basis:
        raise Unreadable("По карте СОУТ право не видно. Впишите основание: локальный акт или договор.")


def _kind(said: str, on: dt.date) -> tuple[str, str]:
    """Return what a cell means: a portion by the beginning of its name, or a ration by its number."""
    word = sort_key(said)
    digits = "".join(filter(str.isdigit, said))
    if digits and digits in rations_on(on):
        return "ration", digits
    for code, portion in portions_on(on).items():
        if word and sort_key(portion.title).startswith(word.split()[0][:6]):
            return code, ""
    known = ", ".join(portion.title.lower() for portion in portions_on(on).values())
    raise Unreadable(f"Что выдаётся, «{said}», не узнано. Впишите одно из: {known}, или номер рациона.")
