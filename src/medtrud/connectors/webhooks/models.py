"""Subscriptions, what was sent, and every try: the journal of exchange."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .types import HookState, SendingState

KEPT = Retention(3, "журнал обмена: показывает, что и когда ушло в другую систему")


def seen(actor: Actor, field: str = "organization_id") -> models.Q:
    """The organisation itself and the security administrator."""
    match actor.role:
        case Role.SECURITY:
            return models.Q()
        case Role.EMPLOYER | Role.CLINIC | Role.COMMISSION if actor.organization is not None:
            return models.Q(**{field: actor.organization})
        case _:
            return models.Q(pk__in=[])


class Hook(GuardedModel):
    """An address of an organisation that wants to know of events."""

    privacy = Privacy.NONE
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    url = models.CharField("адрес", max_length=500)
    kinds = ArrayField(models.CharField(max_length=40), verbose_name="события")
    state = models.CharField("состояние", max_length=10, default=HookState.ASKED.value)
    reason = models.CharField("причина", max_length=300, blank=True)
    box = models.BinaryField("ключ подписи", editable=False)
    box_key = models.IntegerField("номер ключа", editable=False)
    asked_at = models.DateTimeField("когда подписались")
    asked_by = models.BigIntegerField("кто подписался", null=True, blank=True)
    decided_at = models.DateTimeField("когда решено", null=True, blank=True)
    decided_by = models.BigIntegerField("кто решил", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "url"],
                condition=models.Q(state__in=[HookState.ASKED.value, HookState.ACTIVE.value]),
                name="webhooks_hook_once",
                violation_error_message="На этот адрес вы уже подписаны. Остановите прежнюю подписку.",
            ),
        ]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The organisation and the security administrator."""
        return seen(actor)


class Sending(GuardedModel):
    """One event on its way to one subscription; its uid is the idempotency key for the receiver."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    hook = models.ForeignKey(Hook, models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    kind = models.CharField("событие", max_length=40)
    payload = models.JSONField("что отправлено")
    state = models.CharField("состояние", max_length=10, default=SendingState.WAITING.value)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    created_at = models.DateTimeField("когда")
    next_at = models.DateTimeField("следующая попытка", null=True, blank=True)
    done_at = models.DateTimeField("доставлено", null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["hook", "-id"], name="webhooks_sending_hook"),
            models.Index(
                fields=["next_at"],
                name="webhooks_sending_due",
                condition=models.Q(state=SendingState.WAITING.value, next_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The organisation and the security administrator."""
        return seen(actor)


class Try(GuardedModel):
    """One attempt to deliver a sending."""

    privacy = Privacy.NONE
    retention = KEPT

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="attempts")
    at = models.DateTimeField("когда")
    status = models.PositiveSmallIntegerField("ответ", null=True, blank=True)
    took_ms = models.PositiveIntegerField("заняло, мс")
    error = models.CharField("причина", max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.sending_id}: {self.status or self.error}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Whoever sees the sending."""
        return seen(actor, "sending__organization_id")
