"""Revised lifting equation of NIOSH."""

from ...rules import model
from ...rules.lifting import lifting

MODEL = model(__file__, lifting)
