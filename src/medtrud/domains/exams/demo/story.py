"""A whole year of a clinic, played by foreign systems with keys over the API."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

from medtrud.engines.access.public import accounts
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import clinics, staff_of

from .caller import Caller
from .decisions import concluded, decided, diagnoses_of
from .patients import Patient, patient_of
from .score import scored
from .values import values_of

WEEK = 5
ABSENT, UNFINISHED = 0.04, 0.03
WHY_ABSENT = ("не явился", "отпуск", "временная нетрудоспособность", "командировка", "отказ от осмотра")
OPEN_LINES = ("due", "unknown_exposure")
RECOMMENDATIONS = (
    "Провести мероприятия по снижению шума на участках механического цеха.",
    "Обеспечить работников противошумами с подтверждённой эффективностью.",
    "Направить работников с подозрением на профессиональное заболевание в центр профпатологии.",
    "Обеспечить диспансерное наблюдение работников с впервые выявленными заболеваниями.",
)


@dataclass
class Tally:
    """What has been played."""

    concluded: int = 0
    barred: int = 0
    suspected: int = 0
    absent: int = 0
    unfinished: int = 0
    waiting: int = 0


@dataclass
class Day:
    """A visit with its day and its chance."""

    exam: dict[str, Any]
    entry: dict[str, Any]
    on: dt.date
    chance: float
    patient: Patient = field(init=False)

    def __post_init__(self) -> None:
        """Invent the patient from what stands in the referral."""
        person = self.entry["person"]
        self.patient = patient_of(
            person["snils"] or person["name"],
            sex=person["sex"],
            born=dt.date.fromisoformat(person["birth_date"]),
            on=self.on,
            codes=tuple(factor["code"] for factor in self.entry["factors"]),
            months=self.entry["seniority_months"] or 0,
        )


class Clinic:
    """The clinic's systems: the registry, the laboratory and doctors, the chairman."""

    def __init__(self, actor: Actor, day: dt.date) -> None:
        rows = accounts(actor)
        self.registry = Caller(rows.get(login="clinic"))
        self.chair = Caller(rows.get(login="commission"))
        self.clinic = clinics(actor).order_by("pk").get(pk__in=clinics(actor).values("pk")[:1])
        self.signers = {
            specialty: str(member.uid)
            for member in reversed(list(staff_of(actor, clinic=self.clinic.pk, on=day).order_by("pk")))
            for specialty in member.specialties
        }

    def examine(self, day: Day, tally: Tally) -> None:
        """Take one person through the rooms; some leave before the end."""
        path, on = f"/exams/{day.exam['uid']}", day.on.isoformat()
        self.registry.post(f"{path}/start", on=on)
        lines = [line for line in self.registry.get(f"{path}/lines") if line["state"] in OPEN_LINES]
        if day.chance < ABSENT + UNFINISHED:
            lines = lines[: len(lines) // 2]
        results = scored(day.patient, [self._result(line, day) for line in lines])
        if results:
            self.registry.post(f"{path}/results", results=results)
        if day.chance < ABSENT + UNFINISHED:
            tally.unfinished += 1
            return
        tally.waiting += 1
        day.exam["diagnoses"] = [found for result in results for found in result["diagnoses"]]

    def _result(self, line: dict[str, Any], day: Day) -> dict[str, Any]:
        form = line["form"]
        signers = (self.signers[code] for code in form["specialties"] if code in self.signers)
        return {
            "kind": line["kind"],
            "code": line["code"],
            "performed_on": day.on.isoformat(),
            "values": values_of(day.patient, form["fields"]),
            "diagnoses": diagnoses_of(day.patient, line["title"]),
            "staff": next(signers, None),
        }

    def conclude(self, day: Day, tally: Tally) -> None:
        """Decide on the findings and sign."""
        path, barred = f"/exams/{day.exam['uid']}", set[str]()
        found = day.exam["diagnoses"]
        for finding in self.chair.get(f"{path}/findings") if found else []:
            decision = decided(day.patient, finding)
            self.chair.post(f"/findings/{finding['uid']}/decide", **decision)
            barred |= set(finding["codes"]) if decision["decision"] == "confirmed" else set()
        facts = concluded(day.patient, found, barred)
        self.chair.post(f"{path}/conclusion", on=day.on.isoformat(), **facts)
        tally.waiting -= 1
        tally.concluded += 1
        tally.barred += bool(barred)
        tally.suspected += any(d["nature"] == "occupational_suspected" for d in found)

    def miss(self, day: Day, tally: Tally) -> None:
        """Note who did not come."""
        reason = day.patient.random.choice(WHY_ABSENT)
        self.registry.post(f"/exams/{day.exam['uid']}/not-passed", reason=reason, on=day.on.isoformat())
        tally.absent += 1

    def days(self, campaign: str, plant: Caller, *, first: dt.date, length: int) -> list[Day]:
        """Spread the planned visits over working days, in a random order that is always the same."""
        roll = {row["person"]["uid"]: row for row in plant.all(f"/campaigns/{campaign}/roll")}
        exams = self.registry.all("/exams", campaign=campaign)
        random = Random(campaign_seed(roll))
        exams.sort(key=lambda exam: exam["referral_number"])
        random.shuffle(exams)
        days = list(working_days(first, length))
        chances = [random.random() for _ in exams]
        return [
            Day(exam, roll[exam["person"]["uid"]], days[at * length // len(exams)], chances[at])
            for at, exam in enumerate(exams)
            if exam["state"] == "planned"
        ]


def campaign_seed(roll: dict[str, Any]) -> int:
    """Return a seed that depends on the list alone."""
    return len(roll)


def working_days(first: dt.date, count: int) -> Iterator[dt.date]:
    """Yield working days from a day on."""
    day = first
    while count:
        if day.weekday() < WEEK:
            yield day
            count -= 1
        day += dt.timedelta(days=1)


def prepare(
    plant: Caller, clinic: Clinic | None, title: str, *, since: dt.date, until: dt.date, uid: str
) -> str:
    """Bring a campaign of an employer to its referrals; without a clinic only to the approval."""
    if known := plant.get("/campaigns")["items"]:
        return str(known[0]["uid"])
    on = (since - dt.timedelta(days=12)).isoformat()
    row = plant.post("/campaigns", clinic=uid, title=title, since=since.isoformat(), until=until.isoformat())
    path = f"/campaigns/{row['uid']}"
    plant.post(f"{path}/build", on=on)
    plant.post(f"{path}/approve", on=on)
    if clinic is not None:
        clinic.registry.post(f"{path}/agree", on=on)
        plant.post(f"{path}/referrals", on=on)
        plant.post(f"{path}/referrals/hand", on=on)
    return str(row["uid"])


Say = Callable[[str], None]
