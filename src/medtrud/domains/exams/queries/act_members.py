"""The people behind the numbers of an act, frozen with it."""

from collections.abc import Iterator

from ..models import ActMember, ActMemberMedical, Campaign, FinalAct
from ..types.states import ExamState
from .act import BEGUN, NEEDS, SUSPECTED, diagnoses_of, entries_of, needs_of, notes_of

SUBJECT, EXAMINED, LISTED, UNFINISHED, UNFINISHED_LIST, MISSED, MISSED_LIST, CLEAR, BARRED = (
    7,
    8,
    10,
    11,
    12,
    13,
    14,
    15,
    16,
)
FURTHER, SUSPICION = 17, 23


def members_of(act: FinalAct, campaign: Campaign) -> Iterator[ActMember]:
    """Yield every person of the list with the items that count him and whose lists the employer gets."""
    rows = entries_of(campaign).values(
        "person_id",
        "division",
        "post",
        "visit__pk",
        "visit__state",
        "visit__barred",
        "visit__not_passed_reason",
    )
    for row in rows:
        items, outcome = _place(row)
        yield ActMember(
            act=act,
            employer_id=campaign.employer_id,
            clinic_id=campaign.clinic_id,
            person_id=row["person_id"],
            exam_id=row["visit__pk"],
            items=items,
            division=row["division"],
            post=row["post"],
            outcome=outcome[:300],
        )


def medical_members_of(act: FinalAct, campaign: Campaign) -> Iterator[ActMemberMedical]:
    """Yield who stands behind the medical items; only the clinic opens these lists."""
    for medical in needs_of(campaign).values("person_id", "exam_id", "further_exam", *NEEDS.values()):
        wanted = {FURTHER: "further_exam", **NEEDS}
        for item in (item for item, name in wanted.items() if medical[name]):
            yield _medical(act, item, medical["person_id"], medical["exam_id"])
    for person, exam in notes_of(campaign).values_list("person_id", "exam_id"):
        yield _medical(act, FURTHER, person, exam, "выдана справка")
    suspected = diagnoses_of(campaign).filter(SUSPECTED).values_list("person_id", "exam_id", "code", "title")
    for person, exam, code, title in suspected:
        yield _medical(act, SUSPICION, person, exam, f"{code} {title}")


def _medical(act: FinalAct, item: int, person: int, exam: int, detail: str = "") -> ActMemberMedical:
    return ActMemberMedical(
        act=act, clinic_id=act.clinic_id, person_id=person, exam_id=exam, item=item, detail=detail[:300]
    )


def _place(row: dict[str, object]) -> tuple[list[int], str]:
    state = row["visit__state"]
    if state == ExamState.CONCLUDED:
        if row["visit__barred"]:
            return [SUBJECT, EXAMINED, LISTED, BARRED], "медицинские противопоказания выявлены"
        return [SUBJECT, EXAMINED, LISTED, CLEAR], "медицинские противопоказания не выявлены"
    reason = str(row["visit__not_passed_reason"] or "")
    if state in BEGUN:
        return [SUBJECT, UNFINISHED, UNFINISHED_LIST], reason or "осмотр начат, объём не выполнен"
    return [SUBJECT, MISSED, MISSED_LIST], reason or "на осмотр не явился"
