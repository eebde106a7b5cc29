"""Events with their deliveries, jobs with their progress, the schedule."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .types import FINISHED, JOB_TITLES, DeliveryState, JobState

NOBODY = models.Q(pk__in=[])
OPERATORS = (Role.SUPPORT, Role.SECURITY)  # they see what stands still


class Event(GuardedModel):
    """Something has happened: uids, keys and dates, no names, no diagnoses."""

    privacy = Privacy.PERSONAL
    retention = Retention(1, "нужно только доставке; что произошло, хранит журнал")

    name = models.CharField("событие", max_length=100)
    data = models.JSONField("факты", default=dict)
    at = models.DateTimeField("когда")

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Operators see what happened; people see what came of it."""
        return models.Q() if actor.role in OPERATORS else NOBODY


class Delivery(GuardedModel):
    """An event on its way to one subscriber."""

    privacy = Privacy.PERSONAL
    retention = Retention(1, "нужна только доставке; что произошло, хранит журнал")

    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    subscriber = models.CharField("подписчик", max_length=100)
    state = models.CharField("состояние", max_length=10, default=DeliveryState.WAITING.value)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    error = models.TextField("причина", blank=True)
    next_at = models.DateTimeField("следующая попытка", null=True, blank=True)
    done_at = models.DateTimeField("доставлено", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["event", "subscriber"], name="background_delivery_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["id"],
                name="background_delivery_open",
                condition=~models.Q(state=DeliveryState.DONE.value),
            ),
        ]

    def __str__(self) -> str:
        return self.subscriber

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Operators repair what is parked."""
        return models.Q() if actor.role in OPERATORS else NOBODY


class Job(GuardedModel):
    """Long work of a person: it can be left and found again."""

    privacy = Privacy.PERSONAL
    retention = Retention(1, "итог работы хранит журнал и сами записи")

    code = models.CharField("работа", max_length=100)
    title = models.CharField("название", max_length=300)
    actor = models.JSONField("от чьего имени", default=dict)
    account = models.BigIntegerField("учётная запись", null=True)
    organization = models.BigIntegerField("организация", null=True)
    facts = models.JSONField("задание", default=dict)
    state = models.CharField("состояние", max_length=10, default=JobState.QUEUED.value)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    cancel_asked = models.BooleanField("просят отменить", default=False)
    position = models.JSONField("сделано до места", default=dict)
    result = models.JSONField("итог", default=dict)
    error = models.TextField("причина", blank=True)
    link = models.CharField("где результат", max_length=300, blank=True)
    created_at = models.DateTimeField("поставлена")
    started_at = models.DateTimeField("начата", null=True)
    finished_at = models.DateTimeField("закончена", null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["account", "id"], name="background_job_account"),
            models.Index(
                fields=["id"],
                name="background_job_open",
                condition=models.Q(state__in=[JobState.QUEUED.value, JobState.RUNNING.value]),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def finished(self) -> bool:
        """Tell whether nothing more will happen to it by itself."""
        return self.state in FINISHED

    @property
    def state_title(self) -> str:
        """Return the state in words."""
        return JOB_TITLES[JobState(self.state)]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own jobs; operators see what stands still."""
        if actor.role in OPERATORS:
            return models.Q(account=actor.account) | models.Q(state__in=[JobState.FAILED, JobState.PARKED])
        return models.Q(account=actor.account) if actor.account else NOBODY


class Progress(GuardedModel):
    """How far a job has come: apart from the job, so that it shows before the job commits."""

    privacy = Privacy.NONE
    retention = Retention(1, "итог работы хранит журнал и сами записи")

    job = models.OneToOneField(Job, models.CASCADE, related_name="progress")
    done = models.BigIntegerField("сделано", default=0)
    total = models.BigIntegerField("всего", default=0)
    text = models.CharField("что делается", max_length=300, blank=True)
    at = models.DateTimeField("когда")

    def __str__(self) -> str:
        return f"{self.done} / {self.total}"

    @property
    def percent(self) -> int:
        """Return how much is done, 0 to 100."""
        return min(100, self.done * 100 // self.total) if self.total > 0 else 0

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """As the job."""
        return models.Q(job__account=actor.account) if actor.account else NOBODY


class Part(GuardedModel):
    """A piece of the file that a job has made for its owner."""

    privacy = Privacy.PERSONAL
    retention = Retention(1, "файл можно получить заново, повторив работу")

    job = models.ForeignKey(Job, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField("номер")
    content = models.BinaryField("содержимое")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["job", "number"], name="background_part_number"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """As the job."""
        return models.Q(job__account=actor.account) if actor.account else NOBODY


class Schedule(GuardedModel):
    """When a line of the schedule last came due: a missed night is made up for, never doubled."""

    privacy = Privacy.NONE
    retention = Retention(None, "служебная запись, одна на строку расписания")

    code = models.CharField("работа", max_length=100, unique=True)
    due_at = models.DateTimeField("последний срок")

    def __str__(self) -> str:
        return self.code

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Operators see the schedule."""
        return models.Q() if actor.role in OPERATORS else NOBODY
