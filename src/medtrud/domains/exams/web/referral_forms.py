"""Forms of referrals; clinics and workplaces are given by the view."""

from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, FlagField, Section, TextField

from ..types.states import ExamKindCode

Choices = list[tuple[str, str]]
CLINIC = "Медицинская организация"


def _list(label: str, choices: Choices, empty: str) -> ChoiceField:
    return ChoiceField(label=label, choices=choices, widget=forms.Select(), empty=empty)


class ReferralForm(forms.Form):
    """A referral of somebody who works here."""

    sections = (Section("Направление", ("kind", "clinic", "basis"), columns=1),)
    kind = ChoiceField(label="Вид осмотра", choices=[(kind.value, kind.title_ru) for kind in ExamKindCode])
    clinic = ChoiceField(label=CLINIC)
    basis = TextField(
        label="Основание",
        required=False,
        max_length=500,
        rows=2,
        hint="Для внеочередного: медицинские рекомендации или выход после болезни, с датой документа",
    )

    def __init__(self, *args: Any, clinics: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["clinic"] = _list(CLINIC, clinics, "Выберите клинику")


class ApplicantForm(forms.Form):
    """Somebody who is not hired yet, by his document, and the workplace he is to be hired to."""

    WHO = ("last_name", "first_name", "middle_name", "birth_date", "sex", "snils", "policy")
    sections = (
        Section("Человек", (*WHO, "confirmed"), columns=3),
        Section("Куда", ("workplace", "clinic"), columns=2),
    )
    last_name = TextField(label="Фамилия", max_length=100)
    first_name = TextField(label="Имя", max_length=100)
    middle_name = TextField(label="Отчество", required=False, max_length=100)
    birth_date = DayField(label="Дата рождения")
    sex = ChoiceField(label="Пол", choices=(("male", "мужской"), ("female", "женский")))
    snils = TextField(label="СНИЛС", required=False, max_length=20)
    policy = TextField(label="Полис ОМС", required=False, max_length=20)
    confirmed = FlagField(
        label="Сверено с документом", hint="Отметьте, если программа сомневается в номере или нашла тёзку"
    )
    workplace = ChoiceField(label="Рабочее место")
    clinic = ChoiceField(label=CLINIC)

    def __init__(self, *args: Any, clinics: Choices, places: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["workplace"] = _list("Рабочее место", places, "Выберите рабочее место")
        self.fields["clinic"] = _list(CLINIC, clinics, "Выберите клинику")


class CancelForm(forms.Form):
    """Why a referral is taken back."""

    reason = TextField(label="Причина", max_length=300, rows=2)
