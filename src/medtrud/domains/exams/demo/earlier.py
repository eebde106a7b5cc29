"""The examinations of the years before for one long life: its measured functions become lines, not points."""

import datetime as dt

from medtrud.engines.access.public import accounts
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_of

from .caller import Caller
from .story import Clinic, Day, Tally, working_days

LOGIN, MONTH, YEARS = "gromov", 9, 5
SENT_BEFORE = dt.timedelta(days=10)


def earlier(actor: Actor, clinic: Clinic, plant: Caller, *, day: dt.date) -> int:
    """Examine the man in each of the last years at his present job; return how many visits were played."""
    account = accounts(actor).filter(login=LOGIN).first()
    if account is None or account.person is None:
        return 0
    job = employments_of(actor, person=account.person).filter(until__isnull=True).first()
    if job is None:
        return 0
    tally = Tally()
    for year in range(day.year - YEARS, day.year):
        on = next(working_days(dt.date(year, MONTH, 1), 1))
        if on < job.since:
            continue
        sent = plant.post(
            "/referrals", employment=str(job.uid), clinic=str(clinic.clinic.uid), kind="periodic",
            on=(on - SENT_BEFORE).isoformat(),
        )  # fmt: skip
        plant.post(f"/referrals/{sent['uid']}/hand", on=(on - SENT_BEFORE).isoformat())
        months = (on.year - job.since.year) * 12 + on.month - job.since.month
        visit = Day({"uid": sent["exam"]}, sent | {"seniority_months": months}, on, chance=1.0)
        clinic.examine(visit, tally)
        clinic.conclude(visit, tally)
    return tally.concluded
