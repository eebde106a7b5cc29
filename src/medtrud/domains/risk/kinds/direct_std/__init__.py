"""Directly standardised rate."""

from ...rules import model
from ...rules.rates import direct

MODEL = model(__file__, direct)
