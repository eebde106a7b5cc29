"""What a staff list means: who is new, who moves, what changes at the workplaces. Nothing is written here."""

import datetime as dt
from dataclasses import dataclass, field

from medtrud.engines.exchange.types import Source
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import employment_problems
from medtrud.registries.organizations.types import EmploymentKind, EmploymentRow
from medtrud.registries.organizations.types import Source as From
from medtrud.registries.people.public import persons_match
from medtrud.registries.people.types import MatchKind, PersonRow

from ..rules import StaffReader, StaffRow
from .staff_lines import CHANGED, NEW, UNCHANGED, Line, first_lines
from .staff_places import Places
from .staff_standing import Job, Standing

EVERY = 5000  # rows between two marks of progress
DOUBTS = frozenset({MatchKind.CONFLICT, MatchKind.NAMESAKE})
SLACK = dt.timedelta(days=366)  # years of service, said anew each year, move their first day a little
KINDS = {kind.value: kind for kind in EmploymentKind}
SAYING = frozenset({"factors", "factor_mark"})


@dataclass
class Plan:
    """Everything a commit needs."""

    employer: int
    on: dt.date
    standing: Standing
    places: Places
    lines: list[Line] = field(default_factory=list)
    divisions: dict[tuple[str, ...], int] = field(default_factory=dict)  # paths to be opened
    posts: dict[tuple[int | None, str], int] = field(default_factory=dict)
    missing: list[Job] = field(default_factory=list)
    skipped: int = 0

    def people(self) -> dict[int, Line]:
        """Return the new people by their negative keys, each with his first row."""
        return first_lines(self.lines, lambda line: line.person if line.person < 0 else None)


def plan_of(actor: Actor, source: Source, employer: int, on: dt.date) -> Plan:
    """Read the list and compare it with what is recorded."""
    reader = StaffReader(source.layout, on)
    rows = _read(source, reader)
    source.progress(0, 0, "Сверяем со штатом")
    standing = Standing(actor, employer, on)
    places = Places(standing, says_factors=not SAYING.isdisjoint(source.layout))
    plan = Plan(employer, on, standing, places, skipped=reader.skipped)
    lines = _people(actor, source, _owners(source, rows))
    del rows
    _posts(plan, lines)
    here = {line.person for line in lines}
    plan.missing = [job for job in standing.jobs if job.person not in here]
    plan.lines = _employed(actor, source, plan, places.settle(source, _once(source, lines)))
    places.changes({line.workplace for line in plan.lines})
    for line in plan.lines:
        line.state = _state(plan, line)
    return plan


def employment_of_line(line: Line, on: dt.date, origin: From) -> EmploymentRow:
    """Return the job a row speaks of."""
    row = line.row
    return EmploymentRow(
        line.person,
        line.post,
        row.hired_on or on,
        line.division,
        line.workplace,
        row.personnel_number,
        KINDS[row.kind],
        origin,
    )


def declared(plan: Plan, line: Line) -> dt.date | None:
    """Return the first day of harmful service a row adds to what is known."""
    since = line.row.harmful_since
    if since is None or since >= plan.on:
        return None
    known = plan.standing.harmful.get(line.person)
    return since if known is None or since < known - SLACK else None


def _read(source: Source, reader: StaffReader) -> list[StaffRow]:
    rows = []
    for count, (number, cells) in enumerate(source.rows(), 1):
        row = reader.read(number, cells)
        if row is not None:
            rows.append(row)
        if count % EVERY == 0:
            source.progress(count, source.total, "Читаем строки")
    for problem in reader.problems:
        source.problem(problem.row, problem.text, column=problem.column, level=problem.level)
    return rows


