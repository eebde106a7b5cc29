"""What a clinic takes for a service: for everybody or by one contract, dated and kept in versions."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .parties import FIFTY, party


class ServicePrice(GuardedModel):
    """The price of one doctor or investigation from a day on."""

    privacy = Privacy.NONE
    retention = Retention(*FIFTY)

    clinic = party("медицинская организация", "organizations.Organization")
    contract = party("договор", "organizations.Contract", null=True, blank=True)
    kind = models.CharField("вид", max_length=12)  # specialist | test
    code = models.CharField("код", max_length=80)
    title = models.CharField("услуга", max_length=300)
    title_key = models.CharField(max_length=300, db_collation="C", editable=False)
    price_kopecks = models.BigIntegerField("цена, копеек")
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)
    basis = models.CharField("основание", max_length=300)
    cancelled = models.BooleanField("загрузка отменена", default=False)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["clinic", "contract", "kind", "code"],
                condition=models.Q(until__isnull=True, cancelled=False),
                nulls_distinct=False,
                name="exams_serviceprice_one_open",
                violation_error_message="Эту цену только что задали. Откройте список заново.",
            ),
            models.CheckConstraint(
                condition=models.Q(price_kopecks__gte=0),
                name="exams_serviceprice_positive",
                violation_error_message="Цена не бывает меньше нуля. Исправьте её.",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="exams_serviceprice_period",
                violation_error_message="Последний день раньше первого. Исправьте даты.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic that sells."""
        if actor.role in (Role.CLINIC, Role.COMMISSION):
            return models.Q(clinic_id=actor.organization)
        return models.Q(pk__in=[])
