"""Settings of a clinic, the queue of documents, and the exchange journal."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .types.exchange import OPEN, SubmissionState

KEPT = Retention(50, "журнал обмена хранится столько же, сколько документ: приказ № 29н, Порядок, пп. 37, 47")


def seen(actor: Actor, field: str = "organization_id") -> models.Q:
    """The clinic itself."""
    match actor.role:
        case Role.CLINIC | Role.COMMISSION if actor.organization is not None:
            return models.Q(**{field: actor.organization})
        case _:
            return models.Q(pk__in=[])


class Exchange(GuardedModel):
    """How a clinic speaks to the registry; off until it switches it on."""

    privacy = Privacy.NONE
    retention = Retention(None, "настройка действует, пока её не изменят; прежние — в журнале действий")

    organization = models.OneToOneField("organizations.Organization", models.PROTECT, related_name="+")
    on = models.BooleanField("обмен включён", default=False)
    oid = models.CharField("OID организации", max_length=100)
    address = models.CharField("адрес сервиса", max_length=500, blank=True)
    system = models.CharField("идентификатор системы", max_length=100, blank=True)
    token = models.CharField("ключ обратного адреса", max_length=64, editable=False)

    def __str__(self) -> str:
        return self.oid

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic."""
        return seen(actor)


class PostCode(GuardedModel):
    """Which row of the book of posts a position of the clinic is, where its name alone does not tell."""

    privacy = Privacy.NONE
    retention = Retention(None, "настройка действует, пока её не изменят")

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    position = models.CharField("должность", max_length=200)
    code = models.CharField("код НСИ 11.1002", max_length=20)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "position"],
                name="egisz_postcode_once",
                violation_error_message="Код этой должности уже задан. Обновите страницу.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}: {self.code}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic."""
        return seen(actor)


class Submission(GuardedModel):
    """One version of one conclusion on its way to the registry; its uid is the local uid there."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    conclusion = models.OneToOneField("exams.Conclusion", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    exam = models.UUIDField("осмотр")
    number = models.CharField("заключение", max_length=60)
    version = models.PositiveIntegerField("версия")
    state = models.CharField("состояние", max_length=12, default=SubmissionState.WAITING.value)
    lacks = models.JSONField("не хватает", default=list, blank=True)
    report = models.JSONField("проверка", default=dict, blank=True)
    faults = models.JSONField("ошибки реестра", default=list, blank=True)
    document = models.UUIDField("документ", null=True, blank=True)
    document_version = models.PositiveIntegerField("версия документа", null=True, blank=True)
    sha256 = models.CharField("хэш", max_length=64, blank=True)
    message = models.UUIDField("последнее сообщение", null=True, blank=True)
    registry_number = models.CharField("номер в реестре", max_length=60, blank=True)
    registered_at = models.DateTimeField("зарегистрирован", null=True, blank=True)
    tries = models.PositiveSmallIntegerField("попыток", default=0)
    next_at = models.DateTimeField("следующая попытка", null=True, blank=True)
    created_at = models.DateTimeField("в очереди с")
    changed_at = models.DateTimeField("изменено")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["exam"],
                condition=models.Q(state__in=[state.value for state in sorted(OPEN)]),
                name="egisz_submission_open_once",
                violation_error_message="Документ по этому осмотру уже в очереди. Обновите страницу.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-id"], name="egisz_submission_list"),
            models.Index(fields=["document"], name="egisz_submission_document"),
            models.Index(
                fields=["next_at"], name="egisz_submission_due", condition=models.Q(next_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic."""
        return seen(actor)


class Message(GuardedModel):
    """One message of the exchange, never changed: when, what, how large, its digest, and the answer."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    submission = models.ForeignKey(Submission, models.PROTECT, null=True, related_name="messages")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    at = models.DateTimeField("когда")
    outgoing = models.BooleanField("исходящее")
    operation = models.CharField("операция", max_length=40)
    message = models.CharField("номер сообщения", max_length=80, blank=True)
    sha256 = models.CharField("хэш", max_length=64)
    size = models.PositiveIntegerField("байт")
    status = models.PositiveSmallIntegerField("ответ HTTP", null=True, blank=True)
    took_ms = models.PositiveIntegerField("заняло, мс", null=True, blank=True)
    ok = models.BooleanField("принято")
    answer = models.JSONField("ответ", default=list, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-id"], name="egisz_message_list"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.message}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic."""
        return seen(actor)
