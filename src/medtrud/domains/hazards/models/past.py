"""Work before the first record of the product, as the work-book and other papers tell it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import seen_by

READERS = frozenset({Role.WORKER, Role.CLINIC, Role.COMMISSION})


class PastJob(GuardedModel):
    """An earlier job with its conditions; a correction is a new row, the old one stays and holds no more."""

    privacy = Privacy.PERSONAL
    retention = Retention(50, "приказ № 29н, Порядок, п. 37: экспозиция объясняет заключения и связь болезни")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    employer = models.CharField("работодатель", max_length=300)
    post = models.CharField("должность", max_length=300)
    since = models.DateField("с")
    until = models.DateField("до", help_text="первый день, когда уже не работал")
    sout_class = models.CharField("класс условий труда", max_length=3, blank=True)
    factors = models.JSONField("факторы", default=list, blank=True)
    document = models.CharField("документ", max_length=300)
    clinic = models.ForeignKey("organizations.Organization", models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    written_at = models.DateTimeField("записано", auto_now_add=True)
    ended_at = models.DateTimeField("больше не действует с", null=True, blank=True)
    ended_why = models.CharField("почему", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")),
                name="hazards_pastjob_period",
                violation_error_message="Работа не может закончиться раньше, чем началась. Исправьте даты.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["person"], condition=Q(ended_at__isnull=True), name="hazards_pastjob_standing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employer}: {self.post}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The worker his own; the clinics whom they may see; an employer nobody."""
        return seen_by(actor, "person") if actor.role in READERS else Q(pk__in=[])
