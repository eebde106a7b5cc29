"""Copenhagen burnout inventory, personal scale."""

from ...rules import model
from ...rules.scales import burnout

MODEL = model(__file__, burnout)
