"""An invented career: employers, posts, classes, factors, protection, sick leaves, events, hearing."""

import datetime as dt
from collections.abc import Collection, Iterator
from itertools import pairwise

from django.db import connection

from medtrud.domains.absences.public import absences_add_many
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.models import FactorProtection, WorkplaceClass, WorkplaceFactor
from medtrud.domains.record.types import Measurement
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import (
    employment_close,
    employment_open,
    organization_open,
    post_open,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, person_register

JOB = Actor.job("career")
BEGUN, LAST = dt.date(1986, 9, 1), dt.date(2026, 11, 1)
POSTS = ("Ученик токаря", "Токарь", "Токарь-расточник", "Шлифовщик", "Наладчик", "Мастер участка")
PLANTS = (
    "АО «Вологодский станкозавод»",
    "ООО «Северсталь-ремонт»",
    "АО «Подшипник»",
    "ООО «Точная механика»",
)
CODES = ("4.4", "4.3.1", "3.1.1", "1.1", "5.1", "4.8")
HARM = ("2", "3.1", "3.2", "3.3", "3.2", "3.1")
EVENTS = """
INSERT INTO record_entry (uid, person_id, kind, "on", title, data, module, source, written_at)
SELECT gen_random_uuid(), %s, (ARRAY['exam', 'conclusion', 'referral', 'note'])[1 + n %% 4],
    DATE '2026-11-01' - n * 7, 'Событие ' || n, '{}', 'exams', gen_random_uuid(), now()
FROM generate_series(1, %s) AS n
"""


def worker(last_name: str) -> Person:
    """Register the person."""
    return person_register(
        JOB,
        last_name=last_name,
        first_name="Пётр",
        middle_name="Ильич",
        birth_date=dt.date(1968, 5, 17),
        sex="male",
    )


def career(person: Person, *, jobs: int, events: int, leaves: int) -> None:
    """Write a working life of so many jobs, events and sick leaves."""
    years = (LAST - BEGUN).days // jobs
    edges = [BEGUN + dt.timedelta(days=years * n) for n in range(jobs)]
    plants = [
        organization_open(JOB, kind=Kind.EMPLOYER, requisites=Requisites(name=name), since=BEGUN)
        for name in PLANTS[: max(1, jobs // 3)]
    ]
    for number, (since, until) in enumerate(pairwise([*edges, None])):  # type: ignore[list-item]
        plant = plants[number * len(plants) // jobs]
        title = POSTS[number % len(POSTS)]
        post = post_open(JOB, employer=plant.pk, title=f"{title} {number + 1}")
        place = workplace_open(JOB, employer=plant.pk, title=post.title, post=post.uid, since=since)
        job = employment_open(JOB, person=person.pk, post=post.uid, workplace=place.uid, since=since)
        if until is not None:
            employment_close(JOB, employment=job.uid, until=until, reason="перевод")
        _conditions(plant.pk, place.pk, since, number)
    _leaves(person, plants[-1].pk, edges[-1], leaves)
    with connection.cursor() as cursor:
        cursor.execute(EVENTS, [person.pk, events])


def _conditions(employer: int, place: int, since: dt.date, number: int) -> None:
    """Write the class, factors and protection of a workplace; the annex of those years is not asked."""
    at = {"employer_id": employer, "workplace_id": place, "since": since}
    codes = CODES[: 1 + number % len(CODES)]
    WorkplaceClass.objects.unscoped("invented").create(**at, sout_class=HARM[number % len(HARM)])
    WorkplaceFactor.objects.unscoped("invented").bulk_create(
        WorkplaceFactor(**at, code=code, code_order=order) for order, code in enumerate(codes)
    )
    FactorProtection.objects.unscoped("invented").create(**at, code="4.4", reduction=15, basis="протокол")


def _leaves(person: Person, employer: int, since: dt.date, number: int) -> None:
    rows = []
    for n in range(number):
        begun = since + dt.timedelta(days=15 + 23 * n)
        reason = ("01", "02", "09")[n % 3]
        rows.append(NewAbsence(person.pk, employer, begun, begun + dt.timedelta(days=9), reason=reason))
    if rows:
        absences_add_many(JOB, rows=rows)


def hearing(person: Person):  # type: ignore[no-untyped-def]
    """Return a source of measurements: hearing that goes down with the years."""

    def told(people: Collection[int], on: dt.date) -> Iterator[Measurement]:
        if person.pk in people:
            for year in range(1990, 2027, 3):
                value = 8 + (year - 1990) * 0.9
                yield Measurement(person.pk, "hearing_mean", value, dt.date(year, 4, 2), "Слух", "", "exams")

    return told
