"""What happens to accepted cases: media and their book, holds, issues from the archive, destruction."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from .archive import KEPT, Case, CaseItem, own
from .documents import Document


class Medium(GuardedModel):
    """A carrier of copies of containers: a disc, a drive, a tape."""

    privacy = Privacy.NONE
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    number = models.CharField("учётный номер", max_length=40)
    kind = models.CharField("вид носителя", max_length=100)
    serial = models.CharField("заводской номер", max_length=100, blank=True)
    place = models.CharField("где хранится", max_length=200, blank=True)
    state = models.CharField("состояние", max_length=12, default="stock")
    added_on = models.DateField("принят на учёт")
    due_on = models.DateField("проверить до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "number"],
                name="documents_medium_once",
                violation_error_message="Носитель с таким номером уже на учёте. Проверьте номер.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "due_on"], name="documents_medium_due"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class MediumLine(GuardedModel):
    """A line of the book of media: written, checked, moved, lost, destroyed; lines are only added."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    medium = models.ForeignKey(Medium, models.PROTECT, related_name="lines")
    on = models.DateField("дата")
    deed = models.CharField("что сделано", max_length=12)
    ok = models.BooleanField("исправен", null=True, blank=True)
    text = models.CharField("запись", max_length=500)
    facts = models.JSONField("доказательства", default=dict, blank=True)
    author_name = models.CharField("кто", max_length=200, blank=True)
    made_at = models.DateTimeField("записано", editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.text

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor, "medium__")


class MediumCase(GuardedModel):
    """A copy of a container on a medium."""

    privacy = Privacy.NONE
    retention = KEPT

    medium = models.ForeignKey(Medium, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="copies")
    sha256 = models.CharField("сумма копии", max_length=64)
    manifest = models.CharField("сумма перечня", max_length=64)
    written_on = models.DateField("записано")
    ended_on = models.DateField("уничтожено", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["medium", "case"],
                condition=Q(ended_on__isnull=True),
                name="documents_mediumcase_once",
                violation_error_message="Это дело на носитель уже записано.",
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:16]

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor, "medium__")


class Hold(GuardedModel):
    """A case must not be destroyed: a court, an inspection, a dispute."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    case = models.ForeignKey(Case, models.PROTECT, related_name="holds")
    reason = models.CharField("основание", max_length=500)
    since = models.DateField("с")
    author_name = models.CharField("кто наложил", max_length=200, blank=True)
    ended_on = models.DateField("снято", null=True, blank=True)
    ended_reason = models.CharField("почему снято", max_length=500, blank=True)
    ended_name = models.CharField("кто снял", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_on__isnull=True),
                name="documents_hold_once",
                violation_error_message="Запрет уничтожения на дело уже наложен.",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor, "case__")


class Destruction(GuardedModel):
    """An act of destruction: cases whose term has ended, approved by the expert commission."""

    privacy = Privacy.NONE
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("номер акта")
    on = models.DateField("дата акта")
    state = models.CharField("состояние", max_length=12, default="signing")
    act = models.OneToOneField(Document, models.PROTECT, related_name="destruction")
    done_on = models.DateField("уничтожено", null=True, blank=True)
    author_name = models.CharField("кто составил", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "number"], name="documents_destruction_once"),
        ]

    def __str__(self) -> str:
        return f"Акт № {self.number} о выделении к уничтожению от {self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class DestructionLine(GuardedModel):
    """A case in an act of destruction; what was destroyed is told by the act and by this line."""

    privacy = Privacy.NONE
    retention = KEPT

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="lines")
    case = models.ForeignKey(Case, models.PROTECT, related_name="destructions")
    number = models.PositiveIntegerField("№ п/п")
    ended_at = models.DateTimeField("уничтожено", null=True, blank=True)
    sha256 = models.CharField("что уничтожено", max_length=64, blank=True)
    note = models.CharField("примечание", max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["destruction", "case"], name="documents_destructionline_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor, "destruction__")


class Issue(GuardedModel):
    """A copy or a certificate given out by the archive; a line of the book of issues, never changed."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    item = models.ForeignKey(CaseItem, models.PROTECT, related_name="issues")
    kind = models.CharField("что выдано", max_length=12)
    number = models.PositiveIntegerField("номер")
    year = models.PositiveIntegerField("год")
    on = models.DateField("дата")
    asked_by = models.CharField("кто запросил", max_length=300)
    basis = models.CharField("основание", max_length=500)
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    sealed = models.BooleanField("заверено печатью", default=False)
    author_name = models.CharField("кто выдал", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "year", "number"], name="documents_issue_number_once"
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)
