"""What the examinations measured, as the record is asked for it: results in force, diseases that stand."""

import datetime as dt
from collections.abc import Collection, Iterator

from django.db.models import Q

from medtrud.domains.record.types import Measurement

from ..models import Diagnosis, LineResult
from ..rules.observed import known_diseases, observation, observed_forms

WHY = "the record has shown that the actor sees these people"


def measured(persons: Collection[int], on: dt.date) -> Iterator[Measurement]:
    """Yield the observations of people up to a day, older ones first, in two queries."""
    forms = observed_forms(on)
    rows = LineResult.objects.unscoped(WHY).filter(
        person__in=persons, line__title__in=list(forms), performed_on__lte=on
    )
    found = rows.order_by("performed_on", "line", "version")
    ill = list(_diseases(persons, on))
    standing = {(each.person, each.code) for each in ill}
    for person, title, values, day, uid in found.values_list(
        "person", "line__title", "values", "performed_on", "uid"
    ):
        for row in forms[title]:
            seen = observation(row, values)
            if seen and (person, seen.code) not in standing:  # a diagnosis stands against a later answer
                yield Measurement(person, seen.code, seen.value, day, seen.title, seen.original, "exams", uid)
    yield from ill


def _diseases(persons: Collection[int], on: dt.date) -> Iterator[Measurement]:
    known = known_diseases(on)
    wanted = Q()
    for _, codes in known.values():
        for code in codes:
            wanted |= Q(code__startswith=code)
    rows = Diagnosis.objects.unscoped(WHY).filter(
        wanted, person__in=persons, found_on__lte=on, replaced_by__isnull=True, withdrawn_reason=""
    )
    for person, code, day, uid in rows.order_by("found_on").values_list("person", "code", "found_on", "uid"):
        for name, (title, codes) in known.items():
            if code.startswith(codes):
                yield Measurement(person, name, 1, day, title, f"диагноз {code}", "exams", uid)
