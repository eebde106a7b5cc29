"""Cases out of papers: a primary leave and its prolongations are one case."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any

from ..types.figures import Case, Span
from .figures import Leaf


def cases_of(leaves: Iterable[Leaf], span: Span, classes: Mapping[Hashable, str]) -> tuple[list[Case], int]:
    """Return the cases that ended within the span, and how many that had begun by its end go on.

    Учёт по законченным случаям: a case with all its days belongs to the period in which it ended. The reason
    is that of the primary leave, the class that of the last paper with a diagnosis.
    """
    chains: dict[Hashable, list[Leaf]] = defaultdict(list)
    for leaf in leaves:
        chains[leaf.case].append(leaf)
    cases, unfinished = [], 0
    for key, chain in chains.items():
        chain.sort(key=lambda leaf: leaf.since)
        first, last = chain[0], chain[-1]
        if not last.closed or last.until is None or last.until > span.until:
            unfinished += first.since < span.until
        elif last.until > span.since:
            cases.append(_case(key, first, last, chain, classes))
    return cases, unfinished


def _case(key: Any, first: Leaf, last: Leaf, chain: list[Leaf], classes: Mapping[Hashable, str]) -> Case:
    days = sum((leaf.until - leaf.since).days for leaf in chain if leaf.until)
    until = last.until or last.since
    return Case(key, first.person, first.kind, first.reason, first.since, until, days, classes.get(key, ""))
