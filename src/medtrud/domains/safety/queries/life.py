"""Protective equipment on the trajectory of a working life: what was issued, and until when it serves."""

import datetime as dt
from collections.abc import Sequence

from medtrud.domains.record.types import Bar, Lane
from medtrud.kernel.actor import Actor, Role

from ..models import PpeIssue

PHYSICIANS = {Role.CLINIC, Role.COMMISSION}


def issues_drawn(actor: Actor, persons: Sequence[int], on: dt.date) -> list[Lane]:
    """Return the equipment issued to a person, in one query; each stands until it is to be replaced.

    Physicians do not keep the cards of equipment, but read on a record what was worn.
    """
    reader = Actor.job("what was worn, on a record that was opened") if actor.role in PHYSICIANS else actor
    rows = PpeIssue.objects.visible_to(reader).filter(person__in=persons, on__lte=on)
    issued = rows.order_by("on", "pk").values_list("on", "due", "item__title")
    bars = tuple(
        Bar(day, min(due, on) if due and due > day else day + dt.timedelta(days=1), title, "", "issue")
        for day, due, title in issued
    )
    return [Lane("СИЗ выданы", bars, order=42)] if bars else []
