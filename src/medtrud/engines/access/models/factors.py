"""The second factor: the secret of one-time codes and the recovery codes."""

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .accounts import Account


class Totp(GuardedModel):
    """The secret an application on a telephone shares with us; without a key file it is noise."""

    privacy = Privacy.PERSONAL
    retention = Retention(0, "a removed factor opens nothing and is deleted at once")

    account = models.OneToOneField(Account, models.PROTECT, related_name="+")
    secret = models.CharField(max_length=300, editable=False)
    confirmed_at = models.DateTimeField("подключён", null=True, editable=False)
    last_step = models.BigIntegerField(default=0, editable=False)  # a code is good once

    def __str__(self) -> str:
        return f"{self.account_id}: {self.confirmed_at or 'не подтверждён'}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own factor; security administrators see that it is there."""
        return models.Q() if actor.role is Role.SECURITY else models.Q(account=actor.account)


class RecoveryCode(GuardedModel):
    """One code that opens the second step once; only its keyed hash is kept."""

    privacy = Privacy.PERSONAL
    retention = Retention(0, "a used or replaced code opens nothing and is deleted with its factor")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    code_hash = models.CharField(max_length=64, editable=False)
    used_at = models.DateTimeField("использован", null=True, editable=False)

    def __str__(self) -> str:
        return f"{self.account_id}: {self.used_at or 'не использован'}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own codes."""
        return models.Q(account=actor.account)
