"""Earlier examinations of one man, so that his trajectory shows how hearing and lungs have changed."""

import datetime as dt
from collections.abc import Callable

from medtrud.engines.access.public import accounts
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_of

from .caller import Caller
from .story import Clinic, Day, Tally

LOGIN = "gromov"
FIRST = 2023  # the clinic's doctors are accredited since the year before
Say = Callable[[str], None]


def looked_back(actor: Actor, clinic: Clinic, plant: Caller, day: dt.date, say: Say) -> None:
    """Examine the man with the long career in each of the years before; his ears get a little worse."""
    found = accounts(actor).filter(login=LOGIN).first()
    if found is None or found.person is None:
        return
    job = employments_of(actor, person=found.person).first()
    if job is None:
        return
    for year in range(FIRST, day.year):
        on = dt.date(year, 9, 20)
        sent = plant.post(
            "/referrals", employment=str(job.uid), clinic=str(clinic.clinic.uid), kind="periodic",
            on=on.isoformat(), basis="ежегодный осмотр",
        )  # fmt: skip
        found_exams = clinic.registry.all("/exams", referral_number=sent["number"])
        (exam,) = [
            row
            for row in found_exams
            if row["person"]["uid"] == sent["person"]["uid"] and row["state"] == "planned"
        ]
        visit = Day(exam, sent | {"seniority_months": 0}, on, chance=1.0)
        visit.patient.traits = {"smokes"}
        visit.patient.hearing = 6.0 + 2.5 * (year - FIRST)
        visit.patient.lungs = 104.0 - 1.6 * (year - FIRST)
        tally = Tally()
        clinic.examine(visit, tally)
        clinic.conclude(visit, tally)
    say(f"Громов Н. П.: осмотры {FIRST}–{day.year - 1} годов (вход {LOGIN})")
