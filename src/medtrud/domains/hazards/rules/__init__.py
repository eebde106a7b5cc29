"""Pure rules of hazards: reading of staff lists, classes of conditions by the methodology of СОУТ."""

from .sout_acoustic import vib_level_db
from .sout_card import sout_class
from .sout_contract import card_json, sout_answers
from .sout_law import sout_classifier, sout_factors, sout_substances
from .staff_columns import COLUMNS
from .staff_rows import Problem, StaffReader, StaffRow

__all__ = [
    "COLUMNS",
    "Problem",
    "StaffReader",
    "StaffRow",
    "card_json",
    "sout_answers",
    "sout_class",
    "sout_classifier",
    "sout_factors",
    "sout_substances",
    "vib_level_db",
]
