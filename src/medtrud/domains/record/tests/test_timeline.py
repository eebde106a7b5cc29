import datetime as dt
from uuid import uuid4

import pytest

from medtrud.domains.record import public
from medtrud.domains.record.types import NewEntry
from medtrud.engines.journal.public import history_of
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people.public import names_of, person_register, person_share, persons_merge

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
CLINIC = 501


def someone(last: str = "Орлов") -> int:
    person = person_register(
        JOB,
        last_name=last,
        first_name="Пётр",
        middle_name="Ильич",
        birth_date=dt.date(1980, 1, 2),
        sex="male",
    )
    return person.pk


def entry(person: int, title: str = "Направление", on: dt.date = dt.date(2026, 3, 1)) -> NewEntry:
    return NewEntry(person=person, kind="referral", on=on, title=title, source=uuid4(), module="exams")


def clinic() -> Actor:
    return Actor(role=Role.CLINIC, organization=CLINIC, permissions=frozenset({"record.entry_open"}))


def test_the_timeline_is_newest_first_and_a_correction_replaces_the_earlier_entry() -> None:
    person = someone()
    first = public.entry_add(JOB, entry=entry(person, "Приём", dt.date(2020, 1, 1)))
    public.entry_add(JOB, entry=entry(person, "Осмотр"))
    public.entry_add(JOB, entry=entry(person, "Приём на работу", dt.date(2020, 1, 1)), replaces=first)
    assert [row.title for row in public.timeline_for(JOB, person)] == ["Осмотр", "Приём на работу"]
    with pytest.raises(Refused, match="другому человеку"):
        public.entry_add(JOB, entry=entry(someone("Серов")), replaces=first)


def test_the_worker_and_the_clinic_that_knows_him_see_entries_and_the_employer_never() -> None:
    person = someone()
    row = public.entry_add(JOB, entry=entry(person))
    worker = Actor(role=Role.WORKER, person=person)
    employer = Actor(role=Role.EMPLOYER, organization=CLINIC)
    assert list(public.timeline_for(worker, person)) == [row]
    assert not public.timeline_for(clinic(), person).exists()
    person_share(JOB, persons=[person], organization=CLINIC)
    assert list(public.timeline_for(clinic(), person)) == [row]
    assert not public.timeline_for(employer, person).exists()


def test_opening_an_entry_stands_in_the_journal_and_a_stranger_finds_nothing() -> None:
    person = someone()
    row = public.entry_add(JOB, entry=entry(person))
    with pytest.raises(NotFound):
        public.entry_open(clinic(), entry=row.uid)
    person_share(JOB, persons=[person], organization=CLINIC)
    public.entry_open(clinic(), entry=row.uid)
    assert next(line.action for line in history_of(row.uid)) == "record.entry_open"


def test_entries_of_a_merged_card_stand_on_the_timeline_of_the_kept_one() -> None:
    kept, gone = someone(), someone("Орлова")
    row = public.entry_add(JOB, entry=entry(gone))
    cards = names_of(JOB, [kept, gone])
    persons_merge(JOB, kept=cards[kept].uid, gone=cards[gone].uid, reason="одна и та же паспортная запись")
    assert list(public.timeline_for(JOB, kept)) == [row]
