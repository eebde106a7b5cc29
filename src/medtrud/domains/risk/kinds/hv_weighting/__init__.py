"""Frequency weighting of a band."""

from ...rules import model
from ...rules.vibration import weighting

MODEL = model(__file__, weighting)
