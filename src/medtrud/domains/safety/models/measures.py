"""Measures on working conditions, their steps and the levels measured before and after."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel, SourcedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy

from ..types import MeasureState
from .parties import KEPT, employer_rows


class Measure(SourcedModel):
    """What an employer will do about conditions, by when, who answers, what it cost and changed."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=20)
    title = models.CharField("мероприятие", max_length=500)
    control = models.CharField("уровень иерархии", max_length=20)
    rank = models.IntegerField("место в иерархии")  # of the control, for the order of a list
    division = models.ForeignKey(
        "organizations.Division", models.PROTECT, null=True, blank=True, related_name="+"
    )
    workplace = models.ForeignKey(
        "organizations.Workplace", models.PROTECT, null=True, blank=True, related_name="+"
    )
    factor = models.CharField("вредный фактор", max_length=15, blank=True)
    incident = models.ForeignKey("safety.Incident", models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, blank=True, related_name="+")
    basis = models.CharField("основание", max_length=300, blank=True)
    due_on = models.DateField("срок")
    first_due_on = models.DateField("первый срок", editable=False)
    done_on = models.DateField("выполнено", null=True, blank=True)
    cost_kopecks = models.BigIntegerField("план затрат, копеек", null=True, blank=True)
    spent_kopecks = models.BigIntegerField("израсходовано, копеек", null=True, blank=True)
    funding = models.CharField("источник средств", max_length=200, blank=True)
    people = models.IntegerField("улучшены условия, человек", null=True, blank=True)
    state = models.CharField("состояние", max_length=12, default=MeasureState.PLANNED)
    result = models.TextField("результат", max_length=2000, blank=True)
    written_at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["employer", "number"],
                name="safety_measure_number",
                violation_error_message="Мероприятие с этим номером уже есть.",
            ),
            models.CheckConstraint(
                condition=~Q(state=MeasureState.DONE) | Q(done_on__isnull=False),
                name="safety_measure_done",
                violation_error_message="У выполненного мероприятия нет даты выполнения. Укажите её.",
            ),
            models.CheckConstraint(
                condition=Q(cost_kopecks__isnull=True) | Q(cost_kopecks__gte=0),
                name="safety_measure_cost",
                violation_error_message="Затраты не могут быть меньше нуля. Исправьте сумму.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "due_on", "id"], name="safety_measure_due"),
            models.Index(fields=["incident"], condition=Q(incident__isnull=False), name="safety_measure_of"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class MeasureStep(GuardedModel):
    """What was done with a measure, once and for ever."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="steps")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    step = models.CharField("шаг", max_length=40)
    note = models.CharField("примечание", max_length=1000, blank=True)
    before = models.JSONField("было", default=dict, blank=True)  # what a correction replaced
    account = models.BigIntegerField("учётная запись", null=True, blank=True)
    at = models.DateTimeField("когда", auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["measure", "-id"], name="safety_measurestep_of")]

    def __str__(self) -> str:
        return self.step

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)


class MeasureReading(GuardedModel):
    """A level measured before or after a measure: by it the effect is judged, not by words."""

    privacy = Privacy.NONE
    retention = KEPT

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="readings")
    employer = models.ForeignKey("organizations.Organization", models.PROTECT, related_name="+")
    moment = models.CharField("до или после", max_length=6)
    value = models.DecimalField("уровень", max_digits=12, decimal_places=4)
    unit = models.CharField("единица", max_length=20)
    on = models.DateField("дата измерения")
    source = models.CharField("протокол", max_length=300, blank=True)
    lower_better = models.BooleanField("чем меньше, тем лучше", default=True)
    at = models.DateTimeField("записано", auto_now_add=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["measure", "-id"], name="safety_measurereading_of")
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.unit}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The employer alone."""
        return employer_rows(actor)
