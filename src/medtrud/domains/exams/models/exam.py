"""The visit: what everybody may know of it, and its medical part in tables of its own."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .parties import FIFTY, party, seen_by_medicine, seen_by_parties
from .referral import Referral


class Exam(GuardedModel):
    """One examination of one person: dates and states, nothing medical; the employer may read it."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="exam")
    campaign = models.ForeignKey(
        "exams.Campaign", models.PROTECT, null=True, blank=True, related_name="exams"
    )
    roll_entry = models.ForeignKey(
        "exams.RollEntry", models.PROTECT, null=True, blank=True, related_name="exams"
    )
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    employment = party("трудовой договор", "organizations.Employment", null=True, blank=True)
    kind = models.CharField("вид осмотра", max_length=20)
    state = models.CharField("состояние", max_length=20, default="planned")
    programme = models.ForeignKey(
        "exams.PrescribedProgramme", models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_on = models.DateField("назначен на", null=True, blank=True)
    arrived_on = models.DateField("начат", null=True, blank=True)
    finished_on = models.DateField("завершён", null=True, blank=True)
    not_passed_reason = models.CharField("почему не пройден", max_length=300, blank=True)
    barred = models.BooleanField("противопоказания выявлены", null=True, blank=True)
    lines_due = models.IntegerField("назначено", default=0)
    lines_done = models.IntegerField("выполнено", default=0)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["clinic", "state", "-planned_on", "-id"], name="exams_exam_clinic_state"),
            models.Index(fields=["clinic", "-planned_on", "-id"], name="exams_exam_clinic"),
            models.Index(fields=["clinic", "state", "arrived_on", "id"], name="exams_exam_clinic_arrived"),
            models.Index(fields=["employer", "state", "-id"], name="exams_exam_employer"),
            models.Index(fields=["campaign", "state"], name="exams_exam_campaign"),
            models.Index(fields=["person", "-id"], name="exams_exam_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The employer who sent, the clinic, the worker."""
        return seen_by_parties(actor)


class Medical(GuardedModel):
    """What all medical tables share: the parties, and that the employer is none of them."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="+")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")

    class Meta:
        abstract = True


class ExamLine(Medical):
    """One specialist or one test of the programme, with its reasons and its state."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="lines")
    order = models.IntegerField("порядок")
    kind = models.CharField("вид", max_length=12)  # specialist | test
    code = models.CharField("код", max_length=80)
    title = models.CharField("название", max_length=300)
    condition = models.CharField("условие", max_length=200, blank=True)
    specialty = models.CharField("кто выполняет", max_length=80, blank=True)
    state = models.CharField(
        "состояние", max_length=20
    )  # due credited waived on_indication not_due unknown_exposure done cancelled
    credited = models.JSONField("зачтено", null=True, blank=True)
    changed_reason = models.CharField("причина изменения", max_length=300, blank=True)
    done_on = models.DateField("выполнено", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["exam", "kind", "code"], name="exams_examline_once"),
            models.CheckConstraint(
                condition=~models.Q(state="cancelled") | ~models.Q(changed_reason=""),
                name="exams_examline_cancelled",
                violation_error_message="Отмену исследования объясняют. Укажите причину.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["clinic", "specialty", "state", "exam"], name="exams_line_queue"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Clinic and worker."""
        return seen_by_medicine(actor)


class LineResult(Medical):
    """One version of what was found; a correction is the next version."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    line = models.ForeignKey(ExamLine, models.PROTECT, related_name="results")
    version = models.IntegerField("версия")
    form = models.CharField("редакция формы", max_length=80)
    values = models.JSONField("значения", default=dict, blank=True)
    flags = models.JSONField("отклонения", default=dict, blank=True)
    normal = models.BooleanField("без отклонений")
    text = models.TextField("заключение", blank=True)
    performed_on = models.DateField("дата")
    staff = party("исполнитель", "organizations.StaffMember", null=True, blank=True)
    source = models.CharField("откуда", max_length=40, default="form")  # form | api | import
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["line", "version"],
                name="exams_lineresult_version",
                violation_error_message="Результат только что исправил другой врач. Откройте осмотр заново.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["person", "-performed_on"], name="exams_result_person")
        ]

    def __str__(self) -> str:
        return f"{self.line_id} v{self.version}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Clinic and worker."""
        return seen_by_medicine(actor)


class LineDraft(Medical):
    """What a doctor has typed and not finished; saved as he types, gone when the result is written."""

    privacy = Privacy.MEDICAL
    retention = Retention(1, "рабочая запись, результатом не является")

    line = models.OneToOneField(ExamLine, models.PROTECT, related_name="draft")
    account = models.BigIntegerField("кто пишет")
    values = models.JSONField("значения", default=dict, blank=True)
    revision = models.IntegerField("номер сохранения", default=1)
    window = models.UUIDField("окно, из которого сохранено", null=True, blank=True)
    saved_at = models.DateTimeField("сохранено", auto_now=True)

    def __str__(self) -> str:
        return f"{self.line_id} r{self.revision}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Only the clinic: an unfinished note is not a result."""
        clinic = actor.role in {Role.CLINIC, Role.COMMISSION}
        return models.Q(clinic_id=actor.organization) if clinic else models.Q(pk__in=[])


class Diagnosis(Medical):
    """A diagnosis made at the exam; a changed one is a new row that replaces the old."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    line = models.ForeignKey(ExamLine, models.PROTECT, null=True, blank=True, related_name="diagnoses")
    code = models.CharField("МКБ-10", max_length=10)
    title = models.CharField("диагноз", max_length=500)
    edition = models.CharField("редакция МКБ-10", max_length=40)
    detail = models.CharField("степень, стадия", max_length=300, blank=True)
    first_time = models.BooleanField("выявлено впервые", default=False)
    chronic = models.BooleanField("хроническое", default=False)
    nature = models.CharField(
        "характер", max_length=30, default="somatic"
    )  # somatic occupational_suspected occupational infectious_work
    found_on = models.DateField("дата")
    staff = party("врач", "organizations.StaffMember", null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    withdrawn_reason = models.CharField("причина снятия", max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["exam"], name="exams_diagnosis_exam")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Clinic and worker."""
        return seen_by_medicine(actor)


class Finding(Medical):
    """A possible contraindication and what the commission decided about it; order 29н, приложение № 2."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    diagnosis = models.ForeignKey(Diagnosis, models.PROTECT, related_name="findings")
    item = models.CharField("пункт перечня", max_length=10)
    title = models.TextField("противопоказание")
    codes = ArrayField(models.CharField(max_length=20), verbose_name="факторы и работы")
    question = models.TextField("что уточнить", blank=True)
    decided_by = models.CharField("чьё мнение нужно", max_length=200, blank=True)
    reasons = models.JSONField("основания", default=list, blank=True)
    decision = models.CharField("решение", max_length=12, default="open")  # open | confirmed | rejected
    decision_reason = models.CharField("обоснование", max_length=500, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=~models.Q(decision="rejected") | ~models.Q(decision_reason=""),
                name="exams_finding_reason",
                violation_error_message="Отклонение подсказки объясняют. Укажите причину.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [models.Index(fields=["exam"], name="exams_finding_exam")]

    def __str__(self) -> str:
        return f"{self.item}: {self.decision}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Clinic and worker."""
        return seen_by_medicine(actor)
