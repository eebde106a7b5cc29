"""Whom a document is to be made known to, and who has signed that he knows it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy
from medtrud.registries.people.public import own_rows

from .documents import KEPT, Document, Version


class Acquaintance(GuardedModel):
    """A sheet: one version of a document, a day until which it is to be known."""

    privacy = Privacy.NONE
    retention = KEPT

    document = models.ForeignKey(Document, models.PROTECT, related_name="acquaintances")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    due = models.DateField("ознакомить до")
    opened_on = models.DateField("начато")
    author_name = models.CharField("кто ознакомляет", max_length=200)

    def __str__(self) -> str:
        return self.document.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house; a worker sees his own line only."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else Q(organization=actor.organization)


class AcquaintanceLine(GuardedModel):
    """One person of a sheet and how he has signed: by his password, by a qualified signature, on paper."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    sheet = models.ForeignKey(Acquaintance, models.PROTECT, related_name="lines")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.CharField("должность", max_length=300, blank=True)
    signed_at = models.DateTimeField("ознакомлен", null=True, editable=False)
    how = models.CharField("как", max_length=10, blank=True)
    account = models.BigIntegerField("учётная запись", null=True, editable=False)
    signature = models.UUIDField("подпись", null=True, editable=False)
    reminded_on = models.DateField("напомнено", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["sheet", "person"],
                name="documents_acquaintance_once",
                violation_error_message="Этот работник в листе уже есть.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["person"],
                condition=Q(signed_at__isnull=True),
                name="documents_acquaintance_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.how or 'не ознакомлен'}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The person himself, and the house."""
        if actor.role is Role.WORKER:
            return own_rows(actor)
        return Q(sheet__organization=actor.organization)
