"""Lines, their head and anchors; rules of suspicion and what they noticed."""

import datetime as dt
from typing import Any, ClassVar

from django.core.signing import Signer
from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .types import OUTCOMES, ROLES, Outcome

KEPT = Retention(None, "цепочка отпечатков не терпит пропусков; приказ ФСТЭК № 21, меры РСБ")


def seen_by(actor: Actor) -> models.Q:
    """Only the security desk reads the journal."""
    return models.Q() if actor.role is Role.SECURITY else models.Q(pk__in=[])


class Line(GuardedModel):
    """One action, opening or refusal."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    number = models.BigIntegerField("номер", unique=True)
    at = models.DateTimeField("когда")
    account = models.BigIntegerField("учётная запись", null=True)
    name = models.CharField("имя для входа или задание", max_length=200, blank=True)
    role = models.CharField("рабочее место", max_length=20)
    person = models.BigIntegerField("человек", null=True)
    organization = models.BigIntegerField("организация", null=True)
    region = models.CharField("регион", max_length=2, blank=True)
    action = models.CharField("действие", max_length=100)
    outcome = models.CharField("исход", max_length=10)
    object = models.UUIDField("предмет", null=True)
    label = models.CharField("вид предмета", max_length=100, blank=True)
    facts = models.JSONField("факты", default=dict)
    previous = models.CharField("отпечаток предыдущей", max_length=64)
    hash = models.CharField("отпечаток", max_length=64)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["account", "number"], name="journal_line_account"),
            models.Index(fields=["action", "number"], name="journal_line_action"),
            models.Index(fields=["object", "number"], name="journal_line_object"),
            models.Index(fields=["at"], name="journal_line_at"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    @property
    def outcome_title(self) -> str:
        """Return the outcome in words."""
        return OUTCOMES[Outcome(self.outcome)]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Security administrators see all."""
        return seen_by(actor)

    @property
    def role_title(self) -> str:
        """Return the seat in words."""
        return ROLES[Role(self.role)]

    def covered(self) -> dict[str, Any]:
        """Return what the hash covers: everything but the hash itself."""
        return {
            "number": self.number,
            "at": self.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            "account": self.account,
            "name": self.name,
            "role": self.role,
            "person": self.person,
            "organization": self.organization,
            "region": self.region,
            "action": self.action,
            "outcome": self.outcome,
            "object": str(self.object) if self.object else None,
            "label": self.label,
            "facts": self.facts,
            "previous": self.previous,
        }


class Sealed(GuardedModel):
    """A number and a hash under the key of the installation."""

    number = models.BigIntegerField("номер последней строки")
    hash = models.CharField("её отпечаток", max_length=64)
    seal = models.CharField("печать", max_length=100)

    class Meta:
        abstract = True

    def seal_of(self) -> str:
        """Compute the seal; who cannot read the key cannot forge it."""
        return Signer(salt="medtrud.journal").signature(f"{self.number}:{self.hash}")

    def genuine(self) -> bool:
        """Tell whether the seal is ours; a key kept for old seals counts."""
        signer = Signer(salt="medtrud.journal")
        value = f"{self.number}:{self.hash}"
        keys = [signer.key, *signer.fallback_keys]
        return any(self.seal == signer.signature(value, key) for key in keys)


class Head(Sealed):
    """The end of the chain; its row is the lock under which lines are appended."""

    privacy = Privacy.NONE
    retention = KEPT

    only = models.BooleanField(default=True, unique=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=models.Q(only=True), name="journal_head_only"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Security administrators see it."""
        return seen_by(actor)


class Anchor(Sealed):
    """Where the chain stood at a moment: a chain cut and sealed anew does not meet it."""

    privacy = Privacy.NONE
    retention = KEPT

    at = models.DateTimeField("когда")

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Security administrators see them."""
        return seen_by(actor)


class Watch(GuardedModel):
    """A rule of suspicion: so many such lines of one account within so many minutes."""

    privacy = Privacy.NONE
    retention = Retention(None, "строки меняет администратор безопасности")

    code = models.CharField("код", max_length=50, unique=True)
    title = models.CharField("что подозрительно", max_length=200)
    action = models.CharField("действие; пусто - любое", max_length=100, blank=True)
    outcome = models.CharField("исход; пусто - любой", max_length=10, blank=True)
    times = models.PositiveIntegerField("сколько раз")
    minutes = models.PositiveIntegerField("за сколько минут")
    is_active = models.BooleanField("действует", default=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(times__gt=0, minutes__gt=0),
                name="journal_watch_positive",
                violation_error_message="Число раз и число минут правила должны быть больше нуля.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Security administrators see them."""
        return seen_by(actor)


class Suspicion(GuardedModel):
    """What a rule has noticed about one account."""

    privacy = Privacy.PERSONAL
    retention = Retention(3, "приказ ФСТЭК № 21, меры РСБ: хранение сведений о событиях")

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="+")
    account = models.BigIntegerField("учётная запись", null=True)
    name = models.CharField("имя для входа", max_length=200, blank=True)
    times = models.PositiveIntegerField("сколько раз")
    first = models.BigIntegerField("с какой строки")
    last = models.BigIntegerField("по какую строку")
    at = models.DateTimeField("замечено")
    closed_at = models.DateTimeField("разобрано", null=True, blank=True)
    note = models.CharField("вывод", max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["watch", "account", "name"],
                condition=models.Q(closed_at__isnull=True),
                nulls_distinct=False,
                name="journal_suspicion_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.watch_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Security administrators see all."""
        return seen_by(actor)
