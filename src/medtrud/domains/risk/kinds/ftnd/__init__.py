"""Dependence on nicotine."""

from ...rules import model
from ...rules.scales import nicotine

MODEL = model(__file__, nicotine)
