"""Taking a list of absences in by the wizard: whom a row means, what it changes, what is wrong with it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from medtrud.engines.exchange.types import Level, Outcome, Source, Taken, Unreadable
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from ..rules import Asked, Verdict
from ..rules.sheet import Row, layout_cells, read_row
from ..types import MEDICAL_KINDS, NewAbsence, NewMedical
from .many import absences_undo
from .medical import medical_set
from .writing import asked_of, judged, said, write

ROWS = "absences.Absence"
NEW, CHANGED = "new", "changed"


@dataclass
class Staff:
    """Whom a row may mean: everybody with a job the seat sees."""

    jobs: dict[int, list[tuple[int, dt.date, dt.date | None]]] = field(default_factory=dict)
    by_number: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_snils: dict[str, int] = field(default_factory=dict)
    by_name: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    names: dict[int, PersonName] = field(default_factory=dict)

    def employer(self, person: int, on: dt.date) -> int | None:
        """Return where a person worked on a day."""
        for employer, since, until in self.jobs.get(person, ()):
            if since <= on and (until is None or on < until):
                return employer
        return None


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
    staff, lines, bad = _staff(actor), [], 0
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
    if verdict.verb == "change" and verdict.known:
        text = f"Уже записано иначе: {said(verdict.known)}. Будет записана новая версия."
        source.problem(line.row.number, text, level=Level.WARNING)


def _staff(actor: Actor) -> Staff:
    jobs = Employment.objects.visible_to(actor)
    staff = Staff()
    for person, employer, number, since, until in jobs.values_list(
        "person", "employer", "personnel_number", "since", "until"
    ):
        staff.jobs.setdefault(person, []).append((employer, since, until))
        if number:
            staff.by_number[number].add(person)
    staff.names = names_of(actor, staff.jobs)
    for person, name in staff.names.items():
        if name.snils:
            staff.by_snils["".join(filter(str.isdigit, name.snils))] = person
        staff.by_name[sort_key(name.full)].add(person)
        staff.by_name[sort_key(name.short)].add(person)
    return staff


def _new(staff: Staff, row: Row, source: Source) -> NewAbsence:
    person = _person(staff, row)
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
        basis=row.basis,
        file=source.uid,
        sheet=source.sheet,
        row=row.number,
    )


def _person(staff: Staff, row: Row) -> int:
    """Find whom a row means: by СНИЛС, by personnel number, by name; doubts are told, never guessed."""
    if row.snils:
        if row.snils not in staff.by_snils:
            raise NotFound(
                f"Работника со СНИЛС {row.snils} нет в штате. Сверьте номер или загрузите список работников."
            )
        return _checked(staff, row, staff.by_snils[row.snils])
    named = {
        person
        for person in staff.by_name.get(sort_key(row.name), set())
        if row.birth in (None, staff.names[person].birth_date)
    }
    numbered = staff.by_number.get(row.personnel, set()) if row.personnel else set()
    found = named & numbered if numbered else named
    if len(found) == 1:
        return found.pop()
    if not found:
        note = f" с табельным номером {row.personnel}" if row.personnel else ""
        raise NotFound(f"«{row.name}»{note} не найден в штате. Сверьте имя или добавьте СНИЛС.")
    raise NotFound(
        f"«{row.name}»: таких работников {len(found)}. Добавьте СНИЛС, табельный номер или дату рождения."
    )


def _checked(staff: Staff, row: Row, person: int) -> int:
    name = staff.names[person]
    if row.name and sort_key(row.name) not in {sort_key(name.full), sort_key(name.short)}:
        raise NotFound(
            f"СНИЛС {row.snils} принадлежит другому человеку, чем «{row.name}». Сверьте номер и имя."
        )
    return person


def _diagnose(actor: Actor, good: Sequence[Line]) -> None:
    for line in good:
        if line.row.diagnosis and line.verdict.verb != "same":
            medical = NewMedical(diagnosis=line.row.diagnosis, clinic=actor.organization)
            medical_set(actor, absence=line.verdict.place.document, medical=medical)
