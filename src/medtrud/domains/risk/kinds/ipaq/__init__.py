"""Physical activity of a week."""

from ...rules import model
from ...rules.scales import activity

MODEL = model(__file__, activity)
