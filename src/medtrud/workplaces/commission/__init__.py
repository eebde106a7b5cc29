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
            "exams.act_patient_list",
            "exams.agreement_list",
            "exams.bench",
            "exams.campaign_agree",
            "exams.campaign_list",
            "exams.conclusion_give",
            "exams.conclusion_list",
            "exams.conclusion_medical",
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
            "exams.final_act_list",
            "exams.finding_decide",
            "exams.finding_list",
            "exams.further_exam_note_issue",
            "exams.line_add",
            "exams.line_cancel",
            "exams.line_list",
            "exams.line_require",
            "exams.programme",
            "exams.queue",
            "exams.referral_list",
            "exams.result_record",
            "exams.results_record",
            "exams.roll_list",
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
