"""Two years and a half of sick leaves, vacations and trips of the invented employers, as lists of HR."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from medtrud.engines.access.public import accounts, actor_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, clinics, employers, employments_on

from ..actions import absences_add_many, medical_set_many
from ..queries import absences
from ..types import NewAbsence, NewMedical

AFTER = ("hazards",)
DAY = dt.timedelta(days=1)
BACK = 2.5 * 365
NUMBERS = "91"  # of invented leaves
PORTION = 500
Say = Callable[[str], None]
LIKELY = (  # reason, chance, shortest, longest, diagnoses
    ("01", 55, 4, 16, ("J06.9", "J20.9", "J11.1", "M54.5", "M51.1", "I11.9", "K29.3", "N11.0", "H65.0")),
    ("02", 9, 10, 45, ("S93.4", "S61.0", "S52.5", "S83.6")),
    ("04", 2, 14, 60, ("S61.2", "S62.6", "T15.0")),
    ("09", 12, 4, 10, ("J06.9", "J03.9")),
    ("03", 2, 7, 14, ("Z20.8",)),
    ("10", 2, 3, 8, ("T78.4",)),
)
WINTER = {1: 1.7, 2: 1.6, 3: 1.3, 4: 1.0, 5: 0.8, 6: 0.6, 7: 0.5, 8: 0.6, 9: 0.9, 10: 1.2, 11: 1.3, 12: 1.4}
SEEN = 0.8  # of the leaves have a diagnosis
A_YEAR = 0.62  # primary leaves per worker


def fill(actor: Actor) -> None:
    """Write the absences of the few people that are there."""
    _play(actor, lambda text: None)


def play(actor: Actor, say: Say, folder: Path) -> None:
    """Write the absences of everybody."""
    _play(actor, say)


def _play(actor: Actor, say: Say) -> None:
    on = today()
    for employer in employers(actor).order_by("pk"):
        written = absences(actor).filter(employer=employer)
        if written.filter(number__startswith=NUMBERS).exists():
            continue
        chance = Random(str(employer))
        held = employments_on(actor, employer=employer.pk, on=on).order_by("-pk")
        told = set(written.values_list("person", flat=True))  # others have told of their absences
        jobs = {job.person_id: job for job in held if job.person_id not in told}.values()
        rows = [row for job in jobs for row in _life(job, on, chance)]
        for start in range(0, len(rows), PORTION):
            absences_add_many(actor, rows=rows[start : start + PORTION])
        if rows:
            say(f"{employer}: отсутствий {len(rows)}, из них листков {sum(bool(row.reason) for row in rows)}")
        _diagnose(actor, employer.pk, on)


def _life(job: Employment, on: dt.date, chance: Random) -> Iterator[NewAbsence]:
    """Yield the absences of one job, one after another: nobody is ill on vacation."""
    begin = max(job.since, on - dt.timedelta(days=int(BACK)))
    frail = chance.gammavariate(1.1, 1 / 1.1)  # a few are ill often, many never
    day = begin + dt.timedelta(days=chance.randrange(1, 60))
    rested = day
    while day < on - 12 * DAY:
        if (day - rested).days > 300:
            length = 14 if chance.random() < 0.5 else 28
            yield _away(job, day, length, kind="vacation")
            rested, day = day, day + (length + 2) * DAY
        elif chance.random() < A_YEAR * frail * WINTER[day.month] / 52:
            leaves = list(_ill(job, day, on, chance))
            yield from leaves
            day = (leaves[-1].until or on) + 7 * DAY
        elif chance.random() < 0.002:
            yield _away(job, day, chance.randrange(2, 9), kind="trip")
            day += 14 * DAY
        day += 7 * DAY


def _ill(job: Employment, day: dt.date, on: dt.date, chance: Random) -> Iterator[NewAbsence]:
    reason, _, low, high, _ = chance.choices(LIKELY, [row[1] for row in LIKELY])[0]
    length = chance.randrange(low, high + 1)
    number = f"{NUMBERS}{chance.randrange(10**10):010d}"
    first = min(length, 15)
    if day + first * DAY >= on:  # still ill on the day of the demonstration
        yield NewAbsence(job.person_id, job.employer_id, day, None, reason=reason, number=number)
        return
    yield _away(job, day, first, reason=reason, number=number)
    if length > first:
        more = f"{NUMBERS}{chance.randrange(10**10):010d}"
        yield _away(job, day + first * DAY, length - first, reason=reason, number=more)


def _away(
    job: Employment, day: dt.date, days: int, *, kind: str = "", reason: str = "", number: str = ""
) -> NewAbsence:
    basis = "приказ об отпуске" if kind == "vacation" else ""
    return NewAbsence(
        job.person_id, job.employer_id, day, day + days * DAY, kind, reason, number=number, basis=basis
    )


def _diagnose(actor: Actor, employer: int, on: dt.date) -> None:
    """Let the clinic write the diagnoses of a part of the leaves of the last year."""
    account = accounts(actor).filter(login="clinic").first()
    clinic = clinics(actor).order_by("pk").first()
    if account is None or clinic is None:
        return
    doctor = actor_of(account, None, on=on)
    codes = {reason: diagnoses for reason, *_, diagnoses in LIKELY}
    chance = Random(10)
    recent = (
        absences(doctor)
        .filter(employer=employer, reason__in=codes, since__gte=on - dt.timedelta(days=370))
        .order_by("pk")
    )
    medical = {
        row.document: NewMedical(
            diagnosis=chance.choice(codes[row.reason]), clinic=clinic.pk, doctor_post="врач-терапевт",
            regime="outpatient",
        )
        for row in recent if chance.random() < SEEN
    }  # fmt: skip
    medical_set_many(doctor, medical=medical)
