"""Age-related threshold shift, edition of 2017."""

from ...rules import model
from ...rules.hearing import htla_2017

MODEL = model(__file__, htla_2017)
