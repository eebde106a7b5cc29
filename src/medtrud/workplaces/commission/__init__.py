"""The desk of the medical commission (врачебная комиссия).

Requirements: U2.
"""

from medtrud.kernel.actor import Desk, Role

DESK = Desk(
    role=Role.COMMISSION,
    title="АРМ врачебной комиссии",
    permissions=frozenset(
        {
            "commission.desk",
            "people.card_open",
            "people.person_list",
            "record.entry_open",
            "reference.book_list",
            "reference.code_search",
        }
    ),
)
