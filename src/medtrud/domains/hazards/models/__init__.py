"""Tables of working conditions."""

from .workplace import HarmfulPeriod, WorkplaceClass, WorkplaceFactor

__all__ = ["HarmfulPeriod", "WorkplaceClass", "WorkplaceFactor"]
