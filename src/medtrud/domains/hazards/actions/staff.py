"""Taking a staff list in: people, structure, jobs, factors of workplaces; and taking it back."""

import datetime as dt
from collections import Counter
from itertools import islice

from medtrud.engines.exchange.types import Level, Outcome, Source, Taken
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import (
    divisions_open_many,
    employments_close_many,
    employments_open_many,
    employments_reopen_many,
    import_undo,
    posts_open_many,
    workplaces_open_many,
)
from medtrud.registries.organizations.types import DivisionRow, PostRow, WorkplaceRow
from medtrud.registries.organizations.types import Source as From
from medtrud.registries.people.public import names_of, persons_forget_many, persons_register_many

from ..types import HarmfulPeriodIn, WorkplaceFactors
from .exposure import forget_totals
from .factors import factors_set_many, factors_undo, harmful_periods_add_many
from .staff_lines import CHANGED, NEW, UNCHANGED, first_lines
from .staff_plan import Plan, declared, employment_of_line, plan_of

PEOPLE, JOBS = "people.Person", "organizations.Employment"
OPENED, CLOSED = "new", "closed"
NAMED = 500  # missing people told by name
CLOSE = "close"  # the answer: people who are not in the list have left
BASIS = "список работников"
GONE = "нет в списке работников"


def staff_check(actor: Actor, source: Source) -> Outcome:
    """Tell what a list would change."""
    plan = plan_of(actor, source, _employer(actor, source), _day(source))
    outcome = _outcome(actor, source, plan)
    source.keep((plan, outcome), "people", "organizations", "hazards")
    return outcome


@action
def staff_import(actor: Actor, *, source: Source) -> Outcome:
    """Write the good rows of a list."""
    plan, outcome = source.kept() or _worked_out(actor, source)
    source.progress(0, 0, "Записываем подразделения и рабочие места")
    _structure(actor, source, plan)
    source.progress(0, 0, "Записываем людей")
    _register(actor, source, plan)
    source.progress(0, 0, "Записываем приём и переводы")
    _employ(actor, source, plan)
    source.progress(0, 0, "Записываем вредные факторы")
    _factors(actor, source, plan)
    record(actor, "hazards.staff_import", source.uid, new=outcome.new, changed=outcome.changed)
    return outcome


@action
def staff_undo(actor: Actor, *, taken: Taken) -> None:
    """Take a list back, unless examinations or later changes lean on it."""
    factors_undo(actor, file=taken.uid)
    import_undo(actor, file=taken.uid)
    closed = list(taken.links(JOBS, CLOSED))
    if closed and taken.organization is not None:
        employments_reopen_many(actor, employer=taken.organization, employments=closed)
    forget_totals(list(taken.links(PEOPLE, OPENED)))
    persons_forget_many(actor, persons=list(taken.links(PEOPLE, OPENED)))
    record(actor, "hazards.staff_undo", taken.uid)


def _worked_out(actor: Actor, source: Source) -> tuple[Plan, Outcome]:
    plan = plan_of(actor, source, _employer(actor, source), _day(source))
    return plan, _outcome(actor, source, plan)


def _employer(actor: Actor, source: Source) -> int:
    if source.organization is None:
        raise Refused(
            "Список работников загружают на рабочем месте работодателя. "
            "Выберите его в списке рабочих мест и загрузите файл снова."
        )
    return source.organization


def _day(source: Source) -> dt.date:
    given = source.options.get("on", "")
    return dt.date.fromisoformat(given) if given else source.on


def _outcome(actor: Actor, source: Source, plan: Plan) -> Outcome:
    counts = Counter(line.state for line in plan.lines)
    close = source.options.get("missing") == CLOSE
    _tell_missing(actor, source, plan, close=close)
    figures = [
        ("Новых людей", len(plan.people())),
        ("Новых рабочих мест", len(plan.places.new)),
        ("Рабочих мест с новыми условиями", len(plan.places.wanted)),
    ]
    if plan.missing:
        figures.append(("Уволятся" if close else "Нет в списке", len(plan.missing)))
    return Outcome(
        new=counts[NEW],
        changed=counts[CHANGED],
        unchanged=counts[UNCHANGED],
        beyond=len(plan.missing) if close else 0,
        figures=tuple(figures),
        notes=tuple(_notes(source, plan, close=close)),
    )


