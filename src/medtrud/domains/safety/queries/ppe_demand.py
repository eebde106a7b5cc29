"""The demand for protective equipment of a period, ready for the screen and for paper."""

import datetime as dt
from decimal import Decimal

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import organization_of

from ..rules.ppe import amount
from ..types.ppe_demand import DemandForm
from .ppe import ppe_demand

NBSP = "\u00a0"


def demand_form(actor: Actor, *, since: dt.date, until: dt.date) -> DemandForm:
    """Return what is needed from a day until another, kind by kind, and what it costs."""
    employer = organization_of(actor)
    rows = ppe_demand(actor, employer=employer.pk, since=since, until=until)
    costs = [row.cost_kopecks for row in rows]
    return DemandForm(
        employer=str(employer),
        period=f"с {since:%d.%m.%Y} по {until - dt.timedelta(days=1):%d.%m.%Y}",
        rows=tuple(
            (
                str(number), row.item, row.unit, spaced(str(row.people)),
                spaced(amount(row.quantity).replace(".", ",")), roubles(row.price_kopecks), roubles(cost),
            )
            for number, (row, cost) in enumerate(zip(rows, costs, strict=True), 1)
        ),
        total=roubles(sum(cost or 0 for cost in costs)),
        unpriced=costs.count(None),
    )  # fmt: skip


def roubles(kopecks: int | None) -> str:
    """Write a sum: 4 486 470,00; without a price there is none."""
    return "цены нет" if kopecks is None else spaced(f"{Decimal(kopecks) / 100:.2f}".replace(".", ","))


def spaced(digits: str) -> str:
    """Part the thousands."""
    whole, comma, part = digits.partition(",")
    return f"{int(whole):,}".replace(",", NBSP) + comma + part
