"""Everything a person does in an examination."""

from .act import final_act_close, recommendation_mark
from .admission import admissions_refresh
from .bulk import conclusions_give, conclusions_print
from .campaign import (
    campaign_agree,
    campaign_approve,
    campaign_open,
    campaign_return,
    incapacity_note,
    roll_build,
    roll_remove,
    roll_restore,
)
from .conclusion import conclusion_give, conclusion_open, extract_print
from .contingent import contingent_approve, contingent_return, contingent_tallies, contingent_touch
from .diagnosis import finding_decide
from .exam import exam_not_completed, exam_not_passed, exam_plan, exam_resume, exam_start
from .filing import conclusions_file, final_act_file, paper_release
from .line import draft_save, line_add, line_cancel, line_require, result_record, results_record
from .norms import norm_end, norm_set, norms_import, norms_undo
from .note import further_exam_note_issue, further_exam_print, referral_print
from .prices import price_end, price_set, prices_import, prices_undo
from .referral import (
    applicant_refer,
    referral_cancel,
    referral_hand,
    referral_issue,
    referrals_hand,
    referrals_issue,
)
from .services import services_file
from .spread import exams_spread

__all__ = [
    "admissions_refresh",
    "applicant_refer",
    "campaign_agree",
    "campaign_approve",
    "campaign_open",
    "campaign_return",
    "conclusion_give",
    "conclusion_open",
    "conclusions_file",
    "conclusions_give",
    "conclusions_print",
    "contingent_approve",
    "contingent_return",
    "contingent_tallies",
    "contingent_touch",
    "draft_save",
    "exam_not_completed",
    "exam_not_passed",
    "exam_plan",
    "exam_resume",
    "exam_start",
    "exams_spread",
    "extract_print",
    "final_act_close",
    "final_act_file",
    "finding_decide",
    "further_exam_note_issue",
    "further_exam_print",
    "incapacity_note",
    "line_add",
    "line_cancel",
    "line_require",
    "norm_end",
    "norm_set",
    "norms_import",
    "norms_undo",
    "paper_release",
    "price_end",
    "price_set",
    "prices_import",
    "prices_undo",
    "recommendation_mark",
    "referral_cancel",
    "referral_hand",
    "referral_issue",
    "referral_print",
    "referrals_hand",
    "referrals_issue",
    "result_record",
    "results_record",
    "roll_build",
    "roll_remove",
    "roll_restore",
    "services_file",
]
