"""The conclusion (заключение), 29н, пп. 15–17, 33–34: what the employer reads is a table of its own."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

from .exam import Exam, Medical
from .parties import FIFTY, party, seen_by_medicine, seen_by_parties


class Conclusion(GuardedModel):
    """What п. 16 lets everybody named in it read; a correction is the next version."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="conclusions")
    campaign = models.ForeignKey("exams.Campaign", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.IntegerField("версия")
    number = models.IntegerField("номер")
    year = models.IntegerField("год")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    employment = party("трудовой договор", "organizations.Employment", null=True, blank=True)
    issued_on = models.DateField("дата выдачи")
    division = models.CharField("подразделение", max_length=300, blank=True)
    post = models.CharField("должность", max_length=300)
    codes = ArrayField(models.CharField(max_length=20), verbose_name="факторы и работы")
    contraindicated = ArrayField(
        models.CharField(max_length=20),
        verbose_name="противопоказанные факторы и работы",
        default=list,
        blank=True,
    )
    health_group = models.CharField("группа здоровья", max_length=8)
    valid_until = models.DateField("следующий осмотр не позднее", null=True, blank=True)
    programme = models.ForeignKey(
        "exams.PrescribedProgramme", models.PROTECT, null=True, blank=True, related_name="+"
    )
    chair = party("председатель врачебной комиссии", "organizations.StaffMember")
    current = models.BooleanField("действующая версия", default=True)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["exam", "version"], name="exams_conclusion_version"),
            models.UniqueConstraint(
                fields=["exam"],
                condition=models.Q(current=True),
                name="exams_conclusion_current",
                violation_error_message="Заключение по осмотру только что выдано. Откройте осмотр заново.",
            ),
            models.UniqueConstraint(
                fields=["clinic", "year", "number", "version"], name="exams_conclusion_number"
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["campaign", "current"], name="exams_conclusion_campaign"),
            models.Index(fields=["employer", "-issued_on", "-id"], name="exams_conclusion_employer"),
            models.Index(fields=["person", "-issued_on"], name="exams_conclusion_person"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.issued_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Employer, clinic, worker: each holds a copy by п. 17 and п. 34."""
        return seen_by_parties(actor)


class ConclusionMedical(Medical):
    """The rest of the conclusion: needs, advice to the worker, reasons; the employer has no way to it."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    conclusion = models.OneToOneField(Conclusion, models.PROTECT, related_name="medical")
    further_exam = models.BooleanField("нуждается в дообследовании", default=False)
    center = models.BooleanField("нуждается в обследовании в центре профпатологии", default=False)
    outpatient = models.BooleanField("нуждается в амбулаторном обследовании и лечении", default=False)
    inpatient = models.BooleanField("нуждается в стационарном обследовании и лечении", default=False)
    sanatorium = models.BooleanField("нуждается в санаторно-курортном лечении", default=False)
    dispensary = models.BooleanField("нуждается в диспансерном наблюдении", default=False)
    advice = models.TextField("рекомендации работнику", blank=True)
    checks = models.JSONField("проверки", default=list, blank=True)
    override_reason = models.TextField("почему решение расходится с подсказкой", blank=True)
    change_reason = models.TextField("почему выдана новая версия", blank=True)

    def __str__(self) -> str:
        return str(self.conclusion_id)

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Clinic and worker."""
        return seen_by_medicine(actor)


class FurtherExamNote(GuardedModel):
    """The note on further examination (справка, пп. 14, 32): the employer learns only of its issue."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    exam = models.OneToOneField(Exam, models.PROTECT, related_name="further_exam_note")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    number = models.IntegerField("номер")
    year = models.IntegerField("год")
    issued_on = models.DateField("дата выдачи")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["clinic", "year", "number"], name="exams_furtherexamnote_number"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.issued_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Employer (the fact), clinic, worker."""
        return seen_by_parties(actor)


class FurtherExamAsked(Medical):
    """What the note asks to be examined: for the person and the clinic, never for the employer."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    note = models.OneToOneField(FurtherExamNote, models.PROTECT, related_name="asked")
    examinations = ArrayField(models.CharField(max_length=300), verbose_name="обследования")
    reason = models.CharField("причина", max_length=1000, blank=True)

    def __str__(self) -> str:
        return f"{self.note_id}: {len(self.examinations)}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Clinic and worker."""
        return seen_by_medicine(actor)


class Admission(GuardedModel):
    """Until when a worker is admitted to his work: derived from conclusions and factors, rewritten."""

    privacy = Privacy.PERSONAL
    retention = Retention(None, "производная запись: вычисляется из заключений")

    employment = models.OneToOneField(
        "organizations.Employment", models.PROTECT, related_name="+", verbose_name="трудовой договор"
    )
    employer = party("работодатель", "organizations.Organization")
    person = party("работник", "people.Person")
    required = models.BooleanField("осмотр обязателен")
    valid_until = models.DateField("осмотр действует до", null=True, blank=True, help_text="последний день")
    barred = ArrayField(
        models.CharField(max_length=20), verbose_name="противопоказано", default=list, blank=True
    )
    conclusion = models.ForeignKey(Conclusion, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField("основание", max_length=500, blank=True)
    computed_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "required", "valid_until", "id"], name="exams_admission_due"),
        ]

    def __str__(self) -> str:
        return f"{self.employment_id}: {self.valid_until}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The employer and the worker himself."""
        match actor.role:
            case Role.EMPLOYER:
                return models.Q(employer_id=actor.organization)
            case Role.WORKER:
                return own_rows(actor)
            case _:
                return models.Q(pk__in=[])
