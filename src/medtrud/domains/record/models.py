"""The timeline."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import seen_by


class Entry(GuardedModel):
    """One event of a working life, with a pointer to the row that tells the whole of it."""

    privacy = Privacy.MEDICAL
    retention = Retention(50, "приказ Минздрава России № 29н, Порядок, п. 37")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField("вид события", max_length=40)
    on = models.DateField("дата")
    until = models.DateField("по", null=True, blank=True, help_text="первый день после события")
    title = models.CharField("событие", max_length=500)
    data = models.JSONField("подробности", default=dict, blank=True)
    module = models.CharField("раздел", max_length=40)
    source = models.UUIDField("источник")
    organization = models.BigIntegerField("организация", null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    written_at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("on")),
                name="record_entry_period",
                violation_error_message="Событие не может закончиться раньше, чем началось. Исправьте даты.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "-on", "-id"], name="record_entry_timeline"),
            models.Index(fields=["source"], name="record_entry_source"),
            models.Index(
                fields=["person"],
                condition=models.Q(replaces__isnull=False),
                name="record_entry_corrections",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.title}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The worker sees his own; the clinics those whom they may see; the employer nothing."""
        return seen_by(actor, "person") if cls.read_by(actor) else models.Q(pk__in=[])

    @staticmethod
    def read_by(actor: Actor) -> bool:
        """Tell whether a seat reads records at all; a job does."""
        return actor.role in {Role.WORKER, Role.CLINIC, Role.COMMISSION, Role.SYSTEM}
