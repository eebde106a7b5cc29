"""Production control: what is measured where and how often, protocols, the levels that follow from them."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel, SourcedModel, period_order
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.organizations.public import Workplace, party_rows

KEPT = Retention(50, "приказ № 29н, Порядок, п. 37: по измерениям считаются стаж и доза")


class ControlLine(SourcedModel):
    """A line of the programme: this factor at this workplace is measured every so many months."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    workplace = models.ForeignKey("organizations.Workplace", models.PROTECT, related_name="+")
    code = models.CharField("код фактора", max_length=15)
    substance = models.CharField("вещество или показатель", max_length=300, blank=True)
    method = models.CharField("методика измерений", max_length=300, blank=True)
    period_months = models.PositiveSmallIntegerField("раз в, месяцев")
    basis = models.CharField("основание", max_length=300, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("hazards_controlline_period"),
            models.CheckConstraint(condition=Q(period_months__gt=0), name="hazards_controlline_months"),
            models.UniqueConstraint(
                fields=["workplace", "code", "substance"],
                condition=Q(until__isnull=True),
                name="hazards_controlline_once",
                violation_error_message="Этот фактор рабочего места уже есть в программе. "
                "Измените его строку.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "code"], name="hazards_controlline_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.substance}".strip()

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class Protocol(SourcedModel):
    """A protocol of measurements; a wrong one is withdrawn, never changed."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    number = models.CharField("номер протокола", max_length=80)
    measured_on = models.DateField("измерено")
    issued_on = models.DateField("протокол от", null=True, blank=True)
    laboratory = models.CharField("лаборатория", max_length=300)
    accreditation = models.CharField("аттестат аккредитации", max_length=100, blank=True)
    flaw = models.CharField("почему не учитывается", max_length=500, blank=True)
    recorded_at = models.DateTimeField("записан")
    recorded_by = models.BigIntegerField("кто записал", null=True, editable=False)
    withdrawn_on = models.DateField("отозван", null=True, blank=True)
    withdrawn_why = models.CharField("почему отозван", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["employer", "number", "measured_on"],
                condition=Q(withdrawn_on__isnull=True),
                name="hazards_protocol_once",
                violation_error_message="Протокол с этим номером и датой измерений уже записан. "
                "Отзовите прежний или исправьте номер.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "-measured_on", "-id"], name="hazards_protocol_day"),
            models.Index(fields=["source_import"], name="hazards_protocol_source"),
        ]

    def __str__(self) -> str:
        return f"протокол № {self.number} от {self.issued_on or self.measured_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class ProtocolInstrument(GuardedModel):
    """What was measured with, and until when its verification was valid."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="instruments")
    title = models.CharField("средство измерений", max_length=200)
    serial = models.CharField("заводской номер", max_length=80, blank=True)
    certificate = models.CharField("свидетельство о поверке", max_length=120, blank=True)
    verified_until = models.DateField("поверка действует по", null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.title} № {self.serial}" if self.serial else self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the protocol."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class ProtocolValue(GuardedModel):
    """One measured value: a point or an operation of a workplace."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="values")
    workplace = models.ForeignKey("organizations.Workplace", models.PROTECT, related_name="+")
    code = models.CharField("код фактора", max_length=15)
    substance = models.CharField("вещество или показатель", max_length=300, blank=True)
    point = models.CharField("точка или операция", max_length=200, blank=True)
    value = models.FloatField("значение")
    unit = models.CharField("единица", max_length=20)
    norm_min = models.FloatField("норма от", null=True, blank=True)
    norm_max = models.FloatField("норма до", null=True, blank=True)
    uncertainty = models.FloatField("неопределённость", null=True, blank=True)
    hours = models.FloatField("часов за смену", null=True, blank=True)
    exceeded = models.BooleanField("превышение")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gt=0, hours__lte=24),
                name="hazards_protocolvalue_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value:g} {self.unit}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the protocol."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class FactorLevel(SourcedModel):
    """The shift level of a factor at a workplace from a day on, whatever document it comes from.

    Exposure is counted from these rows alone. A level holds until the next one of the same workplace and
    factor; a withdrawn one holds no more, and stays.
    """

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    workplace = models.ForeignKey("organizations.Workplace", models.PROTECT, related_name="+")
    code = models.CharField("код фактора", max_length=15)
    substance = models.CharField("вещество или показатель", max_length=300, blank=True)
    since = models.DateField("измерено")
    value = models.FloatField("уровень за смену")
    unit = models.CharField("единица", max_length=20)
    norm_min = models.FloatField("норма от", null=True, blank=True)
    norm_max = models.FloatField("норма до", null=True, blank=True)
    uncertainty = models.FloatField("неопределённость", null=True, blank=True)
    category = models.CharField("категория работ", max_length=5, blank=True)
    shifts = models.PositiveSmallIntegerField("смен в году", null=True, blank=True)
    exceeded = models.BooleanField("превышение")
    steps = models.JSONField("как получен", default=list)
    origin = models.CharField("источник", max_length=10)  # protocol, card, hand
    document = models.CharField("документ", max_length=300)
    about = models.UUIDField("источник", null=True)
    recorded_at = models.DateTimeField("записан")
    withdrawn_at = models.DateTimeField("отозван", null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["workplace", "code", "since"], name="hazards_factorlevel_place"),
            models.Index(fields=["employer", "-since", "-id"], name="hazards_factorlevel_day"),
            models.Index(fields=["about"], name="hazards_factorlevel_about"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.value:g} {self.unit}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker whose workplace it is."""
        return _rows(actor)


class FactorProtection(SourcedModel):
    """What protective equipment takes off a factor at a workplace, from a day to a day."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    workplace = models.ForeignKey("organizations.Workplace", models.PROTECT, related_name="+")
    code = models.CharField("код фактора", max_length=15)
    reduction = models.FloatField("ослабление: шум - дБ, прочие - во сколько раз")
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)
    basis = models.CharField("основание", max_length=300)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="hazards_factorprotection_period",
            ),
            models.CheckConstraint(
                condition=Q(reduction__gt=0),
                name="hazards_factorprotection_positive",
                violation_error_message="Ослабление должно быть больше нуля.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["workplace", "code"], name="hazards_factorprotection_place"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.reduction:g}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker whose workplace it is."""
        return _rows(actor)


def _rows(actor: Actor) -> Q:
    if actor.role is Role.WORKER:
        return Q(workplace__in=Workplace.objects.visible_to(actor).values("pk"))
    return party_rows(actor)
