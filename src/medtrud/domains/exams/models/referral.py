"""The referral (направление), order 29н, пп. 8, 9, 19, 25."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor
from medtrud.kernel.privacy import Privacy, Retention

from .campaign import RollEntry
from .parties import FIFTY, party, seen_by_parties
from .programme import PrescribedProgramme


class Referral(GuardedModel):
    """The employer sends a person to a clinic; what was prescribed then stays as it was."""

    privacy = Privacy.PERSONAL
    retention = Retention(*FIFTY)

    number = models.IntegerField("номер")
    year = models.IntegerField("год")
    employer = party("работодатель", "organizations.Organization")
    clinic = party("медицинская организация", "organizations.Organization")
    person = party("работник", "people.Person")
    employment = party("трудовой договор", "organizations.Employment", null=True, blank=True)
    workplace = party("рабочее место", "organizations.Workplace", null=True, blank=True)
    roll_entry = models.ForeignKey(RollEntry, models.PROTECT, null=True, blank=True, related_name="referrals")
    kind = models.CharField("вид осмотра", max_length=20)
    basis = models.CharField("основание", max_length=500, blank=True)
    issued_on = models.DateField("дата выдачи")
    division = models.CharField("подразделение", max_length=300, blank=True)
    post = models.CharField("должность", max_length=300)
    factors = models.JSONField("вредные факторы и работы", default=list, blank=True)
    codes = models.JSONField("коды факторов", default=list, blank=True)
    sout_class = models.CharField("класс условий труда", max_length=4, blank=True)
    programme = models.ForeignKey(PrescribedProgramme, models.PROTECT, related_name="+")
    state = models.CharField("состояние", max_length=20, default="issued")
    handed_on = models.DateField("вручено", null=True, blank=True)
    cancelled_reason = models.CharField("причина отзыва", max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["employer", "year", "number"], name="exams_referral_number"),
            models.UniqueConstraint(
                fields=["roll_entry"],
                condition=~models.Q(state="cancelled"),
                name="exams_referral_once",
                violation_error_message="Направление работнику уже выдано. Отзовите его, чтобы выдать новое.",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="extraordinary") | ~models.Q(basis=""),
                name="exams_referral_basis",
                violation_error_message=(
                    "Внеочередной осмотр назначают по медицинским рекомендациям или после болезни. "
                    "Укажите основание. Основание: приказ № 29н, Порядок, п. 19."
                ),
            ),
        ]
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["employer", "-issued_on", "-id"], name="exams_referral_employer"),
            models.Index(fields=["clinic", "state", "-issued_on", "-id"], name="exams_referral_clinic"),
            models.Index(fields=["person"], name="exams_referral_person"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.issued_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The employer who sends, the clinic that receives, the worker who is sent."""
        return seen_by_parties(actor)
