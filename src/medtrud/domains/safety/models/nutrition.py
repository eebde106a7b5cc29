"""Milk and therapeutic nutrition: to whom it is given, and the register of months."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel, period_once
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy
from medtrud.registries.people.public import own_rows

from ..types.words import with_unit
from .parties import KEPT, employer_rows


class NutritionGrant(GuardedModel):
    """What a worker is given from a day to a day, and why."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    employment = models.ForeignKey("organizations.Employment", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    kind = models.CharField("что выдаётся", max_length=10)
    ration = models.CharField("рацион", max_length=5, blank=True)
    basis = models.CharField("основание", max_length=300)
    reasons = models.JSONField("почему", default=list, blank=True)
    request = models.CharField("заявление", max_length=200, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_once(
                "safety_nutritiongrant_once",
                "employment",
                when=Q(until__isnull=True) | Q(until__gt=F("since")),
                message="Этому работнику на эти дни питание или молоко уже назначено. Измените дату.",
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, and the worker himself."""
        return own_rows(actor) if actor.role is Role.WORKER else employer_rows(actor)


class NutritionIssue(GuardedModel):
    """What was given in a month; a correction is the next version, the earlier ones stay."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    grant = models.ForeignKey(NutritionGrant, models.PROTECT, related_name="issues")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    month = models.DateField("месяц")  # its first day
    version = models.PositiveIntegerField("версия")
    shifts = models.PositiveIntegerField("смен")
    amount = models.DecimalField("количество", max_digits=10, decimal_places=3)
    unit = models.CharField("единица", max_length=10)
    note = models.CharField("примечание", max_length=300, blank=True)
    at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["grant", "month", "version"],
                name="safety_nutritionissue_version",
                violation_error_message="Выдачу за этот месяц только что записали. Обновите страницу.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%m.%Y}: {self.said}"

    @property
    def said(self) -> str:
        """Return how much, with its unit."""
        return with_unit(self.amount, self.unit)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Who sees the grant."""
        return Q(grant__in=NutritionGrant.objects.visible_to(actor))
