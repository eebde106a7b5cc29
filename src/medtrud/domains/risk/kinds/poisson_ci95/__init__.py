"""Exact limits of a count."""

from ...rules import model
from ...rules.rates import poisson

MODEL = model(__file__, poisson)
