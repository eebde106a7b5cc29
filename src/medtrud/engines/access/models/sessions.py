"""Sessions of browsers: who sits where, since when, seen when."""

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention


class Session(GuardedModel):
    """One browser; the key itself stays in its cookie, here is the hash: a stolen table opens nothing."""

    privacy = Privacy.PERSONAL
    retention = Retention(0, "an ended session is deleted; sign-ins stay in the journal")

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    account = models.BigIntegerField("учётная запись", null=True, db_index=True, editable=False)
    data = models.TextField(editable=False)
    address = models.CharField("адрес", max_length=45, blank=True)
    agent = models.CharField("браузер", max_length=200, blank=True)
    started_at = models.DateTimeField("начат")
    seen_at = models.DateTimeField("последнее обращение", db_index=True)

    def __str__(self) -> str:
        return f"{self.account}: {self.started_at}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own sessions; security administrators see all signed-in ones."""
        if actor.role is Role.SECURITY:
            return models.Q(account__isnull=False)
        return models.Q(account=actor.account, account__isnull=False)
