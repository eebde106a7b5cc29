"""Scale: pss10."""

from ...rules import model
from ...rules.scales import summed

MODEL = model(__file__, summed)
