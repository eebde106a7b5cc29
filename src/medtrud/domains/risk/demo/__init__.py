"""Forecasts of everybody who was examined."""

from collections.abc import Callable
from pathlib import Path

from medtrud.domains.record.public import measurements_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import persons

from ..actions import forecasts_make_many
from ..queries.forecasts import current_forecasts

AFTER = ("hazards", "exams")
PORTION = 500
Say = Callable[[str], None]


def fill(actor: Actor) -> None:
    """Do the same with the few people that are there."""
    _play(actor, lambda text: None)


def play(actor: Actor, say: Say, folder: Path) -> None:
    """Make the forecasts of everybody who was examined."""
    _play(actor, say)


def _play(actor: Actor, say: Say) -> None:
    if current_forecasts(actor)[:1]:
        return
    on = today()
    everybody = list(persons(actor).values_list("pk", flat=True))
    examined = [pk for pk, known in measurements_of(actor, everybody, on=on).items() if "sbp" in known]
    made = sum(
        forecasts_make_many(actor, persons=examined[start : start + PORTION], on=on)
        for start in range(0, len(examined), PORTION)
    )
    if made:
        say(f"Прогнозы риска: {made} у {len(examined)} осмотренных")
