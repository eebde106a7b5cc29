"""Figures of absence: per 100 workers, mean duration, groups, the scale, those often ill."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ..types import MEDICAL_KINDS, Kind
from ..types.codes import tables
from ..types.figures import Case, Change, Figures, Groups, Job, Level, Member, Section, Span
from .intervals import days_limits, rate_limits, ratio_limits

COUNTED = MEDICAL_KINDS - {Kind.MATERNITY}
ILL = frozenset({Kind.ILLNESS, Kind.INJURY})
SMALL = 5  # our own policy of showing: fewer cases than this could name a person
YEAR = 365


@dataclass(frozen=True)
class Leaf:
    """One paper of a case."""

    case: Hashable
    person: int
    kind: str
    reason: str
    since: dt.date
    until: dt.date | None
    closed: bool


def worked(jobs: Iterable[Job]) -> dict[int, int]:
    """Return how many days of the span each person was employed; days of two jobs count once."""
    return member_days(Member(job.person, None, job.since, job.until) for job in jobs).get(None, {})


def member_days(members: Iterable[Member]) -> dict[Hashable, dict[int, int]]:
    """Return the days each person spent in each group."""
    periods: dict[Hashable, dict[int, list[tuple[dt.date, dt.date]]]] = defaultdict(lambda: defaultdict(list))
    for member in members:
        periods[member.key][member.person].append((member.since, member.until))
    return {
        key: {person: _union(spans) for person, spans in people.items()} for key, people in periods.items()
    }


def _union(periods: list[tuple[dt.date, dt.date]]) -> int:
    days, reached = 0, dt.date.min
    for since, until in sorted(periods):
        begin = max(since, reached)
        if until > begin:
            days += (until - begin).days
            reached = until
    return days


def finished(cases: Iterable[Case], kinds: frozenset[Kind]) -> list[Case]:
    """Return the cases of these kinds."""
    return [case for case in cases if case.kind in kinds]


def figures_of(
    key: Hashable, title: str, days_of: Mapping[int, int], cases: Sequence[Case], length: int
) -> Figures:
    """Return the figures of one group: cases and days per 100 of its average headcount."""
    workers = sum(days_of.values()) / length
    days = sum(case.days for case in cases)
    ill: Counter[int] = Counter()
    for case in cases:
        ill[case.person] += case.days
    known = [(ill[person], employed) for person, employed in days_of.items()]
    some = workers > 0
    return Figures(
        key=key,
        title=title,
        workers=workers,
        cases=len(cases),
        days=days,
        persons=len(ill),
        cases_rate=len(cases) / workers * 100 if some else None,
        cases_limits=rate_limits(len(cases), workers),
        days_rate=days / workers * 100 if some else None,
        days_limits=days_limits(known, length) if some else None,
        mean=days / len(cases) if cases else None,
    )


def group_figures(groups: Groups, cases: Sequence[Case], span: Span) -> list[Figures]:
    """Return the figures of every group; a case belongs where its person was on its first day.

    A case that began before the span belongs where the person was on the first day of the span.
    """
    days = member_days(groups.members)
    placed = _placed(groups.members, cases, span)
    order = [key for key in groups.titles if key in days]
    return [
        figures_of(
            key, groups.titles[key], days[key], placed.get(key, []), groups.lengths.get(key, span.days)
        )
        for key in order
    ]


def _placed(members: Sequence[Member], cases: Sequence[Case], span: Span) -> dict[Hashable, list[Case]]:
    mine: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        mine[member.person].append(member)
    found: dict[Hashable, list[Case]] = defaultdict(list)
    for case in cases:
        on = max(case.since, span.since)
        for key in dict.fromkeys(m.key for m in mine[case.person] if m.since <= on < m.until):
            found[key].append(case)
    return found


def shares(cases: Sequence[Case], titles: Mapping[str, str], key: str, workers: float) -> list[Figures]:
    """Return the structure of cases by their reason or class of ICD-10; all stand against one headcount."""
    found: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        found[getattr(case, key)].append(case)
    rows = []
    for code in [*titles, *sorted(found.keys() - titles.keys())]:
        if mine := found.get(code):
            days = sum(case.days for case in mine)
            rows.append(
                Figures(
                    key=code,
                    title=titles.get(code, code),
                    workers=workers,
                    cases=len(mine),
                    days=days,
                    persons=len({case.person for case in mine}),
                    cases_rate=len(mine) / workers * 100 if workers else None,
                    cases_limits=rate_limits(len(mine), workers),
                    days_rate=days / workers * 100 if workers else None,
                    mean=days / len(mine),
                )
            )
    return rows


def level_of(cases_rate: float, days_rate: float, on: dt.date) -> Level | None:
    """Return the level of the scale by cases and by days of a year, and the worse of the two.

    A day for which no scale is loaded has no level.
    """
    rows = sorted(tables()["notkin"].on(on).values(), key=lambda row: -row.values["order"])
    if not rows:
        return None

    def find(column: str, rate: float) -> tuple[int, str]:
        row = next(row for row in rows if rate >= row.values[column])
        return row.values["order"], row.values["title"]

    by_cases, by_days = find("cases_from", cases_rate), find("days_from", days_rate)
    return Level(by_cases[1], by_days[1], max(by_cases, by_days)[1])


def often_ill(cases: Iterable[Case], span: Span) -> set[int]:
    """Return who was often and long ill: by any causes, or by causes of one class where classes are known."""
    rows = tables()["ill_often"].on(span.last).values()
    anyhow: dict[int, list[Case]] = defaultdict(list)
    alike: dict[tuple[int, str], list[Case]] = defaultdict(list)
    for case in cases:
        anyhow[case.person].append(case)
        if case.icd:
            alike[case.person, case.icd].append(case)
    found: set[int] = set()
    for row in rows:
        groups = alike.values() if row.values["related"] else anyhow.values()
        for group in groups:
            enough = len(group) >= row.values["cases"]
            if enough and sum(case.days for case in group) >= row.values["days"]:
                found.add(group[0].person)
    return found


def change_of(now: Figures, before: Figures) -> Change:
    """Return how the rate of cases has changed."""
    limits = ratio_limits(now.cases, now.workers, before.cases, before.workers)
    ratio = now.cases_rate / before.cases_rate if now.cases_rate and before.cases_rate else None
    return Change(ratio, limits)


def screened(section: Section, *, apart: bool) -> Section:
    """Hide the rows in which so few fell ill that a person could be told; zero tells nobody.

    Where the groups make up the known total, one hidden row could be worked out from the others: then the
    smallest of the shown ones is hidden too.
    """
    small = {n for n, row in enumerate(section.rows) if 0 < row.cases < SMALL}
    if apart and len(small) == 1:
        others = [n for n, row in enumerate(section.rows) if n not in small and row.cases]
        small |= set(sorted(others, key=lambda n: section.rows[n].cases)[:1])
    rows = [_hidden(row) if n in small else row for n, row in enumerate(section.rows)]
    return replace(section, rows=rows)


def _hidden(row: Figures) -> Figures:
    return Figures(row.key, row.title, row.workers, 0, 0, 0, hidden=True)
