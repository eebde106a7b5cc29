"""Reading factors, classes and service in harmful conditions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from medtrud.domains.record.types import Bar, Lane
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Employment, days_in, in_force

from ..models import FactorProtection, HarmfulPeriod, PastJob, WorkplaceClass, WorkplaceFactor
from ..models.past import READERS
from ..types import Exposure, FactorOnDay, FactorRow, annex_on, annex_since, harmful_classes

Periods = list[tuple[dt.date, dt.date | None]]


WHOLE = Actor.job("a career goes over all employers; the jobs were shown to be seen")


def factors_on(actor: Actor, employments: Iterable[int], *, on: dt.date) -> dict[int, Exposure]:
    """Return what each of these jobs brings with it on a day, in seven queries for any number of jobs."""
    ids = list(employments)
    jobs = list(
        Employment.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", "person", "workplace")
    )
    places = exposure_at(actor, {place for *_, place in jobs if place}, on=on)
    since = harmful_since(actor, {person for _, person, _ in jobs}, on=on)
    bare = Exposure()
    found = {}
    for pk, person, place in jobs:
        known = places.get(place, bare) if place else bare
        found[pk] = Exposure(known.factors, known.sout_class, since.get(person))
    return found


def exposure_at(actor: Actor, workplaces: Iterable[int], *, on: dt.date) -> dict[int, Exposure]:
    """Return the factors and the class of workplaces on a day, in two queries."""
    ids = list(workplaces)
    factors: dict[int, list[FactorOnDay]] = defaultdict(list)
    for row in (
        WorkplaceFactor.objects.visible_to(actor)
        .filter(in_force(on), workplace__in=ids)
        .order_by("code_order")
    ):
        factors[row.workplace_id].append(_on_day(row, on))
    total = classes_at(actor, ids, on=on)
    return {pk: Exposure(tuple(factors[pk]), total.get(pk, "")) for pk in ids if pk in factors or pk in total}


def classes_at(actor: Actor, workplaces: Iterable[int], *, on: dt.date) -> dict[int, str]:
    """Return the classes of workplaces on a day, in one query."""
    rows = WorkplaceClass.objects.visible_to(actor).filter(in_force(on), workplace__in=list(workplaces))
    return dict(rows.values_list("workplace", "sout_class"))


def harmful_since(actor: Actor, persons: Iterable[int], *, on: dt.date) -> dict[int, dt.date]:
    """Return for each person the day from which his harmful service would have run without a break.

    29н, п. 40: the centre examines after five years of work «во вредных (опасных) условиях труда
    (подклассы 3.1–3.4, класс 4)». The service is the sum of the periods at workplaces of these classes at the
    time, over all employers, and of the periods declared by papers; days counted twice count once.
    """
    people = list(persons)
    why = "service is counted over all employers; only its length leaves the query"
    jobs = Employment.objects.unscoped(why).filter(person__in=people, since__lt=on, workplace__isnull=False)
    served = list(jobs.values_list("person", "workplace", "since", "until"))
    harmful: dict[int, Periods] = defaultdict(list)
    classes = WorkplaceClass.objects.unscoped(why).filter(
        sout_class__in=harmful_classes(), since__lt=on, workplace__in={place for _, place, *_ in served}
    )
    for place, since, until in classes.values_list("workplace", "since", "until"):
        harmful[place].append((since, until))
    periods: dict[int, Periods] = defaultdict(list)
    for person, place, since, until in served:
        if place in harmful:
            periods[person] += _crossed(since, until, harmful[place])
    declared = HarmfulPeriod.objects.unscoped(why).filter(person__in=people, since__lt=on)
    past = PastJob.objects.unscoped(why).filter(
        person__in=people, since__lt=on, ended_at__isnull=True, sout_class__in=harmful_classes()
    )
    for rows in (declared, past):
        for person, since, until in rows.values_list("person", "since", "until"):
            periods[person].append((since, until))
    days = {person: days_in(each, on) for person, each in periods.items()}
    return {person: on - dt.timedelta(days=count) for person, count in days.items() if count}


def _crossed(since: dt.date, until: dt.date | None, others: Periods) -> Periods:
    """Return the parts of a period that others cover; a period with until before since is empty."""
    return [(max(since, begin), min(end or dt.date.max, until or dt.date.max)) for begin, end in others]


def _on_day(row: WorkplaceFactor, on: dt.date) -> FactorOnDay:
    known = rows_named(on).get(row.code)
    title = known.name if known else row.code
    return FactorOnDay(row.code, title, tuple(row.substances), row.markers, row.sout_class)


def rows_named(on: dt.date) -> Mapping[str, FactorRow]:
    """Return the annex for showing names; on a day without an act in force codes stand for themselves.

    Rules refuse such a day; a list of what was recorded must still open.
    """
    try:
        return annex_on(annex_since(on))
    except Refused:
        return {}


def factors_of(actor: Actor, *, workplace: int) -> QuerySet[WorkplaceFactor]:
    """Return the factors of a workplace, past ones too."""
    rows: QuerySet[WorkplaceFactor] = WorkplaceFactor.objects.visible_to(actor).filter(workplace=workplace)
    return rows.order_by("-since", "code_order", "pk")


def classes_of(actor: Actor, *, workplace: int) -> QuerySet[WorkplaceClass]:
    """Return the classes of a workplace, past ones too."""
    rows: QuerySet[WorkplaceClass] = WorkplaceClass.objects.visible_to(actor).filter(workplace=workplace)
    return rows.order_by("-since", "-pk")


def lanes_of(actor: Actor, jobs: Sequence[Employment], on: dt.date) -> list[Lane]:
    """Return what the trajectory draws of jobs: classes, factors, protection; in three queries.

    Who reads records reads the conditions of the whole career, as its exposure tells them.
    """
    actor = WHOLE if actor.role in READERS else actor
    places = {job.workplace_id for job in jobs if job.workplace_id}
    rated = WorkplaceClass.objects.visible_to(actor).filter(workplace__in=places)
    met = WorkplaceFactor.objects.visible_to(actor).filter(workplace__in=places).order_by("code_order")
    classes_met = [(row, f"Класс {row.sout_class}", row.sout_class, row.sout_class) for row in rated]
    factors_met = [(row, f"{row.code} {_short(row.code, on)}".strip(), row.code, "factor") for row in met]
    given = FactorProtection.objects.visible_to(actor).filter(workplace__in=places).order_by("code", "since")
    worn = [(row, f"{row.code}: ослабление {row.reduction:g}", row.code, "ppe") for row in given]
    lanes = (("Класс условий", classes_met, 20), ("Факторы", factors_met, 30), ("СИЗ", worn, 40))
    drawn = [Lane(title, tuple(_bars(jobs, rows)), order=order) for title, rows, order in lanes]
    return [lane for lane in drawn if lane.bars]


def _short(code: str, on: dt.date) -> str:
    """Return the short name of a factor; a day without a list of factors leaves the code alone."""
    try:
        known = annex_on(on).get(code)
    except Refused:
        return ""
    return known.short if known else ""


def _bars(jobs: Sequence[Employment], rows: Iterable[tuple[Any, str, str, str]]) -> Iterator[Bar]:
    """Cut what a workplace had by the time the person worked there."""
    for row, title, short, level in rows:
        for job in jobs:
            ends = [day for day in (row.until, job.until) if day]
            since, until = max(row.since, job.since), min(ends, default=None)
            if job.workplace_id == row.workplace_id and (until is None or since < until):
                yield Bar(since, until, title, short, level)


def harmful_periods_of(actor: Actor, *, person: int) -> QuerySet[HarmfulPeriod]:
    """Return the declared periods of harmful service of a person."""
    rows: QuerySet[HarmfulPeriod] = HarmfulPeriod.objects.visible_to(actor).filter(person=person)
    return rows.order_by("since")


def workplaces_with(actor: Actor, *, code: str, on: dt.date) -> QuerySet[WorkplaceFactor]:
    """Return the ids of the workplaces that have a factor on a day, as a subquery."""
    rows: QuerySet[WorkplaceFactor] = WorkplaceFactor.objects.visible_to(actor).filter(
        in_force(on), code=code
    )
    return rows


def codes_in_use(actor: Actor, *, employer: int, on: dt.date) -> Sequence[str]:
    """Return the codes an employer's workplaces have on a day, in the order of the annex."""
    rows = WorkplaceFactor.objects.visible_to(actor).filter(in_force(on), employer=employer)
    return list(dict.fromkeys(rows.order_by("code_order").values_list("code", flat=True)))


def factors_valid_on(on: dt.date) -> QuerySet[WorkplaceFactor]:
    """Return the factors of everybody on a day, for counting in SQL by a caller that has checked who asks."""
    rows: QuerySet[WorkplaceFactor] = WorkplaceFactor.objects.unscoped(
        "counted by an action that checked who asks"
    )
    return rows.filter(in_force(on))


def classes_valid_on(on: dt.date) -> QuerySet[WorkplaceClass]:
    """Return the classes of everybody on a day, for counting in SQL by a caller that has checked who asks."""
    rows: QuerySet[WorkplaceClass] = WorkplaceClass.objects.unscoped(
        "counted by an action that checked who asks"
    )
    return rows.filter(in_force(on))


def harmful_periods(actor: Actor, *, employer: int) -> dict[int, dt.date]:
    """Return the earliest day of harmful service an employer has declared, by person."""
    rows = HarmfulPeriod.objects.visible_to(actor).filter(employer=employer).order_by("-since")
    return dict(rows.values_list("person", "since"))
