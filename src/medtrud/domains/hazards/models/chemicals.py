"""Chemical substances of an employer: the register, decisions, where they are used, who was trained."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel, SourcedModel, period_once
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.organizations.public import party_rows
from medtrud.registries.people.public import own_rows

from ..types.chemicals import CHEMICAL_STATES, CHEMICAL_TONES, ChemicalState

KEPT = Retention(50, "по ним читают, с чем человек работал; срок — как у факторов рабочего места")
REAL = Q(until__isnull=True) | Q(until__gt=F("since"))


class Chemical(SourcedModel):
    """A substance in the register of an employer; its state is that of the last step."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    name = models.CharField("название", max_length=300)
    name_key = models.CharField(max_length=300, db_collation="C", editable=False)
    cas = models.CharField("номер CAS", max_length=12, blank=True)
    pdk_max = models.DecimalField("ПДК максимальная", max_digits=12, decimal_places=6, null=True, blank=True)
    pdk_ss = models.DecimalField("ПДК среднесменная", max_digits=12, decimal_places=6, null=True, blank=True)
    pdk_basis = models.CharField("откуда ПДК", max_length=300, blank=True)
    hazard = models.SmallIntegerField("класс опасности", null=True, blank=True)
    letters = models.CharField("буквы А К Р Ф О", max_length=5, blank=True)
    features = ArrayField(
        models.CharField(max_length=40), verbose_name="перечни методики СОУТ", default=list, blank=True
    )
    supplier = models.CharField("поставщик", max_length=300, blank=True)
    training = models.CharField("обучение до работы", max_length=300, blank=True)
    training_months = models.SmallIntegerField("обучение действует, мес.", null=True, blank=True)
    sheet = models.ForeignKey("files.File", models.PROTECT, null=True, blank=True, related_name="+")
    sheet_on = models.DateField("паспорт безопасности от", null=True, blank=True)
    state = models.CharField("состояние", max_length=12, editable=False)
    valid_until = models.DateField("разрешено до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["employer", "name_key"],
                name="hazards_chemical_once",
                violation_error_message="Это вещество в реестре уже есть. Найдите его по названию.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "state"], name="hazards_chemical_state"),
            models.Index(fields=["source_import"], name="hazards_chemical_source"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def state_title(self) -> str:
        """Return the state in Russian."""
        return CHEMICAL_STATES[ChemicalState(self.state)]

    @property
    def tone(self) -> str:
        """Return how the state is marked."""
        return CHEMICAL_TONES[ChemicalState(self.state)]

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class ChemicalStep(GuardedModel):
    """A request or a decision about a substance, with its reasons. Written once."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    chemical = models.ForeignKey(Chemical, models.PROTECT, related_name="+")
    state = models.CharField("что решено", max_length=12)
    on = models.DateField("день")
    until = models.DateField("до", null=True, blank=True)
    text = models.TextField("основание", blank=True)
    reasons = models.JSONField("что было известно", default=list, blank=True, encoder=DjangoJSONEncoder)
    at = models.DateTimeField("записано")
    account = models.BigIntegerField("кто", null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["chemical", "-at"], name="hazards_chemicalstep_at"),
        ]

    def __str__(self) -> str:
        return f"{self.state_title} {self.on:%d.%m.%Y}"

    @property
    def state_title(self) -> str:
        """Return the decision in Russian."""
        state = ChemicalState(self.state)
        return "запрошено" if state == ChemicalState.REQUESTED else CHEMICAL_STATES[state]

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class ChemicalUse(SourcedModel):
    """Where a substance is worked with, from a day to a day."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    chemical = models.ForeignKey(Chemical, models.PROTECT, related_name="+")
    workplace = models.ForeignKey(
        "organizations.Workplace", models.PROTECT, null=True, blank=True, related_name="+"
    )
    division = models.ForeignKey(
        "organizations.Division", models.PROTECT, null=True, blank=True, related_name="+"
    )
    amount = models.CharField("сколько", max_length=100, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="hazards_chemicaluse_period",
            ),
            models.CheckConstraint(
                condition=Q(workplace__isnull=False) ^ Q(division__isnull=False),
                name="hazards_chemicaluse_place",
                violation_error_message="Укажите рабочее место или подразделение.",
            ),
            period_once(
                "hazards_chemicaluse_workplace_once",
                "workplace",
                "chemical",
                when=REAL & Q(workplace__isnull=False),
                message="На этом рабочем месте вещество уже указано. Измените даты.",
            ),
            period_once(
                "hazards_chemicaluse_division_once",
                "division",
                "chemical",
                when=REAL & Q(division__isnull=False),
                message="В этом подразделении вещество уже указано. Измените даты.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.workplace or self.division)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class ChemicalTraining(GuardedModel):
    """A person was trained to work with a substance safely. Written once."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    chemical = models.ForeignKey(Chemical, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField("обучен")
    until = models.DateField("действует до", null=True, blank=True)
    basis = models.CharField("протокол", max_length=200, blank=True)
    at = models.DateTimeField("записано")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["chemical", "person", "on"],
                name="hazards_chemicaltraining_once",
                violation_error_message="Это обучение уже записано.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "chemical"], name="hazards_chemtraining_own"),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the person himself."""
        return own_rows(actor) if actor.role is Role.WORKER else party_rows(actor)
