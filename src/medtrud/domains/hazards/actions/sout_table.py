"""A spreadsheet of cards through the import wizard."""

import datetime as dt
from collections import Counter

from medtrud.engines.exchange.types import Level, Outcome, Source, Taken
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..rules.sout_derive import act_of
from ..rules.sout_rows import CardReader
from ..types.sout_card import CardIn, ReportIn
from .sout_import import sout_undo
from .sout_write import Writing, portion_write, report_save

PORTION = 1000


def sout_table_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a list of cards would change."""
    return _taken(actor, source, write=False)


@action
def sout_table_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the good rows of a list of cards."""
    outcome = _taken(actor, source, write=True)
    record(actor, "hazards.sout_table_import", source.uid, new=outcome.new, changed=outcome.changed)
    return outcome


@action
def sout_table_undo(actor: Actor, *, taken: Taken) -> None:
    """Take a list of cards back."""
    sout_undo(actor, uid=taken.uid)
    record(actor, "hazards.sout_table_undo", taken.uid)


def _taken(actor: Actor, source: Source, *, write: bool) -> Outcome:
    if source.organization is None:
        raise Refused("Карты СОУТ загружают на рабочем месте работодателя. Выберите его и повторите.")
    reports = _read(source)
    counts: Counter[str] = Counter()
    notes = []
    for approved_on, cards in sorted(reports.items()):
        try:
            report = ReportIn(approved_on, act_of(approved_on), assessor="таблица карт")
        except Refused as refusal:
            for card in cards:
                source.problem(card.row or 0, refusal.text, column="approved_on")
            continue
        _write(
            Writing(actor, source.organization, report, source.uid, source.on, write=write),
            source,
            cards,
            counts,
        )
        notes.append(f"Отчёт от {approved_on:%d.%m.%Y}, методика: приказ № {report.act}; карт: {len(cards)}.")
    differs = counts["differs"]
    return Outcome(
        new=counts["new"],
        changed=counts["changed"],
        unchanged=counts["unchanged"],
        figures=(("Класс расходится с измерениями", differs),) if differs else (),
        notes=tuple(notes),
    )


def _write(writing: Writing, source: Source, cards: list[CardIn], counts: Counter[str]) -> None:
    writing.sheet = source.sheet
    writing.make = lambda: report_save(writing)
    for start in range(0, len(cards), PORTION):
        for found in portion_write(writing, cards[start : start + PORTION]):
            counts[found.change] += 1
            if found.differs:
                counts["differs"] += 1
                source.problem(found.line or 0, f"{found.note}.", column="stated", level=Level.WARNING)
        source.progress(start, len(cards), "Сравниваем карты")
    for problem in writing.problems:
        level = Level.ERROR if problem.level == "error" else Level.WARNING
        source.problem(problem.line, problem.text, column="number", level=level)


def _read(source: Source) -> dict[dt.date, list[CardIn]]:
    """Read the rows; what is wrong in a row keeps it out."""
    given = source.options.get("approved_on", "")
    default = dt.date.fromisoformat(given) if given else None
    reader = CardReader(source.layout, source.on)
    seen: dict[str, int] = {}
    reports: dict[dt.date, list[CardIn]] = {}
    for number, cells in source.rows():
        if reader.total(cells):
            continue
        card, approved_on, problems = reader.read(number, cells)
        for column, text, error in problems:
            source.problem(number, text, column=column, level=Level.ERROR if error else Level.WARNING)
        bad = any(error for _, _, error in problems)
        if card.number and card.number in seen:
            text = (
                f"Рабочее место № {card.number} уже стоит в строке {seen[card.number]}. Оставьте одну строку."
            )
            source.problem(number, text, column="number")
            bad = True
        seen.setdefault(card.number, number)
        day = approved_on or default
        if day is None and not bad:
            source.problem(
                number, "Неизвестно, когда утверждён отчёт. Укажите дату в вопросах о файле или столбцом.",
                column="approved_on",
            )  # fmt: skip
        elif day is not None and not bad:
            reports.setdefault(day, []).append(card)
    return reports
