"""What the contingent is today against what was approved: who enters, leaves, changes, and why."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from medtrud.domains.hazards.public import classes_valid_on
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment, employments_by_id, employments_on

from ..models import ContingentLine, ContingentReturn, ContingentTally
from .why import months_at

ENTERS, LEAVES, CHANGES = "enters", "leaves", "changes"


@dataclass(frozen=True)
class Need:
    """What obliges a job to examinations."""

    codes: tuple[str, ...]
    sout_class: str
    months: int | None

    def __str__(self) -> str:
        period = f", раз в {self.months} мес." if self.months else ""
        return f"{', '.join(self.codes)}{f', класс {self.sout_class}' if self.sout_class else ''}{period}"[
            :300
        ]


@dataclass(frozen=True)
class ContingentChange:
    """One job whose place in the contingent differs from the approved one."""

    employment: int
    uid: UUID
    person: int
    place: str
    kind: str
    was: Need | None
    now: Need | None
    why: str
    returned: str = ""


def contingent_changes(actor: Actor, *, employer: int, on: dt.date) -> list[ContingentChange]:
    """Compare the contingent of a day with the approved one; six queries however many people there are."""
    jobs = {job.pk: job for job in employments_on(actor, employer=employer, on=on)}
    needs = months_at(actor, list({job.workplace_id for job in jobs.values() if job.workplace_id}), on=on)
    now: dict[int, Need] = {}
    for pk, job in jobs.items():
        need = needs.get(job.workplace_id or 0)
        if need and need.obliging:
            now[pk] = Need(need.obliging, need.exposure.sout_class, need.months)
    lines = ContingentLine.objects.visible_to(actor).filter(employer=employer, until__isnull=True)
    was = {row.employment_id: Need(tuple(row.codes), row.sout_class, row.months) for row in lines}
    touched = [pk for pk in {**was, **now} if was.get(pk) != now.get(pk)]
    known = employments_by_id(actor, touched)
    places = {job.workplace_id for job in known.values() if job.workplace_id}
    basis = dict(classes_valid_on(on).filter(workplace__in=places).values_list("workplace", "basis"))
    returned = _returned(actor, touched)
    found = []
    for pk in touched:
        if pk in known:
            change = _change(known[pk], was.get(pk), now.get(pk), basis, on)
            state, reason = returned.get(pk, ("", ""))
            held = reason if state == str(now.get(pk) or "выбывает") else ""
            found.append(ContingentChange(*change, returned=held))
    return sorted(found, key=lambda each: (each.kind, each.place, each.employment))


def contingent_tally(actor: Actor, *, employer: int) -> ContingentTally | None:
    """Return how many changes wait for approval, as counted after the last events; one query."""
    found: ContingentTally | None = (
        ContingentTally.objects.visible_to(actor).filter(employer=employer).first()
    )
    return found


def _returned(actor: Actor, jobs: list[int]) -> dict[int, tuple[str, str]]:
    rows = ContingentReturn.objects.visible_to(actor).filter(employment__in=jobs).order_by("returned_at")
    return {row.employment_id: (row.state, row.reason) for row in rows}


def _change(
    job: Employment, was: Need | None, now: Need | None, basis: dict[int, str], on: dt.date
) -> tuple[int, UUID, int, str, str, Need | None, Need | None, str]:
    kind = ENTERS if was is None else LEAVES if now is None else CHANGES
    why = _why(job, was, now, on)
    said = basis.get(job.workplace_id or 0, "")
    place = f"{job.post}{f', {job.division}' if job.division else ''}"
    why = f"{why} ({said})" if said and kind != LEAVES else why
    return job.pk, job.uid, job.person_id, place, kind, was, now, why


def _why(job: Employment, was: Need | None, now: Need | None, on: dt.date) -> str:
    if now is None:
        if job.until and job.until <= on:
            return f"не работает с {job.until:%d.%m.%Y}"
        return "факторов, обязывающих к осмотру, больше нет"
    if was is None:
        return f"работает здесь с {job.since:%d.%m.%Y}, обязывают: {', '.join(now.codes)}"
    parts = []
    if added := [code for code in now.codes if code not in was.codes]:
        parts.append(f"добавлены {', '.join(added)}")
    if removed := [code for code in was.codes if code not in now.codes]:
        parts.append(f"сняты {', '.join(removed)}")
    if was.sout_class != now.sout_class:
        parts.append(f"класс {was.sout_class or 'не указан'} → {now.sout_class or 'не указан'}")
    if was.months != now.months:
        parts.append(f"периодичность {was.months or '—'} → {now.months or '—'} мес.")
    return "; ".join(parts)
