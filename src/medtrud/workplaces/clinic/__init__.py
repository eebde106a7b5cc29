"""The desk of the clinic: registrar, doctor, administrator.

Requirements: U2.
"""

from medtrud.kernel.actor import Desk, Role

DESK = Desk(
    role=Role.CLINIC,
    title="АРМ медицинской организации",
    permissions=frozenset(
        {
            "clinic.desk",
            "exams.campaign_agree",
            "exams.draft_save",
            "exams.exam_not_completed",
            "exams.exam_not_passed",
            "exams.exam_plan",
            "exams.exam_resume",
            "exams.exam_start",
            "exams.line_add",
            "exams.line_cancel",
            "exams.line_require",
            "exams.result_record",
            "exams.results_record",
            "organizations.accreditation_add",
            "organizations.commission_close",
            "organizations.commission_open",
            "organizations.contract_close",
            "organizations.contract_open",
            "organizations.department_close",
            "organizations.department_open",
            "organizations.licence_add",
            "organizations.requisites_change",
            "organizations.room_close",
            "organizations.room_open",
            "organizations.staff_close",
            "organizations.staff_open",
            "people.card_open",
            "people.double_dismiss",
            "people.double_list",
            "people.doubles_find",
            "people.person_change",
            "people.person_list",
            "people.person_register",
            "people.persons_merge",
            "people.persons_register_many",
            "people.persons_unmerge",
            "record.entries_add_many",
            "record.entry_add",
            "record.entry_open",
            "reference.book_list",
            "reference.code_search",
        }
    ),
)
