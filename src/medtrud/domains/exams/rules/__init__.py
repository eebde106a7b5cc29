"""Rules of obligatory examinations: pure functions over facts and a date."""

from .candidates import candidates
from .changes import changed
from .contingent import counted_factors, in_contingent
from .contract import answer, answers, programme_json
from .deadlines import deadline_day, deadlines_of, postponed_until, start_feasible
from .edition import law_cautions
from .explain import explain, explain_to_worker
from .law import investigations_on, policies, specialists_on
from .programme import programme

__all__ = [
    "answer",
    "answers",
    "candidates",
    "changed",
    "counted_factors",
    "deadline_day",
    "deadlines_of",
    "explain",
    "explain_to_worker",
    "in_contingent",
    "investigations_on",
    "law_cautions",
    "policies",
    "postponed_until",
    "programme",
    "programme_json",
    "specialists_on",
    "start_feasible",
]
