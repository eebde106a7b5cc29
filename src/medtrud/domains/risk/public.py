"""The door of risk."""

from .actions import forecasts_make, forecasts_make_many, forecasts_open
from .kinds import model_of, models
from .queries import forecasts_of, gathered
from .queries.forecasts import person_links_declare
from .rules import answer, ask
from .rules.personal import category_title, figure, personal

__all__ = [
    "answer",
    "ask",
    "category_title",
    "figure",
    "forecasts_make",
    "forecasts_make_many",
    "forecasts_of",
    "forecasts_open",
    "gathered",
    "model_of",
    "models",
    "person_links_declare",
    "personal",
]
