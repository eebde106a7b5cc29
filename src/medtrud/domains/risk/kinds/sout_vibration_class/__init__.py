"""Class of conditions by vibration."""

from ...rules import model
from ...rules.vibration import vibration_class

MODEL = model(__file__, vibration_class)
