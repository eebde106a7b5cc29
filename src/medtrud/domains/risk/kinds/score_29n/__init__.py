"""Cardiovascular risk as order 29н asks for it."""

from ...rules import model
from ...rules.heart import by_order

MODEL = model(__file__, by_order)
