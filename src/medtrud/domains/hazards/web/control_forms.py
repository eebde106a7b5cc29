"""Forms of production control; what they offer is given by the view."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from medtrud.engines.ui.public import ComboField, DayField, NumberField, Section, TextField
from medtrud.registries.organizations.public import Workplace

from ..types.control import InstrumentIn, ProtocolIn, ValueIn
from ..types.dose import air_categories
from .forms import CODES, ListField, placed

LINES = 4
CELLS = ("workplace", "code", "value", "unit", "norm_max", "hours", "category", "shifts")
HIGH = 1e9


class ControlLineForm(forms.Form):
    """A line of the programme."""

    sections = (
        Section("Что и где", ("workplace", "code", "substance"), columns=2),
        Section("Как и когда", ("method", "period_months", "since", "basis"), columns=2),
    )
    workplace = ListField(label="Рабочее место")
    code = ComboField(label="Фактор", source=CODES)
    substance = TextField(label="Вещество или показатель", required=False, max_length=300)
    method = TextField(label="Методика измерений", required=False, max_length=300)
    period_months = NumberField(label="Измерять раз в, месяцев", low=1, high=120, digits=0)
    since = DayField(label="Действует с")
    basis = TextField(label="Основание", required=False, max_length=300, hint="программа, приказ, карта СОУТ")

    def __init__(self, *args: Any, places: Sequence[Workplace], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["workplace"].offer(placed(places))  # type: ignore[attr-defined]

    def clean_period_months(self) -> int:
        """Return whole months."""
        return int(self.cleaned_data["period_months"])


class ProtocolForm(forms.Form):
    """A protocol with a few values; a long one is imported."""

    number = TextField(label="Номер протокола", max_length=80)
    measured_on = DayField(label="Дата измерений")
    issued_on = DayField(label="Дата протокола", required=False)
    laboratory = TextField(label="Лаборатория", max_length=300)
    accreditation = TextField(label="Аттестат аккредитации", required=False, max_length=100)
    instrument = TextField(label="Средство измерений", required=False, max_length=200)
    serial = TextField(label="Заводской номер", required=False, max_length=80)
    certificate = TextField(label="Свидетельство о поверке", required=False, max_length=120)
    verified_until = DayField(
        label="Поверка действует по",
        required=False,
        hint="если срок вышел до измерений, протокол не учитывается",
    )

    def __init__(self, *args: Any, places: Sequence[Workplace], lines: int = LINES, **more: Any) -> None:
        super().__init__(*args, **more)
        self.lines = lines
        self.places = {str(row.uid): row.pk for row in places}
        offered = placed(places)
        parts = []
        for line in range(lines):
            place = ListField(label="Рабочее место", required=not line)
            place.offer(offered)
            categories = [(code, code) for code in air_categories()]
            category = ListField(label="Категория работ", required=False)
            category.offer(categories, "не нужна")
            self.fields |= {
                f"workplace_{line}": place,
                f"code_{line}": ComboField(label="Фактор", source=CODES, required=not line),
                f"value_{line}": NumberField(
                    label="Значение", low=-HIGH, high=HIGH, digits=3, required=not line
                ),
                f"unit_{line}": TextField(label="Единица", max_length=20, required=not line),
                f"norm_max_{line}": NumberField(label="Норма", low=0, high=HIGH, digits=3, required=False),
                f"hours_{line}": NumberField(label="Часов", low=0, high=24, digits=2, required=False),
                f"category_{line}": category,
                f"shifts_{line}": NumberField(label="Смен в году", low=1, high=366, digits=0, required=False),
            }
            names = tuple(f"{name}_{line}" for name in CELLS)
            parts.append(Section(f"Измерение {line + 1}", names, columns=4))
        head = ("number", "measured_on", "issued_on", "laboratory", "accreditation")
        meter = ("instrument", "serial", "certificate", "verified_until")
        self.sections = (
            Section("Протокол", head, columns=3), Section("Прибор", meter, columns=4), *parts,
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Demand that a begun line is whole."""
        facts = super().clean() or {}
        for line in range(self.lines):
            said = {name: facts.get(f"{name}_{line}") for name in ("workplace", "code", "value", "unit")}
            if any(_given(each) for each in said.values()):
                for name, value in said.items():
                    if not _given(value) and f"{name}_{line}" not in self.errors:
                        self.add_error(f"{name}_{line}", "Заполните или очистите всю строку измерения.")
        return facts

    def protocol(self) -> ProtocolIn:
        """Return the protocol as the action takes it."""
        facts = self.cleaned_data
        meter = InstrumentIn(
            facts["instrument"], facts["serial"], facts["certificate"], facts["verified_until"]
        )
        return ProtocolIn(
            number=facts["number"], measured_on=facts["measured_on"], issued_on=facts["issued_on"],
            laboratory=facts["laboratory"], accreditation=facts["accreditation"],
            values=tuple(self._value(line) for line in range(self.lines) if facts[f"workplace_{line}"]),
            instruments=(meter,) if meter.title.strip() else (),
        )  # fmt: skip

    def _value(self, line: int) -> ValueIn:
        facts = {name: self.cleaned_data[f"{name}_{line}"] for name in CELLS}
        return ValueIn(
            workplace=self.places[str(UUID(facts["workplace"]))], code=facts["code"],
            value=float(facts["value"]), unit=facts["unit"], norm_max=_float(facts["norm_max"]),
            hours=_float(facts["hours"]), category=facts["category"],
            shifts=int(facts["shifts"]) if _given(facts["shifts"]) else None,
        )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why a protocol is withdrawn."""

    why = TextField(label="Почему протокол отзывается", max_length=300, rows=3)


def _given(value: object) -> bool:
    return value not in (None, "")


def _float(value: Any) -> float | None:
    return float(value) if _given(value) else None
