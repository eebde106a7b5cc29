"""Paper copies: who asked, until when, who certified and took each."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy

from .documents import KEPT, Document, Version


class PaperCopy(GuardedModel):
    """A request for a certified copy on paper, and how it was handed out."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    document = models.ForeignKey(Document, models.PROTECT, related_name="paper_copies")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    requester = models.CharField("кто просит", max_length=10)
    requester_name = models.CharField("от кого заявление", max_length=200)
    account = models.BigIntegerField("учётная запись", null=True, editable=False)
    purpose = models.CharField("для чего", max_length=300, blank=True)
    asked_on = models.DateField("дата заявления")
    due = models.DateField("выдать до")
    state = models.CharField("состояние", max_length=10, default="asked")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", null=True, blank=True)
    year = models.PositiveIntegerField("год", null=True, blank=True)
    number = models.PositiveIntegerField("номер в журнале", null=True, blank=True)
    sheets = models.PositiveIntegerField("листов", null=True, blank=True)
    issued_on = models.DateField("выдана", null=True, blank=True)
    certified_by = models.CharField("кто заверил", max_length=200, blank=True)
    post = models.CharField("должность заверившего", max_length=200, blank=True)
    taken_by = models.CharField("кто получил", max_length=200, blank=True)
    refusal = models.CharField("причина отказа", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="documents_papercopy_number"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-asked_on", "-id"], name="documents_papercopy_list"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}/{self.year}" if self.number else "не выдана"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house that hands copies out; others see what they asked for themselves."""
        own = Q(account=actor.account) if actor.account is not None else Q(pk__in=[])
        if actor.organization is None or actor.role is Role.WORKER:
            return own
        return own | Q(organization=actor.organization)
