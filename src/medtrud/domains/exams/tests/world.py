"""A plant, a clinic with doctors and a commission, a contract, and workers in noise and at heights."""

import datetime as dt
from dataclasses import replace
from functools import cached_property
from itertools import count
from typing import Any

from medtrud.domains.exams.actions.campaign import campaign_agree, campaign_approve, campaign_open, roll_build
from medtrud.domains.exams.actions.exam import exam_start
from medtrud.domains.exams.actions.line import results_record
from medtrud.domains.exams.actions.referral import referrals_issue
from medtrud.domains.exams.models import Campaign, Exam, ExamLine, RollEntry
from medtrud.domains.exams.rules.forms import entry_form
from medtrud.domains.exams.types.results import NewDiagnosis, NewResult
from medtrud.domains.exams.types.states import LineState
from medtrud.domains.hazards.public import factors_set
from medtrud.domains.hazards.types import FactorIn
from medtrud.engines.access.public import desks
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    Employment,
    Organization,
    Post,
    StaffMember,
    Workplace,
    accreditation_add,
    commission_open,
    contract_accept,
    contract_open,
    division_open,
    employment_open,
    organization_open,
    post_open,
    staff_open,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import name_of, person_register

JOB = Actor.job("test")
LONG_AGO = dt.date(2021, 5, 4)
DAY = dt.date(2026, 2, 2)
NOISE, HEIGHT, FOOD = ("4.4",), ("6.1", "4.4"), ("23",)
# Every specialty of the performers' table, so that one doctor may do all lines of a test.
ALL_SPECIALTIES = (
    "27",
    "14",
    "23",
    "97",
    "8",
    "19",
    "20",
    "10",
    "30",
    "3",
    "145",
    "32",
    "256",
    "35",
    "33",
    "24",
    "36",
    "13",
    "5",
)
_numbers = count(1)


def seat(role: Role, organization: int | None = None, person: int | None = None) -> Actor:
    """Return somebody on a seat with all rights of its desk."""
    return Actor(
        role=role,
        name=str(role),
        organization=organization,
        person=person,
        permissions=desks()[role].permissions,
        region="35",
    )


def someone(last: str, sex: str = "male", born: dt.date = dt.date(1980, 5, 17)) -> int:
    """Register somebody new: no two have one name and one birthday."""
    day = born + dt.timedelta(days=next(_numbers) % 300)
    first, middle = ("Анна", "Петровна") if sex == "female" else ("Пётр", "Ильич")
    return person_register(
        JOB, last_name=last, first_name=first, middle_name=middle, birth_date=day, sex=sex
    ).pk


