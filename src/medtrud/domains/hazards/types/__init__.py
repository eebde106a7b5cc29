"""What crosses the border of hazards."""

from .annex import (
    FactorRow,
    Substance,
    annex_on,
    code_clean,
    code_key,
    codes_parse,
    factor_parse,
    marker_titles,
    nearest_codes,
)
from .exposure import (
    ConditionsClass,
    Exposure,
    FactorIn,
    FactorOnDay,
    FactorsChanged,
    HarmfulPeriodIn,
    WorkplaceFactors,
    class_parse,
    classes,
    harmful_classes,
)
from .substances import Found, markers_parse, substance_markers

__all__ = [
    "ConditionsClass",
    "Exposure",
    "FactorIn",
    "FactorOnDay",
    "FactorRow",
    "FactorsChanged",
    "Found",
    "HarmfulPeriodIn",
    "Substance",
    "WorkplaceFactors",
    "annex_on",
    "class_parse",
    "classes",
    "code_clean",
    "code_key",
    "codes_parse",
    "factor_parse",
    "harmful_classes",
    "marker_titles",
    "markers_parse",
    "nearest_codes",
    "substance_markers",
]
