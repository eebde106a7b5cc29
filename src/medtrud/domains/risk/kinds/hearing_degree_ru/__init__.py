"""Degree of hearing loss by the mean of four frequencies."""

from ...rules import model
from ...rules.hearing import degree

MODEL = model(__file__, degree)
