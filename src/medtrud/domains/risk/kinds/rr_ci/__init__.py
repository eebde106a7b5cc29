"""Relative risk with the limits of Katz."""

from ...rules import model
from ...rules.rates import relative_risk

MODEL = model(__file__, relative_risk)
