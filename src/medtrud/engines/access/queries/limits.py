"""What the operator allows on a day."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from medtrud.engines.access.models import Limit
from medtrud.engines.access.rules import LIMITS, limit
from medtrud.engines.access.types import Rule


@dataclass(frozen=True)
class LimitLine:
    """One limit as the security administrator reads it."""

    code: str
    title: str
    shipped: int
    value: int
    rows: tuple[Limit, ...]

    @property
    def own(self) -> bool:
        """Tell whether a row of the operator still holds."""
        return any(row.until is None for row in self.rows)


def limit_of(rule: Rule, on: dt.date, *, role: str = "") -> int:
    """Return the value in force on the day for the role."""
    return limit(rule, on, _in_force(on).filter(code=rule).values_list("role", "value"), role=role)


def limits_of(rules: list[Rule], on: dt.date, *, role: str = "") -> dict[Rule, int]:
    """Return several values by one question."""
    decided = list(_in_force(on).filter(code__in=rules).values_list("code", "role", "value"))
    return {
        rule: limit(rule, on, [(who, value) for code, who, value in decided if code == rule], role=role)
        for rule in rules
    }


def limits_list(on: dt.date) -> list[LimitLine]:
    """Return every limit with the rows that change it."""
    rows = list(_rows().order_by("code", "role", "since"))
    values = limits_of(list(Rule), on)
    return [
        LimitLine(
            code,
            shipped.values["title"],
            shipped.values["value"],
            values[Rule(code)],
            tuple(row for row in rows if row.code == code),
        )
        for code, shipped in LIMITS.on(on).items()
    ]


def _rows() -> QuerySet[Limit]:
    return Limit.objects.unscoped("the rules of the house bind everybody")


def _in_force(on: dt.date) -> QuerySet[Limit]:
    return _rows().filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
