"""Share of people with hearing worse than a fence."""

from ...rules import model
from ...rules.hearing import loss_share

MODEL = model(__file__, loss_share)
