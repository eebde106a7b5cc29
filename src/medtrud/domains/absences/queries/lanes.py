"""Sick leaves on the trajectory of a working life."""

import datetime as dt
from collections.abc import Sequence

from medtrud.domains.record.types import Bar, Lane
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import Employment

from ..models import Absence
from ..models.absence import STANDING
from ..types import KINDS, MEDICAL_KINDS, Kind

PHYSICIANS = {Role.CLINIC, Role.COMMISSION}


def lanes_of(actor: Actor, jobs: Sequence[Employment], on: dt.date) -> list[Lane]:
    """Return the sick leaves of the person whose jobs these are, in one query.

    Physicians read them over all employers, as the entries of the record tell them.
    """
    reader = Actor.job("sick leaves of a record that was opened") if actor.role in PHYSICIANS else actor
    rows = Absence.objects.visible_to(reader).filter(
        STANDING, person__in={job.person_id for job in jobs}, kind__in=[str(kind) for kind in MEDICAL_KINDS]
    )
    periods = rows.order_by("since").values_list("since", "until", "kind")
    bars = tuple(Bar(since, until, KINDS[Kind(kind)], "", "sick") for since, until, kind in periods)
    return [Lane("Больничные", bars, order=60)] if bars else []
