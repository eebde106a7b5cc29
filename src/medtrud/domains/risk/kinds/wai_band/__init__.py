"""Band of the work ability index."""

from ...rules import model
from ...rules.scales import ability

MODEL = model(__file__, ability)
