"""Making forecasts: a row is written only where the inputs, the edition or the rule have changed."""

import datetime as dt
from collections.abc import Collection, Mapping
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import Person, person_of

from ..models import Forecast
from ..queries.forecasts import last_digests
from ..queries.gather import gathered, plan
from ..rules import Model
from ..rules.personal import figure, limits, personal, tone_of, worse
from ..types import Given, Personal, RiskRaised

WRITTEN = "new rows are written"


@action
def forecasts_make(actor: Actor, *, person: UUID, on: dt.date) -> int:
    """Make the forecasts of one person from what is known of him on a day; return how many are new."""
    card = person_of(actor, person)
    count = _make(actor, [card.pk], on)
    journal.record(actor, "risk.forecasts_make", card, new=count)
    return count


@action
def forecasts_make_many(actor: Actor, *, persons: Collection[int], on: dt.date) -> int:
    """Make the forecasts of many people; one line of the journal counts them."""
    count = _make(actor, persons, on)
    journal.record(actor, "risk.forecasts_make_many", None, persons=len(persons), new=count)
    return count


@action
def forecasts_open(actor: Actor, *, person: UUID) -> Person:
    """Open the forecasts of a person: he will see who looked; a stranger gets 404."""
    card = person_of(actor, person)
    journal.record(actor, "risk.forecasts_open", card, person=card.pk)
    return card


def _make(actor: Actor, persons: Collection[int], on: dt.date) -> int:
    known = gathered(actor, persons, on=on)
    before = last_digests(list(known))
    rows, raised = [], []
    for person, given in known.items():
        for model, found in _forecasts(given, on):
            digest, category = before.get((person, model.code), ("", ""))
            if digest == found.digest:
                continue
            row = _row(person, model, found, on)
            rows.append(row)
            if digest and worse(model.declared, row.category, category):
                raised.append(RiskRaised(row.uid, person, model.code, row.category, category))
    Forecast.objects.unscoped(WRITTEN).bulk_create(rows, batch_size=1000)
    for event in raised:
        publish(event)
    return len(rows)


def _forecasts(given: Mapping[str, Given], on: dt.date) -> list[tuple[Model, Personal]]:
    made = [(model, personal(model, given, on)) for model in plan()]
    return [(model, found) for model, found in made if found is not None]


def _row(person: int, model: Model, found: Personal, on: dt.date) -> Forecast:
    said, result = model.declared, found.result
    words, stored = limits(said, result)
    return Forecast(
        person_id=person,
        model=model.code,
        edition=result.edition,
        variant=result.variant,
        fingerprint=result.fingerprint,
        digest=found.digest,
        on=on,
        status=result.status,
        value=result.value,
        figure=figure(said, result.value)[:120] if result.computed else "",
        limits_text=words,
        limits=stored,
        category=result.category,
        tone=tone_of(said, result.category),
        system=said.system,
        level=said.level,
        inputs=list(found.inputs),
        missing=list(found.missing),
        refused=dict(result.refused),
        flags=list(result.flags),
        steps=list(result.steps),
        digits=said.output.digits,
        plain=result.plain,
    )
