"""Median noise-induced shift at one frequency."""

from ...rules import model
from ...rules.hearing import n50

MODEL = model(__file__, n50)
