"""A cell of the SCORE2 chart."""

from ...rules import model
from ...rules.heart import score2_cell

MODEL = model(__file__, score2_cell)
