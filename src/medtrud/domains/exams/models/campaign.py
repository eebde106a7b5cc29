"""The campaign of one employer in one clinic, and its named list (поименный список)."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

from .parties import FIFTY, party, seen_by_parties
from .programme import PrescribedProgramme


class Campaign(GuardedModel):
    """Periodic examinations of one employer in one clinic over a period; order 29н, пп. 21–27, 45."""

    privacy = Privacy.NONE
    retention = Retention(*FIFTY)

    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    contract = party("договор", "organizations.Contract", null=True, blank=True)
    number = models.CharField("номер", max_length=40)
    title = models.CharField("название", max_length=200)
    kind = models.CharField("вид осмотра", max_length=20, default="periodic")
    since = models.DateField("начало")
    until = models.DateField("окончание", help_text="первый день после кампании")
    state = models.CharField("состояние", max_length=20, default="draft")
    approved_by_employer_on = models.DateField("утверждён работодателем", null=True, blank=True)
    approved_by_clinic_on = models.DateField("согласован медицинской организацией", null=True, blank=True)
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    builds = models.IntegerField("сколько раз формировали список", default=0)
    built_on = models.DateField("список сформирован", null=True, blank=True)
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(until__gt=models.F("since")),
                name="exams_campaign_period",
                violation_error_message="Кампания не может закончиться раньше, чем началась. Исправьте даты.",
            ),
            models.UniqueConstraint(fields=["employer", "number"], name="exams_campaign_number"),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["clinic", "state"], name="exams_campaign_clinic")
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The two sides of the campaign; the list of names is another table."""
        match actor.role:
            case Role.EMPLOYER:
                return models.Q(employer_id=actor.organization)
            case Role.CLINIC | Role.COMMISSION:
                return models.Q(clinic_id=actor.organization) & ~models.Q(state="draft")
            case _:
                return models.Q(pk__in=[])


class RollEntry(GuardedModel):
    """One person of the named list with the factors and the programme of the day it was made."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="entries")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    employment = party("трудовой договор", "organizations.Employment")
    division = models.CharField("подразделение", max_length=300, blank=True)
    post = models.CharField("должность", max_length=300)
    seniority_months = models.IntegerField("стаж в должности, месяцев", null=True, blank=True)
    factors = models.JSONField("вредные факторы и работы", default=list, blank=True)
    codes = models.JSONField("коды факторов", default=list, blank=True)
    sout_class = models.CharField("класс условий труда", max_length=4, blank=True)
    programme = models.ForeignKey(PrescribedProgramme, models.PROTECT, related_name="+")
    last_exam_on = models.DateField("прошлый осмотр", null=True, blank=True)
    due_on = models.DateField("пройти не позднее", null=True, blank=True)
    added_on = models.DateField("включён")
    added_build = models.IntegerField("в каком формировании включён", default=1)
    added_as = models.CharField("как включён", max_length=8, default="entered")  # entered | changed
    removed_on = models.DateField("исключён", null=True, blank=True)
    removed_build = models.IntegerField("в каком формировании исключён", null=True, blank=True)
    removed_as = models.CharField("как исключён", max_length=8, blank=True)  # left | changed | hand
    removed_reason = models.CharField("причина исключения", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["campaign", "employment"],
                condition=models.Q(removed_on__isnull=True),
                name="exams_rollentry_once",
                violation_error_message="Этот работник уже в списке кампании.",
            ),
            models.CheckConstraint(
                condition=models.Q(removed_on__isnull=True) | ~models.Q(removed_reason=""),
                name="exams_rollentry_removed",
                violation_error_message="Исключение из списка объясняют. Укажите причину.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["campaign", "due_on", "id"], name="exams_roll_due"),
            models.Index(fields=["person"], name="exams_roll_person"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.person_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The two sides of the campaign and the worker himself."""
        return seen_by_parties(actor)


class LastingIncapacity(GuardedModel):
    """A lasting loss of working capacity with its document: the act counts such workers apart (п. 46)."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    employer = party("работодатель", "organizations.Organization")
    person = party("работник", "people.Person")
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True, help_text="первый день, когда справка не действует")
    document = models.CharField("документ", max_length=300)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("since")),
                name="exams_lastingincapacity_period",
                violation_error_message="Срок справки кончается раньше, чем начинается. Исправьте даты.",
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "person"], name="exams_incapacity_person")
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.since}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The employer who keeps the document, and the worker."""
        match actor.role:
            case Role.EMPLOYER:
                return models.Q(employer_id=actor.organization)
            case Role.WORKER:
                return own_rows(actor)
            case _:
                return models.Q(pk__in=[])
