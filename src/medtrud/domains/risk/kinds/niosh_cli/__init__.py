"""Composite lifting index."""

from ...rules import model
from ...rules.lifting import composite

MODEL = model(__file__, composite)
