"""What people do with documents."""

from .accounting import accounting_backup, accounting_remind, document_hand, month_pack
from .acquaintance import (
    acquaintance_open,
    acquaintance_paper,
    acquaintance_read,
    acquaintance_remind,
    acquaintance_sign,
    acquaintance_sign_own,
)
from .copies import documents_copy
from .documents import (
    document_annul,
    document_copy,
    document_create,
    document_index,
    document_open,
    document_register,
    document_release,
    version_add,
)
from .execution import task_close, task_give
from .filing import papers_file
from .headings import (
    heading_drop,
    heading_set,
    nomenclature_approve,
    nomenclature_open,
    year_close,
)
from .keeping import (
    destruction_approve,
    destruction_carry_out,
    destruction_open,
    hold_end,
    hold_set,
    medium_add,
    medium_check,
    medium_end,
    medium_move,
    medium_write,
)
from .numbering import scheme_set
from .paper_copies import paper_copy_ask, paper_copy_issue, paper_copy_refuse
from .reading import (
    container_open,
    issue_make,
    issue_open,
    items_find,
)
from .reminders import reminders_send, substitutions_begin
from .renewal import (
    vessel_check,
    vessels_stamp,
)
from .routes import (
    passage_start,
    passage_stop,
    route_end,
    route_open,
    route_start,
    route_step_add,
    route_step_remove,
    step_decide,
)
from .signing import (
    request_refuse,
    request_sign,
    request_sign_own,
    requests_sign,
    seal_put,
    signature_request,
)
from .substitutions import substitution_end, substitution_set
from .transfers import (
    case_pack,
    package_make,
    transfer_accept,
    transfer_checked,
    transfer_offer,
    transfer_open,
)

__all__ = [
    "accounting_backup",
    "accounting_remind",
    "acquaintance_open",
    "acquaintance_paper",
    "acquaintance_read",
    "acquaintance_remind",
    "acquaintance_sign",
    "acquaintance_sign_own",
    "case_pack",
    "container_open",
    "destruction_approve",
    "destruction_carry_out",
    "destruction_open",
    "document_annul",
    "document_copy",
    "document_create",
    "document_hand",
    "document_index",
    "document_open",
    "document_register",
    "document_release",
    "documents_copy",
    "heading_drop",
    "heading_set",
    "hold_end",
    "hold_set",
    "issue_make",
    "issue_open",
    "items_find",
    "medium_add",
    "medium_check",
    "medium_end",
    "medium_move",
    "medium_write",
    "month_pack",
    "nomenclature_approve",
    "nomenclature_open",
    "package_make",
    "paper_copy_ask",
    "paper_copy_issue",
    "paper_copy_refuse",
    "papers_file",
    "passage_start",
    "passage_stop",
    "reminders_send",
    "request_refuse",
    "request_sign",
    "request_sign_own",
    "requests_sign",
    "route_end",
    "route_open",
    "route_start",
    "route_step_add",
    "route_step_remove",
    "scheme_set",
    "seal_put",
    "signature_request",
    "step_decide",
    "substitution_end",
    "substitution_set",
    "substitutions_begin",
    "task_close",
    "task_give",
    "transfer_accept",
    "transfer_checked",
    "transfer_offer",
    "transfer_open",
    "version_add",
    "vessel_check",
    "vessels_stamp",
    "year_close",
]
