"""The desk of the employer: HR and occupational safety.

Requirements: U2.
"""

from medtrud.kernel.actor import Desk, Role

DESK = Desk(
    role=Role.EMPLOYER,
    title="АРМ работодателя",
    permissions=frozenset(
        {
            "employer.desk",
            "exchange.import_check",
            "exchange.import_commit",
            "exchange.import_list",
            "exchange.import_undo",
            "exchange.import_upload",
            "exchange.import_work",
            "hazards.factors_set",
            "hazards.factors_set_many",
            "hazards.factors_undo",
            "hazards.harmful_periods_add_many",
            "hazards.staff_import",
            "hazards.staff_undo",
            "organizations.contract_accept",
            "organizations.contract_close",
            "organizations.contract_open",
            "organizations.division_close",
            "organizations.division_open",
            "organizations.divisions_open_many",
            "organizations.employment_close",
            "organizations.employment_open",
            "organizations.employment_transfer",
            "organizations.employments_close_many",
            "organizations.employments_open_many",
            "organizations.employments_reopen_many",
            "organizations.import_undo",
            "organizations.post_close",
            "organizations.post_open",
            "organizations.posts_open_many",
            "organizations.requisites_change",
            "organizations.workplace_close",
            "organizations.workplace_open",
            "organizations.workplaces_open_many",
            "people.card_open",
            "people.double_dismiss",
            "people.double_list",
            "people.doubles_find",
            "people.person_change",
            "people.person_list",
            "people.person_register",
            "people.persons_forget_many",
            "people.persons_merge",
            "people.persons_register_many",
            "people.persons_unmerge",
            "reference.book_list",
            "reference.code_search",
        }
    ),
)
