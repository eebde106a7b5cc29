"""What was prescribed: one row per distinct programme, shared by all who were prescribed the same."""

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy, Retention

from .parties import FIFTY


class PrescribedProgramme(GuardedModel):
    """A programme with all its reasons, found by its digest; it names nobody and never changes."""

    privacy = Privacy.NONE
    retention = Retention(*FIFTY)

    digest = models.CharField("контрольная сумма", max_length=64, unique=True)
    edition = models.CharField("редакция правил", max_length=200)
    content = models.JSONField("объём осмотра с основаниями")

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """It is law applied to a set of factors: everybody who holds a row that points here may read it."""
        return models.Q()
