"""SCORE of 2003 by the formula of Conroy: the exact value beside the cell."""

from ...rules import model
from ...rules.heart import formula

MODEL = model(__file__, formula)
