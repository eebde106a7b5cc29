"""Files and who else may open them."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

# A worker's seat names his employer, but the employer's papers are not his.
HOUSES = frozenset(Role) - {Role.NOBODY, Role.WORKER}


class File(GuardedModel):
    """One file of one owner; equal content lies on the disk once."""

    privacy = Privacy.MEDICAL
    retention = Retention(None, "срок хранения ведёт запись, к которой файл приложен")

    sha256 = models.CharField("хэш содержимого", max_length=64, db_index=True, editable=False)
    size = models.BigIntegerField("размер, байт", editable=False)
    mime = models.CharField("вид содержимого", max_length=100, editable=False)
    name = models.CharField("имя", max_length=200)
    account = models.ForeignKey("access.Account", models.PROTECT, related_name="+", null=True, editable=False)
    organization = models.BigIntegerField("организация", null=True, db_index=True, editable=False)
    created_at = models.DateTimeField("загружен", editable=False)
    destroyed_at = models.DateTimeField("содержимое уничтожено", null=True, editable=False)
    destroyed_by = models.CharField("основание уничтожения", max_length=300, blank=True, editable=False)

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The owner, the owner's organisation, and whoever was given it."""
        given = Grant.objects.unscoped("who was given the file").filter(_grantee(actor))
        rows = models.Q(pk__in=given.values("file"))
        if actor.account is not None:
            rows |= models.Q(account=actor.account)
        if actor.organization is not None and actor.role in HOUSES:
            rows |= models.Q(organization=actor.organization)
        return rows


class Grant(GuardedModel):
    """Somebody else may open a file: an organisation or a person."""

    privacy = Privacy.MEDICAL
    retention = Retention(None, "показывает, кому файл был доступен")

    file = models.ForeignKey(File, models.PROTECT, related_name="+")
    organization = models.BigIntegerField("организация", null=True, blank=True, db_index=True)
    person = models.BigIntegerField("человек", null=True, blank=True, db_index=True)
    created_at = models.DateTimeField("выдан", editable=False)
    ended_at = models.DateTimeField("отозван", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(organization__isnull=False, person__isnull=True)
                | models.Q(organization__isnull=True, person__isnull=False),
                name="files_grant_to_one",
                violation_error_message="Файл открывают либо организации, либо человеку.",
            ),
            models.UniqueConstraint(
                fields=["file", "organization", "person"],
                condition=models.Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="files_grant_once",
                violation_error_message="Этот файл уже открыт этому получателю.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.organization or self.person}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Who was given the file sees that he was."""
        return _grantee(actor)


def _grantee(actor: Actor) -> models.Q:
    rows = models.Q(pk__in=[])
    if actor.organization is not None and actor.role in HOUSES:
        rows |= models.Q(organization=actor.organization, ended_at__isnull=True)
    if actor.person is not None and actor.role is Role.WORKER:
        rows |= models.Q(person=actor.person, ended_at__isnull=True)
    return rows
