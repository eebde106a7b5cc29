"""Vibration dose value of a day."""

from ...rules import model
from ...rules.vibration import fourth_power

MODEL = model(__file__, fourth_power)
