"""SCORE of 2003 by its chart: the table that order 29н names."""

from ...rules import model
from ...rules.heart import chart

MODEL = model(__file__, chart)
