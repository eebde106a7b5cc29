"""Notices, wordings of the operator, wishes of the receivers."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy, Retention


class Notice(GuardedModel):
    """One notice to one receiver."""

    privacy = Privacy.PERSONAL
    retention = Retention(3, "показывает, что и когда человеку сообщили")

    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True, blank=True)
    person = models.BigIntegerField("человек", null=True, blank=True)
    kind = models.CharField("вид", max_length=80)
    title = models.CharField("тема", max_length=200)
    text = models.TextField("текст")
    params = models.JSONField("подставленные значения", default=dict, blank=True)
    link = models.CharField("куда ведёт", max_length=300, blank=True)
    about = models.UUIDField("о чём", null=True, blank=True)
    created_at = models.DateTimeField("когда")
    read_at = models.DateTimeField("прочитано", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(account__isnull=False, person__isnull=True)
                | models.Q(account__isnull=True, person__isnull=False),
                name="messages_notice_to_one",
                violation_error_message="Сообщение отправляют либо человеку, либо учётной записи.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "-id"], name="messages_notice_person"),
            models.Index(fields=["account", "-id"], name="messages_notice_account"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The receiver, on any of his seats."""
        rows = models.Q(pk__in=[])
        if actor.account is not None:
            rows |= models.Q(account=actor.account)
        if actor.person is not None and actor.account is not None:
            rows |= models.Q(person=actor.person)
        return rows


class Wording(GuardedModel):
    """How the operator words a kind of notice, from a day on."""

    privacy = Privacy.NONE
    retention = Retention(None, "показывает, какими словами сообщали")

    kind = models.CharField("вид", max_length=80)
    title = models.CharField("тема", max_length=200)
    text = models.TextField("текст")
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(until__isnull=True),
                name="messages_wording_one_open",
                violation_error_message="Текст этого вида уже задан без срока окончания.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} с {self.since}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Wordings are no secret."""
        return models.Q()


class Wish(GuardedModel):
    """What an account wants to receive outside; without a row, everything."""

    privacy = Privacy.PERSONAL
    retention = Retention(0, "живёт вместе с учётной записью")

    account = models.OneToOneField("access.Account", models.PROTECT, related_name="+")
    person = models.BigIntegerField("человек", null=True, blank=True, db_index=True)
    mail = models.BooleanField("присылать письма", default=True)

    def __str__(self) -> str:
        return f"{self.account_id}: {'письма' if self.mail else 'без писем'}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own wishes."""
        return models.Q(account=actor.account) if actor.account is not None else models.Q(pk__in=[])
