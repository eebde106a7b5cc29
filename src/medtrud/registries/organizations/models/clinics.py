"""What a clinic is allowed and able to do: licences, departments, rooms, staff, accreditation, commission."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from medtrud.engines.store.public import GuardedModel, period_once, period_order
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention
from medtrud.registries.people.public import own_rows

from .organizations import Organization

SIGNED = Retention(50, "приказ № 29н, Порядок, пп. 37, 47: по ним читаются подписи осмотров и актов")


class Licence(GuardedModel):
    """A licence for medical activity."""

    privacy = Privacy.NONE
    retention = SIGNED

    clinic = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    number = models.CharField("номер", max_length=100)
    issued_on = models.DateField("выдана")
    issuer = models.CharField("кем выдана", max_length=300, blank=True)
    works = ArrayField(
        models.CharField(max_length=300), verbose_name="работы и услуги", default=list, blank=True
    )
    since = models.DateField("действует с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_licence_period"),
            models.UniqueConstraint(
                fields=["clinic", "number"],
                name="organizations_licence_once",
                violation_error_message="Лицензия с этим номером уже записана.",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number} от {self.issued_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Licences are public."""
        return Q()


class Department(GuardedModel):
    """A department of a clinic."""

    privacy = Privacy.NONE
    retention = SIGNED

    clinic = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    title = models.CharField("отделение", max_length=250)
    title_key = models.CharField(max_length=250, db_collation="C", editable=False)
    address = models.CharField("адрес", max_length=500, blank=True)
    phone = models.CharField("телефон", max_length=100, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_department_period"),
            models.UniqueConstraint(
                fields=["clinic", "title_key"],
                condition=Q(until__isnull=True),
                name="organizations_department_once",
                violation_error_message="Такое отделение уже есть. Задайте другое название.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Where to go is public."""
        return Q()


class Room(GuardedModel):
    """A room of a clinic."""

    privacy = Privacy.NONE
    retention = SIGNED

    clinic = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.CharField("номер", max_length=30)
    title = models.CharField("кабинет", max_length=250, blank=True)
    since = models.DateField("с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_room_period"),
            models.UniqueConstraint(
                fields=["clinic", "department", "number"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="organizations_room_once",
                violation_error_message="Кабинет с этим номером в отделении уже есть.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Where to go is public."""
        return Q()


class StaffMember(GuardedModel):
    """A worker of a clinic who examines, registers or signs."""

    privacy = Privacy.PERSONAL
    retention = SIGNED

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="человек")
    account = models.ForeignKey("access.Account", models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="+")
    position = models.CharField("должность", max_length=200)
    specialties = ArrayField(
        models.CharField(max_length=20), verbose_name="специальности", default=list, blank=True
    )
    since = models.DateField("работает с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_staffmember_period"),
            period_once(
                "organizations_staffmember_once",
                "person",
                "organization",
                message="Этот человек в эти дни уже числится здесь. Закройте прежнюю запись.",
            ),
        ]

    def __str__(self) -> str:
        return self.position

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Colleagues, and the person himself."""
        match actor.role:
            case Role.CLINIC | Role.COMMISSION | Role.CENTER:
                return Q(organization_id=actor.organization)
            case Role.WORKER:
                return own_rows(actor)
            case _:
                return Q(pk__in=[])


class Accreditation(GuardedModel):
    """The right of a person to work in a specialty, from a day to a day."""

    privacy = Privacy.PERSONAL
    retention = SIGNED

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+")  # who keeps the paper
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", verbose_name="человек")
    specialty = models.CharField("специальность", max_length=20)
    number = models.CharField("номер", max_length=100)
    since = models.DateField("действует с")
    until = models.DateField("до", help_text="первый день, когда не действует")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_accreditation_period"),
            models.UniqueConstraint(
                fields=["organization", "person", "specialty", "number"],
                name="organizations_accreditation_once",
                violation_error_message="Аккредитация с этим номером уже записана.",
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Colleagues, and the person himself."""
        return StaffMember.visible_rows(actor)


class Commission(GuardedModel):
    """A standing medical commission (врачебная комиссия), by an order of the head of the clinic."""

    privacy = Privacy.PERSONAL
    retention = SIGNED

    clinic = models.ForeignKey(Organization, models.PROTECT, related_name="+")
    order_number = models.CharField("номер приказа", max_length=50)
    order_on = models.DateField("дата приказа")
    chairman = models.ForeignKey(StaffMember, models.PROTECT, related_name="+", verbose_name="председатель")
    since = models.DateField("действует с")
    until = models.DateField("до", null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            period_order("organizations_commission_period"),
            models.UniqueConstraint(
                fields=["clinic", "order_number", "order_on"],
                name="organizations_commission_once",
                violation_error_message="Комиссия по этому приказу уже записана.",
            ),
        ]

    def __str__(self) -> str:
        return f"приказ № {self.order_number} от {self.order_on:%d.%m.%Y}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The clinic."""
        own = actor.role in {Role.CLINIC, Role.COMMISSION, Role.CENTER}
        return Q(clinic_id=actor.organization) if own else Q(pk__in=[])


class CommissionMember(GuardedModel):
    """A member of a commission."""

    privacy = Privacy.PERSONAL
    retention = SIGNED

    commission = models.ForeignKey(Commission, models.PROTECT, related_name="members")
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    certificate = models.CharField("подготовка по профпатологии", max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["commission", "staff"],
                name="organizations_commissionmember_once",
                violation_error_message="Этот врач уже в составе комиссии.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commission_id}: {self.staff_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the commission."""
        return Q(commission__in=Commission.objects.visible_to(actor).values("pk"))
