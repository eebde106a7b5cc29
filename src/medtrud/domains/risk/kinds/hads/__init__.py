"""Hospital anxiety and depression scale, by two sums."""

from ...rules import model
from ...rules.scales import anxiety_depression

MODEL = model(__file__, anxiety_depression)
