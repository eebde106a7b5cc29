"""Who works where, in what post, from a day to a day."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import SourcedModel, period_once, period_order
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

from .organizations import Organization, party_rows
from .structure import Division, Post, Workplace

TWICE = "Человек уже работает в этой должности в эти дни. Закройте прежнюю запись или измените дату."
KINDS = (("main", "основная работа"), ("secondary", "совместительство"))


def _key(to: Any, **more: Any) -> Any:
    return models.ForeignKey(
        to, models.PROTECT, related_name="+", db_index=False, db_constraint=False, **more
    )


class Employment(SourcedModel):
    """A job; a transfer closes it and opens the next one, so that the past stays as it was."""

    privacy = Privacy.PERSONAL
    retention = Retention(50, "приказ № 29н, Порядок, п. 37: карта работника хранится 50 лет")

    # The keys are checked by a trigger once per statement: store.keys_at_once says why.
    person = _key("people.Person", verbose_name="человек")
    employer = _key(Organization)
    division = _key(Division, null=True, blank=True)
    post = _key(Post)
    workplace = models.ForeignKey(
        Workplace, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False
    )
    previous = _key("self", null=True, blank=True, editable=False)  # the job this one continues
    personnel_number = models.CharField("табельный номер", max_length=30, blank=True)
    kind = models.CharField("вид работы", max_length=10, choices=KINDS, default="main")
    since = models.DateField("работает с")
    until = models.DateField("до", null=True, blank=True, help_text="первый день, когда уже не работает")
    hired_on = models.DateField("принят")  # the first day of the unbroken chain of jobs
    close_reason = models.CharField("основание окончания", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_employment_period"),
            # Ended jobs, the one that goes on, and (store.period_apart) both together share no day.
            # The second is over all rows: it is also how the jobs of a person are found, and two
            # that ended on one day share days anyway.
            period_once(
                "organizations_employment_post_once",
                "person",
                "post",
                "employer",
                when=Q(until__isnull=False),
                message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["person", "employer", "post", "until"],
                nulls_distinct=False,
                name="organizations_employment_post_open_once",
                violation_error_message=TWICE,
            ),
            models.UniqueConstraint(
                fields=["employer", "personnel_number"],
                condition=Q(until__isnull=True, kind="main") & ~Q(personnel_number=""),
                name="organizations_employment_number_once",
                violation_error_message="Табельный номер занят другим работником. Укажите свободный номер.",
            ),
            models.UniqueConstraint(
                fields=["person", "employer"],
                condition=Q(until__isnull=True, kind="main"),
                name="organizations_employment_main_once",
                violation_error_message="У человека уже есть основная работа здесь. "
                "Оформите перевод или совместительство.",
            ),
            models.CheckConstraint(
                condition=Q(hired_on__lte=models.F("since")), name="organizations_employment_hired"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["employer", "division"], name="organizations_employment_unit"),
            models.Index(fields=["post"], name="organizations_employment_post"),
            models.Index(
                fields=["source_import"],
                condition=Q(source_import__isnull=False),
                name="organizations_employment_file",
            ),
        ]

    def __str__(self) -> str:
        return f"работа {self.pk}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, the clinics it has accepted, and the worker himself."""
        return own_rows(actor) if actor.role is Role.WORKER else party_rows(actor)
