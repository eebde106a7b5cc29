"""Pure rules of safety."""

from .indicators import Frequency, frequency

__all__ = ["Frequency", "frequency"]
