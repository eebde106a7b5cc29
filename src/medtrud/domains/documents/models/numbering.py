"""How a house numbers its documents."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from .documents import KEPT


class Scheme(GuardedModel):
    """The scheme of numbers of one flow from a day on; a new one ends it."""

    privacy = Privacy.NONE
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    flow = models.CharField("поток", max_length=10)
    pattern = models.CharField("схема номера", max_length=60)
    index = models.CharField("индекс", max_length=20, blank=True)
    since = models.DateField("с")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "flow", "since"],
                name="documents_scheme_once",
                violation_error_message="Схема номеров на этот день уже задана. Выберите другой день.",
            ),
        ]

    def __str__(self) -> str:
        return self.pattern

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return Q(organization=actor.organization)
