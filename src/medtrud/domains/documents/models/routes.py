"""Routes designed by a house, and how documents pass along them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from .documents import KEPT, Document


class Route(GuardedModel):
    """A way documents go; a draft is edited, one that works is only ended."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=200)
    kinds = ArrayField(
        models.CharField(max_length=40), verbose_name="виды документов", default=list, blank=True
    )
    state = models.CharField("состояние", max_length=10, default="draft")
    created_at = models.DateTimeField("заведён", editable=False)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return Q(organization=actor.organization)


class RouteStep(GuardedModel):
    """What one person does on the way; steps of one order go side by side."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    route = models.ForeignKey(Route, models.PROTECT, related_name="steps")
    order = models.PositiveIntegerField("очередь")
    deed = models.CharField("что сделать", max_length=10)
    account = models.BigIntegerField("кто")
    days = models.PositiveIntegerField("рабочих дней", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["route", "order", "account"],
                name="documents_routestep_once",
                violation_error_message="Этот сотрудник в этой очереди уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.deed}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return Q(route__organization=actor.organization)


class Passage(GuardedModel):
    """A document on a route."""

    privacy = Privacy.NONE
    retention = KEPT

    document = models.ForeignKey(Document, models.PROTECT, related_name="passages")
    version = models.ForeignKey("documents.Version", models.PROTECT, related_name="+")
    route = models.ForeignKey(Route, models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=10, default="going")
    author = models.BigIntegerField("кто отправил", null=True)
    started_at = models.DateTimeField("отправлен", editable=False)
    ended_at = models.DateTimeField("закончен", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["document"],
                condition=Q(state="going"),
                name="documents_passage_once",
                violation_error_message="Документ уже идёт по маршруту. Дождитесь конца или остановите его.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.route}: {self.state}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return Q(organization=actor.organization)


class PassageStep(GuardedModel):
    """What was asked of one person on the way of one document, and what he answered."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    passage = models.ForeignKey(Passage, models.PROTECT, related_name="steps")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    order = models.PositiveIntegerField("очередь")
    deed = models.CharField("что сделать", max_length=10)
    account = models.BigIntegerField("кто")
    instead_of = models.BigIntegerField("вместо кого", null=True, blank=True)
    days = models.PositiveIntegerField("рабочих дней", null=True, blank=True)
    due = models.DateField("срок", null=True, blank=True)
    state = models.CharField("состояние", max_length=10, default="waits")
    text = models.CharField("что ответил", max_length=500, blank=True)
    asked_at = models.DateTimeField("запрошено", null=True, editable=False)
    decided_at = models.DateTimeField("решено", null=True, editable=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["organization", "account"], condition=Q(state="asked"), name="documents_step_asked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order}. {self.deed}: {self.state}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return Q(organization=actor.organization)


class Substitution(GuardedModel):
    """Who answers for a colleague while he is away."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    account = models.BigIntegerField("кто отсутствует")
    substitute = models.BigIntegerField("кто замещает")
    since = models.DateField("с")
    until = models.DateField("до")
    reason = models.CharField("основание", max_length=200, blank=True)
    ended_on = models.DateField("прекращено", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")),
                name="documents_substitution_period",
                violation_error_message="Замещение заканчивается раньше, чем начинается. Исправьте даты.",
            ),
            models.CheckConstraint(
                condition=~Q(account=F("substitute")),
                name="documents_substitution_other",
                violation_error_message="Сотрудник не замещает сам себя. Выберите другого.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%d.%m.%Y}–{self.until:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return Q(organization=actor.organization)
