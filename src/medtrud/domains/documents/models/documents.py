"""A document, its versions and its one registration."""

from typing import Any, ClassVar

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

KEPT = Retention(None, "срок — по виду документа (таблица kinds); до него строка не удаляется")
MEDICAL = (Role.CLINIC, Role.COMMISSION, Role.CENTER)


class Document(GuardedModel):
    """One document of one organisation; what it says stands in its versions."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    organization = models.ForeignKey(
        "organizations.Organization", models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField("вид", max_length=40)
    flow = models.CharField("поток", max_length=10)
    title = models.CharField("содержание", max_length=500)
    title_key = models.CharField(max_length=500, db_collation="C", editable=False)
    text_key = models.TextField(blank=True, editable=False, help_text="слова, по которым находят")
    words = models.GeneratedField(
        expression=SearchVector("title_key", "text_key", config="russian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    index = models.CharField("регистрационный номер", max_length=60, blank=True, editable=False)
    on = models.DateField("дата документа")
    state = models.CharField("состояние", max_length=10)
    medical = models.BooleanField("врачебная тайна", editable=False)
    to_worker = models.BooleanField("открыт работнику", editable=False)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True, blank=True)
    party = models.ForeignKey(
        "organizations.Organization",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        db_index=False,
    )
    party_name = models.CharField("корреспондент", max_length=300, blank=True)
    about = models.UUIDField("что печатает", null=True, blank=True, db_index=True)
    module = models.CharField("раздел", max_length=40, blank=True)
    received_at = models.DateTimeField("поступил", null=True, blank=True)
    received_number = models.CharField("номер корреспондента", max_length=60, blank=True)
    received_on = models.DateField("дата корреспондента", null=True, blank=True)
    received_by = models.CharField("способ доставки", max_length=100, blank=True)
    sheets = models.PositiveIntegerField("листов", null=True, blank=True)
    enclosures = models.CharField("приложения", max_length=300, blank=True)
    released_on = models.DateField("передан", null=True, blank=True)
    created_at = models.DateTimeField("заведён", editable=False)
    author = models.BigIntegerField("учётная запись", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "kind", "about"],
                condition=Q(about__isnull=False) & ~Q(state="annulled"),
                name="documents_document_about_once",
                violation_error_message="Этот документ уже заведён. Исправление — его новая версия.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-on", "-id"], name="documents_document_list"),
            models.Index(
                fields=["party", "-on", "-id"],
                condition=Q(released_on__isnull=False),
                name="documents_document_given",
            ),
            models.Index(fields=["organization", "title_key", "id"], name="documents_document_title"),
            models.Index(fields=["organization", "flow", "-on", "-id"], name="documents_document_flow"),
            models.Index(fields=["organization", "kind", "-on", "-id"], name="documents_document_kind"),
            models.Index(fields=["organization", "state", "-on", "-id"], name="documents_document_state"),
            models.Index(
                fields=["organization", "-on", "-id"],
                condition=Q(index="", module="") & ~Q(state="annulled"),
                name="documents_document_numberless",
            ),
            models.Index(Upper("index"), name="documents_document_index"),
            models.Index(Upper("received_number"), name="documents_document_theirs"),
            GinIndex(fields=["words"], name="documents_document_words"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house that made it; the other side once it was handed over; the worker what is meant for him.

        A medical paper opens to medicine and to the worker only.
        """
        sent = Q(released_on__isnull=False)
        match actor.role:
            case Role.EMPLOYER | Role.ARCHIVE:
                ours = Q(organization=actor.organization) | (Q(party=actor.organization) & sent)
                return ours & Q(medical=False)
            case Role.CLINIC | Role.COMMISSION | Role.CENTER:
                return Q(organization=actor.organization) | (Q(party=actor.organization) & sent)
            case Role.WORKER:
                return own_rows(actor) & Q(to_worker=True) & sent
            case _:
                return Q(pk__in=[])


class Version(GuardedModel):
    """The bytes of a document as of a moment; a correction is the next version."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("версия")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    sha256 = models.CharField("хэш содержимого", max_length=64)
    amount = models.DecimalField("сумма, ₽", max_digits=14, decimal_places=2, null=True, blank=True)
    reason = models.CharField("причина", max_length=300, blank=True)
    made_at = models.DateTimeField("создана", editable=False)
    author = models.BigIntegerField("учётная запись", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="documents_version_once",
                violation_error_message="Версию только что добавил другой человек. Обновите страницу.",
            ),
        ]

    def __str__(self) -> str:
        return f"версия {self.number}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Who sees the document."""
        return Q(document__in=Document.objects.visible_to(actor))


class Registration(GuardedModel):
    """The number of a document in the register of its flow; given once, never changed."""

    privacy = Privacy.NONE
    retention = KEPT

    document = models.OneToOneField(Document, models.PROTECT, related_name="registration")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    flow = models.CharField("поток", max_length=10)
    year = models.PositiveIntegerField("год")
    number = models.PositiveIntegerField("порядковый номер")
    index = models.CharField("регистрационный номер", max_length=60)
    on = models.DateField("дата регистрации")
    due = models.DateField("зарегистрировать до", null=True, blank=True)
    author = models.BigIntegerField("учётная запись", null=True, editable=False)
    author_name = models.CharField("кто зарегистрировал", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "flow", "year", "number"], name="documents_registration_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "flow", "-on", "-id"], name="documents_registration_list"),
            models.Index(
                "organization",
                "flow",
                OpClass(Upper("index"), name="text_pattern_ops"),
                name="documents_registration_index",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.index} от {self.on:%d.%m.%Y}"

    @property
    def late(self) -> bool:
        """Tell whether the document was registered after its day."""
        return self.due is not None and self.on > self.due

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Who sees the document."""
        return Q(document__in=Document.objects.visible_to(actor))
