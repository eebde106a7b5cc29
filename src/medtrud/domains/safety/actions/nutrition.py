"""Granting milk or therapeutic nutrition, and the register of months."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action, keep
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import employment_of

from ..models import NutritionGrant, NutritionIssue
from ..queries.nutrition import grant_of, job_conditions, month_lines
from ..rules.nutrition import month_amount, rights
from ..types.nutrition import Entitled, NewGrant, portions_on, rations_on
from .places import own

ONE = Decimal(1)  # a ration for each shift


@action
def nutrition_grant(actor: Actor, *, grant: NewGrant) -> NutritionGrant:
    """Begin to give a worker milk, what replaces it, or a ration; where there is no right it is refused."""
    job = employment_of(actor, grant.employment)
    own(actor, job.employer_id)
    decision = rights(job_conditions(actor, job, grant.since), grant.since)
    ration = grant.kind == "ration"
    right = decision.outcome.ration if ration else decision.outcome.milk
    if right is Entitled.NO:
        raise Refused(f"Назначить нельзя. {decision.reasons[1 if ration else 0].text}.")
    if right is Entitled.UNKNOWN and not grant.basis.strip():
        raise Refused(
            "По карте СОУТ право не видно. Укажите основание: локальный акт или коллективный договор."
        )
    _chosen(grant)
    row = NutritionGrant(
        employer_id=job.employer_id,
        employment=job,
        person_id=job.person_id,
        kind=grant.kind,
        ration=grant.ration if ration else "",
        basis=grant.basis.strip() or decision.reasons[1 if ration else 0].text,
        reasons=decision.reasons_json(),
        request=grant.request.strip(),
        since=grant.since,
    )
    keep(row)
    record(actor, "safety.nutrition_grant", row, kind=grant.kind, since=grant.since)
    return row


@action
def nutrition_end(actor: Actor, *, grant: UUID, on: dt.date) -> NutritionGrant:
    """Give no longer from a day on."""
    row = grant_of(actor, grant)
    own(actor, row.employer_id)
    if on <= row.since:
        raise Refused(f"Выдача началась {row.since:%d.%m.%Y}. Укажите день позже.")
    row.until = on
    keep(row, "until")
    record(actor, "safety.nutrition_end", row, on=on)
    return row


@action
def nutrition_issue(
    actor: Actor, *, grant: UUID, month: dt.date, shifts: int, note: str = ""
) -> NutritionIssue:
    """Record what was given in a month; a correction is a new version."""
    row = grant_of(actor, grant)
    own(actor, row.employer_id)
    first = month.replace(day=1)
    line = next(
        (one for one in month_lines(actor, employer=row.employer_id, month=first) if one.grant.pk == row.pk),
        None,
    )
    if line is None:
        raise Refused(
            f"В {first:%m.%Y} этому работнику ничего не выдавалось: назначение на этот месяц не действует."
        )
    amount, unit = _amount(row, first, shifts, line.shifts_most)
    issue = NutritionIssue(
        grant=row,
        employer_id=row.employer_id,
        month=first,
        version=(line.issue.version if line.issue else 0) + 1,
        shifts=shifts,
        amount=amount,
        unit=unit,
        note=note.strip(),
    )
    keep(issue)
    record(actor, "safety.nutrition_issue", row, month=first, shifts=shifts)
    return issue


def _amount(row: NutritionGrant, month: dt.date, shifts: int, most: int) -> tuple[Decimal, str]:
    if row.kind == "ration":
        return month_amount(ONE, shifts, most), "рацион"
    portion = portions_on(month).get(row.kind)
    if portion is None:
        raise Refused(f"Нормы выдачи на {month:%m.%Y} не загружены. Загрузите редакцию и повторите.")
    return month_amount(portion.amount, shifts, most), portion.unit


def _chosen(grant: NewGrant) -> None:
    if grant.kind == "ration":
        if grant.ration not in rations_on(grant.since):
            known = ", ".join(rations_on(grant.since))
            raise Refused(f"Рациона «{grant.ration}» нет. Есть: {known}.")
        return
    if grant.kind not in portions_on(grant.since):
        raise Refused("Выберите, что выдаётся: молоко, равноценный продукт, деньги или рацион.")
    if grant.kind == "money" and not grant.request.strip():
        raise Refused("Деньги вместо молока выплачивают по письменному заявлению. Укажите его дату и номер.")
