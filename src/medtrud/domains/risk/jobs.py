"""Titles of actions, and the forecasts of a whole staff as long work."""

import datetime as dt
from typing import Any

from medtrud.domains.record.public import openings_declare
from medtrud.engines.background.public import job, position, position_save, progress
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Actor

from .actions import forecasts_make_many
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


@job("risk.forecasts_make_many")
def forecasts_made(actor: Actor, employer: int, on: dt.date) -> dict[str, Any]:
    """Make the forecasts of a staff by portions; a stopped work goes on where it was."""
    staff = staff_of(employer, on)
    place = position() or {"done": 0, "new": 0}
    done, new = int(place["done"]), int(place["new"])
    while done < len(staff):
        with together():
            new += forecasts_make_many(actor, persons=staff[done : done + PORTION], on=on)
            done = min(done + PORTION, len(staff))
            position_save({"done": done, "new": new})
        progress(done, len(staff), "Рассчитываю прогнозы")
    return {"text": f"Работников: {len(staff)}. Новых прогнозов: {new}."}
