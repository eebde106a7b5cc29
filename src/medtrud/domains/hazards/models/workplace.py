"""Factors and classes of workplaces, and declared service in harmful conditions."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import SourcedModel, period_once
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.organizations.public import Workplace, party_rows
from medtrud.registries.people.public import own_rows

from ..types import coded_later

KEPT = Retention(50, "приказ № 29н, Порядок, пп. 37, 40: по ним читаются осмотры и считается вредный стаж")
REAL = Q(until__isnull=True) | Q(until__gt=F("since"))  # an empty period is a row corrected the same day


def _key(to: str) -> Any:
    """Lists bring thousands of rows: their keys are checked once per statement (store.keys_at_once)."""
    return models.ForeignKey(to, models.PROTECT, related_name="+", db_constraint=False)


class WorkplaceFactor(SourcedModel):
    """A factor or work of the annex at a workplace, from a day to a day."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = _key("organizations.Organization")
    workplace = _key("organizations.Workplace")
    code = models.CharField("код по приложению к Порядку", max_length=15)
    code_order = models.BigIntegerField(editable=False)  # 1.9 before 1.10; also the key of the constraint
    substances = ArrayField(
        models.CharField(max_length=300), verbose_name="вещества", default=list, blank=True
    )
    markers = models.CharField("буквы", max_length=5, null=True, blank=True)  # noqa: DJ001 - null: unknown
    sout_class = models.CharField("класс по фактору", max_length=3, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)
    basis = models.CharField("основание", max_length=300, blank=True)
    ended_import = models.UUIDField(null=True, editable=False)  # the import that ended the row

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="hazards_workplacefactor_period",
            ),
            period_once(
                "hazards_workplacefactor_once",
                "workplace",
                "code_order",
                when=REAL,
                message="Этот фактор у рабочего места в эти дни уже записан. Измените даты.",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def mark(self) -> str:
        """Say that the period began before its code existed."""
        return coded_later(self.since)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker whose workplace it is."""
        return _rows(actor)


class WorkplaceClass(SourcedModel):
    """The total class of conditions of a workplace (карта СОУТ), from a day to a day."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = _key("organizations.Organization")
    workplace = _key("organizations.Workplace")
    sout_class = models.CharField("итоговый класс", max_length=3)
    card_number = models.CharField("номер карты СОУТ", max_length=50, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)
    basis = models.CharField("основание", max_length=300, blank=True)
    ended_import = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="hazards_workplaceclass_period",
            ),
            period_once(
                "hazards_workplaceclass_once",
                "workplace",
                when=REAL,
                message="Класс рабочего места на эти дни уже записан. Измените даты.",
            ),
        ]

    def __str__(self) -> str:
        return self.sout_class

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker whose workplace it is."""
        return _rows(actor)


class HarmfulPeriod(SourcedModel):
    """Service in harmful conditions before the product knew the workplace, declared by an employer."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    sout_class = models.CharField("класс", max_length=3, blank=True)
    since = models.DateField("с")
    until = models.DateField("до")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="hazards_harmfulperiod_period"),
            models.UniqueConstraint(
                fields=["person", "employer", "since"],
                name="hazards_harmfulperiod_once",
                violation_error_message="Период вредной работы с этой даты уже записан.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%d.%m.%Y}–{self.until:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker himself."""
        return own_rows(actor) if actor.role is Role.WORKER else party_rows(actor)


def _rows(actor: Actor) -> Q:
    if actor.role is Role.WORKER:
        return Q(workplace__in=Workplace.objects.visible_to(actor).values("pk"))
    return party_rows(actor)
