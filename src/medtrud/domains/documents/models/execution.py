"""What a resolution asks for, from whom and until when."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from .documents import KEPT, Document


class Task(GuardedModel):
    """A resolution: who does what with a document, and how it ended."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    document = models.ForeignKey(Document, models.PROTECT, related_name="tasks")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    text = models.CharField("поручение", max_length=500)
    account = models.BigIntegerField("исполнитель")
    account_name = models.CharField("исполнитель", max_length=200)
    due = models.DateField("срок", null=True, blank=True)
    control = models.BooleanField("на контроле", default=True)
    given_at = models.DateTimeField("дано", editable=False)
    author_name = models.CharField("кто поручил", max_length=200)
    done_on = models.DateField("исполнено", null=True, blank=True)
    report = models.CharField("отметка об исполнении", max_length=500, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(
                fields=["organization", "due"], condition=Q(done_on__isnull=True), name="documents_task_open"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house whose resolution it is; the other side does not read it."""
        return Q(organization=actor.organization, document__in=Document.objects.visible_to(actor))
