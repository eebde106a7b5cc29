"""The clinic's own bounds of norm, dated and kept in versions."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from ..types.norms import OLDEST
from .parties import FIFTY, party


class ClinicNorm(GuardedModel):
    """Bounds of one indicator at one laboratory for one sex and age, from a day on."""

    privacy = Privacy.NONE
    retention = Retention(*FIFTY)

    clinic = party("медицинская организация", "organizations.Organization")
    laboratory = models.CharField("лаборатория", max_length=200, blank=True)
    test = models.CharField("исследование", max_length=300)
    field = models.CharField("показатель", max_length=60)
    label = models.CharField("название показателя", max_length=300)
    unit = models.CharField("единица", max_length=40, blank=True)
    sex = models.CharField("пол", max_length=6, blank=True)
    age_from = models.SmallIntegerField("возраст с", default=0)
    age_to = models.SmallIntegerField("возраст по", default=OLDEST)
    low = models.DecimalField("нижняя граница", max_digits=14, decimal_places=4, null=True, blank=True)
    high = models.DecimalField("верхняя граница", max_digits=14, decimal_places=4, null=True, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)
    basis = models.CharField("основание", max_length=300)
    cancelled = models.BooleanField("загрузка отменена", default=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["clinic", "laboratory", "test", "field", "sex", "age_from", "age_to"],
                condition=models.Q(until__isnull=True, cancelled=False),
                name="exams_clinicnorm_one_open",
                violation_error_message="Эту норму только что задали. Откройте список заново.",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=False) | models.Q(high__isnull=False),
                name="exams_clinicnorm_bound",
                violation_error_message="Задайте нижнюю или верхнюю границу нормы.",
            ),
            models.CheckConstraint(
                condition=models.Q(low__isnull=True)
                | models.Q(high__isnull=True)
                | models.Q(high__gte=models.F("low")),
                name="exams_clinicnorm_order",
                violation_error_message="Верхняя граница меньше нижней. Поменяйте их местами.",
            ),
            models.CheckConstraint(
                condition=models.Q(age_from__gte=0, age_to__gte=models.F("age_from")),
                name="exams_clinicnorm_ages",
                violation_error_message="Возраст «по» меньше возраста «с». Исправьте возраст.",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="exams_clinicnorm_period",
                violation_error_message="Последний день раньше первого. Исправьте даты.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["clinic", "test"], name="exams_clinicnorm_test"),
        ]

    def __str__(self) -> str:
        return f"{self.test}: {self.label}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic that works by them."""
        if actor.role in (Role.CLINIC, Role.COMMISSION):
            return models.Q(clinic_id=actor.organization)
        return models.Q(pk__in=[])
