"""Divisions, the staff schedule, workplaces."""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import SourcedModel, period_order
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

from .organizations import Organization, party_rows

KEPT = Retention(50, "приказ № 29н, Порядок, п. 37: по ним читается карта работника")


def _key(to: Any, **more: Any) -> Any:
    return models.ForeignKey(to, models.PROTECT, related_name="+", db_constraint=False, **more)


class Division(SourcedModel):
    """A part of an organisation."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField("подразделение", max_length=250)
    title_key = models.CharField(max_length=250, db_collation="C", editable=False)
    path = models.CharField("полное название", max_length=1500, editable=False)  # «Цех 2 / Участок 3»
    code = models.CharField("код", max_length=50, blank=True)
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_division_period"),
            models.UniqueConstraint(
                fields=["employer", "parent", "title_key"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="organizations_division_title_once",
                violation_error_message="Такое подразделение здесь уже есть. Задайте другое название.",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, the worker his own."""
        return Q(pk__in=_own(actor, "division")) if actor.role is Role.WORKER else party_rows(actor)


class Post(SourcedModel):
    """A line of the staff schedule (штатное расписание)."""

    privacy = Privacy.NONE
    retention = KEPT

    # Lists bring thousands of them: the keys are checked once per statement (store.keys_at_once).
    employer = _key(Organization)
    division = _key(Division, null=True, blank=True)
    title = models.CharField("должность или профессия", max_length=300)
    title_key = models.CharField(max_length=300, db_collation="C", editable=False)
    code = models.CharField("код ОКПДТР", max_length=20, blank=True)
    headcount = models.DecimalField("число ставок", max_digits=8, decimal_places=2, null=True, blank=True)
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_post_period"),
            models.UniqueConstraint(
                fields=["employer", "division", "title_key"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="organizations_post_title_once",
                violation_error_message="Эта должность в подразделении уже есть. Измените число ставок.",
            ),
            models.CheckConstraint(
                condition=Q(headcount__isnull=True) | Q(headcount__gt=0),
                name="organizations_post_headcount",
                violation_error_message="Число ставок должно быть больше нуля.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, the worker his own."""
        return Q(pk__in=_own(actor, "post")) if actor.role is Role.WORKER else party_rows(actor)


class Workplace(SourcedModel):
    """A workplace (рабочее место), to which factors and the class of conditions belong."""

    privacy = Privacy.NONE
    retention = KEPT

    # Lists bring thousands of them: the keys are checked once per statement (store.keys_at_once).
    employer = _key(Organization)
    division = _key(Division, null=True, blank=True)
    post = _key(Post, null=True, blank=True)
    number = models.CharField("индивидуальный номер", max_length=50, blank=True)
    title = models.CharField("рабочее место", max_length=300)
    title_key = models.CharField(max_length=300, db_collation="C", editable=False)
    since = models.DateField("с", null=True, blank=True)
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_workplace_period"),
            models.UniqueConstraint(
                fields=["employer", "number"],
                condition=Q(until__isnull=True) & ~Q(number=""),
                name="organizations_workplace_number_once",
                violation_error_message="Рабочее место с этим номером уже есть. Укажите другой номер.",
            ),
            models.UniqueConstraint(
                fields=["employer", "division", "post", "title_key"],
                condition=Q(until__isnull=True, number=""),
                nulls_distinct=False,
                name="organizations_workplace_title_once",
                violation_error_message="Такое рабочее место уже есть. Дайте ему номер или другое название.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, the worker his own."""
        return Q(pk__in=_own(actor, "workplace")) if actor.role is Role.WORKER else party_rows(actor)


def _own(actor: Actor, column: str) -> Any:
    jobs: Any = apps.get_model("organizations", "Employment")
    rows = jobs.objects.unscoped("the worker's own jobs").filter(own_rows(actor))
    return rows.filter(**{f"{column}__isnull": False}).values(column)
