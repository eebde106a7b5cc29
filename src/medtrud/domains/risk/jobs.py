"""Titles of actions, and the forecasts of a whole staff as long work."""

import datetime as dt
from typing import Any

from medtrud.domains.hazards.types.dose import ExposureChanged
from medtrud.domains.record.public import openings_declare
from medtrud.engines.background.public import job, on, position, position_save, progress
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.store.public import today, together
from medtrud.kernel.actor import Actor

from .actions import forecasts_make_many
from .queries.forecasts import forecasted
from .queries.groups import staff_of

PORTION = 200

openings_declare("risk.forecasts_open")

titles_declare(
    {
        "risk.forecasts_make": "Рассчитаны прогнозы риска",
        "risk.forecasts_make_many": "Рассчитаны прогнозы риска списком",
        "risk.forecasts_open": "Открыты прогнозы риска",
    }
)


@on(ExposureChanged)
def exposure_changed(event: ExposureChanged) -> None:
    """Make the forecasts of those anew who have them: their dose is another."""
    if people := forecasted(event.persons):
        forecasts_make_many(Actor.job("экспозиция изменилась"), persons=people, on=today())


@job("risk.forecasts_make_many")
def forecasts_made(actor: Actor, employer: int, day: dt.date) -> dict[str, Any]:
    """Make the forecasts of a staff by portions; a stopped work goes on where it was."""
    staff = staff_of(employer, day)
    place = position() or {"done": 0, "new": 0}
    done, new = int(place["done"]), int(place["new"])
    while done < len(staff):
        with together():
            new += forecasts_make_many(actor, persons=staff[done : done + PORTION], on=day)
            done = min(done + PORTION, len(staff))
            position_save({"done": done, "new": new})
        progress(done, len(staff), "Рассчитываю прогнозы")
    return {"text": f"Работников: {len(staff)}. Новых прогнозов: {new}."}
