"""Forms of paper copies and of acquaintance."""

from collections.abc import Mapping
from typing import Any, BinaryIO

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, NumberField, Section, TextField
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

from ..types.paper_copies import CopyTerm

LONGEST = 1 << 20  # bytes of a signature file
MOST = 5000  # sheets of a copy


class CopyAskForm(forms.Form):
    """Who asks for a copy, for what."""

    sections = (Section("Заявление", ("requester", "name", "on", "purpose"), columns=2),)

    def __init__(self, terms: Mapping[str, CopyTerm], actor: Actor, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = {Role.WORKER: "worker"}.get(actor.role)
        choices = [
            (code, f"{term.title}, рабочих дней: {term.working_days}")
            for code, term in terms.items()
            if own in {None, code}
        ]
        self.fields.update(
            {
                "requester": ChoiceField(label="Кто просит", choices=choices),
                "name": TextField(label="Фамилия, имя, отчество", required=own is None, max_length=200),
                "on": DayField(label="Дата заявления"),
                "purpose": TextField(label="Для чего", required=False, max_length=300),
            }
        )


class CopyIssueForm(forms.Form):
    """Who certifies a copy and who takes it."""

    sections = (
        Section("Заверение «Копия верна»", ("certified_by", "post", "on", "sheets"), columns=2),
        Section("Получатель", ("taken_by",)),
    )
    certified_by = TextField(label="Кто заверил", max_length=200)
    post = TextField(label="Должность", max_length=200)
    on = DayField(label="Дата выдачи")
    sheets = NumberField(label="Листов", low=1, high=MOST, digits=0)
    taken_by = TextField(label="Кто получил", max_length=200)

    def facts(self) -> dict[str, Any]:
        """Return what the action takes."""
        return self.cleaned_data | {"sheets": int(self.cleaned_data["sheets"])}


class AcquaintForm(forms.Form):
    """Who is to know a document and until when."""

    sections = (Section("Кого и до какого дня", ("due", "divisions")),)
    due = DayField(label="Ознакомить до")
    divisions = forms.MultipleChoiceField(
        label="Подразделения",
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text="Ничего не отмечено — все работники",
    )

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["divisions"].choices = choices  # type: ignore[attr-defined]


class PasswordForm(forms.Form):
    """The password again: with it one signs."""

    sections = (Section("Подпись", ("password",)),)
    password = TextField(
        label="Ваш пароль",
        hint="Пароль заменяет собственноручную подпись: так вы подтверждаете, что прочли документ",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        strip=False,
    )


def signature_read(file: BinaryIO) -> bytes:
    """Return the bytes of a signature file."""
    content = file.read(LONGEST + 1)
    if len(content) > LONGEST:
        raise Refused("Файл подписи больше мегабайта: это не отсоединённая подпись. Выберите другой файл.")
    return content
