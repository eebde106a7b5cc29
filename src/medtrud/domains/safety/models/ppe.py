"""Protective equipment: what there is, to whom it is due, what was issued, returned, written off."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel, SourcedModel, period_once
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy
from medtrud.registries.people.public import own_rows

from ..types.words import with_unit
from .parties import KEPT, employer_rows


class PpeItem(SourcedModel):
    """A kind of equipment an employer issues."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    title = models.CharField("наименование", max_length=300)
    title_key = models.CharField(max_length=300, db_collation="C", editable=False)
    unit = models.CharField("единица", max_length=20, default="шт.")
    point = models.CharField("пункт норм", max_length=60, blank=True)
    protection_class = models.CharField("класс защиты", max_length=100, blank=True)
    codes = ArrayField(
        models.CharField(max_length=15), verbose_name="от каких факторов", default=list, blank=True
    )
    reduction = models.FloatField("снижение уровня", null=True, blank=True)
    price_kopecks = models.BigIntegerField("цена, копеек", null=True, blank=True)
    closed_on = models.DateField("не применяется с", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["employer", "title_key"],
                condition=Q(closed_on__isnull=True),
                name="safety_ppeitem_once",
                violation_error_message="СИЗ с таким наименованием уже есть. Откройте его карточку.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class PpeCertificate(SourcedModel):
    """A certificate or declaration of conformity of a kind of equipment, from a day to a day."""

    privacy = Privacy.NONE
    retention = KEPT

    item = models.ForeignKey(PpeItem, models.PROTECT, related_name="certificates")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=100)
    issuer = models.CharField("кем выдан", max_length=300, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", help_text="первый день без действия")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")),
                name="safety_ppecertificate_period",
                violation_error_message="Сертификат заканчивается раньше, чем начинается. Исправьте даты.",
            ),
            models.UniqueConstraint(
                fields=["item", "number"],
                name="safety_ppecertificate_once",
                violation_error_message="Сертификат с этим номером у этого СИЗ уже записан.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} до {self.until:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class PpeNorm(SourcedModel):
    """How much of a kind of equipment a workplace is entitled to, and for how long; from a day to a day."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    workplace = models.ForeignKey("organizations.Workplace", models.PROTECT, related_name="+")
    item = models.ForeignKey(PpeItem, models.PROTECT, related_name="norms")
    quantity = models.DecimalField("количество", max_digits=10, decimal_places=2)
    months = models.PositiveIntegerField("срок носки, месяцев", null=True, blank=True)  # null: until worn out
    basis = models.CharField("основание", max_length=300)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_once(
                "safety_ppenorm_once",
                "workplace",
                "item",
                when=Q(until__isnull=True) | Q(until__gt=F("since")),
                message="Норма этого СИЗ для рабочего места на эти дни уже записана. Измените дату.",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="safety_ppenorm_quantity",
                violation_error_message="Количество по норме больше нуля. Исправьте его.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.said}"

    @property
    def said(self) -> str:
        """Return how much, with its unit."""
        return with_unit(self.quantity, self.item.unit)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class PpeSizes(GuardedModel):
    """The sizes of a worker as they were taken; the last ones count."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    height = models.CharField("рост", max_length=20, blank=True)
    clothes = models.CharField("одежда", max_length=20, blank=True)
    shoes = models.CharField("обувь", max_length=20, blank=True)
    head = models.CharField("головной убор", max_length=20, blank=True)
    respirator = models.CharField("СИЗОД", max_length=20, blank=True)
    gloves = models.CharField("СИЗ рук", max_length=20, blank=True)
    on = models.DateField("сняты")
    at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["person", "-id"], name="safety_ppesizes_last")]

    def __str__(self) -> str:
        return f"{self.clothes} / {self.shoes}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, and the worker himself."""
        return _rows(actor)


class PpeIssue(SourcedModel):
    """What was issued to a worker on a day; never changed, what came after are its moves.

    Only `gone` follows the moves: how much of it the worker has no longer.
    """

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    employment = models.ForeignKey("organizations.Employment", models.PROTECT, related_name="+")
    item = models.ForeignKey(PpeItem, models.PROTECT, related_name="issues")
    certificate = models.ForeignKey(PpeCertificate, models.PROTECT, related_name="+")
    norm = models.ForeignKey(PpeNorm, models.PROTECT, related_name="+", null=True, blank=True)
    model = models.CharField("модель, артикул", max_length=200, blank=True)
    size = models.CharField("размер", max_length=20, blank=True)
    quantity = models.DecimalField("количество", max_digits=10, decimal_places=2)
    on = models.DateField("выдано")
    due = models.DateField("заменить", null=True, blank=True)
    gone = models.DecimalField("выбыло", max_digits=10, decimal_places=2, default=0, editable=False)
    at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0),
                name="safety_ppeissue_quantity",
                violation_error_message="Выдают больше нуля. Исправьте количество.",
            ),
            models.CheckConstraint(
                condition=Q(gone__gte=0, gone__lte=F("quantity")),
                name="safety_ppeissue_gone",
                violation_error_message="Выбыло больше, чем выдано. Обновите страницу, исправьте количество.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "person", "-on"], name="safety_ppeissue_card"),
            models.Index(fields=["employer", "due"], name="safety_ppeissue_due"),
            models.Index(fields=["employer", "-on", "-id"], name="safety_ppeissue_day"),
            models.Index(
                fields=["person", "item", "due"],
                condition=Q(gone__lt=F("quantity")),
                name="safety_ppeissue_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}, {self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, and the worker himself."""
        return _rows(actor)


class PpeMove(GuardedModel):
    """What became of an issue: returned, written off, washed, repaired, inspected; written once."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    issue = models.ForeignKey(PpeIssue, models.PROTECT, related_name="moves")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    kind = models.CharField("что", max_length=12)
    quantity = models.DecimalField("количество", max_digits=10, decimal_places=2)
    on = models.DateField("дата")
    note = models.CharField("примечание", max_length=300, blank=True)
    at = models.DateTimeField("записано", auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.kind}, {self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Who sees the issue."""
        return Q(issue__in=PpeIssue.objects.visible_to(actor))


def _rows(actor: Actor) -> Q:
    return own_rows(actor) if actor.role is Role.WORKER else employer_rows(actor)
