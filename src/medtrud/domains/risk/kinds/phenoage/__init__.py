"""Phenotypic age of Levine."""

from ...rules import model
from ...rules.ageing import phenotypic

MODEL = model(__file__, phenotypic)
