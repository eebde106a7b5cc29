"""The door of hazards."""

from .actions import factors_set, factors_set_many, factors_undo, harmful_periods_add_many
from .queries import (
    classes_of,
    classes_valid_on,
    codes_in_use,
    exposure_at,
    factors_of,
    factors_on,
    factors_valid_on,
    harmful_periods_of,
    harmful_since,
    workplaces_with,
)
from .types import (
    annex_on,
    class_parse,
    classes,
    code_key,
    codes_parse,
    factor_parse,
    harmful_classes,
    markers_parse,
    nearest_codes,
)

__all__ = [
    "annex_on",
    "class_parse",
    "classes",
    "classes_of",
    "classes_valid_on",
    "code_key",
    "codes_in_use",
    "codes_parse",
    "exposure_at",
    "factor_parse",
    "factors_of",
    "factors_on",
    "factors_set",
    "factors_set_many",
    "factors_undo",
    "factors_valid_on",
    "harmful_classes",
    "harmful_periods_add_many",
    "harmful_periods_of",
    "harmful_since",
    "markers_parse",
    "nearest_codes",
    "workplaces_with",
]
