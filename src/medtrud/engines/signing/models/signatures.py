"""Signatures beside their documents, every check of them, and the stamps of the archive."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy, Retention

from .certificates import own_rows

KEPT = Retention(None, "хранится столько же, сколько подписанный документ")


class Signature(GuardedModel):
    """One signature file of one document, byte for byte; it names people, so it is sealed."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    target = models.UUIDField("документ", db_index=True, editable=False)
    content_sha256 = models.CharField("хэш документа", max_length=64, editable=False)
    box = models.BinaryField("подпись", editable=False)
    key = models.IntegerField("номер ключа", editable=False)
    sha256 = models.CharField("отпечаток подписи", max_length=64, editable=False)
    streebog = models.CharField("отпечаток подписи по ГОСТ", max_length=64, editable=False)
    certificate = models.ForeignKey("signing.Certificate", models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True)
    person = models.BigIntegerField("человек", null=True, blank=True)
    organization = models.BigIntegerField("организация", null=True, blank=True)
    verdict = models.CharField("последняя проверка", max_length=24, editable=False)
    checked_at = models.DateTimeField("проверена", editable=False)
    added_at = models.DateTimeField("приложена", editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["target", "sha256"],
                name="signing_signature_once",
                violation_error_message="Эта подпись к документу уже приложена.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["checked_at"], name="signing_signature_checked"),
        ]

    def __str__(self) -> str:
        return f"{self.target}: {self.verdict}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The own signatures; those of a document are asked for by whoever opened the document."""
        return own_rows(actor)


class SignatureCheck(GuardedModel):
    """One check of a signature with what it was checked against; checks are only added."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    signature = models.ForeignKey(Signature, models.PROTECT, related_name="+")
    verdict = models.CharField("ответ", max_length=24)
    judged_at = models.DateTimeField("на какой момент")
    checked_at = models.DateTimeField("когда")
    backend = models.CharField("чем проверена", max_length=12)
    rules = models.IntegerField("версия правил проверки")
    box = models.BinaryField("отчёт", editable=False)
    key = models.IntegerField("номер ключа", editable=False)
    chain = models.JSONField("отпечатки сертификатов", default=list)
    evidence = models.JSONField("отпечатки сведений об отзыве", default=list)

    class Meta:
        ordering: ClassVar[list[str]] = ["checked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.signature_id}: {self.verdict}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Whoever sees the signature."""
        return models.Q(signature__in=Signature.objects.visible_to(actor))


class ArchiveStamp(GuardedModel):
    """One time stamp over the root of many hashes: renews the proof of all of them at once."""

    privacy = Privacy.NONE
    retention = KEPT

    root = models.CharField("корень", max_length=128, editable=False)
    digest = models.CharField("хэш", max_length=12, editable=False)
    token = models.BinaryField("отметка времени", editable=False)
    count = models.IntegerField("объектов", editable=False)
    stamped_at = models.DateTimeField("время", editable=False)

    def __str__(self) -> str:
        return self.root[:16]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Hashes name nobody."""
        return models.Q()


class ArchivePath(GuardedModel):
    """The way from one object to the root of a stamp."""

    privacy = Privacy.NONE
    retention = KEPT

    stamp = models.ForeignKey(ArchiveStamp, models.PROTECT, related_name="+")
    target = models.UUIDField("объект", db_index=True, editable=False)
    leaf = models.CharField("хэш объекта", max_length=128, editable=False)
    place = models.IntegerField("место", editable=False)
    path = models.JSONField("соседние хэши", default=list)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["stamp", "target", "leaf"],
                name="signing_path_once",
                violation_error_message="Объект уже входит в эту отметку времени.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Hashes name nobody."""
        return models.Q()
