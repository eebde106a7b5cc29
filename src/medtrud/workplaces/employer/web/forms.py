"""Forms of hiring, transfer and dismissal; what they offer is given by the view."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, FlagField, Section, TextField
from medtrud.registries.organizations.types import EmploymentKind
from medtrud.registries.people.types import PersonRow

Choices = Sequence[tuple[str, str]]
SEXES = (("male", "мужской"), ("female", "женский"))
WORK = ((EmploymentKind.MAIN, "основная"), (EmploymentKind.SECONDARY, "совместительство"))


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


class PersonFields(forms.Form):
    """Who it is, by the identity document."""

    last_name = TextField(label="Фамилия", max_length=100)
    first_name = TextField(label="Имя", max_length=100)
    middle_name = TextField(label="Отчество", required=False, max_length=100)
    birth_date = DayField(label="Дата рождения")
    sex = ChoiceField(label="Пол", choices=SEXES)
    snils = TextField(
        label="СНИЛС", required=False, max_length=20, hint="По нему находят уже заведённую карту"
    )
    confirmed = FlagField(
        label="Сверено с документом", hint="Отметьте, если программа сомневается в номере или нашла тёзку"
    )
    WHO = ("last_name", "first_name", "middle_name", "birth_date", "sex", "snils", "confirmed")

    def person(self) -> PersonRow:
        """Return the person as typed."""
        facts = self.cleaned_data
        return PersonRow(**{name: facts[name] for name in self.WHO if name != "confirmed"})


class HireForm(PersonFields):
    """A new worker and the job."""

    sections = (
        Section("Человек", PersonFields.WHO, columns=3),
        Section("Работа", ("post", "workplace", "personnel_number", "kind", "since"), columns=2),
    )
    post = ListField(label="Должность")
    workplace = ListField(label="Рабочее место", required=False)
    personnel_number = TextField(label="Табельный номер", required=False, max_length=30)
    kind = ChoiceField(label="Вид работы", choices=WORK, initial=EmploymentKind.MAIN)
    since = DayField(label="Принят с")

    def __init__(self, *args: Any, posts: Choices, workplaces: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["post"].offer(posts)  # type: ignore[attr-defined]
        self.fields["workplace"].offer(workplaces, "Не закреплено")  # type: ignore[attr-defined]


class TransferForm(forms.Form):
    """Another post or workplace from a day on."""

    sections = (Section("Куда", ("post", "workplace", "personnel_number", "since"), columns=2),)
    post = ListField(label="Должность")
    workplace = ListField(label="Рабочее место", required=False)
    personnel_number = TextField(label="Табельный номер", required=False, max_length=30)
    since = DayField(label="Переведён с")

    def __init__(self, *args: Any, posts: Choices, workplaces: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["post"].offer(posts)  # type: ignore[attr-defined]
        self.fields["workplace"].offer(workplaces, "Не закреплено")  # type: ignore[attr-defined]


class DismissForm(forms.Form):
    """The end of a job."""

    last_day = DayField(label="Последний рабочий день")
    reason = TextField(
        label="Основание", required=False, max_length=200, hint="Приказ или статья Трудового кодекса"
    )
