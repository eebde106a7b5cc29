"""Dust load of a working life."""

from ...rules import model
from ...rules.dust import dust_load

MODEL = model(__file__, dust_load)
