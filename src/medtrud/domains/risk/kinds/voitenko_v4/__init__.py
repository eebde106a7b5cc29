"""Biological age of Войтенко."""

from ...rules import model
from ...rules.ageing import voitenko

MODEL = model(__file__, voitenko)
