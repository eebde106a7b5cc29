"""Stored forecasts: never overwritten, a new edition or a new value makes a new row."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import seen_by

READERS = {Role.WORKER, Role.CLINIC, Role.COMMISSION}


class Forecast(GuardedModel):
    """One answer of one model about one person on a day, with everything that explains it."""

    privacy = Privacy.MEDICAL
    retention = Retention(50, "приказ Минздрава России № 29н, Порядок, п. 37: основан на данных осмотров")

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    model = models.CharField("модель", max_length=40)
    edition = models.CharField("издание", max_length=120)
    variant = models.CharField("вариант", max_length=60, blank=True)
    fingerprint = models.CharField("отпечаток правила и таблиц", max_length=64)
    digest = models.CharField("отпечаток входов", max_length=64)
    on = models.DateField("на день")
    made_at = models.DateTimeField("рассчитано", auto_now_add=True)
    status = models.CharField("состояние", max_length=30)
    value = models.JSONField("значение", null=True, blank=True)
    figure = models.CharField("показатель", max_length=120, blank=True)
    limits_text = models.CharField("интервал", max_length=200, blank=True)
    limits = models.JSONField("границы интервала", default=dict, blank=True)
    category = models.CharField("категория", max_length=60, blank=True)
    tone = models.CharField("тон категории", max_length=8, blank=True)
    system = models.CharField("система органов", max_length=20)
    level = models.CharField("уровень профилактики", max_length=12)
    inputs = models.JSONField("входы", default=list, blank=True)
    missing = models.JSONField("не хватает", default=list, blank=True)
    refused = models.JSONField("отказ", default=dict, blank=True)
    flags = models.JSONField("пометы", default=list, blank=True)
    steps = models.JSONField("вывод", default=list, blank=True)
    digits = models.IntegerField("знаков после запятой", default=0)
    plain = models.TextField("простыми словами", blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "model", "-id"], name="risk_forecast_person"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The worker sees his own, clinic and commission those of people they see; the employer nothing."""
        return seen_by(actor, "person") if actor.role in READERS else models.Q(pk__in=[])
