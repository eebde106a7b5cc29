"""Body-mass index."""

from ...rules import model
from ...rules.scales import body_mass

MODEL = model(__file__, body_mass)
