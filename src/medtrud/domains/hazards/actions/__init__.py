"""Writing factors and classes of workplaces; taking staff lists in."""

from .card_levels import card_levels_take
from .chemicals import (
    chemical_change,
    chemical_decide,
    chemical_request,
    chemical_sheet,
    chemical_train,
    chemical_use,
    chemical_use_end,
)
from .chemicals_import import chemicals_import, chemicals_undo
from .control import (
    control_line_end,
    control_line_set,
    protection_set,
    protocol_record,
    protocol_withdraw,
    protocols_record_many,
    protocols_undo,
)
from .control_list import control_lines_import, control_lines_undo
from .exposure import exposures_advance, exposures_recount
from .factors import factors_set, factors_set_many, factors_undo, harmful_periods_add_many
from .past import past_job_add, past_job_change, past_job_withdraw
from .sout_card import sout_acquaint, sout_acquaint_many, sout_card_set, sout_cards_set
from .sout_codes import sout_codes_confirm
from .sout_details import sout_card_complete, sout_head_set
from .sout_file import sout_take, sout_take_back, sout_upload, sout_work
from .sout_import import sout_import, sout_undo
from .sout_table import sout_table_import, sout_table_undo
from .staff import staff_import, staff_undo
from .workplace import class_set, factor_end, factor_set

__all__ = [
    "card_levels_take",
    "chemical_change",
    "chemical_decide",
    "chemical_request",
    "chemical_sheet",
    "chemical_train",
    "chemical_use",
    "chemical_use_end",
    "chemicals_import",
    "chemicals_undo",
    "class_set",
    "control_line_end",
    "control_line_set",
    "control_lines_import",
    "control_lines_undo",
    "exposures_advance",
    "exposures_recount",
    "factor_end",
    "factor_set",
    "factors_set",
    "factors_set_many",
    "factors_undo",
    "harmful_periods_add_many",
    "past_job_add",
    "past_job_change",
    "past_job_withdraw",
    "protection_set",
    "protocol_record",
    "protocol_withdraw",
    "protocols_record_many",
    "protocols_undo",
    "sout_acquaint",
    "sout_acquaint_many",
    "sout_card_complete",
    "sout_card_set",
    "sout_cards_set",
    "sout_codes_confirm",
    "sout_head_set",
    "sout_import",
    "sout_table_import",
    "sout_table_undo",
    "sout_take",
    "sout_take_back",
    "sout_undo",
    "sout_upload",
    "sout_work",
    "staff_import",
    "staff_undo",
]
