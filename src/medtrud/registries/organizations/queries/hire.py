"""What a staff list would change, and what stands in its way."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Employment
from ..types import EmploymentRow

SECOND_MAIN = (
    "В списке у человека две основные работы. Оставьте основной одну строку, "
    "вторую пометьте как совместительство."
)


class Job(NamedTuple):
    """A job that goes on."""

    id: int
    person: int
    post: int
    division: int | None
    workplace: int | None
    kind: str
    number: str
    since: dt.date
    hired_on: dt.date

    def stays(self, row: EmploymentRow) -> bool:
        """Tell whether the row says what is already recorded; an empty cell says nothing."""
        return (
            self.post == row.post
            and row.division in (None, self.division)
            and row.workplace in (None, self.workplace)
        )


@dataclass(frozen=True)
class Clashes:
    """Problems by the index of the row."""

    texts: dict[int, str]

    def refuse(self) -> Self:
        """Refuse the list if there is any."""
        if self.texts:
            first = next(iter(self.texts.values()))
            raise Refused(f"В списке строк с ошибками: {len(self.texts)}. Первая: {first}")
        return self


def open_jobs(actor: Actor, *, employer: int) -> list[Job]:
    """Return the jobs at an employer that go on, in one query."""
    names = ("pk", "person", "post", "division", "workplace", "kind", "personnel_number", "since", "hired_on")
    rows = Employment.objects.visible_to(actor).filter(employer=employer, until__isnull=True)
    return [Job(*row) for row in rows.values_list(*names)]


def employment_problems(
    actor: Actor, *, employer: int, rows: Sequence[EmploymentRow], on: dt.date
) -> dict[int, str]:
    """Return what stands in the way of each row, by its index, in one query.

    People who are not registered yet may carry any negative numbers, each his own.
    """
    return clashes(rows, open_jobs(actor, employer=employer), on).texts


def clashes(rows: Sequence[EmploymentRow], jobs: Sequence[Job], on: dt.date) -> Clashes:
    """Compare the rows with the jobs and with one another."""
    held = {(job.person, job.post): job for job in jobs}
    main = {job.person: job for job in jobs if job.kind == "main"}
    numbers = {job.number: job.person for job in jobs if job.kind == "main" and job.number}
    posts: dict[int, int] = {}
    texts: dict[int, str] = {}
    for index, row in enumerate(rows):
        person, post, number, is_main = row.person, row.post, row.personnel_number, row.kind == "main"
        text = ""
        if is_main and posts.setdefault(person, post) != post:
            text = SECOND_MAIN
        elif is_main and number and numbers.setdefault(number, person) != person:
            text = f"Табельный номер {number} занят другим работником. Исправьте номер."
        else:
            old = held.get((person, post)) or (main.get(person) if is_main else None) if held else None
            if old is not None or row.since > on:
                text = _too_early(row, old, on)
        if text:
            texts[index] = text
    return Clashes(texts)


def _too_early(row: EmploymentRow, old: Job | None, on: dt.date) -> str:
    if old is None:
        return (
            f"Дата приёма {row.since:%d.%m.%Y} позже даты списка {on:%d.%m.%Y}. Исправьте дату."
            if row.since > on
            else ""
        )
    if not old.stays(row) and old.since >= on:
        return (
            f"Человек уже переведён {old.since:%d.%m.%Y}, а список составлен на {on:%d.%m.%Y}. "
            "Загрузите список с более поздней датой или исправьте строку."
        )
    return ""
