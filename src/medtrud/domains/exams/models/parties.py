"""Who stands on a row: the parties are copied onto every table, so a filter needs no joins."""

from typing import Any

from django.db import models

from medtrud.kernel.actor import Actor, Role
from medtrud.registries.people.public import own_rows

FIFTY = (50, "приказ Минздрава России № 29н, Порядок, пп. 37, 47")


def party(title: str, table: str, **options: Any) -> "models.ForeignKey[Any, Any]":
    """A key to a row of a lower module: protected, without a name up there."""
    return models.ForeignKey(table, models.PROTECT, related_name="+", verbose_name=title, **options)


def seen_by_parties(actor: Actor) -> models.Q:
    """The employer, the clinic with its commission, and the worker himself; nobody else."""
    match actor.role:
        case Role.EMPLOYER:
            return models.Q(employer_id=actor.organization)
        case _:
            return seen_by_medicine(actor)


def seen_by_medicine(actor: Actor) -> models.Q:
    """The clinic with its commission and the worker himself: never the employer."""
    match actor.role:
        case Role.CLINIC | Role.COMMISSION:
            return models.Q(clinic_id=actor.organization)
        case Role.WORKER:
            return own_rows(actor)
        case _:
            return models.Q(pk__in=[])
