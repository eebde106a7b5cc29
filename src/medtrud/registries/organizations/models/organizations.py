"""Organisations, their dated requisites, and contracts between employers and clinics."""

from typing import Any, ClassVar

from django.apps import apps
from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel, period_order
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

KEPT = Retention(None, "осмотры, акты и записи о работе ссылаются на организацию")
PUBLIC_KINDS = ("clinic", "center")


class RequisitesFields(models.Model):
    """Legal details; the same on the organisation (as of now) and on each version."""

    name = models.CharField("полное наименование", max_length=500)
    short_name = models.CharField("краткое наименование", max_length=250, blank=True)
    inn = models.CharField("ИНН", max_length=12, blank=True)
    kpp = models.CharField("КПП", max_length=9, blank=True)
    ogrn = models.CharField("ОГРН", max_length=15, blank=True)
    okved = models.CharField("ОКВЭД", max_length=8, blank=True)
    ownership = models.CharField("форма собственности", max_length=100, blank=True)
    address = models.CharField("адрес", max_length=500, blank=True)
    phone = models.CharField("телефон", max_length=100, blank=True)
    email = models.CharField("электронная почта", max_length=200, blank=True)
    profile = models.CharField("профиль", max_length=300, blank=True)
    hours = models.CharField("часы работы", max_length=300, blank=True)

    class Meta:
        abstract = True


class Organization(RequisitesFields, GuardedModel):
    """An employer, a clinic, an occupational pathology centre or an authority."""

    privacy = Privacy.PERSONAL  # an entrepreneur is a person
    retention = KEPT

    kind = models.CharField("вид", max_length=20)
    region = models.CharField("регион", max_length=2, blank=True)
    name_key = models.CharField(max_length=500, db_collation="C", db_index=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["kind", "inn", "kpp"],
                condition=~Q(inn=""),
                name="organizations_organization_inn_once",
                violation_error_message="Организация с такими ИНН и КПП уже заведена. Найдите её по ИНН.",
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.name

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Everybody looks up clinics; employers see themselves, clinics those they have a contract with."""
        public = Q(pk=actor.organization) | Q(kind__in=PUBLIC_KINDS)
        match actor.role:
            case Role.CLINIC | Role.COMMISSION:
                return public | Q(pk__in=_contracts(actor).values("employer"))
            case Role.WORKER:
                return public | Q(pk__in=_own_jobs(actor))
            case Role.CENTER | Role.ANALYST | Role.AUTHORITY:
                return public | Q(region=actor.region)
            case Role.SECURITY:
                return Q()
            case Role.NOBODY:
                return Q(pk__in=[])
            case _:
                return public


class OrganizationVersion(RequisitesFields, GuardedModel):
    """Requisites from a day on, until the next version begins; never changed."""

    privacy = Privacy.PERSONAL
    retention = KEPT

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="versions")
    since = models.DateField("действует с")
    basis = models.CharField("основание", max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-since"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["organization", "since"],
                name="organizations_organizationversion_once",
                violation_error_message="Реквизиты с этой даты уже записаны. Укажите другую дату.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_id} с {self.since}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the organisation itself."""
        return Q(organization__in=Organization.objects.visible_to(actor).values("pk"))


class Contract(GuardedModel):
    """An agreement of an employer with a clinic; the clinic sees the staff once the employer has accepted."""

    privacy = Privacy.NONE
    retention = Retention(50, "приказ № 29н, Порядок, п. 47: акт хранится 50 лет и ссылается на договор")

    employer = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=50)
    signed_on = models.DateField("дата договора")
    since = models.DateField("действует с")
    until = models.DateField("до", null=True, blank=True, help_text="первый день, когда не действует")
    offered_by = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    accepted_on = models.DateField("принят работодателем", null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_contract_period"),
            models.CheckConstraint(
                condition=~Q(employer=models.F("clinic")),
                name="organizations_contract_two_sides",
                violation_error_message="Договор заключают две разные организации. Выберите другую.",
            ),
            models.UniqueConstraint(
                fields=["employer", "clinic", "number", "signed_on"],
                name="organizations_contract_once",
                violation_error_message="Договор с этим номером и датой уже записан.",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.signed_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Both sides."""
        match actor.role:
            case Role.EMPLOYER:
                return Q(employer_id=actor.organization)
            case Role.CLINIC | Role.COMMISSION:
                return Q(clinic_id=actor.organization)
            case _:
                return Q(pk__in=[])


def party_rows(actor: Actor) -> Q:
    """Return the rows of an employer: for himself, and for a clinic whose contract he has accepted."""
    match actor.role:
        case Role.EMPLOYER:
            return Q(employer_id=actor.organization)
        case Role.CLINIC | Role.COMMISSION:
            accepted = _contracts(actor).filter(accepted_on__isnull=False)
            return Q(employer_id=actor.organization) | Q(employer_id__in=accepted.values("employer"))
        case _:
            return Q(pk__in=[])


def _contracts(actor: Actor) -> models.QuerySet[Contract]:
    return Contract.objects.unscoped("the clinic's own contracts say whom it sees").filter(
        clinic=actor.organization
    )


def _own_jobs(actor: Actor) -> Any:
    jobs: Any = apps.get_model("organizations", "Employment")
    return jobs.objects.unscoped("the worker's own jobs").filter(own_rows(actor)).values("employer")
