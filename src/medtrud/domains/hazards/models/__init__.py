"""Tables of working conditions."""

from .control import ControlLine, FactorLevel, FactorProtection, Protocol, ProtocolInstrument, ProtocolValue
from .exposure import ExposurePeriod, ExposureTotal
from .sout import SoutAcquaintance, SoutCard, SoutCodes, SoutImport, SoutLine, SoutReport
from .workplace import HarmfulPeriod, WorkplaceClass, WorkplaceFactor

__all__ = [
    "ControlLine",
    "ExposurePeriod",
    "ExposureTotal",
    "FactorLevel",
    "FactorProtection",
    "HarmfulPeriod",
    "Protocol",
    "ProtocolInstrument",
    "ProtocolValue",
    "SoutAcquaintance",
    "SoutCard",
    "SoutCodes",
    "SoutImport",
    "SoutLine",
    "SoutReport",
    "WorkplaceClass",
    "WorkplaceFactor",
]
