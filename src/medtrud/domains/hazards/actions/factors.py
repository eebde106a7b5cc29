"""Writing factors and classes of workplaces."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from medtrud.engines.background.public import publish
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, copy_rows
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import workplace_of, workplaces_of

from ..models import HarmfulPeriod, WorkplaceClass, WorkplaceFactor
from ..types import (
    FactorIn,
    FactorsChanged,
    HarmfulPeriodIn,
    WorkplaceFactors,
    annex_since,
    class_parse,
    code_key,
    factor_parse,
    markers_parse,
)
from ..types.dose import LevelsChanged

SOURCE = ("source_import", "source_sheet", "source_row", "employer_id")
FACTOR = (
    *SOURCE,
    "workplace_id",
    "code",
    "code_order",
    "substances",
    "markers",
    "sout_class",
    "since",
    "basis",
)
CLASS = (*SOURCE, "workplace_id", "sout_class", "card_number", "since", "basis")
PERIOD = (*SOURCE, "person_id", "sout_class", "since", "until")
STEP, LEVELS = 1000, 5


@dataclass
class _Plan:
    """What a list changes."""

    employers: dict[int, int]
    since: dt.date
    basis: str
    ended: dict[type[Any], dict[int, UUID | None]] = field(
        default_factory=lambda: {WorkplaceFactor: {}, WorkplaceClass: {}}
    )
    factors: list[tuple[Any, ...]] = field(default_factory=list)
    classes: list[tuple[Any, ...]] = field(default_factory=list)
    changed: dict[int, set[int]] = field(default_factory=dict)
    known: dict[FactorIn, FactorIn] = field(default_factory=dict)

    def checked(self, factor: FactorIn) -> FactorIn:
        """Return a factor as it is written; lists repeat a few of them thousands of times."""
        known = self.known.get(factor)
        if known is None:
            known = self.known[factor] = _checked(factor, self.since)
        return known

    def touch(self, workplace: int) -> None:
        """Remember that a workplace is no longer as it was."""
        self.changed.setdefault(self.employers[workplace], set()).add(workplace)


@action
def factors_set(
    actor: Actor,
    *,
    workplace: UUID,
    factors: Sequence[FactorIn],
    sout_class: str = "",
    card_number: str = "",
    since: dt.date,
    basis: str = "",
) -> None:
    """Record that from a day on a workplace has exactly these factors, and this class if one is named."""
    place = workplace_of(actor, workplace)
    row = WorkplaceFactors(place.pk, tuple(factors), sout_class, card_number)
    changed = write_factors(actor, [row], since=since, basis=basis)
    record(actor, "hazards.factors_set", place, since=since, changed=changed)


@action
def factors_set_many(
    actor: Actor, *, rows: Sequence[WorkplaceFactors], since: dt.date, basis: str = ""
) -> int:
    """Record the factors of many workplaces; return how many have changed, none when the list is known."""
    changed = write_factors(actor, rows, since=since, basis=basis)
    file = rows[0].file if rows else None
    record(actor, "hazards.factors_set_many", file, since=since, count=len(rows), changed=changed)
    return changed


@action
def harmful_periods_add_many(actor: Actor, *, employer: int, rows: Sequence[HarmfulPeriodIn]) -> int:
    """Record earlier service in harmful conditions; what is known from the same day is left as it is."""
    _own(actor, employer)
    known = set(
        HarmfulPeriod.objects.visible_to(actor)
        .filter(employer=employer, person__in=[row.person for row in rows])
        .values_list("person", "since")
    )
    new = {(row.person, row.since): row for row in rows if (row.person, row.since) not in known}
    values = [
        (
            row.file,
            row.sheet,
            row.row,
            employer,
            row.person,
            class_parse(row.sout_class),
            row.since,
            row.until,
        )
        for row in new.values()
    ]
    record(actor, "hazards.harmful_periods_add_many", employer=employer, count=len(values))
    return len(copy_rows(HarmfulPeriod, PERIOD, values))


@action
def factors_undo(actor: Actor, *, file: UUID) -> int:
    """Take back what an import has recorded, and let go on what it had ended."""
    count = 0
    for model in (WorkplaceFactor, WorkplaceClass, HarmfulPeriod):
        rows = model.objects.visible_to(actor).filter(source_import=file)
        for employer in rows.order_by().values_list("employer", flat=True).distinct():
            _own(actor, employer)
            _undone(model, rows.filter(employer=employer), employer)
        count += rows.delete()[0]
    for model in (WorkplaceFactor, WorkplaceClass):
        model.objects.visible_to(actor).filter(ended_import=file).update(until=None, ended_import=None)
    record(actor, "hazards.factors_undo", file, count=count)
    return count


def _undone(model: type[Any], rows: QuerySet[Any], employer: int) -> None:
    """Tell that conditions of workplaces are no longer what a list had said."""
    if model is HarmfulPeriod:
        return
    found = list(rows.order_by("since").values_list("workplace", "since"))
    places = tuple(sorted({place for place, _ in found}))
    publish(LevelsChanged(employer, places, found[0][1], "отменена загрузка списка"))


def write_factors(actor: Actor, rows: Sequence[WorkplaceFactors], *, since: dt.date, basis: str) -> int:
    """Write what a list says of workplaces; return how many it changes."""
    plan = _Plan(_employers(actor, [row.workplace for row in rows]), since, basis)
    held: dict[int, dict[str, WorkplaceFactor]] = {}
    for known in _open(actor, WorkplaceFactor, plan.employers):
        held.setdefault(known.workplace_id, {})[known.code] = known
    total = {known.workplace_id: known for known in _open(actor, WorkplaceClass, plan.employers)}
    for row in {row.workplace: row for row in rows}.values():
        if row.factors is not None:
            _plan_factors(plan, row, row.factors, held.get(row.workplace, {}))
        if row.sout_class:
            _plan_class(plan, row, total.get(row.workplace))
    for model, ended in plan.ended.items():
        _end(actor, model, ended, since)
    copy_rows(WorkplaceFactor, FACTOR, plan.factors)
    copy_rows(WorkplaceClass, CLASS, plan.classes)
    publish(
        *(FactorsChanged(employer, tuple(sorted(places)), since) for employer, places in plan.changed.items())
    )
    return sum(map(len, plan.changed.values()))


def _plan_factors(
    plan: _Plan, row: WorkplaceFactors, factors: Sequence[FactorIn], held: dict[str, WorkplaceFactor]
) -> None:
    wanted = {factor.code: factor for factor in map(plan.checked, factors)}
    for code, known in held.items():
        if wanted.get(code) != said(known):
            _ending(plan, known, row.file)
    for code, factor in wanted.items():
        if code in held and factor == said(held[code]):
            continue
        plan.touch(row.workplace)
        head = (row.file, row.sheet, row.row, plan.employers[row.workplace], row.workplace)
        plan.factors.append(
            (*head, code, _code_order(code), list(factor.substances), factor.markers, factor.sout_class,
             plan.since, plan.basis)
        )  # fmt: skip


def _plan_class(plan: _Plan, row: WorkplaceFactors, known: WorkplaceClass | None) -> None:
    wanted = class_parse(row.sout_class)
    card = row.card_number.strip() or (known.card_number if known else "")
    if known is not None:
        if (known.sout_class, known.card_number) == (wanted, card):
            return
        _ending(plan, known, row.file)
    plan.touch(row.workplace)
    head = (row.file, row.sheet, row.row, plan.employers[row.workplace], row.workplace)
    plan.classes.append((*head, wanted, card, plan.since, plan.basis))


def _ending(plan: _Plan, known: WorkplaceFactor | WorkplaceClass, file: UUID | None) -> None:
    """End a row on the day the list begins; one that begins later would be contradicted."""
    if known.since > plan.since:
        raise Refused(
            f"Условия труда этого рабочего места уже записаны с {known.since:%d.%m.%Y}. "
            f"Новая запись не может начинаться раньше: исправьте дату {plan.since:%d.%m.%Y}."
        )
    plan.touch(known.workplace_id)
    plan.ended[type(known)][known.pk] = file


def _end(actor: Actor, model: type[Any], ended: dict[int, UUID | None], since: dt.date) -> None:
    for file in set(ended.values()):
        ids = [pk for pk, by in ended.items() if by == file]
        model.objects.visible_to(actor).filter(pk__in=ids).update(until=since, ended_import=file)


def _open(actor: Actor, model: type[Any], workplaces: Iterable[int]) -> list[Any]:
    """Return the rows that go on, locked in the order of their keys."""
    rows = model.objects.visible_to(actor).filter(workplace__in=list(workplaces), until__isnull=True)
    return list(rows.select_for_update(of=("self",)).order_by("pk"))


def _checked(factor: FactorIn, on: dt.date) -> FactorIn:
    row = factor_parse(factor.code, annex_since(on))
    names = tuple(dict.fromkeys(" ".join(name.split()) for name in factor.substances if name.strip()))
    markers = None if factor.markers is None else markers_parse(factor.markers)
    return FactorIn(row.code, names, markers, class_parse(factor.sout_class))


def said(row: WorkplaceFactor) -> FactorIn:
    """Return what a row says, as a list would."""
    return FactorIn(row.code, tuple(row.substances), row.markers, row.sout_class)


def _code_order(code: str) -> int:
    """Return one number that sorts codes as the annex does: 1.9 before 1.10."""
    order = 0
    for part in (code_key(code) + (0,) * LEVELS)[:LEVELS]:
        order = order * STEP + part
    return order


def _employers(actor: Actor, workplaces: Iterable[int]) -> dict[int, int]:
    ids = set(workplaces)
    found = dict(workplaces_of(actor, ids).values_list("pk", "employer"))
    if ids - found.keys():
        raise NotFound("Рабочее место не найдено. Возможно, оно относится к другой организации.")
    for employer in set(found.values()):
        _own(actor, employer)
    return found


def _own(actor: Actor, employer: int) -> None:
    if actor.role is not Role.SYSTEM and actor.organization != employer:
        raise NotFound("Запись не найдена. Возможно, она относится к другой организации.")
