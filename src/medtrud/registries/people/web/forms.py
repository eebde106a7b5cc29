"""Forms of people."""

from typing import Any

from django import forms
from django.core.validators import validate_email

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import ChoiceField, DayField, FlagField, Section, TextField
from medtrud.kernel.identifiers import enp_parse

from ..models import SEXES
from ..rules import row_problems
from ..types import PersonRow

_DOCUMENT = ("last_name", "first_name", "middle_name", "birth_date", "sex", "snils")
_CONTACTS = ("policy", "phone", "email", "address")


class PersonForm(forms.Form):
    """The lines of an identity document, and contacts."""

    sections = (
        Section("Документ", _DOCUMENT, columns=3),
        Section("Полис и связь", _CONTACTS, columns=2),
        Section("Проверка", ("confirmed",), columns=1),
    )
    last_name = TextField(label="Фамилия", max_length=100)
    first_name = TextField(label="Имя", max_length=100)
    middle_name = TextField(label="Отчество", max_length=100, required=False)
    birth_date = DayField(label="Дата рождения")
    sex = ChoiceField(label="Пол", choices=SEXES)
    snils = TextField(label="СНИЛС", max_length=20, required=False, hint="11 цифр, с чёрточками или без")
    policy = TextField(label="Полис ОМС", max_length=30, required=False)
    phone = TextField(label="Телефон", max_length=40, required=False)
    email = TextField(label="Электронная почта", max_length=200, required=False)
    address = TextField(label="Адрес", max_length=500, required=False, span=2)
    confirmed = FlagField(
        label="Номера сверены с документом",
        hint="Отметьте, если контрольное число не сходится или это полный тёзка другого человека",
    )

    def clean_policy(self) -> str:
        """Check the number of the common form; older policies have other numbers and need a mark."""
        number: str = self.cleaned_data["policy"]
        if number and "confirmed" not in self.data:
            try:
                return enp_parse(number)
            except ValueError as error:
                raise forms.ValidationError(f"{error} Старый полис подтвердите отметкой ниже.") from None
        return number

    def clean_email(self) -> str:
        """Refuse what no letter reaches."""
        address: str = self.cleaned_data["email"].strip()
        if address:
            try:
                validate_email(address)
            except forms.ValidationError:
                raise forms.ValidationError(
                    f"Адрес «{address}» записан неверно. Нужен вид имя@сервер.рф."
                ) from None
        return address

    def clean(self) -> dict[str, Any]:
        """Check what the register itself would refuse."""
        facts: dict[str, Any] = super().clean() or {}
        if {"last_name", "first_name", "birth_date", "sex"} <= facts.keys():
            row = PersonRow(
                facts["last_name"], facts["first_name"], facts.get("middle_name", ""),
                facts["birth_date"], facts["sex"],
            )  # fmt: skip
            for problem in row_problems(row, today()):
                self.add_error("birth_date" if "рождения" in problem else None, problem)
        return facts


class MergeForm(forms.Form):
    """Which card is joined to the one in the address, and why they are of one person."""

    gone = forms.UUIDField(widget=forms.HiddenInput)
    reason = TextField(label="Чем подтверждается, что это один человек", max_length=300, required=False)
