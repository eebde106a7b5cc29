"""Norms and issues of protective equipment by the import wizard."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from medtrud.domains.hazards.public import protection_set
from medtrud.engines.exchange.types import Cell, Outcome, Source, Taken, Unreadable, date_of
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refusal, Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Employment, employments, workplaces

from ..models import PpeCertificate, PpeIssue, PpeItem, PpeMove, PpeNorm
from ..queries.ppe import ppe_issues, ppe_items, ppe_norms
from ..rules import sheet, sheet_ppe
from ..types.ppe import NewIssue, PpeMoveKind
from .ppe import ppe_issue, ppe_move, ppe_norm_set
from .taking import UNDONE, Places

Row = TypeVar("Row")


@dataclass(frozen=True)
class NormRow:
    """A norm of a file."""

    workplace: UUID
    item: UUID
    quantity: Decimal
    months: int | None
    basis: str
    since: dt.date


class Stock(Places):
    """What a file may name: workplaces, workers with their jobs, equipment with certificates."""

    def __init__(self, actor: Actor, source: Source) -> None:
        super().__init__(actor, source)
        self.place_uids = dict(workplaces(actor, employer=self.employer).values_list("pk", "uid"))
        self.items = {sort_key(row.title): row for row in ppe_items(actor)}
        self.jobs: dict[int, list[Employment]] = defaultdict(list)
        for job in employments(actor).filter(employer=self.employer):
            self.jobs[job.person_id].append(job)
        self.papers: dict[int, list[PpeCertificate]] = defaultdict(list)
        for paper in PpeCertificate.objects.visible_to(actor):
            self.papers[paper.item_id].append(paper)

    def item(self, cells: dict[str, Cell]) -> PpeItem:
        """Return the equipment a row names."""
        said = sheet.text(cells, "item")
        if sort_key(said) not in self.items:
            raise NotFound(f"СИЗ «{said}» нет в каталоге. Заведите его или исправьте наименование.")
        return self.items[sort_key(said)]

    def job(self, cells: dict[str, Cell], on: dt.date) -> Employment:
        """Return the job of the worker a row means on a day: by number, or by name and birth date."""
        name, number = sheet.text(cells, "worker"), sheet.number(cells, "personnel")
        if not name and not number:
            raise Unreadable("Не указан работник. Впишите табельный номер или ФИО с датой рождения.")
        person = self._numbered(number) if not name else None
        if person is None:
            birth = date_of(cells.get("birth", ""), on)
            person = self.staff.find(name, personnel=number, birth=birth)
        for job in self.jobs[person]:
            if job.since <= on and (job.until is None or on < job.until):
                return job
        raise Unreadable(f"«{name or number}» не работал здесь {on:%d.%m.%Y}. Исправьте дату или работника.")

    def certified(self, item: PpeItem, on: dt.date) -> None:
        """Refuse what has no certificate in force on a day."""
        if not any(paper.since <= on < paper.until for paper in self.papers[item.pk]):
            raise Unreadable(
                f"«{item.title}»: на {on:%d.%m.%Y} действующего сертификата нет. Запишите его в каталоге."
            )

    def _numbered(self, number: str) -> int:
        found = {person for person in self.staff.by_number.get(number, ()) if person in self.jobs}
        if len(found) != 1:
            raise NotFound(f"Работник с табельным номером {number} не найден в штате. Сверьте номер.")
        return found.pop()


def ppe_norms_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a file of norms would add."""
    return outcome_of(*_norms(actor, source))


