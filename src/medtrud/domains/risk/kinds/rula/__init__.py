"""Posture of the arms."""

from ...rules import model
from ...rules.posture import rula

MODEL = model(__file__, rula)
