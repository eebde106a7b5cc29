"""Etiologic fraction with its degree."""

from ...rules import model
from ...rules.rates import etiologic

MODEL = model(__file__, etiologic)
