"""Rank of the risk by the share of the sick."""

from ...rules import model
from ...rules.rates import risk_rank

MODEL = model(__file__, risk_rank)
