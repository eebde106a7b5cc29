"""Forms of signing."""

from typing import Any, cast

from django import forms
from django.urls import reverse_lazy

from medtrud.engines.signing.rules import REASONS
from medtrud.engines.ui.public import ChoiceField, ComboField, FileField, NumberField, Section, TextField

KINDS = (("person", "Сотрудник"), ("seal", "Печать организации"))
ALGORITHMS = (("gost256", "ГОСТ, 256 бит"), ("gost512", "ГОСТ, 512 бит"), ("ec", "ECDSA"))
PARTS = ("surname", "given_name", "organization", "position", "snils", "ogrn", "place")
ACCOUNTS = cast("str", reverse_lazy("signing:account_list"))
PLACES = cast("str", reverse_lazy("access:place_list"))


class CertificateForm(forms.Form):
    """Whose key and for how long."""

    sections = (
        Section("Чей сертификат", ("kind", "account", "inn"), columns=2),
        Section("Что будет стоять в сертификате", PARTS, columns=2),
        Section("Срок и ключ", ("days", "algorithm"), columns=2),
    )
    kind = ChoiceField(label="Кому", choices=KINDS, initial="person")
    account = ComboField(
        label="Учётная запись", source=ACCOUNTS, required=False, hint="Кто подписывает; для печати не нужна"
    )
    inn = ComboField(label="Организация", source=PLACES, required=False, hint="Название или ИНН")
    surname = TextField(label="Фамилия", max_length=64, required=False)
    given_name = TextField(label="Имя и отчество", max_length=64, required=False)
    organization = TextField(
        label="Название организации", max_length=64, required=False, hint="Как в уставе, не длиннее 64 знаков"
    )
    position = TextField(label="Должность", max_length=64, required=False)
    snils = TextField(label="СНИЛС", max_length=14, required=False)
    ogrn = TextField(label="ОГРН", max_length=13, required=False, hint="Для печати организации")
    place = TextField(label="Город", max_length=64, required=False)
    days = NumberField(label="Срок", low=1, high=1095, initial=365, unit="дней")
    algorithm = ChoiceField(label="Алгоритм", choices=ALGORITHMS, initial="gost256")

    @property
    def names(self) -> dict[str, str]:
        """Return the parts of the name."""
        return {part: str(self.cleaned_data.get(part) or "") for part in PARTS}


class RevokeForm(forms.Form):
    """Why for ever."""

    reason = ChoiceField(
        label="Причина", choices=[(code, text.capitalize()) for code, text in REASONS.items()]
    )
    note = TextField(label="Пояснение", max_length=300, required=False, hint="Попадёт в историю сертификата")


class NoteForm(forms.Form):
    """A remark for the history."""

    note = TextField(label="Пояснение", max_length=300, required=False)


class ActForm(forms.Form):
    """The act by which something is written off."""

    note = TextField(label="Акт", max_length=300, hint="Номер и дата акта об уничтожении")


class WhyForm(forms.Form):
    """A reason the asker will read."""

    note = TextField(label="Причина", max_length=300, hint="Её увидит тот, кто подал запрос")


class AuthorityForm(forms.Form):
    """The name of our own authority."""

    name = TextField(label="Название центра", max_length=40, initial="Удостоверяющий центр")
    organization = TextField(label="Организация", max_length=64)
    algorithm = ChoiceField(label="Алгоритм", choices=ALGORITHMS, initial="gost256")


class UploadForm(forms.Form):
    """One file."""

    file = FileField(label="Файл")

    def __init__(
        self, *args: Any, label: str = "Файл", accept: str = "", hint: str = "", **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.fields["file"] = FileField(label=label, accept=accept, hint=hint)

    @property
    def content(self) -> bytes:
        """Return the bytes of the file."""
        return bytes(self.cleaned_data["file"].read())


class CarrierChoiceForm(forms.Form):
    """On which carrier of the book the key lies, if on any."""

    carrier = forms.UUIDField(required=False)


class CarrierForm(forms.Form):
    """A token as it says about itself."""

    number = TextField(label="Заводской номер", max_length=60, hint="Написан на корпусе")
    title = TextField(label="Модель", max_length=120, hint="Например, Рутокен ЭЦП 3.0")
    maker = TextField(label="Изготовитель", max_length=120, required=False)


class HolderForm(forms.Form):
    """Who takes a carrier."""

    account = ComboField(label="Кому выдан", source=ACCOUNTS, hint="Наберите логин")
    inn = ComboField(
        label="Организация",
        source=PLACES,
        required=False,
        hint="Нужна, если человек работает в нескольких: уйдёт из неё — система напомнит забрать носитель",
    )
    note = TextField(label="Пояснение", max_length=300, required=False)
