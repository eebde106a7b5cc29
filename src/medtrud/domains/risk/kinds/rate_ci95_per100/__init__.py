"""Cases per hundred with exact limits."""

from ...rules import model
from ...rules.rates import rate

MODEL = model(__file__, rate)
