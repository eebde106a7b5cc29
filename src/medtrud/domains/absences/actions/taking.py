"""Taking a list of absences in by the wizard: whom a row means, what it changes, what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from medtrud.engines.exchange.types import Level, Outcome, Source, Taken, Unreadable
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people.public import names_of

from ..queries.staff import Staff, staff_known
from ..rules import Asked, Verdict
from ..rules.sheet import Row, layout_cells, read_row
from ..types import MEDICAL_KINDS, NewAbsence, NewMedical
from .many import absences_undo
from .medical import medical_set_many
from .writing import asked_of, judged, said, write

ROWS = "absences.Absence"
NEW, CHANGED = "new", "changed"


@dataclass
class Line:
    """A good row of the list."""

    row: Row
    new: NewAbsence
    asked: Asked
    verdict: Verdict


def absences_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a list would change."""
    lines, bad = _lines(actor, source)
    good = _judge(actor, source, lines)
    outcome = _outcome(good, bad + len(lines) - len(good))
    source.keep((good, outcome), "people", "organizations", "absences")
    return outcome


@action
def absences_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the good rows of a list; diagnoses only from the seat of those who treat."""
    kept: tuple[list[Line], Outcome] | None = source.kept()
    good, outcome = kept or _anew(actor, source)
    rows = write([(line.verdict, line.new) for line in good])
    written = {row.document: row for row in rows}
    for verb, change in (("add", NEW), ("change", CHANGED)):
        lines = [line for line in good if line.verdict.verb == verb]
        keys = [written[line.verdict.place.document].pk for line in lines]
        source.linked(ROWS, change, keys, [line.row.number for line in lines])
    if actor.role is not Role.EMPLOYER:
        _diagnose(actor, good)
    record(actor, "absences.absences_import", source.uid, new=outcome.new, changed=outcome.changed)
    return outcome


@action
def absences_import_undo(actor: Actor, *, taken: Taken) -> None:
    """Take a list back: what it wrote counts no more, what it replaced counts again."""
    absences_undo(actor, file=taken.uid)
    record(actor, "absences.absences_import_undo", taken.uid)


def _anew(actor: Actor, source: Source) -> tuple[list[Line], Outcome]:
    lines, bad = _lines(actor, source)
    good = _judge(actor, source, lines)
    return good, _outcome(good, bad + len(lines) - len(good))


def _outcome(good: Sequence[Line], bad: int) -> Outcome:
    verbs = [line.verdict.verb for line in good]
    sick = sum(line.asked.place.kind in MEDICAL_KINDS for line in good)
    return Outcome(
        new=verbs.count("add"),
        changed=verbs.count("change"),
        unchanged=verbs.count("same"),
        bad=bad,
        figures=(("Листков нетрудоспособности", sick), ("Отпусков и прочего", len(good) - sick)),
        notes=("Продолжения присоединяются к листку, который закончился накануне.",),
    )


def _lines(actor: Actor, source: Source) -> tuple[list[Line], int]:
    """Read the rows and find their people; return the good ones and how many are bad."""
    staff, lines, bad = staff_known(actor), [], 0
    for number, cells in source.rows():
        try:
            row = read_row(number, layout_cells(source.layout, cells), source.on)
            new = _new(staff, row, source)
            asked = asked_of(new)
            lines.append(Line(row, new, asked, Verdict(asked.place, "add")))
        except (Unreadable, Refused, NotFound) as fault:
            bad += 1
            source.problem(number, fault.text if isinstance(fault, Refused | NotFound) else str(fault))
    return lines, bad


def _judge(actor: Actor, source: Source, lines: list[Line]) -> list[Line]:
    good = []
    for line, verdict in zip(lines, judged([line.asked for line in lines]), strict=True):
        line.verdict, known = verdict, verdict.known
        if verdict.verb == "taken" and known:
            source.problem(
                line.row.number, f"Листок {verdict.place.number} уже записан на другого работника."
            )
        elif verdict.verb == "clash" and known:
            name = names_of(actor, [known.person]).get(known.person)
            who = name.short if name else "У работника"
            text = f"{who}: дни с {said(verdict.place)} пересекаются с {said(known)}. Исправьте даты."
            source.problem(line.row.number, text)
        else:
            good.append(line)
            _warn(source, line, verdict)
    return good


def _warn(source: Source, line: Line, verdict: Verdict) -> None:
    if verdict.lonely:
        text = "Листок назван продолжением, но накануне ни один не закончился. Он записан первичным."
        source.problem(line.row.number, text, level=Level.WARNING)
    if line.row.cancelled:
        known = verdict.known
        text = f"Будет аннулирован: {said(known)}." if known else "Аннулировать нечего: такого листка нет."
        source.problem(line.row.number, text, level=Level.WARNING)
    elif verdict.verb == "change" and verdict.known:
        text = f"Уже записано иначе: {said(verdict.known)}. Будет записана новая версия."
        source.problem(line.row.number, text, level=Level.WARNING)


def _new(staff: Staff, row: Row, source: Source) -> NewAbsence:
    person = staff.find(row.name, row.snils, row.personnel, row.birth)
    employer = staff.employer(person, row.since)
    if employer is None:
        raise NotFound(
            f"{staff.names[person].short} не работает {row.since:%d.%m.%Y}. Исправьте первый день или "
            "запишите приём."
        )
    return NewAbsence(
        person=person,
        employer=employer,
        since=row.since,
        until=row.until,
        kind=row.kind,
        reason=row.reason,
        reason_more=row.more,
        number=row.leaf,
        primary=row.primary,
        going_on=row.going_on,
        cancelled=row.cancelled,
        basis=row.basis,
        file=source.uid,
        sheet=source.sheet,
        row=row.number,
    )


def _diagnose(actor: Actor, good: Sequence[Line]) -> None:
    medical = {
        line.verdict.place.document: NewMedical(diagnosis=line.row.diagnosis, clinic=actor.organization)
        for line in good
        if line.row.diagnosis and line.verdict.verb != "same" and not line.row.cancelled
    }
    if medical:
        medical_set_many(actor, medical=medical)
