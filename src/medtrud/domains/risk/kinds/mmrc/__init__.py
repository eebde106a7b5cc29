"""Grade of breathlessness."""

from ...rules import model
from ...rules.scales import breath

MODEL = model(__file__, breath)
