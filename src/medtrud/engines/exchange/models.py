"""Imports, what was wrong in their rows, what they made, how headers were read last time."""

from typing import Any, ClassVar

from django.db import models

from medtrud.engines.store.public import GuardedModel
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.privacy import Privacy, Retention

from .types import STATES, Level, State

SHARING = frozenset({Role.EMPLOYER, Role.CLINIC, Role.COMMISSION, Role.CENTER, Role.AUTHORITY})


def own(actor: Actor, path: str = "") -> models.Q:
    """Return the imports of the own organisation; a seat that shares nothing sees its own ones."""
    if actor.organization is not None and actor.role in SHARING:
        return models.Q(**{f"{path}organization": actor.organization, f"{path}role": actor.role})
    if actor.account is None:
        return models.Q(pk__in=[])
    return models.Q(**{f"{path}account": actor.account, f"{path}role": actor.role})


class Import(GuardedModel):
    """A foreign file on its way into the product."""

    privacy = Privacy.PERSONAL
    retention = Retention(5, "источник записей показывают, пока их можно оспорить; решение оператора")

    target = models.CharField("что загружается", max_length=40)
    role = models.CharField("рабочее место", max_length=20)
    organization = models.BigIntegerField("организация", null=True)
    account = models.BigIntegerField("кто загрузил", null=True)
    file = models.ForeignKey("files.File", models.PROTECT, related_name="+", verbose_name="файл")
    file_name = models.CharField("имя файла", max_length=255)
    digest = models.CharField("отпечаток файла", max_length=64)
    state = models.CharField("состояние", max_length=12, default=State.UPLOADED)
    message = models.TextField("пояснение", blank=True)
    sheet = models.CharField("лист", max_length=80, blank=True)
    sheets = models.JSONField("листы", default=list)
    header_row = models.IntegerField("строка заголовков", default=0)
    header_lines = models.IntegerField("строк в заголовке", default=1)
    headers = models.JSONField("заголовки", default=list)
    columns = models.JSONField("столбцы", default=dict)  # position -> code
    unsure = models.JSONField("узнано неточно", default=list)  # positions
    sample = models.BinaryField("примеры значений", default=b"")  # sealed: rows hold names
    seal_key = models.SmallIntegerField(default=0)
    options = models.JSONField("ответы", default=dict)
    counts = models.JSONField("итог", default=dict)
    job = models.UUIDField("работа", null=True)
    on = models.DateField("день")
    uploaded_at = models.DateTimeField("получен")
    committed_at = models.DateTimeField("загружен", null=True)
    undone_at = models.DateTimeField("отменён", null=True)

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["organization", "target", "digest"], name="exchange_import_digest"),
        ]
        constraints: ClassVar[list[Any]] = [
            models.CheckConstraint(
                condition=models.Q(committed_at__isnull=False)
                | ~models.Q(state__in=[State.COMMITTED, State.UNDONE]),
                name="exchange_import_committed",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def state_title(self) -> str:
        """Return the state in words."""
        return STATES[State(self.state)]

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The organisation that takes the file in."""
        return own(actor)


class ImportRow(GuardedModel):
    """What is wrong in a row; the text may quote a name or a number, so it is sealed."""

    privacy = Privacy.PERSONAL
    retention = Retention(1, "нужна, пока ошибки исправляют")

    uid = None  # type: ignore[assignment] # many thousands: found by import and number
    source = models.ForeignKey(Import, models.CASCADE, related_name="problems", db_index=False)
    number = models.IntegerField("строка")
    level = models.CharField("важность", max_length=8)
    column = models.CharField("столбец", max_length=40, blank=True)
    text = models.BinaryField("причина")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["source", "number", "id"], name="exchange_row_place"),
        ]

    def __str__(self) -> str:
        return f"строка {self.number}"

    @property
    def level_title(self) -> str:
        """Return the level in words."""
        return "ошибка" if self.level == Level.ERROR else "предупреждение"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """As the import."""
        return own(actor, "source__")


class ImportLink(GuardedModel):
    """Which records were made or changed from which rows; neighbours from neighbouring rows are one line."""

    privacy = Privacy.NONE
    retention = Retention(5, "как сама загрузка")

    uid = None  # type: ignore[assignment] # found by import or by record
    source = models.ForeignKey(Import, models.CASCADE, related_name="links")
    kind = models.CharField("вид записей", max_length=40)
    change = models.CharField("что сделано", max_length=20)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    row = models.IntegerField("строка первой записи")

    class Meta:
        indexes: ClassVar[list[Any]] = [
            models.Index(fields=["kind", "first", "last"], name="exchange_link_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.change}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """As the import."""
        return own(actor, "source__")


class Mapping(GuardedModel):
    """How an organisation's header was read last time; an empty code means: left out on purpose."""

    privacy = Privacy.NONE
    retention = Retention(None, "настройка организации")

    target = models.CharField("что загружается", max_length=40)
    organization = models.BigIntegerField("организация")
    header = models.CharField("заголовок", max_length=300)
    column = models.CharField("столбец", max_length=40, blank=True)

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["target", "organization", "header"], name="exchange_mapping_header_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.header} → {self.column}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """The own organisation."""
        if actor.organization is None:
            return models.Q(pk__in=[])
        return models.Q(organization=actor.organization)


class Limit(GuardedModel):
    """How big a file the operator allows, from a day on."""

    privacy = Privacy.NONE
    retention = Retention(None, "настройка оператора")

    code = models.CharField("что", max_length=20)
    value = models.BigIntegerField("значение", null=True, blank=True, help_text="пусто: как при поставке")
    since = models.DateField("с")

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["code", "since"], name="exchange_limit_day"),
            models.CheckConstraint(
                condition=models.Q(value__gt=0),
                name="exchange_limit_positive",
                violation_error_message="Ограничение должно быть больше нуля.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.value}"

    @classmethod
    def visible_rows(cls, actor: Actor) -> models.Q:
        """Everybody may know how big a file may be."""
        return models.Q()
