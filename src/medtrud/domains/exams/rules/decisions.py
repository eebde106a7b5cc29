"""What the commission decides by: groups of health, needs, items of the act, recommendations."""

import datetime as dt
from dataclasses import dataclass

from medtrud.kernel.errors import Refused

from ..types.numbers import ActNumbers
from .law import tables_on

SIGN = "#"


@dataclass(frozen=True, slots=True)
class Need:
    """Something the examined person needs; each is a number of the act."""

    code: str
    title: str
    item: int


@dataclass(frozen=True, slots=True)
class ActItem:
    """An item of the act: how it reads, what it is, and who may open the list behind it."""

    number: int
    title: str
    kind: str  # text | count | list | diseases | measures
    audience: str  # parties | medical | none


def health_groups(day: dt.date) -> dict[str, str]:
    """Return the groups of health with their meaning."""
    return {code: row.values["text"] for code, row in tables_on(day)["health_groups"].items()}


def group_require(group: str, day: dt.date) -> None:
    """Refuse a group that the book of the day does not have; п. 16 requires one."""
    known = health_groups(day)
    if group not in known:
        text = f"Группы здоровья «{group}» нет. Выберите одну из: {', '.join(known)}."
        raise Refused(text, basis="приказ № 29н, Порядок, пп. 16, 33")


def needs_on(day: dt.date) -> tuple[Need, ...]:
    """Return what a person may need, in the order of the act."""
    rows = tables_on(day)["needs"]
    found = (Need(code, row.values["title"], row.values["item"]) for code, row in rows.items())
    return tuple(sorted(found, key=lambda need: need.item))


def act_items(day: dt.date) -> tuple[ActItem, ...]:
    """Return the items of the act in their order; п. 46."""
    rows = tables_on(day)["act_items"]
    found = (
        ActItem(int(code), row.values["title"], row.values["kind"], row.values["audience"])
        for code, row in rows.items()
    )
    return tuple(sorted(found, key=lambda item: item.number))


def act_item(number: int, day: dt.date) -> ActItem | None:
    """Return one item, or nothing where the act has no such number."""
    return next((item for item in act_items(day) if item.number == number), None)


def proposals(numbers: ActNumbers, day: dt.date) -> list[str]:
    """Propose recommendations to the employer from what was counted; the chairman edits them."""
    rows = tables_on(day)["act_proposals"].values()
    counted = [(row.values["text"], numbers.counts.get(row.values["item"])) for row in rows]
    return [text.replace(SIGN, str(count.total)) for text, count in counted if count and count.total]