def _owners(source: Source, rows: list[StaffRow]) -> list[StaffRow]:
    """Leave out everybody whose СНИЛС somebody else in the list has too: nobody knows whose it is."""
    owners: dict[str, StaffRow] = {}
    bad: set[int] = set()
    for row in rows:
        if not row.snils:
            continue
        first = owners.setdefault(row.snils, row)
        if first is row or _who(first) == _who(row):
            continue
        for one, other in ((first, row), (row, first)):
            if one.number not in bad:
                text = (
                    f"Этот же СНИЛС стоит в строке {other.number} у другого человека. "
                    "Сверьте оба номера с документами и исправьте неверный."
                )
                source.problem(one.number, text, column="snils")
                bad.add(one.number)
    return [row for row in rows if row.number not in bad] if bad else rows


def _who(row: StaffRow) -> tuple[object, ...]:
    return (sort_key(row.last_name), sort_key(row.first_name), sort_key(row.middle_name), row.birth_date)


def _people(actor: Actor, source: Source, rows: list[StaffRow]) -> list[Line]:
    """Find who is known; a row about whom there is a doubt stays out."""
    source.progress(0, 0, "Сверяем людей")
    cards = [
        PersonRow(
            r.last_name, r.first_name, r.middle_name, r.birth_date, r.sex, r.snils, r.phone, r.email, r.policy
        )
        for r in rows
    ]  # fmt: skip
    persons: dict[int, int] = {}  # index of the row -> person
    lines = []
    matches = persons_match(actor, cards)
    for index, (row, match) in enumerate(zip(rows, matches, strict=True)):
        if match.kind in DOUBTS:
            source.problem(row.number, match.text, column="snils")
            continue
        person = match.person or persons.get(-1 if match.row is None else match.row) or -row.number
        persons[index] = person
        lines.append(Line(row, cards[index], matches.keys[index], person))
    return lines


def _posts(plan: Plan, lines: list[Line]) -> None:
    """Find the division, the post and the job each row continues."""
    standing = plan.standing
    held = standing.jobs_by_person()
    for line in lines:
        jobs = held.get(line.person, ()) if line.person > 0 else ()
        known = None
        if jobs and not line.row.division:  # the list does not say where: in the same post, the same place
            known = next((j for j in jobs if standing.titles.get(j.post) == sort_key(line.row.post)), None)
        if known is not None:
            line.division, line.post, line.job = known.division, known.post, known
            continue
        line.division = standing.division(line.row.division, plan.divisions)
        line.post = standing.post(line.division, line.row.post, plan.posts)
        if jobs:
            line.job = next((j for j in jobs if j.post == line.post), None) or next(
                (j for j in jobs if j.kind == line.row.kind == EmploymentKind.MAIN), None
            )


def _once(source: Source, lines: list[Line]) -> list[Line]:
    """Leave out rows that repeat another one."""
    seen: dict[tuple[int, int], int] = {}
    good = []
    for line in lines:
        number = line.row.number
        earlier = seen.setdefault((line.person, line.post), number)
        if earlier == number:
            good.append(line)
            continue
        text = f"Строка повторяет строку {earlier}: тот же человек в той же должности. Оставьте одну."
        source.problem(number, text, column="full_name")
    return good


def _employed(actor: Actor, source: Source, plan: Plan, lines: list[Line]) -> list[Line]:
    """Leave out rows that clash with the jobs on record or with one another."""
    origin = From()
    rows = [employment_of_line(line, plan.on, origin) for line in lines]
    texts = employment_problems(actor, employer=plan.employer, rows=rows, on=plan.on)
    for index, text in texts.items():
        source.problem(lines[index].row.number, text, column="post")
    return [line for index, line in enumerate(lines) if index not in texts] if texts else lines


def _state(plan: Plan, line: Line) -> str:
    job = line.job
    if job is None:
        return NEW
    moves = (
        job.post != line.post
        or line.division not in (None, job.division)
        or line.workplace not in (None, job.workplace)
    )
    return CHANGED if moves or line.workplace in plan.places.wanted or declared(plan, line) else UNCHANGED
