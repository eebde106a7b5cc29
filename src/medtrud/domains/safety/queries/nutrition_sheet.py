"""The register of a month as it is printed."""

import datetime as dt

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import organization_of
from medtrud.registries.people.public import names_of

from ..types.nutrition import portions_on
from ..types.nutrition_sheet import SheetForm
from .nutrition import month_lines, titled


def sheet_form(actor: Actor, month: dt.date) -> SheetForm:
    """Return the register of a month: who, what, how many shifts, how much; a place for the signature."""
    employer = organization_of(actor)
    lines = month_lines(actor, employer=employer.pk, month=month)
    names = names_of(actor, [line.grant.person_id for line in lines])
    return SheetForm(
        employer=str(employer),
        month=f"{month:%m.%Y}",
        cautions=tuple(sorted({row.caution for row in portions_on(month).values() if row.caution})),
        rows=tuple(
            (
                names[line.grant.person_id].full if line.grant.person_id in names else "",
                str(line.grant.employment.workplace or ""),
                titled(line.grant, month),
                str(line.issue.shifts) if line.issue else "",
                line.issue.said if line.issue else "",
            )
            for line in lines
        ),
    )