class World:
    """The two sides and their people; everything further is done by the test itself."""

    def __init__(self) -> None:
        self.plant = self._organization(Kind.EMPLOYER, "АО «Завод»")
        self.clinic = self._organization(Kind.CLINIC, "Поликлиника № 1")
        self.hr = seat(Role.EMPLOYER, self.plant.pk)
        self.registrar = seat(Role.CLINIC, self.clinic.pk)
        contract = contract_open(
            seat(Role.EMPLOYER, self.plant.pk),
            employer=self.plant.pk,
            clinic=self.clinic.pk,
            number="7",
            signed_on=LONG_AGO,
            since=LONG_AGO,
        )
        if contract.accepted_on is None:
            contract_accept(self.hr, contract=contract.uid, on=LONG_AGO)
        self.shop = division_open(self.hr, employer=self.plant.pk, title="Цех 2")

    def _organization(self, kind: Kind, name: str) -> Organization:
        return organization_open(
            JOB, kind=kind, requisites=Requisites(name=name), since=LONG_AGO, region="35"
        )

    @cached_property
    def doctor(self) -> Actor:
        """A doctor with every accreditation."""
        return replace(self.registrar, person=self.staff("Лукина", ALL_SPECIALTIES).person_id)

    @cached_property
    def chair(self) -> Actor:
        """The chairman of the commission."""
        chairman, member = self.staff("Орлова", ("124",)), self.staff("Белова", ("27",))
        commission_open(
            self.registrar,
            clinic=self.clinic.pk,
            order_number="15",
            order_on=LONG_AGO,
            chairman=chairman.uid,
            members=[chairman.uid, member.uid],
            since=LONG_AGO,
        )
        return replace(seat(Role.COMMISSION, self.clinic.pk), person=chairman.person_id)

    def staff(self, last: str, specialties: tuple[str, ...]) -> StaffMember:
        """Hire a doctor with valid accreditations."""
        row = staff_open(
            self.registrar,
            clinic=self.clinic.pk,
            person=someone(last, "female"),
            position="врач",
            since=LONG_AGO,
            specialties=specialties,
        )
        for specialty in specialties:
            accreditation_add(
                self.registrar,
                staff=row.uid,
                specialty=specialty,
                number="1",
                since=LONG_AGO,
                until=dt.date(2030, 1, 1),
            )
        return row

    def place(self, title: str, codes: tuple[str, ...], sout_class: str = "3.1") -> tuple[Post, Workplace]:
        """Open a workplace with its factors."""
        post = post_open(self.hr, employer=self.plant.pk, title=title, division=self.shop.uid)
        place = workplace_open(
            self.hr, employer=self.plant.pk, title=title, division=self.shop.uid, post=post.uid
        )
        factors_set(
            self.hr,
            workplace=place.uid,
            factors=[FactorIn(code) for code in codes],
            sout_class=sout_class,
            since=LONG_AGO,
        )
        return post, place

    def worker(self, last: str, where: tuple[Post, Workplace], **person: Any) -> Employment:
        """Hire somebody to a place."""
        post, place = where
        return employment_open(
            self.hr,
            person=someone(last, **person),
            post=post.uid,
            workplace=place.uid,
            since=dt.date(2024, 6, 3),
        )

    def campaign(self) -> Campaign:
        """Open a campaign, build its list, have it approved by both sides and issue the referrals."""
        row = campaign_open(
            self.hr, clinic=self.clinic.uid, title="Осмотр 2026", since=DAY, until=dt.date(2026, 4, 1)
        )
        roll_build(self.hr, campaign=row.uid, on=DAY)
        campaign_approve(self.hr, campaign=row.uid, on=DAY)
        campaign_agree(self.registrar, campaign=row.uid, on=DAY)
        referrals_issue(self.hr, campaign=row.uid, on=DAY)
        row.refresh_from_db()
        return row

    def exam_of(self, employment: Employment) -> Exam:
        """Return the visit of a worker."""
        row: Exam = Exam.objects.unscoped("test").get(employment=employment)
        return row

    def entry_of(self, employment: Employment) -> RollEntry:
        """Return the line of the list of a worker."""
        row: RollEntry = RollEntry.objects.unscoped("test").get(employment=employment, removed_on=None)
        return row

    def start(self, employment: Employment, on: dt.date = DAY) -> Exam:
        """Register the arrival."""
        return exam_start(self.registrar, exam=self.exam_of(employment).uid, on=on)

    def fill(self, exam: Exam, *diagnoses: NewDiagnosis, on: dt.date = DAY) -> None:
        """Enter a normal result into every open line; the diagnoses go to the first of them."""
        sex = name_of(JOB, exam.person_id).sex
        lines = ExamLine.objects.unscoped("test").filter(
            exam=exam, state__in=[LineState.DUE, LineState.UNKNOWN_EXPOSURE]
        )
        results = [
            NewResult(on, normal_values(line.title, sex, on), kind=line.kind, code=line.code)
            for line in lines.order_by("order")
        ]
        if diagnoses:
            results[0] = replace(results[0], diagnoses=diagnoses)
        results_record(self.doctor, exam=exam.uid, results=results)


def normal_values(title: str, sex: str, on: dt.date) -> dict[str, str]:
    """Return what a healthy person's form holds."""
    values = {}
    for field in entry_form(title, sex, on).fields:
        if field.kind == "pressure":
            values[field.code] = "120/80"
        elif field.kind == "number" and field.required:
            middle = [bound for bound in (field.low, field.high, field.least) if bound is not None]
            values[field.code] = str(middle[0] if middle else 1)
        elif field.kind == "choice":
            values[field.code] = field.norm or field.choices[0]
    return values
