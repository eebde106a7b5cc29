"""The people behind the numbers of an act, frozen with it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper

from medtrud.registries.reference.types import icd_class_of

from ..models import ActMember, ActMemberMedical, Campaign, FinalAct
from ..rules.act import act_law
from ..types.states import ExamState
from .act import (
    BEGUN,
    CHRONIC,
    INFECTIOUS,
    NEEDS,
    OCCUPATIONAL,
    SUSPECTED,
    diagnoses_of,
    entries_of,
    harmful,
    needs_of,
    notes_of,
    public_health,
    staff_of_act,
)

STAFF, HARMFUL, PUBLIC_HEALTH = 4, 5, 6
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
NEWLY_FOUND = {24: CHRONIC, 25: OCCUPATIONAL, 26: INFECTIOUS}
FOUND, NOT_FOUND = "медицинские противопоказания выявлены", "медицинские противопоказания не выявлены"


def members_of(act: FinalAct, campaign: Campaign) -> Iterator[ActMember]:
    """Yield every employment with the items that count it and whose lists the employer receives.

    Item 23 is one of them (п. 46): unit, profession and factors stand in the row, the diagnosis does not.
    """
    suspected = set(diagnoses_of(campaign).filter(SUSPECTED).values_list("person_id", flat=True))
    staff = _staff(campaign, act.as_of)
    for row in _entries(campaign):
        items, outcome = _place(row)
        if row["person_id"] in suspected:
            items = [*items, SUSPICION]
        _, worked = staff.pop(row["employment_id"], (None, []))
        yield _member(act, row, [*worked, *items], outcome[:300])
    for row, items in staff.values():
        yield _member(act, row, items, "")


def _member(act: FinalAct, row: dict[str, Any], items: list[int], outcome: str) -> ActMember:
    return ActMember(
        act=act,
        employer_id=act.employer_id,
        clinic_id=act.clinic_id,
        person_id=row["person_id"],
        employment_id=row["employment_id"],
        exam_id=row.get("visit__pk"),
        items=items,
        division=row["division"] or "",
        post=row["post"] or "",
        codes=row.get("codes", []),
        outcome=outcome,
    )


def _entries(campaign: Campaign) -> Iterator[dict[str, Any]]:
    fields = ("person_id", "employment_id", "division", "post", "codes")
    visit = ("visit__pk", "visit__state", "visit__barred", "visit__not_passed_reason")
    rows: Iterator[dict[str, Any]] = entries_of(campaign).values(*fields, *visit).iterator(chunk_size=2000)
    return rows


def _staff(campaign: Campaign, as_of: dt.date) -> dict[int, tuple[dict[str, Any], list[int]]]:
    """Return the staff of the day by employment, each with those of items 4–6 that count him."""
    law = act_law(as_of)
    judged = staff_of_act(campaign, as_of).annotate(
        harmed=_whether(harmful(as_of, law)), public=_whether(public_health(as_of, law))
    )
    found = {}
    for row in judged.values("pk", "person_id", "division__title", "post__title", "harmed", "public"):
        items = [STAFF, *([HARMFUL] if row["harmed"] else []), *([PUBLIC_HEALTH] if row["public"] else [])]
        work = {"division": row["division__title"], "post": row["post__title"]}
        found[row["pk"]] = ({"person_id": row["person_id"], "employment_id": row["pk"], **work}, items)
    return found


def _whether(condition: Any) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def medical_members_of(act: FinalAct, campaign: Campaign) -> Iterator[ActMemberMedical]:
    """Yield who stands behind the medical items; only the clinic opens these lists."""
    for medical in needs_of(campaign).values("person_id", "exam_id", "further_exam", *NEEDS.values()):
        wanted = {FURTHER: "further_exam", **NEEDS}
        for item in (item for item, name in wanted.items() if medical[name]):
            yield _medical(act, item, medical["person_id"], medical["exam_id"])
    for person, exam in notes_of(campaign).values_list("person_id", "exam_id"):
        yield _medical(act, FURTHER, person, exam, "выдана справка")
    rows = diagnoses_of(campaign).order_by("pk")
    fields = ("person_id", "exam_id", "code", "title")
    for person, exam, code, title in rows.filter(SUSPECTED).values_list(*fields):
        yield _medical(act, SUSPICION, person, exam, f"{code} {title}")
    for item, condition in NEWLY_FOUND.items():
        seen: set[tuple[int, str]] = set()
        for person, exam, code, title in rows.filter(condition).values_list(*fields):
            if (person, code) not in seen:
                seen.add((person, code))
                yield _medical(
                    act, item, person, exam, f"класс {icd_class_of(code, act.as_of)}: {code} {title}"
                )


def _medical(act: FinalAct, item: int, person: int, exam: int, detail: str = "") -> ActMemberMedical:
    return ActMemberMedical(
        act=act, clinic_id=act.clinic_id, person_id=person, exam_id=exam, item=item, detail=detail[:300]
    )


def _place(row: dict[str, Any]) -> tuple[list[int], str]:
    state = row["visit__state"]
    if state == ExamState.CONCLUDED:
        if row["visit__barred"]:
            return [SUBJECT, EXAMINED, LISTED, BARRED], FOUND
        return [SUBJECT, EXAMINED, LISTED, CLEAR], NOT_FOUND
    reason = str(row["visit__not_passed_reason"] or "")
    if state in BEGUN:
        return [SUBJECT, UNFINISHED, UNFINISHED_LIST], reason or "осмотр начат, объём не выполнен"
    return [SUBJECT, MISSED, MISSED_LIST], reason or "на осмотр не явился"
