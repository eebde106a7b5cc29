"""What other systems use: tokens, and answers kept for repeated requests."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .accounts import Account, Seat


class Token(GuardedModel):
    """A key for a program: it acts on one seat, with no more than its scopes; only the hash is kept."""

    privacy = Privacy.PERSONAL
    retention = Retention(None, "journal entries point to it")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    title = models.CharField("для чего", max_length=150)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField("начало", max_length=12, editable=False)
    scopes = ArrayField(models.CharField(max_length=80), verbose_name="права")
    given_at = models.DateTimeField("выдан")
    expires_at = models.DateTimeField("действует до")
    used_at = models.DateTimeField("последнее обращение", null=True, editable=False)
    revoked_at = models.DateTimeField("отозван", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=models.F("given_at")),
                name="access_token_period",
                violation_error_message="Срок ключа уже прошёл. Укажите день позже сегодняшнего.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hint}… {self.title}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own tokens; security administrators see all."""
        return models.Q() if actor.role is Role.SECURITY else models.Q(account=actor.account)


class StoredAnswer(GuardedModel):
    """The answer to a request with an Idempotency-Key; the same request gets it again."""

    privacy = Privacy.MEDICAL  # an answer may repeat any row of the product: the body is encrypted
    retention = Retention(0, "kept for the hours of the limit answer_kept_hours, then deleted")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    seat = models.BigIntegerField(null=True, editable=False)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    content_type = models.CharField(max_length=100, default="")
    body = models.BinaryField(default=b"")
    made_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["account", "key"], name="access_answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.status}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Nobody reads them: the edge replays them to the account that asked."""
        return models.Q(pk__in=[])
