"""Which report was asked for: whose and of which days."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils.http import urlencode

from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import Organization, employers, organization_of

DAY = dt.timedelta(days=1)
NO_EMPLOYER = "Работодатель не найден. Анализ доступен по работодателям, с которыми есть договор."


@dataclass(frozen=True)
class Asked:
    """Which report was asked for."""

    employer: Organization
    since: dt.date
    until: dt.date
    cut: str

    @property
    def last(self) -> dt.date:
        """Return the last day of the report."""
        return self.until - DAY

    @property
    def query(self) -> str:
        """Return the report as a query string, without its section."""
        days = {"since": f"{self.since:%d.%m.%Y}", "last": f"{self.last:%d.%m.%Y}"}
        return urlencode(days | {"employer": str(self.employer.uid)})

    @property
    def words(self) -> str:
        """Return the days in words."""
        return f"{self.since:%d.%m.%Y} – {self.last:%d.%m.%Y}"


def report_asked(
    actor: Actor,
    *,
    since: dt.date | None,
    last: dt.date | None,
    employer: UUID | None,
    on: dt.date,
    cut: str = "",
) -> Asked:
    """Return the report asked for; without days, the last twelve whole months."""
    until = last + DAY if last else on.replace(day=1)
    begin = since or add_months(until, -12)
    if until <= begin:
        raise Refused("Последний день периода раньше первого. Исправьте даты отчёта.")
    return Asked(_employer(actor, employer), begin, until, cut)


def _employer(actor: Actor, uid: UUID | None) -> Organization:
    own = organization_of(actor)
    if own.kind == "employer":
        return own
    rows = employers(actor)
    found = rows.filter(uid=uid).first() if uid else rows.order_by("name_key", "pk").first()
    if found is None:
        raise NotFound(NO_EMPLOYER)
    return found
