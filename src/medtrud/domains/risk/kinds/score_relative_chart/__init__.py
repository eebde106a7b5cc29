"""Relative risk chart of SCORE: for those of 18 to 40 by order 29н."""

from ...rules import model
from ...rules.heart import relative

MODEL = model(__file__, relative)
