"""Key carriers and where each of them is."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .certificates import own_rows

STATES = ("stock", "issued", "due", "lost", "destroyed")  # due: the owner left and must give it back


class Carrier(GuardedModel):
    """One token or card; who holds it now."""

    privacy = Privacy.PERSONAL
    retention = Retention(5, "учёт носителей ключевой информации")

    number = models.CharField("заводской номер", max_length=60)
    title = models.CharField("модель", max_length=120)
    maker = models.CharField("изготовитель", max_length=120, blank=True)
    state = models.CharField("где находится", max_length=10, default="stock")
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True)
    person = models.BigIntegerField("человек", null=True, blank=True, db_index=True)
    organization = models.BigIntegerField("организация", null=True, blank=True)
    added_at = models.DateTimeField("внесён", editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["number"],
                name="signing_carrier_number_once",
                violation_error_message="Носитель с таким заводским номером уже внесён.",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=STATES)
                & (models.Q(account__isnull=True) | ~models.Q(state__in=("stock", "destroyed"))),
                name="signing_carrier_holder",
                violation_error_message="У носителя на складе не может быть владельца.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} № {self.number}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Own carriers; the security desk sees all."""
        return models.Q() if actor.role is Role.SECURITY else own_rows(actor)


class CarrierMove(GuardedModel):
    """One line of the book of carriers: received, issued, returned, lost, destroyed; only added."""

    privacy = Privacy.PERSONAL
    retention = Retention(5, "учёт носителей ключевой информации")

    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="+")
    state = models.CharField("что произошло", max_length=10)
    number = models.IntegerField("номер акта", null=True)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True)
    person = models.BigIntegerField("человек", null=True, blank=True)
    note = models.CharField("пояснение", max_length=300, blank=True)
    at = models.DateTimeField("когда")
    by = models.BigIntegerField("учётная запись", null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.carrier_id}: {self.state}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Whoever sees the carrier."""
        return models.Q(carrier__in=Carrier.objects.visible_to(actor))
