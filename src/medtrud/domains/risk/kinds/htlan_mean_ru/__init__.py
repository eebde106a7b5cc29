"""Mean loss at the speech frequencies: the Russian variant."""

from ...rules import model
from ...rules.hearing import mean_ru

MODEL = model(__file__, mean_ru)
