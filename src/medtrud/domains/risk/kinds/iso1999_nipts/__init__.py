"""Noise-induced permanent threshold shift at six frequencies."""

from ...rules import model
from ...rules.hearing import nipts

MODEL = model(__file__, nipts)
