"""The contingent as a person has approved it, and the changes he has returned."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.organizations.public import party_rows

from .parties import FIFTY


class ContingentLine(GuardedModel):
    """A job in the approved contingent, with the codes and the class it was approved with."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    employment = models.ForeignKey("organizations.Employment", models.PROTECT, related_name="+")
    codes = ArrayField(models.CharField(max_length=15), verbose_name="коды")
    sout_class = models.CharField("класс", max_length=3, blank=True)
    months = models.IntegerField("периодичность, мес.", null=True)
    since = models.DateField("утверждено с")
    until = models.DateField("до", null=True)
    approved_at = models.DateTimeField("утверждено")
    account = models.BigIntegerField("кто утвердил", null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["employment"], condition=Q(until__isnull=True), name="exams_contingentline_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="exams_contingentline_period"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["employer"], condition=Q(until__isnull=True), name="exams_contingentline_open"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.codes)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer."""
        return party_rows(actor) if actor.role is Role.EMPLOYER else Q(pk__in=[])


class ContingentReturn(GuardedModel):
    """A change that was not approved, and why. Written once; another change of the job asks again."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    employment = models.ForeignKey("organizations.Employment", models.PROTECT, related_name="+")
    state = models.CharField("что возвращено", max_length=300)
    reason = models.CharField("причина", max_length=300)
    returned_at = models.DateTimeField("возвращено")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employment", "-returned_at"], name="exams_contingentreturn_job"),
        ]

    def __str__(self) -> str:
        return self.reason

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer."""
        return party_rows(actor) if actor.role is Role.EMPLOYER else Q(pk__in=[])


class ContingentTally(GuardedModel):
    """How many changes of the contingent wait for approval; counted once after a batch of events."""

    privacy = Privacy.NONE
    retention = Retention(1, "счётчик; его источники хранятся сами")

    employer = models.OneToOneField("organizations.Organization", models.PROTECT, related_name="+")
    enters = models.IntegerField("входят", default=0)
    leaves = models.IntegerField("выбывают", default=0)
    changes = models.IntegerField("меняются", default=0)
    told = models.CharField("о чём сообщено", max_length=32, blank=True)
    stale = models.BooleanField("пересчитать", default=True)
    counted_at = models.DateTimeField("посчитано", null=True)

    def __str__(self) -> str:
        return f"{self.waiting}"

    @property
    def waiting(self) -> int:
        """Return how many changes wait."""
        return self.enters + self.leaves + self.changes

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer."""
        return party_rows(actor) if actor.role is Role.EMPLOYER else Q(pk__in=[])
