"""Daily dose of hand-arm vibration."""

from ...rules import model
from ...rules.vibration import hand_dose

MODEL = model(__file__, hand_dose)
