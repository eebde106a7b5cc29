"""Tables of working conditions."""

from .chemicals import Chemical, ChemicalStep, ChemicalTraining, ChemicalUse
from .control import ControlLine, FactorLevel, FactorProtection, Protocol, ProtocolInstrument, ProtocolValue
from .exposure import ExposurePeriod, ExposureTotal
from .past import PastJob
from .sout import SoutAcquaintance, SoutCard, SoutCodes, SoutHead, SoutImport, SoutLine, SoutReport
from .workplace import HarmfulPeriod, WorkplaceClass, WorkplaceFactor

__all__ = [
    "Chemical",
    "ChemicalStep",
    "ChemicalTraining",
    "ChemicalUse",
    "ControlLine",
    "ExposurePeriod",
    "ExposureTotal",
    "FactorLevel",
    "FactorProtection",
    "HarmfulPeriod",
    "PastJob",
    "Protocol",
    "ProtocolInstrument",
    "ProtocolValue",
    "SoutAcquaintance",
    "SoutCard",
    "SoutCodes",
    "SoutHead",
    "SoutImport",
    "SoutLine",
    "SoutReport",
    "WorkplaceClass",
    "WorkplaceFactor",
]
