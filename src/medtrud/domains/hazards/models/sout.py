"""Special assessment of conditions (СОУТ): reports, cards, their lines, what people confirmed and read."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from medtrud.engines.store.public import GuardedModel, SourcedModel, period_once
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.organizations.public import Workplace, party_rows
from medtrud.registries.people.public import own_rows

KEPT = Retention(
    50, "Федеральный закон от 28.12.2013 № 426-ФЗ; по картам считается стаж и связь болезни с трудом"
)
REAL = Q(until__isnull=True) | Q(until__gt=F("since"))


class SoutReport(SourcedModel):
    """A report of an assessment: who assessed, when it was approved. Written once."""

    privacy = Privacy.PERSONAL  # experts, commission: their names lie in the sealed box
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    act = models.CharField("методика", max_length=20)
    number = models.CharField("номер отчёта", max_length=100, blank=True)
    approved_on = models.DateField("утверждён")
    assessor = models.CharField("организация, проводившая СОУТ", max_length=500, blank=True)
    assessor_inn = models.CharField("ИНН организации", max_length=12, blank=True)
    assessor_number = models.CharField("номер в реестре", max_length=20, blank=True)
    laboratory = models.CharField("лаборатория", max_length=500, blank=True)
    places_total = models.IntegerField("рабочих мест у работодателя", null=True)
    places_assessed = models.IntegerField("из них оценено", null=True)
    instruments = models.JSONField("средства измерений", default=list, encoder=DjangoJSONEncoder)
    box = models.BinaryField("шапка отчёта", default=b"", editable=False)  # sealed: it names people
    key = models.SmallIntegerField(default=0, editable=False)
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField("записан")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "approved_on"], name="hazards_soutreport_day"),
        ]

    def __str__(self) -> str:
        number = f" № {self.number}" if self.number else ""
        return f"Отчёт СОУТ{number} от {self.approved_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class SoutHead(GuardedModel):
    """The head of a report as a person wrote it for the exchange file; a newer one holds. Written once."""

    privacy = Privacy.PERSONAL  # experts, commission: their names lie in the sealed box
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    report = models.ForeignKey(SoutReport, models.PROTECT, related_name="+")
    box = models.BinaryField("шапка отчёта", editable=False)
    key = models.SmallIntegerField(default=0, editable=False)
    account = models.BigIntegerField("кто записал", null=True)
    recorded_at = models.DateTimeField("записана")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["report", "-recorded_at"], name="hazards_southead_report"),
        ]

    def __str__(self) -> str:
        return f"{self.recorded_at:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class SoutCard(SourcedModel):
    """A card of one workplace in one report; a newer card ends it, nothing overwrites it."""

    privacy = Privacy.PERSONAL  # СНИЛС of line 021 lie in the sealed box
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    report = models.ForeignKey(SoutReport, models.PROTECT, related_name="+")
    workplace = models.ForeignKey("organizations.Workplace", models.PROTECT, related_name="+")
    kind = models.CharField("вид", max_length=10)
    number = models.CharField("номер рабочего места", max_length=50)
    number_key = models.BigIntegerField(default=0, editable=False)  # 2 before 10
    card_number = models.CharField("номер карты", max_length=50, blank=True)
    position = models.CharField("должность", max_length=500)
    profession = models.CharField("код ОК 016-94", max_length=20, blank=True)
    profession_name = models.CharField("профессия", max_length=500, blank=True)
    unit = models.CharField("подразделение", max_length=500, blank=True)
    alike = models.IntegerField("группа аналогичных", null=True)
    workers = models.IntegerField("работников", default=0)
    women = models.IntegerField("женщин", null=True)
    teenagers = models.IntegerField("до 18 лет", null=True)
    disabled = models.IntegerField("инвалидов", null=True)
    sheet_on = models.DateField("дата карты", null=True)
    measured_on = models.DateField("измерено", null=True)
    stated = models.CharField("итоговый класс по отчёту", max_length=3, blank=True)
    stated_ppe = models.CharField("с учётом СИЗ", max_length=3, blank=True)
    derived = models.CharField("класс по измерениям", max_length=3, blank=True)
    derivation = models.JSONField("вывод класса", default=dict, encoder=DjangoJSONEncoder)
    differs = models.BooleanField("расходится", default=False)
    guarantees = models.JSONField("гарантии", default=dict, encoder=DjangoJSONEncoder)
    recommendations = models.JSONField("рекомендации", default=list, encoder=DjangoJSONEncoder)
    about = models.JSONField("оборудование и материалы", default=dict, encoder=DjangoJSONEncoder)
    box = models.BinaryField("строка 021 и прочее", default=b"", editable=False)
    key = models.SmallIntegerField(default=0, editable=False)
    digest = models.CharField(max_length=32, editable=False)
    version = models.IntegerField("версия", default=1)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)
    ended_import = models.UUIDField(null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="hazards_soutcard_period"
            ),
            period_once(
                "hazards_soutcard_once",
                "workplace",
                when=REAL,
                message="Карта этого рабочего места на эти дни уже есть. Измените дату.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "number_key", "id"], name="hazards_soutcard_order"),
            models.Index(fields=["source_import"], name="hazards_soutcard_source"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.position}".strip()

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker whose workplace it is."""
        return _rows(actor)


