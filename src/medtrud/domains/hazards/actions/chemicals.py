"""The register of substances: request, decision, use, training."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, BinaryIO
from uuid import UUID

from medtrud.engines.files.public import file_put
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, find, keep, keep_many, now
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import Refused
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import (
    Division,
    employment_of,
    organization_of,
    workplace_of,
)

from ..models import Chemical, ChemicalStep, ChemicalTraining, ChemicalUse
from ..queries.chemicals import chemical_of, passport_of
from ..rules.chemicals import chemical_parse, features_of, review
from ..types.chemicals import ChemicalIn, ChemicalSource, ChemicalState

SHEET_LIMIT = 20 * 1024 * 1024
PASSPORT = (
    "name",
    "cas",
    "pdk_max",
    "pdk_ss",
    "pdk_basis",
    "hazard",
    "letters",
    "supplier",
    "training",
    "training_months",
)


@action
def chemical_request(actor: Actor, *, chemical: ChemicalIn, purpose: str, on: dt.date) -> Chemical:
    """Ask to buy a substance: it stands in the register and waits for a decision."""
    row = new_chemical(actor, chemical, on)
    keep(row)
    _step(actor, row, ChemicalState.REQUESTED, on, purpose)
    record(actor, "hazards.chemical_request", row)
    return row


@action
def chemical_change(actor: Actor, *, chemical: UUID, facts: ChemicalIn, on: dt.date) -> Chemical:
    """Correct the passport of a substance; what was decided stays with what was known then."""
    row = _locked(actor, chemical)
    if said(facts) == said(passport_of(row)):
        raise Refused("В паспорте вещества ничего не изменилось. Исправьте поля или закройте форму.")
    _fill(row, facts, on)
    keep(row)
    record(actor, "hazards.chemical_change", row)
    return row


@action
def chemical_sheet(
    actor: Actor, *, chemical: UUID, stream: BinaryIO, name: str, dated_on: dt.date
) -> Chemical:
    """Attach the safety data sheet."""
    row = _locked(actor, chemical)
    row.sheet = file_put(actor, stream=stream, name=name, limit=SHEET_LIMIT)
    row.sheet_on = dated_on
    keep(row, "sheet", "sheet_on")
    record(actor, "hazards.chemical_sheet", row, dated_on=dated_on)
    return row


@action
def chemical_decide(
    actor: Actor,
    *,
    chemical: UUID,
    state: ChemicalState,
    text: str,
    on: dt.date,
    until: dt.date | None = None,
) -> Chemical:
    """Approve, refuse or withdraw; what the tables said at that moment is kept with the decision."""
    row = _locked(actor, chemical)
    if state in {ChemicalState.REQUESTED, row.state}:
        raise Refused(f"Вещество «{row.name}» уже в состоянии «{row.state_title}». Выберите другое решение.")
    if state == ChemicalState.WITHDRAWN and row.state != ChemicalState.APPROVED:
        raise Refused(f"Разрешения на «{row.name}» нет, снимать нечего. Выберите «отказать».")
    if not text.strip():
        raise Refused("Решение без основания не записывается. Напишите, почему оно такое.")
    if until is not None and until <= on:
        raise Refused("Разрешение кончается раньше, чем начинается. Исправьте дату «до».")
    found = review(passport_of(row), on, sheet=row.sheet_id is not None)
    reasons = [*found.reasons_json(), *({"text": text} for text in found.outcome.cautions)]
    row.state, row.valid_until = state, until if state == ChemicalState.APPROVED else None
    keep(row, "state", "valid_until")
    _step(actor, row, state, on, text.strip(), until=row.valid_until, reasons=reasons)
    record(actor, "hazards.chemical_decide", row, state=str(state), on=on)
    return row


@action
def chemical_use(
    actor: Actor,
    *,
    chemical: UUID,
    workplace: UUID | None = None,
    division: UUID | None = None,
    amount: str = "",
    since: dt.date,
) -> ChemicalUse:
    """Record who works with a substance; an unapproved one is flagged, not hidden."""
    row = chemical_of(actor, chemical)
    if (workplace is None) == (division is None):
        raise Refused("Укажите одно: рабочее место или подразделение.")
    use = ChemicalUse(
        employer_id=row.employer_id,
        chemical=row,
        workplace=workplace_of(actor, workplace) if workplace else None,
        division=find(Division, actor, division) if division else None,
        amount=amount.strip(),
        since=since,
    )
    place = use.workplace or use.division
    if place is None or place.employer_id != row.employer_id:
        raise Refused("Это место другого работодателя. Выберите своё.")
    keep(use)
    record(actor, "hazards.chemical_use", row, since=since)
    return use


@action
def chemical_use_end(actor: Actor, *, use: UUID, until: dt.date) -> ChemicalUse:
    """Record that a substance is no longer worked with there."""
    row = find(ChemicalUse, actor, use)
    if row.until is not None:
        raise Refused(f"Работа с веществом здесь уже закончена {row.until:%d.%m.%Y}.")
    if until < row.since:
        raise Refused(f"Работа началась {row.since:%d.%m.%Y}. Конец не может быть раньше: исправьте дату.")
    row.until = until
    keep(row, "until")
    record(actor, "hazards.chemical_use_end", row.chemical, until=until)
    return row


@action
def chemical_train(
    actor: Actor, *, chemical: UUID, employments: Sequence[UUID], on: dt.date, basis: str = ""
) -> int:
    """Mark that workers were trained to work with a substance; return how many."""
    row = chemical_of(actor, chemical)
    if not row.training:
        raise Refused(f"Для «{row.name}» обучение не назначено. Сначала укажите его в паспорте вещества.")
    if not employments:
        raise Refused("Не выбран ни один работник. Отметьте тех, кто прошёл обучение.")
    until = add_months(on, row.training_months) if row.training_months else None
    people = dict.fromkeys(employment_of(actor, uid).person_id for uid in employments)
    known = set(
        ChemicalTraining.objects.visible_to(actor)
        .filter(chemical=row, on=on, person__in=people)
        .values_list("person", flat=True)
    )
    at = now()
    rows = [
        ChemicalTraining(
            employer_id=row.employer_id,
            chemical=row,
            person_id=person,
            on=on,
            until=until,
            basis=basis,
            at=at,
        )
        for person in people
        if person not in known
    ]
    keep_many(rows)
    record(actor, "hazards.chemical_train", row, on=on, count=len(rows))
    return len(rows)


def new_chemical(
    actor: Actor, facts: ChemicalIn, on: dt.date, source: ChemicalSource | None = None
) -> Chemical:
    """Return a new row of the register, not yet written."""
    row = Chemical(employer=organization_of(actor), state=ChemicalState.REQUESTED)
    if source:
        row.source_import, row.source_sheet, row.source_row = source.file, source.sheet, source.row
    _fill(row, facts, on)
    return row


def new_step(
    actor: Actor,
    row: Chemical,
    state: ChemicalState,
    on: dt.date,
    text: str,
    *,
    until: dt.date | None = None,
    reasons: list[Any] | None = None,
) -> ChemicalStep:
    """Return a step of a substance, not yet written."""
    return ChemicalStep(
        employer_id=row.employer_id,
        chemical=row,
        state=state,
        on=on,
        until=until,
        text=text,
        reasons=reasons or [],
        at=now(),
        account=actor.account,
    )


def said(facts: ChemicalIn) -> tuple[Any, ...]:
    """Return a passport as it is compared."""
    checked = chemical_parse(facts)
    return tuple(getattr(checked, name) for name in PASSPORT)


def _step(actor: Actor, row: Chemical, state: ChemicalState, on: dt.date, text: str, **more: Any) -> None:
    keep(new_step(actor, row, state, on, text, **more))


def _fill(row: Chemical, facts: ChemicalIn, on: dt.date) -> None:
    for name, value in zip(PASSPORT, said(facts), strict=True):
        setattr(row, name, value)
    row.name_key = sort_key(row.name)
    row.features = list(features_of(row.name, on))


def _locked(actor: Actor, uid: UUID) -> Chemical:
    row = chemical_of(actor, uid)
    rows = Chemical.objects.visible_to(actor).filter(pk=row.pk)
    locked: Chemical = rows.select_for_update(of=("self",)).get()
    return locked
