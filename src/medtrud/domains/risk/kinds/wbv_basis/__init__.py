"""The greatest weighted axis."""

from ...rules import model
from ...rules.vibration import basis

MODEL = model(__file__, basis)
