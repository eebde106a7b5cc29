"""Forms of access."""

from collections.abc import Sequence
from typing import cast

from django import forms
from django.urls import reverse_lazy

from medtrud.engines.access.queries import person_by_snils, place_by_inn
from medtrud.engines.journal.public import title_of
from medtrud.engines.ui.public import ChoiceField, ComboField, DayField, Section, TextField
from medtrud.kernel.text import sort_key


def secret(label: str, kind: str, hint: str = "") -> TextField:
    """Make a field whose letters are hidden; the browser's store of passwords may fill it."""
    return TextField(
        label=label,
        hint=hint,
        strip=False,
        max_length=2000,
        widget=forms.PasswordInput(attrs={"autocomplete": kind}),
    )


class SignInForm(forms.Form):
    """Login and password."""

    username = TextField(
        label="Имя для входа",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = secret("Пароль", "current-password")


class CodeForm(forms.Form):
    """One code."""

    code = TextField(
        label="Код",
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True}),
    )


class SeatChoiceForm(forms.Form):
    """Which seat."""

    seat = forms.UUIDField()


class PasswordForm(forms.Form):
    """Old and new."""

    old = secret("Прежний пароль", "current-password")
    new = secret("Новый пароль", "new-password")
    again = secret("Новый пароль ещё раз", "new-password")

    def clean_again(self) -> str:
        """Compare."""
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise forms.ValidationError("Пароли не совпали. Наберите новый пароль ещё раз.")
        return str(self.cleaned_data["again"])


class OwnPasswordForm(forms.Form):
    """The password once more, before something that cannot be taken back."""

    password = secret("Пароль", "current-password")


class TokenForm(forms.Form):
    """What a program may do and until when."""

    title = TextField(label="Для какой программы", max_length=150)
    until = DayField(label="Действует по")
    scopes = forms.MultipleChoiceField(
        label="Права",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Отметьте хотя бы одно право."},
    )

    def __init__(self, *args: object, permissions: frozenset[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = sorted(((name, title_of(name)) for name in permissions), key=lambda pair: sort_key(pair[1]))
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]


class SeatForm(forms.Form):
    """A role for an organisation or a region, from a day to a day."""

    sections: tuple[Section, ...] = (
        Section("Рабочее место", ("role", "organization", "region"), columns=3),
        Section("Срок", ("since", "until"), columns=2),
    )
    role = ChoiceField(label="Роль")
    organization = ComboField(
        label="Организация",
        required=False,
        source=cast("str", reverse_lazy("access:place_list")),
        hint="ИНН; наберите его или слово из названия",
    )
    region = TextField(label="Регион", required=False, max_length=2, hint="две цифры, например 35")
    since = DayField(label="С")
    until = DayField(label="До", required=False, hint="первый день без доступа; пусто - бессрочно")

    def __init__(self, *args: object, roles: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"] = ChoiceField(label="Роль", choices=roles)

    def clean_organization(self) -> int | None:
        """Find the organisation."""
        inn = str(self.cleaned_data["organization"]).strip()
        key = place_by_inn(inn) if inn else None
        if inn and key is None:
            raise forms.ValidationError(f"Организации с ИНН {inn} нет. Выберите её из подсказок.")
        return key


class AccountForm(SeatForm):
    """A new account with its first seat."""

    sections: tuple[Section, ...] = (
        Section("Учётная запись", ("login", "person"), columns=2),
        *SeatForm.sections,
    )
    login = TextField(
        label="Имя для входа", max_length=150, hint="латинские буквы, цифры, точка; заглавные равны строчным"
    )
    person = TextField(
        label="СНИЛС владельца",
        required=False,
        max_length=20,
        hint="если есть карта; пусто для программ",
    )

    def clean_person(self) -> int | None:
        """Find the owner."""
        snils = str(self.cleaned_data["person"]).strip()
        key = person_by_snils(snils) if snils else None
        if snils and key is None:
            raise forms.ValidationError("Карты с таким СНИЛС нет. Сверьте номер или сначала заведите карту.")
        return key

    def clean_login(self) -> str:
        """Refuse spaces inside."""
        login = str(self.cleaned_data["login"]).strip()
        if not login.isprintable() or " " in login:
            raise forms.ValidationError("В имени для входа не бывает пробелов. Уберите их.")
        return login


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label="Причина", max_length=300, hint="её увидят в журнале и в карточке")


class LimitForm(forms.Form):
    """A new value of a limit."""

    sections = (Section("", ("value", "role", "since"), columns=3),)
    value = forms.IntegerField(label="Значение", min_value=0, max_value=2**31 - 1)
    role = ChoiceField(label="Для роли", required=False)
    since = DayField(label="С")

    def __init__(self, *args: object, roles: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["role"] = ChoiceField(label="Для роли", required=False, choices=roles, empty="Для всех")


class ResetForm(forms.Form):
    """The day from which the shipped value serves again."""

    since = DayField(label="Действует с")
