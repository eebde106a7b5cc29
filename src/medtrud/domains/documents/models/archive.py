"""The archive: the list of cases, cases with their containers, inventories, transfers."""

import datetime as dt
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.numerals import form_of
from medtrud.kernel.privacy import Privacy, Retention

from ..types.storage import YEARS
from .documents import Document

KEPT = Retention(
    None, "учёт архива ведут, пока существует организация; дело уничтожают по акту, строка остаётся"
)


def own(actor: Actor, path: str = "") -> Q:
    """Return the rows of the own house."""
    return Q(**{f"{path}organization": actor.organization})


class Heading(GuardedModel):
    """A line of the list of cases of a year (номенклатура дел); once approved it is not changed."""

    privacy = Privacy.NONE
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("год")
    index = models.CharField("индекс", max_length=20)
    title = models.CharField("заголовок дела", max_length=300)
    kinds = ArrayField(
        models.CharField(max_length=40), verbose_name="виды документов", default=list, blank=True
    )
    forever = models.BooleanField("постоянно", default=False)
    years = models.PositiveIntegerField("срок хранения, лет", null=True, blank=True)
    basis = models.CharField("основание срока", max_length=300, blank=True)
    approved_on = models.DateField("утверждена", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "year", "index"],
                name="documents_heading_once",
                violation_error_message="Дело с таким индексом в номенклатуре этого года уже есть.",
            ),
            models.CheckConstraint(
                condition=Q(forever=False) | Q(years__isnull=True),
                name="documents_heading_term",
                violation_error_message="Срок хранения — либо постоянно, либо число лет. Оставьте одно.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index} {self.title}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class Vessel(GuardedModel):
    """A container: its file, and the manifest by which a copy is recognised; an old one stays as a line."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+")
    sha256 = models.CharField("контрольная сумма", max_length=64, db_index=True)
    manifest = models.CharField("сумма перечня", max_length=64, db_index=True)
    size = models.BigIntegerField("размер, байт")
    packed_at = models.DateTimeField("собран")
    checked_at = models.DateTimeField("проверен", null=True, blank=True)
    sound = models.BooleanField("цел", default=True)
    stamped_at = models.DateTimeField("последняя отметка времени")

    def __str__(self) -> str:
        return self.sha256[:16]

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class VesselStamp(GuardedModel):
    """A later time stamp over a container, as it is written into its copies."""

    privacy = Privacy.NONE
    retention = KEPT

    vessel = models.ForeignKey(Vessel, models.PROTECT, related_name="stamps")
    number = models.PositiveIntegerField("номер")
    text = models.BinaryField("путь к корню", editable=False)
    token = models.BinaryField("отметка времени", editable=False)
    stamped_at = models.DateTimeField("время")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["vessel", "number"], name="documents_vesselstamp_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor, "vessel__")


class Inventory(GuardedModel):
    """An inventory of the cases of a year (опись); its lines are its cases."""

    privacy = Privacy.NONE
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    year = models.PositiveIntegerField("год")
    number = models.PositiveIntegerField("номер описи")
    title = models.CharField("название", max_length=300)
    closed_on = models.DateField("составлена")
    author_name = models.CharField("составил", max_length=200, blank=True)
    vessel = models.OneToOneField(Vessel, models.PROTECT, related_name="inventory", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["organization", "number"], name="documents_inventory_once"),
        ]

    def __str__(self) -> str:
        return f"Опись № {self.number} за {self.year} год"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class Case(GuardedModel):
    """An electronic case of a year (дело): documents closed under one heading."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    heading = models.ForeignKey(Heading, models.PROTECT, related_name="cases")
    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="cases")
    number = models.PositiveIntegerField("№ п/п")
    year = models.PositiveIntegerField("год")
    index = models.CharField("индекс", max_length=20)
    volume = models.PositiveIntegerField("том", default=0, db_default=0)  # 0: the case is one volume
    title = models.CharField("заголовок", max_length=300)
    state = models.CharField("состояние", max_length=12, default="closed")
    forever = models.BooleanField("постоянно", default=False)
    years = models.PositiveIntegerField("срок хранения, лет", null=True, blank=True)
    basis = models.CharField("основание срока", max_length=300, blank=True)
    keep_until = models.DateField("хранить до", null=True, blank=True)
    since = models.DateField("крайние даты: с")
    until = models.DateField("по")
    documents = models.PositiveIntegerField("документов")
    size = models.BigIntegerField("объём, байт")
    vessel = models.OneToOneField(Vessel, models.PROTECT, related_name="case", null=True, blank=True)
    note = models.CharField("примечание", max_length=500, blank=True)
    accepted_on = models.DateField("принято в архив", null=True, blank=True)
    destroyed_on = models.DateField("уничтожено", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["inventory", "number"], name="documents_case_number_once"),
            models.UniqueConstraint(
                fields=["inventory", "heading", "volume"], name="documents_case_volume_once"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "year", "index"], name="documents_case_list"),
            models.Index(fields=["organization", "keep_until"], name="documents_case_term"),
        ]

    def __str__(self) -> str:
        volume = f", том {self.volume}," if self.volume else ""
        return f"Дело {self.index}{volume} за {self.year} год"

    @property
    def mark(self) -> str:
        """Return how the files of the case are called: its index, and its volume if there are several."""
        volume = f"-tom-{self.volume}" if self.volume else ""
        return f"{self.index}{volume}".replace("/", "-")

    @property
    def closed_on(self) -> dt.date:
        """Return the day when the case was closed."""
        return self.inventory.closed_on

    @property
    def term(self) -> str:
        """Return the term of keeping in words."""
        if self.forever:
            return "постоянно"
        return "нет данных" if self.years is None else f"{self.years} {form_of(self.years, YEARS)}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class CaseItem(GuardedModel):
    """A document in a case: a line of the inner inventory as of the day the case was closed."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    case = models.ForeignKey(Case, models.PROTECT, related_name="items")
    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    document = models.OneToOneField(Document, models.PROTECT, related_name="shelf")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True, blank=True)
    number = models.PositiveIntegerField("№ п/п")
    index = models.CharField("номер документа", max_length=60, blank=True)
    title = models.CharField("содержание", max_length=500)
    title_key = models.CharField(max_length=500, db_collation="C", editable=False)
    kind = models.CharField("вид", max_length=40)
    on = models.DateField("дата")
    versions = models.PositiveIntegerField("версий")
    size = models.BigIntegerField("объём, байт")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["case", "number"], name="documents_caseitem_number_once"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "-on", "-id"], name="documents_caseitem_list"),
            models.Index(fields=["person"], name="documents_caseitem_person"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class Transfer(GuardedModel):
    """The handing over of an inventory: checked case by case, accepted by an act of two sides."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    organization = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="transfers")
    state = models.CharField("состояние", max_length=12, default="checking")
    giver = models.BigIntegerField("кто сдаёт")
    giver_name = models.CharField("кто сдаёт", max_length=200)
    receiver = models.BigIntegerField("кто принимает")
    receiver_name = models.CharField("кто принимает", max_length=200)
    act = models.OneToOneField(Document, models.PROTECT, related_name="transfer", null=True, blank=True)
    job = models.UUIDField("работа", null=True, editable=False)
    started_at = models.DateTimeField("начата", editable=False)
    checked_at = models.DateTimeField("проверена", null=True, editable=False)
    accepted_on = models.DateField("принято", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["inventory"],
                condition=Q(state__in=("checking", "checked", "offered")),
                name="documents_transfer_once",
                violation_error_message="Передача по этой описи уже идёт. Закончите её.",
            ),
            models.CheckConstraint(
                condition=~Q(giver=models.F("receiver")),
                name="documents_transfer_two",
                violation_error_message="Сдаёт и принимает дела не один человек. Выберите двоих.",
            ),
        ]

    def __str__(self) -> str:
        return f"Передача: {self.inventory}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor)


class CaseCheck(GuardedModel):
    """One check of a case with its evidence: one of the six of a transfer, or a later one; only added."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    case = models.ForeignKey(Case, models.PROTECT, related_name="checks")
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="checks", null=True, blank=True)
    code = models.CharField("проверка", max_length=20)
    ok = models.BooleanField("пройдена")
    text = models.CharField("результат", max_length=1000)
    facts = models.JSONField("доказательства", default=dict, blank=True)
    at = models.DateTimeField("когда")

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.code}: {self.ok}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The house."""
        return own(actor, "case__")
