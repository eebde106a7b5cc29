"""Failures at the door, and what the operator allows."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention


class Guess(GuardedModel):
    """How often a login or an address guessed wrong; unknown logins count too, so nothing is betrayed."""

    privacy = Privacy.PERSONAL
    retention = Retention(1, "журнал хранит сами события; строка нужна, пока идёт пауза")

    kind = models.CharField("что", max_length=8)  # login, address, code
    value = models.CharField("значение", max_length=150)
    failures = models.PositiveIntegerField("неудач подряд", default=0)
    last_at = models.DateTimeField("последняя неудача")
    free_at = models.DateTimeField("пауза до", null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["kind", "value"], name="access_guess_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}: {self.failures}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Security administrators."""
        return models.Q() if actor.role is Role.SECURITY else models.Q(pk__in=[])


class Limit(GuardedModel):
    """A value the operator decided, from a day to a day, for all roles or for one."""

    privacy = Privacy.NONE
    retention = Retention(None, "the journal shows which limits were in force")

    code = models.CharField("порог", max_length=40)
    role = models.CharField("роль", max_length=20, blank=True)
    value = models.PositiveIntegerField("значение")
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="access_limit_period",
            ),
            models.UniqueConstraint(
                fields=["code", "role"],
                condition=models.Q(until__isnull=True),
                name="access_limit_one_open",
                violation_error_message="Этот порог уже задан без срока окончания.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.role or 'все'}: {self.value}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Everybody may know the rules of the house."""
        return models.Q()
