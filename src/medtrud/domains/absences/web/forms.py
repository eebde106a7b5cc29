"""Forms of absences; what they offer is given here from the codes of the law."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from medtrud.engines.ui.public import (
    ChoiceField,
    ComboField,
    DayField,
    FileField,
    FlagField,
    Section,
    TextField,
)

from ..types import KINDS, MEDICAL_KINDS, NewAbsence, reasons, results
from .register import REGIMES

WORKERS: Any = reverse_lazy("absences:worker_search")
DIAGNOSES: Any = reverse_lazy("reference:code_search", args=["mkb10"])
REASON, KIND = "reason", "kind"


def why_choices() -> list[tuple[str, str]]:
    """Offer the reasons of the sick leave and the other kinds of absence in one list."""
    sick = [(f"{REASON}-{code}", f"{code} {row.title}") for code, row in reasons().items()]
    other = [(f"{KIND}-{kind}", title) for kind, title in KINDS.items() if kind not in MEDICAL_KINDS]
    return [("", "Не выбрано"), *sick, *other]


def coded(kind: str) -> list[tuple[str, str]]:
    """Offer codes of one kind."""
    return [
        ("", "Нет"),
        *((row.code, f"{row.code} {row.title}") for row in results().values() if row.kind == kind),
    ]


class AbsenceForm(forms.Form):
    """An absence: dates and reason, as the employer knows them."""

    sections = (
        Section("Отсутствие", ("worker", "why", "since", "last"), columns=2),
        Section("Документ", ("number", "reason_more", "going_on", "basis"), columns=2),
    )
    worker = ComboField(
        source=WORKERS, label="Работник", hint="Начните вводить фамилию, СНИЛС или табельный номер"
    )
    why = ChoiceField(label="Причина или вид", widget=forms.Select())
    since = DayField(label="Первый день")
    last = DayField(label="Последний день", required=False, hint="Пусто – отсутствие ещё продолжается")
    number = TextField(label="Номер листка", required=False, max_length=20)
    reason_more = ChoiceField(label="Дополнительный код", required=False, widget=forms.Select())
    going_on = FlagField(label="Продлён: последний день – только конец этого периода")
    basis = TextField(
        label="Основание", required=False, max_length=300, hint="Приказ об отпуске, номер и дата"
    )

    def __init__(self, *args: Any, who: bool = True, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["why"].choices = why_choices()  # type: ignore[attr-defined]
        self.fields["reason_more"].choices = coded("reason_add")  # type: ignore[attr-defined]
        if not who:
            del self.fields["worker"]
            first = Section("Отсутствие", ("why", "since", "last"), columns=2)
            self.sections = (first, *self.sections[1:])


class CloseForm(forms.Form):
    """The last day away."""

    last = DayField(label="Последний день отсутствия", hint="Накануне дня, когда работник вышел")


class CancelForm(forms.Form):
    """Why an absence does not count."""

    why = TextField(
        label="Почему аннулируется", max_length=300, hint="Например: аннулирован ФСС, записан по ошибке"
    )


class ElnForm(forms.Form):
    """An exchange file."""

    file = FileField(label="Файл ЭЛН", accept=".xml", hint="XML ответа на запрос листка или пакета листков")
    skip_bad = FlagField(label="Пропустить листки с ошибками")


class MedicalForm(forms.Form):
    """What only those who treat know."""

    sections = (
        Section("Диагноз", ("diagnosis", "doctor_post"), columns=2),
        Section("Лечение", ("regime", "result", "breach", "breach_on"), columns=2),
    )
    diagnosis = ComboField(source=DIAGNOSES, label="Диагноз по МКБ-10")
    doctor_post = TextField(label="Должность врача", required=False, max_length=200)
    regime = ChoiceField(label="Режим", required=False, choices=list(REGIMES.items()))
    result = ChoiceField(label="Исход", required=False, widget=forms.Select())
    breach = ChoiceField(label="Нарушение режима", required=False, widget=forms.Select())
    breach_on = DayField(label="Дата нарушения", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["result"].choices = coded("result")  # type: ignore[attr-defined]
        self.fields["breach"].choices = coded("breach")  # type: ignore[attr-defined]


def chosen(facts: dict[str, Any]) -> tuple[str, str]:
    """Read the one list of reasons and kinds: the reason, the kind; one of them is empty."""
    what, _, code = str(facts["why"]).partition("-")
    return (code, "") if what == REASON else ("", code)


def why_of(new: NewAbsence) -> str:
    """Return the choice that stands for an absence."""
    return f"{REASON}-{new.reason}" if new.reason else f"{KIND}-{new.kind}"
