"""Biological age by girths."""

from ...rules import model
from ...rules.ageing import gorelkin

MODEL = model(__file__, gorelkin)
