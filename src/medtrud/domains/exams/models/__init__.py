"""Tables of obligatory examinations."""

from .act import ActMember, ActMemberMedical, FinalAct, Recommendation
from .campaign import Campaign, LastingIncapacity, RollEntry
from .conclusion import Admission, Conclusion, ConclusionMedical, FurtherExamAsked, FurtherExamNote
from .contingent import ContingentLine, ContingentReturn, ContingentTally
from .exam import Diagnosis, Exam, ExamLine, Finding, LineDraft, LineResult
from .norms import ClinicNorm
from .prices import ServicePrice
from .programme import PrescribedProgramme
from .referral import Referral

__all__ = [
    "ActMember",
    "ActMemberMedical",
    "Admission",
    "Campaign",
    "ClinicNorm",
    "Conclusion",
    "ConclusionMedical",
    "ContingentLine",
    "ContingentReturn",
    "ContingentTally",
    "Diagnosis",
    "Exam",
    "ExamLine",
    "FinalAct",
    "Finding",
    "FurtherExamAsked",
    "FurtherExamNote",
    "LastingIncapacity",
    "LineDraft",
    "LineResult",
    "PrescribedProgramme",
    "Recommendation",
    "Referral",
    "RollEntry",
    "ServicePrice",
]
