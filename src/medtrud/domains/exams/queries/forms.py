"""The forms of a visit and who may sign them: what is the same for many lines is asked once."""

import datetime as dt
from collections.abc import Collection, Mapping
from functools import cached_property
from uuid import UUID

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import StaffMember, staff_held, staff_judged
from medtrud.registries.people.public import name_of
from medtrud.registries.people.types import PersonName

from ..models import Exam, ExamLine
from ..rules.forms import EntryForm, performers, values_check
from ..types.results import CheckedValues
from .norms import Norms


class Desk:
    """One doctor over one visit: forms by the sex of the person, signatures by accreditation."""

    def __init__(self, actor: Actor, exam: Exam) -> None:
        self.actor = actor
        self.exam = exam
        self._signers: dict[tuple[UUID | None, str, dt.date], StaffMember | None] = {}
        self._norms: dict[dt.date, Norms] = {}
        self._named: dict[tuple[UUID, dt.date], tuple[StaffMember, frozenset[str]] | None] = {}

    @cached_property
    def person(self) -> PersonName:
        """The person: bounds of a norm depend on sex and age."""
        return name_of(Actor.job("bounds of a norm depend on the sex and the age"), self.exam.person_id)

    def form(self, line: ExamLine, *, on: dt.date) -> EntryForm:
        """Return the form of a line on the day, with the clinic's own bounds."""
        if on not in self._norms:
            self._norms[on] = Norms(self.exam.clinic_id, None, on)
        return self._norms[on].form(line.title, self.person)

    def read(self, line: ExamLine, raw: Mapping[str, object], *, on: dt.date) -> CheckedValues:
        """Read what was typed for a line by its form of the day."""
        return values_check(self.form(line, on=on), raw)

    def expect(self, staff: Collection[UUID], *, on: dt.date) -> None:
        """Look up those who will sign, all at once."""
        found = staff_held(self.actor, clinic=self.exam.clinic_id, staff=staff, on=on)
        self._named |= {(uid, on): found.get(uid) for uid in staff}

    def signer(self, line: ExamLine, staff: UUID | None, *, on: dt.date) -> StaffMember | None:
        """Return who signs a line, or refuse the one without an accreditation."""
        key = staff, line.specialty, on
        if key not in self._signers:
            _, specialties = performers(on).get(line.specialty, ("", ()))
            clinic = self.exam.clinic_id
            named = self._named.get((staff, on)) if staff else None
            if staff and (staff, on) not in self._named:
                self.expect([staff], on=on)
                named = self._named[staff, on]
            self._signers[key] = staff_judged(
                self.actor, named, clinic=clinic, specialties=specialties, on=on, staff=staff
            )
        return self._signers[key]
