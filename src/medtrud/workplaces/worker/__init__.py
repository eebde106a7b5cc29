"""The worker's own cabinet.

Requirements: U2.
"""

from medtrud.kernel.actor import Desk, Role

DESK = Desk(
    role=Role.WORKER,
    title="Кабинет работника",
    permissions=frozenset(
        {
            "record.entry_open",
            "record.timeline_open",
            "worker.desk",
        }
    ),
)
