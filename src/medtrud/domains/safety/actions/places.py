"""What every row of safety is checked for: whose it is, that its place and people are his."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model

from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import divisions, employments_of, workplaces_of


def own(actor: Actor, employer: int) -> None:
    """Refuse another's employer as if there were none."""
    if actor.role is not Role.SYSTEM and actor.organization != employer:
        raise NotFound("Запись не найдена. Возможно, она относится к другой организации.")


def placed(actor: Actor, *, employer: int, division: int | None, workplace: int | None) -> None:
    """Refuse a division or a workplace of another employer."""
    if division and not divisions(actor, employer=employer, closed=True).filter(pk=division).exists():
        raise NotFound("Подразделение не найдено. Выберите его из списка.")
    if workplace and not workplaces_of(actor, [workplace]).filter(employer=employer).exists():
        raise NotFound("Рабочее место не найдено. Выберите его из списка.")


def works_here(actor: Actor, *, employer: int, person: int, on: dt.date) -> None:
    """Refuse a person who has no job at the employer on the day."""
    jobs = employments_of(actor, person=person).filter(employer=employer)
    if not jobs.exists():
        raise NotFound("Работник не найден. Выберите его из списка под полем.")
    if not jobs.filter(since__lte=on).exclude(until__lte=on).exists():
        raise Refused(f"Этот человек не работал здесь {on:%d.%m.%Y}. Исправьте дату или выберите другого.")


def was(row: Model, names: tuple[str, ...]) -> dict[str, Any]:
    """Return what a row says before it is corrected, for its history."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: object) -> object:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value
