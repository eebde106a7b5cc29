"""Making forecasts, and opening them."""

from .forecasts import forecasts_make, forecasts_make_many, forecasts_open

__all__ = ["forecasts_make", "forecasts_make_many", "forecasts_open"]
