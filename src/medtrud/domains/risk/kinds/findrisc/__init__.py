"""Risk of type 2 diabetes."""

from ...rules import model
from ...rules.scales import diabetes

MODEL = model(__file__, diabetes)
