"""Sick leave per hundred workers."""

from ...rules import model
from ...rules.rates import sick_leave

MODEL = model(__file__, sick_leave)
