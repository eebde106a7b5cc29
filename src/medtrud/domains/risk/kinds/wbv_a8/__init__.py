"""Daily dose of whole-body vibration."""

from ...rules import model
from ...rules.vibration import whole_dose

MODEL = model(__file__, whole_dose)
