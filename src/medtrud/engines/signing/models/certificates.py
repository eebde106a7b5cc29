"""Certificates, what happened to them, requests for them, lists of revoked ones, server-side keys."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

AUTHORITIES = ("anchor", "authority", "stamps", "answers")
HOUSES = frozenset({Role.EMPLOYER, Role.CLINIC, Role.COMMISSION, Role.CENTER, Role.AUTHORITY, Role.ARCHIVE})
KEPT = Retention(None, "подпись проверяют, пока хранится подписанный документ")


def own_rows(actor: Actor) -> models.Q:
    """Return the rows of the account, of the person and of the organisation of the seat."""
    rows = models.Q(account=actor.account) if actor.account is not None else models.Q(pk__in=[])
    if actor.person is not None:
        rows |= models.Q(person=actor.person)
    if actor.organization is not None and actor.role in HOUSES:
        rows |= models.Q(organization=actor.organization)
    return rows


class Certificate(GuardedModel):
    """One certificate of the register; its bytes name a person, so they are sealed."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    kind = models.CharField("назначение", max_length=12)  # anchor authority stamps answers person seal
    own = models.BooleanField("выдан нашим центром", default=False)
    trusted = models.BooleanField("доверенный корень", default=False)
    box = models.BinaryField("сертификат", editable=False)
    key = models.IntegerField("номер ключа", editable=False)
    sha256 = models.CharField("отпечаток", max_length=64, unique=True, editable=False)
    number = models.CharField("номер", max_length=64, editable=False)
    issuer_hash = models.BigIntegerField("хэш издателя", editable=False)
    subject_hash = models.BigIntegerField("хэш владельца", editable=False)
    algorithm = models.CharField("алгоритм", max_length=10, editable=False)
    since = models.DateTimeField("действует с", editable=False)
    until = models.DateTimeField("действует по", editable=False)
    issuer = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, editable=False)
    renews = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, editable=False)
    carrier = models.ForeignKey("signing.Carrier", models.PROTECT, related_name="+", null=True)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True)
    person = models.BigIntegerField("человек", null=True, blank=True, db_index=True)
    organization = models.BigIntegerField("организация", null=True, blank=True, db_index=True)
    state = models.CharField("состояние", max_length=8, default="active")  # active hold revoked
    state_at = models.DateTimeField("состояние с", null=True, editable=False)
    reason = models.CharField("причина", max_length=24, blank=True)
    added_at = models.DateTimeField("внесён", editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["issuer_hash", "number"],
                name="signing_certificate_number_once",
                violation_error_message="Сертификат этого издателя с таким номером уже есть в реестре.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=("anchor", "authority", "stamps", "answers", "person", "seal"))
                & models.Q(state__in=("active", "hold", "revoked")),
                name="signing_certificate_words",
                violation_error_message="Неизвестное назначение или состояние сертификата.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["account", "-until"], name="signing_certificate_account"),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Everybody sees authorities; the owner, his organisation and the security desk see the others."""
        if actor.role is Role.SECURITY:
            return models.Q()
        return own_rows(actor) | models.Q(kind__in=AUTHORITIES)


class CertificateChange(GuardedModel):
    """What happened to a certificate: issued, held, released, revoked; lines are only added."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=8)
    reason = models.CharField("причина", max_length=24, blank=True)
    note = models.CharField("пояснение", max_length=300, blank=True)
    at = models.DateTimeField("когда")
    by = models.BigIntegerField("учётная запись", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.state}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Whoever sees the certificate."""
        return models.Q(certificate__in=Certificate.objects.visible_to(actor))


class Secret(GuardedModel):
    """A key kept by the server: PKCS#12, sealed; destroyed with its certificate, the row stays."""

    privacy = Privacy.PERSONAL
    retention = Retention(None, "показывает, когда ключ создан и уничтожен")

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="+")
    box = models.BinaryField("ключ", null=True, editable=False)
    key = models.IntegerField("номер ключа", editable=False)
    created_at = models.DateTimeField("создан", editable=False)
    destroyed_at = models.DateTimeField("уничтожен", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(box__isnull=True),
                name="signing_secret_destroyed_is_empty",
                violation_error_message="Уничтоженный ключ не хранится.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Nobody reads a key: it is only used by actions."""
        return models.Q(pk__in=[])


class CertificateRequest(GuardedModel):
    """A request for a certificate (PKCS#10) whose asker proved that he holds the key."""

    privacy = Privacy.PERSONAL
    retention = Retention(5, "переписка о выдаче сертификатов")

    box = models.BinaryField("запрос", editable=False)
    key = models.IntegerField("номер ключа", editable=False)
    sha256 = models.CharField("отпечаток", max_length=64, unique=True, editable=False)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True)
    person = models.BigIntegerField("человек", null=True, blank=True)
    organization = models.BigIntegerField("организация", null=True, blank=True)
    state = models.CharField("состояние", max_length=8, default="waiting")  # waiting issued refused
    note = models.CharField("причина отказа", max_length=300, blank=True)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField("подан", editable=False)
    decided_at = models.DateTimeField("решён", null=True, editable=False)

    def __str__(self) -> str:
        return self.sha256[:12]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own requests; the security desk sees all."""
        return models.Q() if actor.role is Role.SECURITY else own_rows(actor)


class RevocationList(GuardedModel):
    """A list of revoked certificates: our own, or one that was loaded; it names nobody."""

    privacy = Privacy.NONE
    retention = Retention(None, "доказывает, что сертификат не был отозван в день подписи")

    issuer_hash = models.BigIntegerField("хэш издателя", db_index=True, editable=False)
    issuer_title = models.CharField("издатель", max_length=200, editable=False)
    issuer = models.ForeignKey(Certificate, models.PROTECT, related_name="+", null=True, editable=False)
    own = models.BooleanField("наш", default=False, editable=False)
    number = models.CharField("номер", max_length=50, blank=True, editable=False)
    count = models.IntegerField("отозвано", editable=False)
    content = models.BinaryField("список", editable=False)
    sha256 = models.CharField("отпечаток", max_length=64, unique=True, editable=False)
    since = models.DateTimeField("выпущен", editable=False)
    until = models.DateTimeField("следующий не позднее", null=True, editable=False)
    added_at = models.DateTimeField("внесён", editable=False)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["issuer_hash", "-since"], name="signing_list_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer_title}: {self.number}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """A list of numbers is public by its purpose."""
        return models.Q()
