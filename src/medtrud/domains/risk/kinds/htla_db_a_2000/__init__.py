"""Age-related threshold shift, database A (edition of 2000)."""

from ...rules import model
from ...rules.hearing import htla_2000

MODEL = model(__file__, htla_2000)
