"""Daily index of pressure."""

from ...rules import model
from ...rules.ageing import dipping

MODEL = model(__file__, dipping)
