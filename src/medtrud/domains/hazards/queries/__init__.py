"""Reading working conditions."""

from .exposure import (
    CareerExposure,
    Counted,
    exposure_of,
    exposure_versions,
    exposures_of,
    levels_on,
)
from .groups import class_groups, factor_groups
from .places import (
    classes_of,
    classes_valid_on,
    codes_in_use,
    exposure_at,
    factors_of,
    factors_on,
    factors_valid_on,
    harmful_periods,
    harmful_periods_of,
    harmful_since,
    lanes_of,
    rows_named,
    workplaces_with,
)

__all__ = [
    "CareerExposure",
    "Counted",
    "class_groups",
    "classes_of",
    "classes_valid_on",
    "codes_in_use",
    "exposure_at",
    "exposure_of",
    "exposure_versions",
    "exposures_of",
    "factor_groups",
    "factors_of",
    "factors_on",
    "factors_valid_on",
    "harmful_periods",
    "harmful_periods_of",
    "harmful_since",
    "lanes_of",
    "levels_on",
    "rows_named",
    "workplaces_with",
]
