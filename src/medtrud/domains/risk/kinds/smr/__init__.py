"""Observed over expected."""

from ...rules import model
from ...rules.rates import smr

MODEL = model(__file__, smr)
