"""The door of risk."""

from .actions import forecasts_make, forecasts_make_many, forecasts_open
from .kinds import model_of, models
from .queries import forecasts_of, gathered
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
    "personal",
]
