"""Incidents, their investigation, and inspections."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel, SourcedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from ..types import IncidentKind, IncidentState
from .parties import KEPT, employer_rows, incident_rows


class Incident(SourcedModel):
    """What happened: from a near miss to an injury; the harm is told in words, never as a diagnosis."""

    privacy = Privacy.MEDICAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=20)
    kind = models.CharField("вид", max_length=20)
    happened_on = models.DateField("дата")
    happened_time = models.TimeField("время", null=True, blank=True)
    reported_on = models.DateField("сообщено", null=True, blank=True)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    division = models.ForeignKey(
        "organizations.Division", models.PROTECT, null=True, blank=True, related_name="+"
    )
    workplace = models.ForeignKey(
        "organizations.Workplace", models.PROTECT, null=True, blank=True, related_name="+"
    )
    place = models.CharField("место", max_length=300, blank=True)
    circumstances = models.TextField("обстоятельства", max_length=4000)
    injury = models.CharField("характер повреждения словами", max_length=500, blank=True)
    severity = models.CharField("тяжесть", max_length=10, blank=True)
    group = models.BooleanField("групповой", default=False)
    cause = models.CharField("вид причины", max_length=20, blank=True)
    causes = models.TextField("причины", max_length=4000, blank=True)
    conclusion = models.TextField("выводы", max_length=4000, blank=True)
    order_number = models.CharField("приказ о комиссии", max_length=100, blank=True)
    investigated_since = models.DateField("расследуется с", null=True, blank=True)
    due_on = models.DateField("завершить до", null=True, blank=True)
    due_basis = models.CharField("основание срока", max_length=300, blank=True)
    closed_on = models.DateField("закрыто", null=True, blank=True)
    sick_leave = models.UUIDField("листок нетрудоспособности", null=True, blank=True)
    state = models.CharField("состояние", max_length=12, default=IncidentState.OPEN)
    written_at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["employer", "number"],
                name="safety_incident_number",
                violation_error_message="Происшествие с этим номером уже есть.",
            ),
            models.UniqueConstraint(
                fields=["sick_leave"],
                condition=Q(sick_leave__isnull=False),
                name="safety_incident_leave",
                violation_error_message="Этот листок уже связан с другим происшествием. Откройте его.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[IncidentKind.INJURY, IncidentKind.MICRO_INJURY])
                | Q(person__isnull=False),
                name="safety_incident_person",
                violation_error_message="Не указан пострадавший. Выберите работника.",
            ),
            models.CheckConstraint(
                condition=Q(reported_on__isnull=True) | Q(reported_on__gte=models.F("happened_on")),
                name="safety_incident_reported",
                violation_error_message="Сообщено раньше, чем произошло. Исправьте даты.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "-happened_on", "-id"], name="safety_incident_list"),
            models.Index(fields=["person"], condition=Q(person__isnull=False), name="safety_incident_person"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.happened_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer, and the worker who was hurt."""
        return incident_rows(actor)


class IncidentStep(GuardedModel):
    """What was done about an incident, once and for ever."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="steps")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    step = models.CharField("шаг", max_length=40)
    note = models.CharField("примечание", max_length=1000, blank=True)
    before = models.JSONField("было", default=dict, blank=True)  # what a correction replaced
    account = models.BigIntegerField("учётная запись", null=True, blank=True)
    at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["incident", "-id"], name="safety_incidentstep_of")
        ]

    def __str__(self) -> str:
        return self.step

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class InvestigationMember(GuardedModel):
    """Somebody of the commission of an investigation."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="members")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    post = models.CharField("должность", max_length=200)
    role = models.CharField("роль", max_length=10)
    at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["incident", "person"],
                name="safety_investigationmember_once",
                violation_error_message="Этот человек уже в комиссии.",
            ),
            models.UniqueConstraint(
                fields=["incident"],
                condition=Q(role="chairman"),
                name="safety_investigationmember_chairman",
                violation_error_message="Председатель комиссии уже назначен.",
            ),
        ]

    def __str__(self) -> str:
        return self.post

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class Audit(GuardedModel):
    """An inspection: a leading indicator counts them and their remarks."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    on = models.DateField("дата")
    title = models.CharField("что проверено", max_length=300)
    division = models.ForeignKey(
        "organizations.Division", models.PROTECT, null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    remarks = models.IntegerField("замечаний", default=0)
    grave = models.IntegerField("из них грубых", default=0)
    written_at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=Q(grave__gte=0) & Q(remarks__gte=models.F("grave")),
                name="safety_audit_grave",
                violation_error_message="Грубых замечаний больше, чем всех. Исправьте числа.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "-on", "-id"], name="safety_audit_list")
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)