def _notes(source: Source, plan: Plan, *, close: bool) -> list[str]:
    notes = [f"Данные действуют с {plan.on:%d.%m.%Y}: переводы и новые факторы записываются с этого дня."]
    if plan.missing and not close:
        notes.append(
            f"В списке нет {len(plan.missing)} работников, которые числятся. Они не уволены; "
            "чтобы уволить, выберите это в вопросах о файле и проверьте его снова."
        )
    if "sex" not in source.layout:
        notes.append("Столбца «Пол» нет: пол определён по отчеству.")
    if "hired_on" not in source.layout:
        notes.append(f"Столбца «Дата приёма» нет: у новых работников записано {plan.on:%d.%m.%Y}.")
    if plan.skipped:
        notes.append(f"Пропущено заголовков, итогов и подписей: {plan.skipped}.")
    return notes


def _tell_missing(actor: Actor, source: Source, plan: Plan, *, close: bool) -> None:
    """Name people on record who are not in the list."""
    some = [job.person for job in islice(plan.missing, NAMED)]
    if not some:
        return
    end = "будет уволен" if close else "если он уволен, оформите увольнение"
    for name in names_of(actor, some).values():
        text = f"{name.full}: числится работником, но в списке отсутствует; {end}."
        source.problem(0, text, column="full_name", level=Level.WARNING)


def _structure(actor: Actor, source: Source, plan: Plan) -> None:
    """Open divisions, posts and workplaces; put their ids in place of the negative numbers."""
    firsts = first_lines(plan.lines, lambda line: line.row.division if (line.division or 0) < 0 else None)
    paths = [DivisionRow(path, _from(source, line.row.number)) for path, line in firsts.items()]
    opened = divisions_open_many(actor, employer=plan.employer, rows=paths)
    units = {plan.standing.paths[path.path]: pk for path, pk in zip(paths, opened, strict=True)}
    lines_of = first_lines(plan.lines, lambda line: line.post if line.post < 0 else None)
    posts = [
        PostRow(line.row.post, units.get(line.division, line.division), source=_from(source, line.row.number))
        for line in lines_of.values()
    ]
    opened = posts_open_many(actor, employer=plan.employer, rows=posts)
    lines = dict(zip(lines_of, opened, strict=True))
    places = [
        WorkplaceRow(
            new.title, units.get(new.division, new.division), lines.get(new.post, new.post), new.number,
            _from(source, new.row),
        )
        for new in plan.places.new.values()
    ]  # fmt: skip
    opened = workplaces_open_many(actor, employer=plan.employer, rows=places)
    known = dict(zip(plan.places.new, opened, strict=True))
    for line in plan.lines:
        line.division = units.get(line.division, line.division)
        line.post = lines.get(line.post, line.post)
        line.workplace = known.get(line.workplace or 0, line.workplace)
    plan.places.wanted = {known.get(pk, pk): wanted for pk, wanted in plan.places.wanted.items()}


def _register(actor: Actor, source: Source, plan: Plan) -> None:
    new = plan.people()
    lines = new.values()
    ids = persons_register_many(actor, rows=[line.card for line in lines], keys=[line.keys for line in lines])
    source.linked(PEOPLE, OPENED, ids, [line.row.number for line in new.values()])
    known = dict(zip(new, ids, strict=True))
    for line in plan.lines:
        line.person = known.get(line.person, line.person)


def _employ(actor: Actor, source: Source, plan: Plan) -> None:
    if plan.missing and source.options.get("missing") == CLOSE:
        gone = [job.id for job in plan.missing]
        employments_close_many(actor, employer=plan.employer, employments=gone, until=plan.on, reason=GONE)
        source.linked(JOBS, CLOSED, gone, [0] * len(gone))
    changed = [line for line in plan.lines if line.state != UNCHANGED]
    rows = [employment_of_line(line, plan.on, _from(source, line.row.number)) for line in changed]
    employments_open_many(actor, employer=plan.employer, rows=rows, on=plan.on)


def _factors(actor: Actor, source: Source, plan: Plan) -> None:
    rows = [
        WorkplaceFactors(
            place, tuple(wanted.said[0]), wanted.said[1], file=source.uid, sheet=source.sheet, row=wanted.row
        )
        for place, wanted in plan.places.wanted.items()
    ]
    if rows:
        factors_set_many(actor, rows=rows, since=plan.on, basis=BASIS)
    periods = [
        HarmfulPeriodIn(
            line.person, since, plan.on, line.row.sout_class, source.uid, source.sheet, line.row.number
        )
        for line in plan.lines
        if line.state != UNCHANGED and (since := declared(plan, line))
    ]
    if periods:
        harmful_periods_add_many(actor, employer=plan.employer, rows=periods)


def _from(source: Source, row: int) -> From:
    return From(source.uid, source.sheet, row)
