"""Who sees the rows of safety."""

from django.db.models import Q

from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Retention
from medtrud.registries.people.public import own_rows

KEPT = Retention(50, "приказ № 29н, Порядок, п. 37: по условиям труда читаются осмотры и вредный стаж")


def employer_rows(actor: Actor, path: str = "employer") -> Q:
    """Return the rows of the employer himself; nobody else keeps his safety."""
    if actor.role is Role.EMPLOYER:
        return Q(**{f"{path}_id": actor.organization})
    return Q(pk__in=[])


def incident_rows(actor: Actor, path: str = "") -> Q:
    """Return the incidents of the employer, and for a worker those in which he was hurt."""
    if actor.role is Role.WORKER:
        return own_rows(actor, f"{path}person")
    return employer_rows(actor, f"{path}employer")
