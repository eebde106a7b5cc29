"""Forms of the register of substances."""

from collections.abc import Sequence
from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, FileField, NumberField, Section, TextField

from ..models import Chemical
from ..types.chemicals import HAZARDS, ChemicalIn, ChemicalState
from .forms import Choices, ListField

LONG = 300


class ChemicalForm(forms.Form):
    """The passport of a substance."""

    sections: tuple[Section, ...] = (
        Section("Вещество", ("name", "cas", "supplier"), columns=3),
        Section("Норматив и опасность", ("pdk_max", "pdk_ss", "pdk_basis", "hazard", "letters"), columns=3),
        Section("Обучение до начала работы", ("training", "training_months"), columns=2),
    )
    name = TextField(label="Название", max_length=LONG, hint="Как в паспорте безопасности")
    cas = TextField(label="Номер CAS", required=False, max_length=12, hint="Например: 67-64-1")
    supplier = TextField(label="Поставщик", required=False, max_length=LONG)
    pdk_max = NumberField(
        label="ПДК максимальная", unit="мг/м³", required=False, low=0, high=100000, digits=6
    )
    pdk_ss = NumberField(
        label="ПДК среднесменная", unit="мг/м³", required=False, low=0, high=100000, digits=6
    )
    pdk_basis = TextField(label="Откуда ПДК", required=False, max_length=LONG, hint="Действующие нормативы")
    hazard = ListField(label="Класс опасности", required=False)
    letters = TextField(label="Особенности А К Р Ф О", required=False, max_length=5)
    training = TextField(label="Какое обучение пройти", required=False, max_length=LONG)
    training_months = NumberField(label="Действует, мес.", required=False, low=1, high=120)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["hazard"].offer([(str(code), title) for code, title in HAZARDS.items()], "Не указан")  # type: ignore[attr-defined]

    def passport(self) -> ChemicalIn:
        """Return the passport as typed."""
        facts = self.cleaned_data
        return ChemicalIn(
            facts["name"],
            facts["cas"],
            facts["pdk_max"],
            facts["pdk_ss"],
            facts["pdk_basis"],
            int(facts["hazard"]) if facts["hazard"] else None,
            facts["letters"],
            facts["supplier"],
            facts["training"],
            int(facts["training_months"]) if facts["training_months"] else None,
        )

    @staticmethod
    def known(row: Chemical) -> dict[str, Any]:
        """Return what the register says, for the first look."""
        names = ("name", "cas", "supplier", "pdk_basis", "letters", "training", "training_months")
        shown = {name: getattr(row, name) for name in names}
        for name in ("pdk_max", "pdk_ss"):
            value = getattr(row, name)
            shown[name] = None if value is None else value.normalize().__format__("f")
        return shown | {"hazard": str(row.hazard or "")}


class RequestForm(ChemicalForm):
    """A request to buy a substance."""

    sections = (*ChemicalForm.sections, Section("Зачем", ("purpose",)))
    purpose = TextField(label="Для какой работы", max_length=LONG, rows=2)


class DecideForm(forms.Form):
    """A decision about a substance."""

    sections = (Section("Решение", ("state", "text", "on", "until"), columns=2),)
    state = ChoiceField(
        label="Решение",
        choices=(
            (ChemicalState.APPROVED, "разрешить"),
            (ChemicalState.REFUSED, "отказать"),
            (ChemicalState.WITHDRAWN, "снять разрешение"),
        ),
    )
    text = TextField(label="Почему", max_length=1000, rows=3)
    on = DayField(label="С какого дня")
    until = DayField(label="Разрешено до", required=False, hint="Пусто — без срока")


class UseForm(forms.Form):
    """Where a substance is worked with."""

    sections = (Section("Место", ("workplace", "division", "amount", "since"), columns=2),)
    workplace = ListField(label="Рабочее место", required=False)
    division = ListField(label="или подразделение целиком", required=False)
    amount = TextField(label="Сколько", required=False, max_length=100, hint="Например: 20 л в месяц")
    since = DayField(label="Работают с")

    def __init__(self, *args: Any, workplaces: Choices, divisions: Choices, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["workplace"].offer(workplaces)  # type: ignore[attr-defined]
        self.fields["division"].offer(divisions)  # type: ignore[attr-defined]


class UseEndForm(forms.Form):
    """The day from which a substance is no longer worked with."""

    until = DayField(label="Не работают с")


class SheetForm(forms.Form):
    """A safety data sheet."""

    sections = (Section("Паспорт безопасности", ("file", "dated_on"), columns=2),)
    file = FileField(label="Файл", accept=".pdf,.jpg,.png,.docx")
    dated_on = DayField(label="Дата паспорта")


class TrainForm(forms.Form):
    """Who was trained."""

    employments = forms.MultipleChoiceField(label="Работники", widget=forms.CheckboxSelectMultiple())
    on = DayField(label="Дата обучения")
    basis = TextField(label="Протокол", required=False, max_length=200)

    def __init__(self, *args: Any, workers: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["employments"].choices = list(workers)  # type: ignore[attr-defined]
