"""Taking an exchange file in: checked without writing, or written in one transaction, or taken back."""

import datetime as dt
import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import employers, import_undo

from ..drivers import FileRefused, sout_read, sout_stream, xsd_problems
from ..models import SoutAcquaintance, SoutCard, SoutCodes, SoutReport
from ..rules.sout_derive import act_of
from ..rules.sout_place import PlaceReader, head_problems, report_of
from ..types.sout_card import NAMED, REMOVED, CardIn, Difference, ReportIn, SoutImported, SoutOutcome
from ..types.sout_file import ERROR, WARNING, Group, Head, PlaceRead, Problem
from .card_levels import forget_card_levels
from .factors import factors_undo
from .sout_write import Writing, cards_end, portion_write, report_save

PORTION = 1000
NOBODY = 0  # a check of a report whose employer is not known yet
Told = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Entry:
    """A file on its way in."""

    path: str
    employer: int | None
    on: dt.date
    write: bool
    whole: bool = False  # the report covers all workplaces: cards it does not name end
    uid: UUID | None = None
    file: int | None = None
    told: Told | None = None


def sout_check(
    actor: Actor,
    *,
    path: str,
    employer: int | None,
    on: dt.date,
    whole: bool = False,
    xsd: str = "",
    told: Told | None = None,
) -> SoutOutcome:
    """Say what a file would change; nothing is written."""
    outcome = _taken(actor, Entry(path, employer, on, write=False, whole=whole, told=told))
    if xsd:
        try:
            with sout_stream(path) as stream:
                outcome.say(xsd_problems(stream, xsd))
        except FileRefused as refusal:
            raise Refused(str(refusal)) from refusal
    return outcome


@action
def sout_import(
    actor: Actor,
    *,
    path: str,
    employer: int | None,
    on: dt.date,
    whole: bool = False,
    uid: UUID | None = None,
    file: int | None = None,
    told: Told | None = None,
) -> SoutOutcome:
    """Take a file in: good workplaces are kept, bad ones are listed, an equal file changes nothing."""
    entry = Entry(path, employer, on, write=True, whole=whole, uid=uid, file=file, told=told)
    outcome = _taken(actor, entry)
    if outcome.saved:
        publish(SoutImported(outcome.saved.employer_id, outcome.saved.uid, outcome.report.approved_on))
    record(actor, "hazards.sout_import", outcome.saved or outcome.uid, **outcome.counts)
    return outcome


def _taken(actor: Actor, entry: Entry) -> SoutOutcome:
    try:
        with sout_stream(entry.path) as stream:
            return _read(actor, entry, sout_read(stream))
    except FileRefused as refusal:
        raise Refused(str(refusal)) from refusal
    except (OSError, EOFError) as error:
        name = Path(entry.path).name
        raise Refused(f"Файл «{name}» не открывается. Проверьте путь и повторите.") from error


def _read(actor: Actor, entry: Entry, pieces: Iterator[Any]) -> SoutOutcome:
    head = next(pieces, None)
    if not isinstance(head, Head):
        raise FileRefused("Файл пуст. Выберите файл выгрузки для ФГИС СОУТ.")
    report = _report(head)
    outcome = SoutOutcome(report, entry.uid or uuid4())
    owner = _employer(actor, report, entry, outcome)
    outcome.say(head.problems + head_problems(head))
    writing = Writing(actor, owner, report, outcome.uid, entry.on, write=entry.write)
    writing.make = lambda: report_save(writing, digest=_digest(entry.path), file_id=entry.file)
    with _no_collector():
        _walk(pieces, writing, outcome, entry.told)
    outcome.saved = writing.saved
    _finish(writing, outcome, whole=entry.whole)
    return outcome


@contextmanager
def _no_collector() -> Iterator[None]:
    """Let no garbage be looked for: trees have no cycles, and there are a million of them."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _report(head: Head) -> ReportIn:
    report = report_of(head)
    if report is None:
        raise FileRefused(
            "В отчёте нет даты утверждения (элемент Date в виде ГГГГ-ММ-ДД). "
            "Без неё неизвестно, с какого дня действуют карты. Исправьте выгрузку."
        )
    try:
        report.act = act_of(report.approved_on)
    except Refused as refusal:
        raise FileRefused(str(refusal)) from refusal
    return report


def _employer(actor: Actor, report: ReportIn, entry: Entry, outcome: SoutOutcome) -> int:
    """Return whose report it is: of the seat, or found by ИНН; a stranger's report is refused."""
    known = {row.pk: row for row in employers(actor)}
    own = entry.employer or actor.organization
    if own is None:
        found = [row for row in known.values() if report.employer_inn and row.inn == report.employer_inn]
        if len(found) == 1:
            return int(found[0].pk)
        text = (
            f"Работодателя с ИНН {report.employer_inn or 'не указан'} ({report.employer_name}) в списке нет. "
            "Заведите его или назовите другого."
        )
        if entry.write:
            raise Refused(text)
        outcome.say([Problem(0, "Enterprise / INN", text, WARNING)])
        return NOBODY
    row = known.get(own)
    if row is None:
        raise NotFound("Работодатель не найден. Возможно, он относится к другой организации.")
    if row.inn and report.employer_inn and row.inn != report.employer_inn:
        raise Refused(
            f"Это отчёт другого работодателя: {report.employer_name}, ИНН {report.employer_inn}; "
            f"у {row.name} ИНН {row.inn}. Выберите свой отчёт или исправьте ИНН организации."
        )
    return own


