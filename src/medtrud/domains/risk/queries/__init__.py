"""Reading forecasts, and gathering what they are made of."""

from .forecasts import Shown, forecast_of, forecasts_of, history_of, shown_of
from .gather import gathered, plan

__all__ = ["Shown", "forecast_of", "forecasts_of", "gathered", "history_of", "plan", "shown_of"]
