"""Energy mean of hand-arm vibration over a working life."""

from ...rules import model
from ...rules.vibration import hand_career

MODEL = model(__file__, hand_career)
