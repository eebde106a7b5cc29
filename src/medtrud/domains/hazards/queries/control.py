"""Production control: the programme with what is due, protocols, exceedances, levels over time."""

from django.db.models import QuerySet

from medtrud.kernel.actor import Actor

from ..models import ControlLine, WorkplaceFactor


def control_lines(actor: Actor, *, employer: int) -> QuerySet[ControlLine]:
    """Return the lines of the programme that go on."""
    rows: QuerySet[ControlLine] = ControlLine.objects.visible_to(actor)
    return rows.filter(employer=employer, until__isnull=True).select_related(
        "workplace", "workplace__division"
    )


def factors_open(actor: Actor, *, employer: int) -> QuerySet[WorkplaceFactor]:
    """Return the factors of an employer's workplaces that go on."""
    rows: QuerySet[WorkplaceFactor] = WorkplaceFactor.objects.visible_to(actor)
    return rows.filter(employer=employer, until__isnull=True)
