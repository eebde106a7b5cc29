"""Multiple shocks and the lumbar spine."""

from ...rules import model
from ...rules.vibration import shocks

MODEL = model(__file__, shocks)