def ppe_issues_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a file of issues would add."""
    return outcome_of(*_issues(actor, source))


@action
def ppe_norms_import(actor: Actor, *, source: Source) -> Outcome:
    """Set the norms of the good rows of a file."""
    rows, known, bad = _norms(actor, source)
    for number, new in rows:
        norm = ppe_norm_set(actor, **vars(new))
        norm.source_import, norm.source_sheet, norm.source_row = source.uid, source.sheet, number
        keep(norm, "source_import", "source_sheet", "source_row")
        source.linked("safety.PpeNorm", "new", [norm.pk], [number])
    record(actor, "safety.ppe_norms_import", source.uid, count=len(rows))
    return outcome_of(rows, known, bad)


@action
def ppe_issues_import(actor: Actor, *, source: Source) -> Outcome:
    """Issue what the good rows of a file say."""
    rows, known, bad = _issues(actor, source)
    for number, new in rows:
        issue = ppe_issue(actor, issue=replace(new, file=source.uid, sheet=source.sheet, row=number))
        source.linked("safety.PpeIssue", "new", [issue.pk], [number])
    record(actor, "safety.ppe_issues_import", source.uid, count=len(rows))
    return outcome_of(rows, known, bad)


@action
def ppe_norms_import_undo(actor: Actor, *, taken: Taken) -> None:
    """Take the norms of a file back as if they had never begun; what was in force before is again."""
    rows = list(ppe_norms(actor).filter(source_import=taken.uid))
    if ppe_issues(actor).filter(norm__in=rows).exists():
        raise Refused("По нормам этой загрузки уже выдавали СИЗ. Запишите новые нормы вместо отмены.")
    for row in rows:
        if row.until is not None:
            continue
        row.until = row.since
        keep(row, "until")
        _restored(actor, row)
    record(actor, "safety.ppe_norms_import_undo", taken.uid, count=len(rows))


@action
def ppe_issues_import_undo(actor: Actor, *, taken: Taken) -> None:
    """Annul the issues of a file, unless something became of them."""
    rows = list(ppe_issues(actor).filter(source_import=taken.uid))
    if PpeMove.objects.visible_to(actor).filter(issue__in=rows).exists():
        raise Refused("Что-то из этой загрузки уже возвращено или списано. Аннулируйте остальное по одному.")
    for row in rows:
        ppe_move(actor, issue=row.uid, kind=PpeMoveKind.ANNUL, quantity=row.quantity, on=row.on, note=UNDONE)
    record(actor, "safety.ppe_issues_import_undo", taken.uid, count=len(rows))


def _restored(actor: Actor, row: PpeNorm) -> None:
    before = ppe_norms(actor).filter(workplace=row.workplace, item=row.item, until=row.since)
    earlier = before.filter(since__lt=row.since).first()
    if earlier:
        earlier.until = None
        keep(earlier, "until")
    if row.item.reduction is not None:
        for code in row.item.codes:
            protection_set(
                actor, workplace=row.workplace.uid, code=code, since=row.since, basis=UNDONE,
                reduction=row.item.reduction if earlier else None,
            )  # fmt: skip


def _norms(actor: Actor, source: Source) -> tuple[list[tuple[int, NormRow]], int, int]:
    stock = Stock(actor, source)
    going = {
        (row.workplace.uid, row.item.uid): row
        for row in ppe_norms(actor).filter(until__isnull=True, employer=stock.employer)
    }
    begun = {pair: row.since for pair, row in going.items()}
    known = {(*pair, row.quantity, row.months, row.basis) for pair, row in going.items()}

    def read(cells: dict[str, Cell]) -> NormRow:
        place = stock.of({"workplace": cells.get("workplace", "")}, source.on).workplace
        basis = sheet.text(cells, "basis")
        if place is None or not basis:
            raise Unreadable("Не указано рабочее место или основание нормы. Заполните оба столбца.")
        since = date_of(cells.get("since", ""), source.on) or source.on
        new = NormRow(
            stock.place_uids[place], stock.item(cells).uid, sheet_ppe.quantity(cells),
            sheet_ppe.months(cells), basis[:300], since,
        )  # fmt: skip
        last = begun.get((new.workplace, new.item))
        if last and since < last and _norm_mark(new) not in known:
            raise Unreadable(f"Норма уже записана с {last:%d.%m.%Y}. Укажите дату не раньше.")
        begun[new.workplace, new.item] = max(since, last or since)
        return new

    return rows_read(source, read, _norm_mark, known)


def _issues(actor: Actor, source: Source) -> tuple[list[tuple[int, NewIssue]], int, int]:
    stock = Stock(actor, source)
    annulled = PpeMove.objects.visible_to(actor).filter(kind=PpeMoveKind.ANNUL).values("issue")
    rows: Iterable[PpeIssue] = ppe_issues(actor).exclude(pk__in=annulled).select_related("employment", "item")
    known = {(row.employment.uid, row.item.uid, row.quantity, row.on) for row in rows}

    def read(cells: dict[str, Cell]) -> NewIssue:
        on = sheet.day(cells, "on", "дата выдачи", source.on)
        if on > source.on:
            raise Unreadable(f"Дата {on:%d.%m.%Y} ещё не наступила. Исправьте её.")
        job, item = stock.job(cells, on), stock.item(cells)
        stock.certified(item, on)
        return NewIssue(
            job.uid, item.uid, sheet_ppe.quantity(cells), on,
            sheet.text(cells, "model")[:200], sheet.number(cells, "size")[:20],
        )  # fmt: skip

    return rows_read(source, read, lambda new: (new.employment, new.item, new.quantity, new.on), known)


def rows_read(
    source: Source, read: Callable[[dict[str, Cell]], Row], mark: Callable[[Row], Any], known: set[Any]
) -> tuple[list[tuple[int, Row]], int, int]:
    """Return the good new rows with their numbers, how many are known, how many are bad."""
    rows: list[tuple[int, Row]] = []
    same = bad = 0
    for number, row in source.rows():
        try:
            new = read(sheet.cells_of(source.layout, row))
        except (Unreadable, Refusal) as fault:
            bad += 1
            source.problem(number, fault.text if isinstance(fault, Refusal) else str(fault))
            continue
        if mark(new) in known:
            same += 1
            continue
        known.add(mark(new))
        rows.append((number, new))
    return rows, same, bad


def _norm_mark(new: NormRow) -> tuple[object, ...]:
    return (new.workplace, new.item, new.quantity, new.months, new.basis)


def outcome_of(rows: list[Any], known: int, bad: int) -> Outcome:
    """Count what a file would add."""
    return Outcome(new=len(rows), unchanged=known, bad=bad)
