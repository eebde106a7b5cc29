"""The door of hazards."""

from .types import annex_on, code_key, codes_parse, factor_parse, markers_parse, nearest_codes

__all__ = ["annex_on", "code_key", "codes_parse", "factor_parse", "markers_parse", "nearest_codes"]
