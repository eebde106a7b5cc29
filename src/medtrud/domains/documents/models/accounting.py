"""Accounting documents: what was handed over and when, the package of each month."""

import datetime as dt
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from .archive import Vessel, own
from .documents import KEPT, Document, Version


class Handover(GuardedModel):
    """A document was handed to the accounting of a house; from then on its requisites stay; only added."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    document = models.ForeignKey(Document, models.PROTECT, related_name="handovers")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    version = models.ForeignKey(Version, models.PROTECT, related_name="+")
    amount = models.DecimalField("сумма", max_digits=14, decimal_places=2, null=True, blank=True)
    fact_on = models.DateField("день факта")
    due = models.DateField("передать до")
    handed_on = models.DateField("передан")
    author = models.BigIntegerField("учётная запись", null=True, editable=False)
    author_name = models.CharField("кто передал", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "document"],
                name="documents_handover_once",
                violation_error_message="Документ уже передан в бухгалтерию. Исправление — его новая версия.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "handed_on"], name="documents_handover_month"),
        ]

    def __str__(self) -> str:
        return f"передан {self.handed_on:%d.%m.%Y}"

    @property
    def late(self) -> bool:
        """Tell whether the document was handed over after its day."""
        return self.handed_on > self.due

    @property
    def index(self) -> str:
        """Return the number of the document."""
        return self.document.index

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class MonthPackage(GuardedModel):
    """What was handed over in a month, sealed into a container that proves itself."""

    privacy = Privacy.PERSONAL
    retention = KEPT
    term, basis, keep_until = "нет данных", "", None  # the term is stated by the accounting policy

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("год")
    since = models.DateField("первый день месяца")
    state = models.CharField("состояние", max_length=10)
    documents = models.PositiveIntegerField("документов", default=0)
    late = models.PositiveIntegerField("с опозданием", default=0)
    note = models.CharField("примечание", max_length=500, blank=True)
    tried_at = models.DateTimeField("собран")
    vessel = models.OneToOneField(Vessel, models.PROTECT, related_name="month", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "since"], name="documents_monthpackage_once"),
        ]

    def __str__(self) -> str:
        return f"Бухгалтерские документы за {self.month:02}.{self.year}"

    @property
    def index(self) -> str:
        """Return how the package is called in its papers."""
        return f"БУХ-{self.year}-{self.month:02}"

    @property
    def title(self) -> str:
        """Return the title of the package."""
        return str(self)

    @property
    def month(self) -> int:
        """Return the number of the month."""
        return self.since.month

    @property
    def until(self) -> dt.date:
        """Return the last day of the month."""
        following = (self.since + dt.timedelta(days=31)).replace(day=1)
        return following - dt.timedelta(days=1)

    @property
    def closed_on(self) -> dt.date:
        """Return the day when the month was closed."""
        return self.until

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)
