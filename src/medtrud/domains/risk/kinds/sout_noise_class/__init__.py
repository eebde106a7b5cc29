"""Class of conditions by noise."""

from ...rules import model
from ...rules.noise import noise_class

MODEL = model(__file__, noise_class)
