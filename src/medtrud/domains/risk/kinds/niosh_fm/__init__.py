"""Frequency multiplier of table 5."""

from ...rules import model
from ...rules.lifting import frequency_outcome

MODEL = model(__file__, frequency_outcome)
