"""vibration_seniority: waits to be loaded."""

from ...rules import model

MODEL = model(__file__)
