"""Titles of actions, and what forecasts do when exposure changes below."""

from medtrud.domains.record.public import openings_declare
from medtrud.engines.journal.public import titles_declare

openings_declare("risk.forecasts_open")

titles_declare(
    {
        "risk.forecasts_make": "Рассчитаны прогнозы риска",
        "risk.forecasts_make_many": "Рассчитаны прогнозы риска списком",
        "risk.forecasts_open": "Открыты прогнозы риска",
    }
)