class SoutLine(GuardedModel):
    """One factor of a card: what was measured, the class stated and the class that follows."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    card = models.ForeignKey(SoutCard, models.CASCADE, related_name="lines")
    factor = models.CharField("фактор", max_length=20)
    number = models.SmallIntegerField("строка 030")
    stated = models.CharField("класс по отчёту", max_length=3, blank=True)
    stated_ppe = models.CharField("с учётом СИЗ", max_length=3, blank=True)
    derived = models.CharField("класс по измерениям", max_length=3, blank=True)
    differs = models.BooleanField("расходится", default=False)
    levels = models.JSONField("значения", default=list, encoder=DjangoJSONEncoder)
    reasons = models.JSONField("почему такой класс", default=list, encoder=DjangoJSONEncoder)
    detail = models.JSONField("как в выгрузке", default=list, encoder=DjangoJSONEncoder)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["card", "factor"], name="hazards_soutline_once"),
        ]

    def __str__(self) -> str:
        return self.factor

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the card."""
        if actor.role is Role.WORKER:
            places = Workplace.objects.visible_to(actor).values("pk")
            return Q(card__workplace__in=places)
        return party_rows(actor)


class SoutCodes(GuardedModel):
    """Codes of the annex to order 29н a person has confirmed for a card. Written once."""

    privacy = Privacy.NONE
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    card = models.ForeignKey(SoutCard, models.CASCADE, related_name="+")
    codes = ArrayField(models.CharField(max_length=15), verbose_name="коды")
    said = models.JSONField("что подтверждено", default=list, encoder=DjangoJSONEncoder)
    since = models.DateField("с")
    confirmed_at = models.DateTimeField("подтверждено")
    account = models.BigIntegerField("кто подтвердил", null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["card", "-confirmed_at"], name="hazards_soutcodes_card"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.codes)

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer and its clinics."""
        return Q(pk__in=[]) if actor.role is Role.WORKER else party_rows(actor)


class SoutAcquaintance(GuardedModel):
    """A worker has read the card of his workplace. Written once."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    card = models.ForeignKey(SoutCard, models.CASCADE, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    on = models.DateField("ознакомлен")
    recorded_at = models.DateTimeField("записано")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["card", "person"],
                name="hazards_soutacquaintance_once",
                violation_error_message="Ознакомление этого работника с картой уже записано.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, its clinics, and the worker himself."""
        return own_rows(actor) if actor.role is Role.WORKER else party_rows(actor)


class SoutImport(GuardedModel):
    """An exchange file on its way in: checked, shown with its differences, taken in, undone."""

    privacy = Privacy.PERSONAL
    retention = Retention(5, "источник карт показывают, пока их можно оспорить; решение оператора")

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    file = models.ForeignKey("files.File", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField("имя файла", max_length=255)
    digest = models.CharField(max_length=64)
    state = models.CharField("состояние", max_length=12)
    message = models.TextField("пояснение", blank=True)
    whole = models.BooleanField("отчёт охватывает все места", default=False)
    counts = models.JSONField("итог", default=dict)
    box = models.BinaryField("различия и ошибки", default=b"", editable=False)  # sealed: may quote names
    key = models.SmallIntegerField(default=0, editable=False)
    job = models.UUIDField("работа", null=True)
    on = models.DateField("день")
    at = models.DateTimeField("получен")
    committed_at = models.DateTimeField("загружен", null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "-at"], name="hazards_soutimport_at"),
        ]

    def __str__(self) -> str:
        return self.file_name

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer."""
        return party_rows(actor) if actor.role is Role.EMPLOYER else Q(pk__in=[])


def _rows(actor: Actor) -> Q:
    if actor.role is Role.WORKER:
        return Q(workplace__in=Workplace.objects.visible_to(actor).values("pk"))
    return party_rows(actor)
