"""A document as facts, what a check finds, and where a document stands on its way."""

from .findings import CODES, LAYERS, OWN, SCHEMATRON, XML, XSD, Finding, Lack, Report, Severity
from .semd import Coded, Doctor, House, Name, SemdFacts, Worker

__all__ = [
    "CODES",
    "LAYERS",
    "OWN",
    "SCHEMATRON",
    "XML",
    "XSD",
    "Coded",
    "Doctor",
    "Finding",
    "House",
    "Lack",
    "Name",
    "Report",
    "SemdFacts",
    "Severity",
    "Worker",
]
