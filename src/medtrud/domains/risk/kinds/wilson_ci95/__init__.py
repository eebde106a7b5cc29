"""Limits of a share."""

from ...rules import model
from ...rules.rates import wilson

MODEL = model(__file__, wilson)
