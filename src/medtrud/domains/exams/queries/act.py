"""The numbers of the final act (п. 46), each by one aggregate over the rows that stand behind it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count as SqlCount
from django.db.models import FilteredRelation, Q, QuerySet

from medtrud.domains.hazards.public import classes_valid_on, factors_valid_on
from medtrud.kernel.dates import add_months
from medtrud.registries.organizations.public import employments_valid_on
from medtrud.registries.reference.types import icd_class_of, icd_titles

from ..models import Campaign, ConclusionMedical, Diagnosis, FurtherExamNote, LastingIncapacity, RollEntry
from ..rules.act import ActLaw, act_law
from ..types.numbers import ActNumbers, Count, DiseaseLine
from ..types.states import ExamState

WHY = "an act counts the whole campaign; the action has checked who closes it"
BEGUN = (ExamState.STARTED, ExamState.READY, ExamState.NOT_COMPLETED)
NEEDS = {18: "center", 19: "outpatient", 20: "inpatient", 21: "sanatorium", 22: "dispensary"}
CONCLUDED = Q(visit__state=ExamState.CONCLUDED)
UNFINISHED = Q(visit__state__in=BEGUN)


@dataclass(frozen=True)
class Cut:
    """Women, minors, lasting incapacity: conditions on a row with `person` and `employer`."""

    women: Q
    minors: Q
    disabled: Q


def act_numbers(campaign: Campaign, *, as_of: dt.date) -> ActNumbers:
    """Return every number of the act on the day; п. 46 as section 12 of the domain text reads it."""
    law = act_law(as_of)
    cut = _cut(campaign.employer_id, as_of, law)
    roll = _roll(campaign, cut)
    subject, examined = roll[7].total, roll[8].total
    share = f"{100 * examined / subject:.{law.coverage_decimals}f}".replace(".", ",") if subject else "—"
    counts, found = _found(campaign, as_of)
    return ActNumbers(
        counts={**_staff(campaign, as_of, cut, law), **roll, **_needs(campaign), **counts},
        coverage=share,
        chronic=found["chronic"],
        occupational=found["occupational"],
        infectious=found["infectious"],
    )


def entries_of(campaign: Campaign) -> QuerySet[Any]:
    """Return the people of the list who stay in it (the set S), each joined to his visit."""
    rows: QuerySet[Any] = RollEntry.objects.unscoped(WHY).filter(campaign=campaign, removed_on__isnull=True)
    joined: QuerySet[Any] = rows.annotate(
        visit=FilteredRelation("exams", condition=~Q(exams__state=ExamState.CANCELLED))
    )
    return joined


def staff_of_act(campaign: Campaign, as_of: dt.date) -> QuerySet[Any]:
    """Return the employments of the employer on the day: item 4 counts the staff, not the contingent."""
    rows: QuerySet[Any] = employments_valid_on(as_of).filter(employer_id=campaign.employer_id)
    return rows


def harmful(as_of: dt.date, law: ActLaw) -> Q:
    """Tell staff in harmful conditions: a code of sections I–V, or a class from 3.1 on (item 5)."""
    codes = factors_valid_on(as_of).filter(code__in=law.harmful_codes)
    classes = classes_valid_on(as_of).filter(sout_class__in=law.harmful_classes)
    return Q(workplace__in=codes.values("workplace")) | Q(workplace__in=classes.values("workplace"))


def public_health(as_of: dt.date, law: ActLaw) -> Q:
    """Tell staff in works examined for the protection of public health (item 6)."""
    codes = factors_valid_on(as_of).filter(code__in=law.public_health_codes)
    return Q(workplace__in=codes.values("workplace"))


def _cut(employer: int, as_of: dt.date, law: ActLaw) -> Cut:
    incapable = LastingIncapacity.objects.unscoped(WHY).filter(
        Q(until__isnull=True) | Q(until__gt=as_of),
        employer_id=employer,
        since__lte=as_of,
        replaced_by__isnull=True,
    )
    return Cut(
        women=Q(person__sex="female"),
        minors=Q(person__birth_date__gt=add_months(as_of, -12 * law.adult_age)),
        disabled=Q(person__in=incapable.values("person")),
    )


def _sums(prefix: str, of: Q, cut: Cut) -> dict[str, SqlCount]:
    parts = {"total": of, "women": of & cut.women, "minors": of & cut.minors, "disabled": of & cut.disabled}
    return {f"{prefix}_{part}": SqlCount("pk", filter=condition) for part, condition in parts.items()}


def _count(row: dict[str, int], prefix: str) -> Count:
    return Count(*(row[f"{prefix}_{part}"] for part in ("total", "women", "minors", "disabled")))


def _staff(campaign: Campaign, as_of: dt.date, cut: Cut, law: ActLaw) -> dict[int, Count]:
    rows = staff_of_act(campaign, as_of)
    every = Q(pk__isnull=False)
    row = rows.aggregate(
        **_sums("all", every, cut),
        harmful=SqlCount("pk", filter=harmful(as_of, law)),
        **_sums("public", public_health(as_of, law), cut),
    )
    return {4: _count(row, "all"), 5: Count(row["harmful"]), 6: _count(row, "public")}


def _roll(campaign: Campaign, cut: Cut) -> dict[int, Count]:
    """Items 7, 8, 11, 13, 15, 16; by construction 7 = 8 + 11 + 13 and 15 + 16 = 8."""
    missed = Q(visit__isnull=True) | ~(CONCLUDED | UNFINISHED)
    row = entries_of(campaign).aggregate(
        **_sums("subject", Q(pk__isnull=False), cut),
        **_sums("examined", CONCLUDED, cut),
        unfinished=SqlCount("pk", filter=UNFINISHED),
        unfinished_women=SqlCount("pk", filter=UNFINISHED & cut.women),
        missed=SqlCount("pk", filter=missed),
        missed_women=SqlCount("pk", filter=missed & cut.women),
        clear=SqlCount("pk", filter=CONCLUDED & Q(visit__barred=False)),
        barred=SqlCount("pk", filter=CONCLUDED & Q(visit__barred=True)),
    )
    return {
        7: _count(row, "subject"),
        8: _count(row, "examined"),
        11: Count(row["unfinished"], women=row["unfinished_women"]),
        13: Count(row["missed"], women=row["missed_women"]),
        15: Count(row["clear"]),
        16: Count(row["barred"]),
    }


def needs_of(campaign: Campaign) -> QuerySet[ConclusionMedical]:
    """Return the medical parts of the valid conclusions of those who stay in the list."""
    return ConclusionMedical.objects.unscoped(WHY).filter(
        conclusion__current=True,
        exam__campaign=campaign,
        exam__state=ExamState.CONCLUDED,
        exam__roll_entry__removed_on__isnull=True,
    )


def notes_of(campaign: Campaign) -> QuerySet[FurtherExamNote]:
    """Return the notes of people without a conclusion: they count in item 17 and not in item 8 (п. 32)."""
    rows = FurtherExamNote.objects.unscoped(WHY).filter(
        exam__campaign=campaign, exam__roll_entry__removed_on__isnull=True
    )
    return rows.exclude(exam__state__in=[ExamState.CONCLUDED, ExamState.CANCELLED])


def _needs(campaign: Campaign) -> dict[int, Count]:
    row = needs_of(campaign).aggregate(
        further=SqlCount("pk", filter=Q(further_exam=True)),
        **{name: SqlCount("pk", filter=Q(**{name: True})) for name in NEEDS.values()},
    )
    further = row["further"] + notes_of(campaign).count()
    return {17: Count(further), **{item: Count(row[name]) for item, name in NEEDS.items()}}


def diagnoses_of(campaign: Campaign) -> QuerySet[Diagnosis]:
    """Return the valid diagnoses made at the visits of the campaign."""
    return (
        Diagnosis.objects.unscoped(WHY)
        .filter(
            exam__campaign=campaign,
            exam__roll_entry__removed_on__isnull=True,
            replaced_by__isnull=True,
            withdrawn_reason="",
        )
        .exclude(exam__state=ExamState.CANCELLED)
    )


SUSPECTED = Q(nature="occupational_suspected")
CHRONIC = Q(nature="somatic", first_time=True, chronic=True)
OCCUPATIONAL = Q(nature="occupational", first_time=True)
INFECTIOUS = Q(nature="infectious_work", first_time=True)
NEWLY = {
    "somatic": ("chronic", 24),
    "occupational": ("occupational", 25),
    "infectious_work": ("infectious", 26),
}


def _found(campaign: Campaign, as_of: dt.date) -> tuple[dict[int, Count], dict[str, tuple[DiseaseLine, ...]]]:
    """Items 23–26: persons with a suspicion, and newly found diseases by ICD-10 class."""
    rows = diagnoses_of(campaign)
    suspected = rows.filter(SUSPECTED).aggregate(n=SqlCount("person", distinct=True))["n"]
    found: dict[str, dict[str, int]] = {group: {} for group in NEWLY}
    for code, nature, people in _by_code(rows):
        cell = found[nature]
        icd_class = icd_class_of(code, as_of)
        cell[icd_class] = cell.get(icd_class, 0) + people
    lines = {name: _lines(found[nature], as_of) for nature, (name, _) in NEWLY.items()}
    counts = {23: suspected} | {
        item: sum(line.count for line in lines[name]) for name, item in NEWLY.values()
    }
    return {item: Count(n) for item, n in counts.items()}, lines


def _by_code(rows: QuerySet[Diagnosis]) -> QuerySet[Any, tuple[str, str, int]]:
    """Count the persons of every newly found disease: the same disease of one person counts once."""
    counted = rows.filter(CHRONIC | OCCUPATIONAL | INFECTIOUS).order_by().values("code", "nature")
    return counted.annotate(n=SqlCount("person", distinct=True)).values_list("code", "nature", "n")


def _lines(found: dict[str, int], as_of: dt.date) -> tuple[DiseaseLine, ...]:
    titles = icd_titles(as_of)
    order = list(titles)
    rows = sorted(found.items(), key=lambda item: order.index(item[0]))
    return tuple(DiseaseLine(icd_class, titles[icd_class], people) for icd_class, people in rows)
