"""The worker's own cabinet.

Requirements: U2.
"""

from medtrud.kernel.actor import Desk, Role

DESK = Desk(
    role=Role.WORKER,
    title="Кабинет работника",
    permissions=frozenset(
        {
            "exams.admission_list",
            "exams.conclusion_list",
            "exams.conclusion_medical",
            "exams.line_list",
            "exams.referral_list",
            "exams.visit_list",
            "record.entry_open",
            "record.timeline_open",
            "worker.desk",
        }
    ),
)
