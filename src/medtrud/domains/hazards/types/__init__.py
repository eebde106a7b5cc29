"""What crosses the border of hazards."""

from .annex import (
    FactorRow,
    Substance,
    annex_on,
    code_clean,
    code_key,
    codes_parse,
    factor_parse,
    nearest_codes,
)
from .substances import Found, markers_parse, substance_markers

__all__ = [
    "FactorRow",
    "Found",
    "Substance",
    "annex_on",
    "code_clean",
    "code_key",
    "codes_parse",
    "factor_parse",
    "markers_parse",
    "nearest_codes",
    "substance_markers",
]
