"""r2_2_3969: waits to be loaded."""

from ...rules import model

MODEL = model(__file__)
