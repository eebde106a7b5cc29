"""Invented registers of substances: most are approved, one is worked with while nobody has allowed it."""

import datetime as dt
from decimal import Decimal

from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Organization, organization_of, workplaces

from ..actions import chemical_decide, chemical_request, chemical_train, chemical_use
from ..queries.chemicals import chemicals, workers_with
from ..types.chemicals import ChemicalIn, ChemicalState

BASIS = "СанПиН 1.2.3685-21 (для показа, сверить)"
ACID = "Работа с едкими веществами"
HALF = dt.timedelta(days=180)
# name, CAS, limits, class, letters, training, approved, words of the post that works with it
LINES = (
    ("Уайт-спирит", "8052-41-3", "900", "300", 4, "", "Работа с растворителями", True, "Маляр"),
    ("Ацетон", "67-64-1", "800", "200", 4, "", "Работа с растворителями", True, "Маляр"),
    (
        "Хромовый ангидрид",
        "1333-82-0",
        "0.03",
        "0.01",
        1,
        "К",
        ACID,
        True,
        "Гальваник",
    ),
    ("Марганец", "7439-96-5", "0.6", "0.2", 2, "", "", True, "Электрогазосварщик"),
    ("Аммиак", "7664-41-7", "20", "", 4, "О", ACID, False, "Лаборант"),
    ("Формальдегид", "50-00-0", "0.5", "", 2, "А", ACID, None, ""),
)


def registered(engineer: Actor) -> int:
    """Write the register of the engineer's employer once; return how many substances it has."""
    employer = organization_of(engineer)
    if chemicals(engineer, employer=employer.pk).exists():
        return 0
    places = list(workplaces(engineer, employer=employer.pk))
    since = today() - HALF
    for name, cas, high, mean, hazard, letters, training, approved, post in LINES:
        row = chemical_request(
            engineer,
            chemical=ChemicalIn(
                name,
                cas,
                Decimal(high),
                Decimal(mean) if mean else None,
                BASIS,
                hazard,
                letters,
                training=training,
                training_months=36 if training else None,
            ),
            purpose=f"работа: {post.lower()}" if post else "проба нового лака",
            on=since,
        )
        if approved:
            chemical_decide(
                engineer,
                chemical=row.uid,
                state=ChemicalState.APPROVED,
                text="замены нет, меры приняты",
                on=since,
            )
        for place in [each for each in places if post and post in each.title][:2]:
            chemical_use(engineer, chemical=row.uid, workplace=place.uid, since=since)
    _train(engineer, employer, since)
    return len(LINES)


def _train(engineer: Actor, employer: Organization, since: dt.date) -> None:
    """Train all but the last who works with each substance."""
    working = workers_with(engineer, employer=employer.pk, on=today())
    for row in chemicals(engineer, employer=employer.pk).exclude(training=""):
        jobs = working.get(row.pk, [])[:-1]
        if jobs:
            chemical_train(
                engineer,
                chemical=row.uid,
                employments=[job.uid for job in jobs],
                on=since,
                basis="протокол 7",
            )
