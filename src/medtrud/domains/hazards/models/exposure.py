"""Counted exposure: a version per person and factor, and the stretches it was counted from."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import seen_by

KEPT = Retention(50, "приказ № 29н, Порядок, п. 37: экспозиция объясняет заключения и связь болезни с трудом")


class ExposureTotal(GuardedModel):
    """What a career had added up to when it was counted; a new version comes only with other facts.

    Time that merely goes on makes no version: figures of another day are counted from the facts of today.
    The whole career stands here, so an employer, who sees only his own workplaces, never reads it.
    """

    privacy = Privacy.PERSONAL
    retention = KEPT

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    code = models.CharField("код фактора", max_length=15)  # or "total": the total class of workplaces
    version = models.IntegerField("версия")
    counted_on = models.DateField("на день")
    counted_at = models.DateTimeField("посчитано")
    cause = models.CharField("что изменилось", max_length=200)
    value = models.FloatField("главный показатель", null=True)
    value_protected = models.FloatField("с защитой", null=True)
    unit = models.CharField(max_length=20, blank=True)
    days = models.IntegerField("дней под фактором")
    measured_days = models.IntegerField("из них с измерениями")
    off_days = models.IntegerField("нерабочих дней вычтено")
    parallel_days = models.IntegerField("дней параллельной работы")
    harmful_days = models.IntegerField("вредных дней")
    dose = models.FloatField()
    other = models.FloatField()
    by_class = ArrayField(models.IntegerField(), verbose_name="дней по классам")
    digest = models.BigIntegerField(editable=False)
    replaced_at = models.DateTimeField("заменено", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["person", "code"],
                condition=Q(replaced_at__isnull=True),
                name="hazards_exposuretotal_current",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "code", "-version"], name="hazards_exposuretotal_versions"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The worker his own; the clinics whom they may see; an employer nobody."""
        return seen_by(actor, "person") if actor.role in READERS else Q(pk__in=[])


class ExposurePeriod(GuardedModel):
    """The stretches of one version, packed into columns: element n of each array is stretch n.

    A row a stretch would be seven million rows for a hundred thousand careers; unnest() opens the arrays.
    """

    privacy = Privacy.PERSONAL
    retention = KEPT

    total = models.OneToOneField(ExposureTotal, models.CASCADE, related_name="periods")
    jobs = ArrayField(models.BigIntegerField(), verbose_name="работы")
    since = ArrayField(models.DateField(), verbose_name="с")
    until = ArrayField(models.DateField(), verbose_name="до")
    days = ArrayField(models.IntegerField(), verbose_name="учтено дней")
    off = ArrayField(models.IntegerField(), verbose_name="нерабочих дней")
    parallel = ArrayField(models.IntegerField(), verbose_name="дней параллельной работы")
    levels = ArrayField(models.BigIntegerField(null=True), verbose_name="измерения")
    values = ArrayField(models.FloatField(null=True), verbose_name="уровни")
    classes = ArrayField(models.SmallIntegerField(), verbose_name="классы")

    class Meta:
        verbose_name = "периоды экспозиции"

    def __str__(self) -> str:
        return f"периоды {self.total_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the total."""
        return seen_by(actor, "total__person") if actor.role in READERS else Q(pk__in=[])


READERS = frozenset({Role.WORKER, Role.CLINIC, Role.COMMISSION})
