"""Who is asked to sign a version; the signatures themselves are kept by the engine beside the version."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from .documents import KEPT, Version


class Request(GuardedModel):
    """Somebody is asked to sign a version; the next one is asked when the one before has signed."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    version = models.ForeignKey(Version, models.PROTECT, related_name="requests")
    order = models.PositiveIntegerField("очередь")
    role = models.CharField("роль", max_length=30)
    account = models.BigIntegerField("кому", null=True, blank=True, help_text="пусто: печать организации")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=10, default="wait")
    reason = models.CharField("причина отказа", max_length=500, blank=True)
    signature = models.UUIDField("подпись", null=True, editable=False)
    asked_at = models.DateTimeField("запрошена", editable=False)
    decided_at = models.DateTimeField("решено", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["version", "order"], name="documents_request_order"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["organization", "account"], condition=Q(state="wait"), name="documents_request_queue"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.state}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house; the other side sees the signatures, not who was asked."""
        return Q(organization=actor.organization)
