"""Posture of the whole body."""

from ...rules import model
from ...rules.posture import reba

MODEL = model(__file__, reba)
