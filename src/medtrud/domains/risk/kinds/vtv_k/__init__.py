"""Vector sum of the axes."""

from ...rules import model
from ...rules.vibration import total_value

MODEL = model(__file__, total_value)
