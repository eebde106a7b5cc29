"""Predicted heat strain."""

from ...rules import model
from ...rules.heat import predicted

MODEL = model(__file__, predicted)
