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
            "exams.agreement_list",
            "exams.bench",
            "exams.campaign_agree",
            "exams.conclusion_give",
            "exams.draft_save",
            "exams.exam",
            "exams.exam_list",
            "exams.exam_not_completed",
            "exams.exam_not_passed",
            "exams.exam_plan",
            "exams.exam_resume",
            "exams.exam_start",
            "exams.exams_plan",
            "exams.final_act_close",
            "exams.finding_decide",
            "exams.further_exam_note_issue",
            "exams.line_add",
            "exams.line_cancel",
            "exams.line_require",
            "exams.queue",
            "exams.result_record",
            "exams.results_record",
            "exams.route",
            "organizations.commission_list",
            "organizations.organization_list",
            "organizations.organization_show",
            "people.card_open",
            "people.person_list",
            "record.entry_open",
            "record.timeline_open",
            "reference.book_list",
            "reference.code_search",
        }
    ),
)
