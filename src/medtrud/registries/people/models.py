"""Cards of people, their earlier versions, merges, and who knows whom."""

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now, TruncDate

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

KEPT = "карта и договоры живут дольше любого осмотра; приказ № 29н, Порядок, п. 47"
SEXES = (("male", "мужской"), ("female", "женский"))


def seen_by(actor: Actor, path: str = "pk") -> Q:
    """Return who of the people is seen: oneself, or those shared with the own organisation."""
    match actor.role:
        case Role.WORKER:
            return own_rows(actor, path)
        case Role.EMPLOYER | Role.CLINIC | Role.COMMISSION | Role.CENTER | Role.ARCHIVE:
            known = Acquaintance.objects.unscoped("the rows that say who sees a person").filter(
                Q(until__isnull=True) | Q(until__gt=TruncDate(Now())),
                person=OuterRef(path),
                organization=actor.organization,
            )
            entered = "entered_for" if path == "pk" else f"{path}__entered_for"
            return (
                Q(**{entered: actor.organization}) | Q(Exists(known)) if actor.organization else Q(pk__in=[])
            )
        case _:
            return Q(pk__in=[])


def own_rows(actor: Actor, path: str = "person") -> Q:
    """Return the rows of the actor's own person, whichever of his merged cards they were made with."""
    if actor.person is None:
        return Q(pk__in=[])
    card = Person.objects.unscoped("the card at the end of the own chain").filter(pk=actor.person)
    root = card.values(card=Coalesce("root_id", "pk"))
    return Q(**{f"{path}__in": root}) | Q(**{"root__in" if path == "pk" else f"{path}__root__in": root})


def _merge_key() -> Any:
    return models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )


class Person(GuardedModel):
    """One card of one person."""

    privacy = Privacy.IDENTITY
    retention = Retention(50, KEPT)

    box = models.BinaryField("опознающие данные", editable=False)
    key = models.SmallIntegerField("номер ключа", editable=False)
    birth_date = models.DateField("дата рождения")
    sex = models.CharField("пол", max_length=6, choices=SEXES)
    # Keyed hashes: they compare, they do not tell.
    snils_hash = models.BigIntegerField(null=True, editable=False)
    snils_doubtful = models.BooleanField(
        "контрольное число СНИЛС не сходится", default=False, db_default=False
    )
    same_hash = models.BigIntegerField(editable=False)  # full name and date of birth
    search = ArrayField(models.BigIntegerField(), editable=False)
    name_rank = models.FloatField(null=True, editable=False)  # place in the alphabet; tells no letters
    # The organisation whose people entered the card sees it without a row of Acquaintance: lists of
    # 100 000 are entered at once. It is emptied when the sight is taken back or passes to others.
    entered_for = models.BigIntegerField("организация, которая завела карту", null=True, editable=False)
    # The direct merge, and the card at the end of the chain; both empty for a card that stands for itself.
    # Nearly always empty, so the keys are checked by store.keys_seldom and indexed where they are not.
    merged_into = _merge_key()
    root = _merge_key()
    changed_at = models.DateTimeField("изменено", db_default=Now(), editable=False)
    changed_by = models.BigIntegerField("кто изменил", null=True, editable=False)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["snils_hash"],
                condition=Q(root__isnull=True),
                name="people_person_snils_once",
                violation_error_message="Этот СНИЛС уже записан в карте другого человека. "
                "Найдите её по номеру или объедините карты.",
            ),
            models.CheckConstraint(condition=Q(sex__in=["male", "female"]), name="people_person_sex"),
            models.CheckConstraint(
                condition=Q(root__isnull=True, merged_into__isnull=True)
                | Q(root__isnull=False, merged_into__isnull=False),
                name="people_person_merge_whole",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search"], name="people_person_search"),
            models.Index(
                fields=["snils_hash"], condition=Q(root__isnull=False), name="people_person_snils_merged"
            ),
            models.Index(fields=["same_hash"], name="people_person_same"),
            models.Index(fields=["name_rank"], name="people_person_rank"),
            models.Index(fields=["root"], condition=Q(root__isnull=False), name="people_person_root"),
            models.Index(
                fields=["merged_into"],
                condition=Q(merged_into__isnull=False),
                name="people_person_merged_into",
            ),
        ]

    def __str__(self) -> str:
        return f"Карта {self.pk}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Workers see themselves; organisations see those shared with them; security sees nobody."""
        return seen_by(actor)


class PersonVersion(GuardedModel):
    """How a card read before a change; written once."""

    privacy = Privacy.IDENTITY
    retention = Retention(50, KEPT)

    person = models.ForeignKey(Person, models.PROTECT, related_name="versions")
    box = models.BinaryField(editable=False)
    key = models.SmallIntegerField(editable=False)
    birth_date = models.DateField()
    sex = models.CharField(max_length=6)
    since_at = models.DateTimeField("действовало с")
    since_by = models.BigIntegerField("кто записал", null=True)
    until_at = models.DateTimeField("до", db_default=Now())
    reason = models.CharField("причина изменения", max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-until_at", "-pk"]

    def __str__(self) -> str:
        return f"Карта {self.person_id} до {self.until_at}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """As the card itself."""
        return seen_by(actor, "person")


class Merge(GuardedModel):
    """A merge of two cards, and its undoing."""

    privacy = Privacy.PERSONAL
    retention = Retention(50, KEPT)

    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField("основание", max_length=300)
    merged_at = models.DateTimeField("объединены", db_default=Now())
    merged_by = models.BigIntegerField("кто объединил", null=True)
    undone_at = models.DateTimeField("отменено", null=True)
    undone_by = models.BigIntegerField("кто отменил", null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="people_merge_two_cards"),
            models.UniqueConstraint(
                fields=["gone"],
                condition=Q(undone_at__isnull=True),
                name="people_merge_gone_once",
                violation_error_message="Карта уже присоединена к другой. Обновите страницу.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gone_id} → {self.kept_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Who sees the surviving card sees how it came about."""
        return seen_by(actor, "kept")


class Acquaintance(GuardedModel):
    """An organisation may see the identity of a person."""

    privacy = Privacy.PERSONAL
    retention = Retention(50, KEPT)

    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    organization = models.BigIntegerField("организация")
    shared_at = models.DateTimeField("открыто", db_default=Now())
    until = models.DateField("до", null=True, help_text="первый день без доступа")
    merge = models.ForeignKey(Merge, models.PROTECT, null=True, related_name="+")  # came with a merge

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "person"], name="people_acquaintance_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} видит {self.person_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """The organisation itself, and the person who is seen."""
        if actor.role is Role.WORKER:
            return seen_by(actor, "person")
        return Q(organization=actor.organization) if actor.organization else Q(pk__in=[])


class Double(GuardedModel):
    """Two cards that may be of one person, until somebody has looked."""

    privacy = Privacy.PERSONAL
    retention = Retention(3, "рабочий список")

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    likeness = models.CharField("что совпадает", max_length=200)
    found_at = models.DateTimeField("найдены", db_default=Now())
    different_at = models.DateTimeField("признаны разными людьми", null=True)
    different_by = models.BigIntegerField("кто признал", null=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["first", "second"], name="people_double_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="people_double_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ? {self.second_id}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> Q:
        """Who sees both cards; a worker is not asked."""
        if actor.role is Role.WORKER:
            return Q(pk__in=[])
        return seen_by(actor, "first") & seen_by(actor, "second")
