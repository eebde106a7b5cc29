"""The medical part of a sick leave, in a table an employer never reads."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy
from medtrud.registries.people.public import seen_by

from .absence import CURRENT, KEPT


class AbsenceMedical(GuardedModel):
    """One version of the diagnosis and the treatment behind an absence."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    document = models.UUIDField("документ", editable=False)  # Absence.document, whichever its version
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    diagnosis = models.CharField("диагноз по МКБ-10", max_length=10)
    clinic = models.ForeignKey(
        "organizations.Organization", models.PROTECT, null=True, blank=True, related_name="+"
    )
    clinic_name = models.CharField("медицинская организация", max_length=300, blank=True)
    doctor = models.ForeignKey(
        "organizations.StaffMember", models.PROTECT, null=True, blank=True, related_name="+"
    )
    doctor_post = models.CharField("должность врача", max_length=200, blank=True)
    regime = models.CharField("режим", max_length=20, blank=True)
    result = models.CharField("исход", max_length=3, blank=True)
    breach = models.CharField("нарушение режима", max_length=3, blank=True)
    breach_on = models.DateField("дата нарушения", null=True, blank=True)
    written_at = models.DateTimeField("записано", auto_now_add=True)
    replaced_at = models.DateTimeField("заменено", null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["document"], condition=CURRENT, name="absences_absencemedical_current"
            ),
        ]

    def __str__(self) -> str:
        return f"листок {self.document}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The worker sees his own; those who treat and decide see whom they may see; an employer nothing."""
        if actor.role in {Role.WORKER, Role.CLINIC, Role.COMMISSION, Role.CENTER}:
            return seen_by(actor, "person")
        return Q(pk__in=[])
