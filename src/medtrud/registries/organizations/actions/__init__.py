"""Writing organisations, their structure, employments and clinics."""

from .clinics import (
    accreditation_add,
    commission_close,
    commission_open,
    department_close,
    department_open,
    licence_add,
    room_close,
    room_open,
    staff_close,
    staff_open,
    staff_take,
)
from .employments import employment_close, employment_open, employment_transfer, worker_hire
from .hire import employments_close_many, employments_open_many, employments_reopen_many
from .many import (
    divisions_open_many,
    import_undo,
    posts_open_many,
    workplaces_open_many,
)
from .organizations import (
    contract_accept,
    contract_close,
    contract_open,
    organization_open,
    requisites_change,
)
from .structure import (
    division_close,
    division_open,
    post_close,
    post_open,
    workplace_close,
    workplace_open,
)

__all__ = [
    "accreditation_add",
    "commission_close",
    "commission_open",
    "contract_accept",
    "contract_close",
    "contract_open",
    "department_close",
    "department_open",
    "division_close",
    "division_open",
    "divisions_open_many",
    "employment_close",
    "employment_open",
    "employment_transfer",
    "employments_close_many",
    "employments_open_many",
    "employments_reopen_many",
    "import_undo",
    "licence_add",
    "organization_open",
    "post_close",
    "post_open",
    "posts_open_many",
    "requisites_change",
    "room_close",
    "room_open",
    "staff_close",
    "staff_open",
    "staff_take",
    "worker_hire",
    "workplace_close",
    "workplace_open",
    "workplaces_open_many",
]