def _walk(pieces: Iterator[Any], writing: Writing, outcome: SoutOutcome, told: Told | None) -> None:
    reader = PlaceReader(outcome.report)
    portion: list[CardIn] = []
    for piece in pieces:
        if isinstance(piece, Group):
            reader.group(piece.numbers)
        elif isinstance(piece, PlaceRead):
            card = reader.card(piece)
            outcome.counts["places"] += 1
            if any(each.level == ERROR for each in piece.problems):
                outcome.counts["bad"] += 1
                writing.seen.add(card.number)
            else:
                portion.append(card)
        outcome.say(piece.problems)
        if len(portion) == PORTION:
            _portion(writing, outcome, portion, told)
            portion = []
    _portion(writing, outcome, portion, told)
    lost = [number for number in reader.alike if number not in reader.seen]
    text = "В группе аналогичных названо место, которого в файле нет."
    outcome.say([Problem(0, f"рабочее место № {number}", text, "warning") for number in lost[:NAMED]])


def _portion(writing: Writing, outcome: SoutOutcome, cards: list[CardIn], told: Told | None) -> None:
    for found in portion_write(writing, cards):
        outcome.add(found)
    outcome.say(writing.problems)
    writing.problems.clear()
    if told:
        total = outcome.report.places_total or 0
        told(min(outcome.counts["places"], total or outcome.counts["places"]), total, "Разбираем карты")


def _finish(writing: Writing, outcome: SoutOutcome, *, whole: bool) -> None:
    """Name the workplaces the report leaves out; a whole report ends their cards."""
    gone = [number for number, known in writing.known.items() if number not in writing.seen
            and known.since < writing.report.approved_on]  # fmt: skip
    for number in gone:
        known = writing.known[number]
        note = "карта прекращается" if whole else "карта остаётся: отчёт может быть частичным"
        outcome.add(Difference(number, known.position, REMOVED, known.stated, note=note))
    if whole and gone and writing.write:
        cards_end(writing, gone)


def _digest(path: str) -> str:
    with Path(path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@action
def sout_undo(actor: Actor, *, uid: UUID) -> int:
    """Take a file back: its cards and classes go, former ones go on; what others lean on stays."""
    cards = SoutCard.objects.visible_to(actor).filter(source_import=uid)
    ids = list(cards.values_list("pk", flat=True))
    later = SoutCard.objects.visible_to(actor).filter(pk__in=ids, until__isnull=False).exclude(
        ended_import=uid
    )  # fmt: skip
    if later.exists() or SoutAcquaintance.objects.visible_to(actor).filter(card__in=ids).exists():
        raise Refused(
            "Загрузку нельзя отменить: карты уже заменены новыми или с ними ознакомлены работники. "
            "Исправьте отдельные карты новой версией."
        )
    SoutCodes.objects.visible_to(actor).filter(card__in=ids).delete()
    forget_card_levels(actor, list(cards.values_list("uid", flat=True)))
    count = cards.delete()[0]
    SoutReport.objects.visible_to(actor).filter(source_import=uid).delete()
    SoutCard.objects.visible_to(actor).filter(ended_import=uid).update(until=None, ended_import=None)
    factors_undo(actor, file=uid)
    import_undo(actor, file=uid)
    record(actor, "hazards.sout_undo", uid, count=count)
    return count


def employer_named(actor: Actor, text: str) -> int:
    """Return the employer a word of the command line means: ИНН, uid or name."""
    wanted = sort_key(text)
    found = [
        row for row in employers(actor)
        if wanted and wanted in (row.inn, str(row.uid), sort_key(row.name), sort_key(row.short_name))
    ]  # fmt: skip
    if len(found) == 1:
        return int(found[0].pk)
    if found:
        raise Refused(f"Работодателей «{text}» несколько. Назовите ИНН или uid.")
    raise Refused(f"Работодателя «{text}» нет. Назовите его ИНН, uid или полное название.")
