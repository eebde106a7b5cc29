"""The clinic's own bounds: for the list, and for one person on one day."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.registries.people.types import PersonName

from ..models import ClinicNorm
from ..rules.forms import EntryForm, entry_form
from ..rules.norms import with_norms
from ..types.norms import OWN, Norm


def norms(actor: Actor) -> QuerySet[ClinicNorm]:
    """Return the table of the seat's clinic, earlier versions too."""
    rows: QuerySet[ClinicNorm] = ClinicNorm.objects.visible_to(actor)
    return rows.filter(cancelled=False)


def norm_of(actor: Actor, uid: UUID) -> ClinicNorm:
    """Return one line; a stranger gets 404."""
    return find(ClinicNorm, actor, uid)


class Norms:
    """The table of one clinic on one day for some tests, read once."""

    def __init__(self, clinic: int, tests: Collection[str] | None, on: dt.date) -> None:
        rows = ClinicNorm.objects.unscoped("bounds beside the results of this very clinic")
        valid = rows.filter(Q(until__isnull=True) | Q(until__gt=on), clinic=clinic, since__lte=on)
        if tests is not None:
            valid = valid.filter(test__in=list(tests))
        self.on = on
        self.rows = list(valid.filter(cancelled=False).order_by("pk"))

    def form(self, title: str, person: PersonName) -> EntryForm:
        """Return the form of a doctor or a test with the bounds that hold for a person."""
        plain = entry_form(title, person.sex, self.on)
        rows = [row for row in self.rows if row.test == title]
        if not rows:
            return plain
        age = age_on(person.birth_date, self.on)
        held = [
            Norm(row.laboratory, row.test, row.field, row.low, row.high, source_of(row))
            for row in rows
            if row.sex in ("", person.sex) and row.age_from <= age <= row.age_to
        ]
        return with_norms(plain, held, {row.laboratory for row in rows})


def source_of(row: ClinicNorm) -> str:
    """Say whose the bounds are."""
    return f"норма клиники с {row.since:%d.%m.%Y}: {row.laboratory or OWN}; {row.basis}"
