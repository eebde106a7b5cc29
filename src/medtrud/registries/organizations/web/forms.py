"""Forms of organisations; what they offer is given by the view."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.urls import reverse_lazy

from medtrud.engines.ui.public import (
    ChoiceField,
    ComboField,
    DayField,
    FlagField,
    NumberField,
    Section,
    TextField,
)
from medtrud.registries.people.types import PersonRow

Choices = Sequence[tuple[str, str]]
SPECIALTIES: Any = reverse_lazy("reference:code_search", args=["specialties"])
SEXES = (("male", "мужской"), ("female", "женский"))


def choices(rows: Iterable[Any]) -> list[tuple[str, str]]:
    """Offer rows by uid; a row may say where it stands."""
    return [(str(row.uid), str(row)) for row in rows]


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


class DivisionForm(forms.Form):
    """A new division."""

    title = TextField(label="Название", max_length=250)
    parent = ListField(label="Входит в", required=False)
    code = TextField(label="Код", required=False, max_length=50)
    since = DayField(label="Создано с", required=False)

    def __init__(self, *args: Any, parents: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["parent"].offer(parents, "Верхний уровень")  # type: ignore[attr-defined]


class PostForm(forms.Form):
    """A new line of the staff schedule."""

    sections = (Section("Должность", ("title", "code", "division", "headcount", "since"), columns=2),)
    title = TextField(label="Должность или профессия", max_length=300)
    code = TextField(label="Код ОКПДТР", required=False, max_length=20)
    division = ListField(label="Подразделение", required=False)
    headcount = NumberField(label="Число ставок", low=0.05, high=99999, digits=2, required=False)
    since = DayField(label="Действует с", required=False)

    def __init__(self, *args: Any, divisions: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["division"].offer(divisions, "Без подразделения")  # type: ignore[attr-defined]


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


class UntilForm(forms.Form):
    """The end of anything that has a period."""

    until = DayField(label="Не действует с", hint="Первый день, когда уже не действует")


class RequisitesForm(forms.Form):
    """Legal details from a day on."""

    sections: tuple[Section, ...] = (
        Section("Наименование", ("name", "short_name", "ownership"), columns=1),
        Section("Номера", ("inn", "kpp", "ogrn", "okved", "confirmed"), columns=4),
        Section("Связь", ("address", "phone", "email", "profile", "hours"), columns=2),
        Section("Изменение", ("since", "basis"), columns=2),
    )
    name = TextField(label="Полное наименование", max_length=500)
    short_name = TextField(label="Краткое наименование", required=False, max_length=250)
    ownership = TextField(label="Форма собственности", required=False, max_length=100)
    inn = TextField(label="ИНН", required=False, max_length=12)
    kpp = TextField(label="КПП", required=False, max_length=9)
    ogrn = TextField(label="ОГРН", required=False, max_length=15)
    okved = TextField(label="ОКВЭД", required=False, max_length=8)
    confirmed = FlagField(label="Номера сверены с документом")
    address = TextField(label="Адрес", required=False, max_length=500)
    phone = TextField(label="Телефон", required=False, max_length=100)
    email = TextField(label="Электронная почта", required=False, max_length=200)
    profile = TextField(label="Профиль", required=False, max_length=300)
    hours = TextField(label="Часы работы", required=False, max_length=300)
    since = DayField(label="Действует с")
    basis = TextField(label="Основание", required=False, max_length=300)
    FACTS = (
        "name", "short_name", "ownership", "inn", "kpp", "ogrn", "okved", "address", "phone", "email",
        "profile", "hours",
    )  # fmt: skip


class OrganizationForm(RequisitesForm):
    """A new organisation."""

    sections = (Section("Организация", ("kind", "region"), columns=2), *RequisitesForm.sections)
    kind = ChoiceField(label="Вид")
    region = TextField(label="Регион", required=False, max_length=2, hint="Код субъекта, например 35")

    def __init__(self, *args: Any, kinds: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]


class ContractForm(forms.Form):
    """A contract; the other side is chosen by an employer, named by number by a clinic."""

    number = TextField(label="Номер", max_length=50)
    signed_on = DayField(label="Дата договора")
    since = DayField(label="Действует с")
    until = DayField(label="Не действует с", required=False)


class EmployerContractForm(ContractForm):
    """The employer chooses a clinic."""

    sections = (Section("Договор", ("clinic", "number", "signed_on", "since", "until"), columns=2),)
    clinic = ListField(label="Медицинская организация")

    def __init__(self, *args: Any, clinics: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["clinic"].offer(clinics)  # type: ignore[attr-defined]


class ClinicContractForm(ContractForm):
    """The clinic names an employer."""

    sections = (Section("Договор", ("inn", "number", "signed_on", "since", "until"), columns=2),)
    inn = TextField(label="ИНН работодателя", max_length=12)


class LicenceForm(forms.Form):
    """A licence."""

    sections = (Section("Лицензия", ("number", "issued_on", "issuer", "since", "until", "works"), columns=2),)
    number = TextField(label="Номер", max_length=100)
    issued_on = DayField(label="Выдана")
    issuer = TextField(label="Кем выдана", required=False, max_length=300)
    since = DayField(label="Действует с")
    until = DayField(label="Не действует с", required=False)
    works = TextField(label="Работы и услуги", rows=5, required=False, hint="Каждая с новой строки")


class DepartmentForm(forms.Form):
    """A department."""

    title = TextField(label="Название", max_length=250)
    address = TextField(label="Адрес", required=False, max_length=500)
    phone = TextField(label="Телефон", required=False, max_length=100)
    since = DayField(label="Работает с")


class RoomForm(forms.Form):
    """A room."""

    number = TextField(label="Номер", max_length=30)
    title = TextField(label="Название", required=False, max_length=250, hint="Например: кабинет аудиометрии")
    department = ListField(label="Отделение", required=False)
    since = DayField(label="Работает с")

    def __init__(self, *args: Any, departments: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["department"].offer(departments, "Без отделения")  # type: ignore[attr-defined]


class StaffForm(PersonFields):
    """A new member of staff."""

    sections = (
        Section("Человек", PersonFields.WHO, columns=3),
        Section(
            "Работа",
            ("position", "department", "specialty", "specialty_2", "specialty_3", "since"),
            columns=2,
        ),
    )
    position = TextField(label="Должность", max_length=200)
    department = ListField(label="Отделение", required=False)
    specialty = ComboField(
        label="Специальность",
        source=SPECIALTIES,
        required=False,
    )
    specialty_2 = ComboField(
        label="Вторая специальность",
        source=SPECIALTIES,
        required=False,
    )
    specialty_3 = ComboField(
        label="Третья специальность",
        source=SPECIALTIES,
        required=False,
    )
    since = DayField(label="Работает с")

    def __init__(self, *args: Any, departments: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["department"].offer(departments, "Без отделения")  # type: ignore[attr-defined]

    def specialties(self) -> list[str]:
        """Return the codes that are filled."""
        names = ("specialty", "specialty_2", "specialty_3")
        return [code for name in names if (code := self.cleaned_data[name].strip())]


class AccreditationForm(forms.Form):
    """An accreditation."""

    sections = (Section("Аккредитация", ("specialty", "number", "since", "until"), columns=2),)
    specialty = ListField(label="Специальность")
    number = TextField(label="Номер", max_length=100)
    since = DayField(label="Действует с")
    until = DayField(label="Не действует с", hint="Первый день, когда уже не действует")

    def __init__(self, *args: Any, specialties: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["specialty"].offer(specialties)  # type: ignore[attr-defined]


class CommissionForm(forms.Form):
    """An order that sets up a commission."""

    sections = (
        Section("Приказ", ("order_number", "order_on", "since", "until"), columns=4),
        Section("Состав", ("chairman", "members"), columns=1),
    )
    order_number = TextField(label="Номер приказа", max_length=50)
    order_on = DayField(label="Дата приказа")
    since = DayField(label="Действует с")
    until = DayField(label="Не действует с", required=False)
    chairman = ListField(label="Председатель", hint="Врач-профпатолог")
    members = forms.MultipleChoiceField(label="Члены комиссии", widget=forms.CheckboxSelectMultiple())

    def __init__(self, *args: Any, staff: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["chairman"].offer(staff)  # type: ignore[attr-defined]
        self.fields["members"].choices = list(staff)  # type: ignore[attr-defined]
