"""Index of occupational diseases."""

from ...rules import model
from ...rules.rates import ipz

MODEL = model(__file__, ipz)
