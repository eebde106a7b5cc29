"""The final act (заключительный акт), 29н, пп. 45–47: numbered versions with the rows behind them."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .campaign import Campaign
from .parties import FIFTY, party


class FinalAct(GuardedModel):
    """One version of the act: all 28 items as they were computed on its day."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="acts")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    version = models.IntegerField("версия")
    number = models.IntegerField("номер")
    year = models.IntegerField("год")
    signed_on = models.DateField("дата акта")
    as_of = models.DateField("по состоянию на")
    chair = party("председатель врачебной комиссии", "organizations.StaffMember")
    items = models.JSONField("пункты", default=dict, blank=True)
    digest = models.CharField("контрольная сумма", max_length=64)
    written_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["campaign", "version"],
                name="exams_finalact_version",
                violation_error_message="Акт только что закрыт другим сотрудником. Откройте кампанию заново.",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.signed_on:%d.%m.%Y}, версия {self.version}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The employer and the clinic; the worker is not an addressee of the act (п. 47)."""
        match actor.role:
            case Role.EMPLOYER:
                return models.Q(employer_id=actor.organization)
            case Role.CLINIC | Role.COMMISSION:
                return models.Q(clinic_id=actor.organization)
            case _:
                return models.Q(pk__in=[])


class ActMember(GuardedModel):
    """A person counted in the act, in the items whose lists the employer receives."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    act = models.ForeignKey(FinalAct, models.PROTECT, related_name="members")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    employment = party("трудовой договор", "organizations.Employment")
    exam = models.ForeignKey("exams.Exam", models.PROTECT, null=True, blank=True, related_name="+")
    items = ArrayField(models.SmallIntegerField(), verbose_name="пункты акта")
    division = models.CharField("подразделение", max_length=300, blank=True)
    post = models.CharField("должность", max_length=300, blank=True)
    codes = ArrayField(
        models.CharField(max_length=20), verbose_name="факторы и работы", default=list, blank=True
    )
    outcome = models.CharField("результат", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["act", "employment"], name="exams_actmember_once"),
        ]
        indexes: ClassVar[list[Any]] = [GinIndex(fields=["items"], name="exams_actmember_items")]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.person_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The addressees of the act."""
        return FinalAct.visible_rows(actor)


class ActMemberMedical(GuardedModel):
    """A person counted in a medical item (17–26): only the clinic opens the list behind the number."""

    privacy = Privacy.MEDICAL
    retention = Retention(*FIFTY)

    act = models.ForeignKey(FinalAct, models.PROTECT, related_name="+")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    exam = models.ForeignKey("exams.Exam", models.PROTECT, null=True, blank=True, related_name="+")
    item = models.SmallIntegerField("пункт акта")
    detail = models.CharField("подробность", max_length=300, blank=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [models.Index(fields=["act", "item"], name="exams_actmember_medical")]

    def __str__(self) -> str:
        return f"{self.act_id}: {self.item}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The clinic that made the act."""
        clinic = actor.role in {Role.CLINIC, Role.COMMISSION}
        return models.Q(clinic_id=actor.organization) if clinic else models.Q(pk__in=[])


class Recommendation(GuardedModel):
    """A recommendation to the employer (item 28) and what became of it (item 27 of the next act)."""

    privacy = Privacy.NONE
    retention = Retention(*FIFTY)

    act = models.ForeignKey(FinalAct, models.PROTECT, related_name="recommendations")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    order = models.IntegerField("порядок")
    text = models.TextField("рекомендация")
    status = models.CharField("исполнение", max_length=20, default="open")  # types.states.MeasureState
    status_text = models.CharField("пояснение работодателя", max_length=500, blank=True)
    status_on = models.DateField("дата отметки", null=True, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The employer and the clinic."""
        return FinalAct.visible_rows(actor)
