"""Forms of workplaces and factors; what they offer is given by the view."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse_lazy

from medtrud.engines.ui.public import ChoiceField, ComboField, DayField, Section, TextField

from ..types import FactorIn, FactorRow, classes

Choices = Sequence[tuple[str, str]]
CODES: Any = reverse_lazy("hazards:code_search")
BY_SUBSTANCE, NONE, STATED = "", "none", "stated"
LETTERS = (
    (BY_SUBSTANCE, "по веществам"),
    (NONE, "букв нет"),
    (STATED, "указать буквы"),
)


def class_choices() -> list[tuple[str, str]]:
    """Offer the classes with their names."""
    return [(code, f"{code} — {row.title}") for code, row in classes().items()]


def choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Offer rows by uid."""
    return [(str(row.uid), str(row)) for row in rows]


def placed(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Offer posts or workplaces with their divisions."""
    return [(str(row.uid), f"{row} — {row.division}" if row.division else str(row)) for row in rows]


def uid_of(text: str) -> UUID | None:
    """Read the chosen row; nothing chosen is nothing."""
    return UUID(text) if text else None


class ListField(ChoiceField):
    """One of many rows: always a list, even when there are few."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Select(), **more)

    def offer(self, rows: Choices, empty: str = "Не выбрано") -> None:
        """Give the rows to choose from."""
        self.choices = [("", empty), *rows]


class WorkplaceForm(forms.Form):
    """A new workplace."""

    sections = (Section("Рабочее место", ("title", "number", "division", "post", "since"), columns=2),)
    title = TextField(label="Название", max_length=300)
    number = TextField(
        label="Индивидуальный номер", required=False, max_length=50, hint="Как в карте спецоценки"
    )
    division = ListField(label="Подразделение", required=False)
    post = ListField(label="Должность", required=False)
    since = DayField(label="Создано с", required=False)

    def __init__(self, *args: Any, divisions: Choices, posts: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["division"].offer(divisions, "Без подразделения")  # type: ignore[attr-defined]
        self.fields["post"].offer(posts, "Любая")  # type: ignore[attr-defined]


class CodeForm(forms.Form):
    """Which factor or work."""

    code = ComboField(label="Код или название по приложению к Порядку", source=CODES)


class FactorForm(forms.Form):
    """A factor of a workplace: the substances are those of its row."""

    known = forms.MultipleChoiceField(
        label="Вещества с буквами", widget=forms.CheckboxSelectMultiple(), required=False
    )
    other = TextField(label="Другие вещества", required=False, max_length=1000, hint="Через точку с запятой")
    letters = ListField(label="Буквы А К Р Ф О", required=False)
    markers = TextField(label="Указанные буквы", required=False, max_length=5, hint="Например: АК")
    sout_class = ListField(label="Класс по фактору", required=False)
    since = DayField(label="Действует с")
    basis = TextField(
        label="Основание", required=False, max_length=300, hint="Карта или протокол, номер и дата"
    )

    def __init__(self, *args: Any, row: FactorRow, **more: Any) -> None:
        super().__init__(*args, **more)
        self.row = row
        mentions = [(each.name, f"{each.name} [{each.markers}]") for each in row.substances]
        chemical = bool(mentions) or bool(row.markers)
        self.fields["known"].choices = mentions  # type: ignore[attr-defined]
        self.fields["letters"].choices = list(LETTERS)  # type: ignore[attr-defined]
        self.fields["sout_class"].offer(class_choices(), "Не указан")  # type: ignore[attr-defined]
        if not mentions:
            del self.fields["known"]
        if not chemical:
            for name in ("letters", "markers"):
                del self.fields[name]
        substances = tuple(name for name in ("known", "other", "letters", "markers") if name in self.fields)
        self.sections = (
            Section("Вещества", substances, columns=2),
            Section("Условия", ("sout_class", "since", "basis"), columns=3),
        )

    def factor(self) -> FactorIn:
        """Return the factor as typed."""
        facts = self.cleaned_data
        others = [name.strip() for name in facts["other"].split(";") if name.strip()]
        letters = facts.get("letters", BY_SUBSTANCE)
        markers = {BY_SUBSTANCE: None, NONE: ""}.get(letters, facts.get("markers", ""))
        names = (*facts.get("known", []), *others)
        return FactorIn(self.row.code, names, markers, facts["sout_class"])


class EndForm(forms.Form):
    """The day from which a factor is gone."""

    since = DayField(label="Фактора нет с")
    basis = TextField(label="Основание", required=False, max_length=300)


class ClassForm(forms.Form):
    """The total class."""

    sections = (Section("Итоговый класс", ("sout_class", "card_number", "since", "basis"), columns=2),)
    sout_class = ListField(label="Класс (подкласс)")
    card_number = TextField(label="Номер карты СОУТ", required=False, max_length=50)
    since = DayField(label="Действует с")
    basis = TextField(label="Основание", required=False, max_length=300)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sout_class"].offer(class_choices())  # type: ignore[attr-defined]
