"""Absences: what an employer may know."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import SourcedModel, period_once, period_order
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.organizations.public import party_rows
from medtrud.registries.people.public import own_rows

from ..types import State, last_day

KEPT = Retention(50, "приказ № 29н, Порядок, п. 37: по отсутствиям считается вредный стаж карты работника")
CURRENT = Q(replaced_at__isnull=True)
STANDING = CURRENT & ~Q(state=State.CANCELLED)


class Absence(SourcedModel):
    """One version of one absence: dates and reason code, never a diagnosis.

    `document` is the same in all versions of one paper, `case` in a primary leave and its prolongations.
    """

    privacy = Privacy.PERSONAL
    retention = KEPT

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    document = models.UUIDField("документ", default=uuid.uuid4, editable=False)
    case = models.UUIDField("случай", editable=False)
    number = models.CharField("номер листка", max_length=20, blank=True)
    kind = models.CharField("вид отсутствия", max_length=20)
    reason = models.CharField("код причины", max_length=2, blank=True)
    reason_more = models.CharField("дополнительный код", max_length=3, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True, help_text="первый день после отсутствия")
    state = models.CharField("состояние", max_length=10, default=State.CLOSED)
    basis = models.CharField("основание", max_length=300, blank=True)
    written_at = models.DateTimeField("записано", auto_now_add=True)
    replaced_at = models.DateTimeField("заменено", null=True, blank=True, editable=False)
    replaced_by_import = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("absences_absence_period"),
            period_once(
                "absences_absence_once",
                "person",
                "employer",
                when=STANDING,
                message="У этого человека уже записано отсутствие в эти дни. Исправьте даты.",
            ),
            models.UniqueConstraint(fields=["document"], condition=CURRENT, name="absences_absence_current"),
            models.UniqueConstraint(
                fields=["employer", "number"],
                condition=STANDING & ~Q(number=""),
                name="absences_absence_number",
                violation_error_message="Листок с этим номером уже записан. Откройте его и исправьте там.",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=False) | ~Q(state=State.CLOSED),
                name="absences_absence_closed",
                violation_error_message="У закрытого отсутствия нет последнего дня. Укажите его.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["employer", "-since", "-id"], condition=CURRENT, name="absences_absence_list"
            ),
            models.Index(fields=["person", "since"], condition=CURRENT, name="absences_absence_person"),
            models.Index(fields=["case"], name="absences_absence_case"),
            models.Index(
                fields=["source_import"],
                condition=Q(source_import__isnull=False),
                name="absences_absence_file",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%d.%m.%Y} {self.kind}"

    @property
    def primary(self) -> bool:
        """Tell a primary leave from a prolongation."""
        return self.case == self.document

    @property
    def last(self) -> dt.date | None:
        """Return the last day away."""
        return last_day(self.until)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, the clinics he has accepted, and the worker himself."""
        return own_rows(actor) if actor.role is Role.WORKER else party_rows(actor)
