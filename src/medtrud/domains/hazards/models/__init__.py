"""Tables of working conditions."""

from .sout import SoutAcquaintance, SoutCard, SoutCodes, SoutImport, SoutLine, SoutReport
from .workplace import HarmfulPeriod, WorkplaceClass, WorkplaceFactor

__all__ = [
    "HarmfulPeriod",
    "SoutAcquaintance",
    "SoutCard",
    "SoutCodes",
    "SoutImport",
    "SoutLine",
    "SoutReport",
    "WorkplaceClass",
    "WorkplaceFactor",
]
