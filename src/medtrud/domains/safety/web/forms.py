"""Forms of safety; what they offer is given by the view."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.urls import reverse_lazy

from medtrud.domains.absences.public import worker_named, worker_text
from medtrud.engines.ui.public import (
    ChoiceField,
    ComboField,
    DayField,
    FlagField,
    NumberField,
    Section,
    TextField,
)
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import divisions, employments_of, workplaces
from medtrud.registries.people.public import names_of

from ..types import INCIDENT_KINDS, ROLES, SEVERITIES, Moment, causes, controls

WORKERS: Any = reverse_lazy("absences:worker_search")
FACTORS: Any = reverse_lazy("hazards:code_search")
KOPECKS = 100
MOMENTS = ((str(Moment.BEFORE), "до мероприятия"), (str(Moment.AFTER), "после мероприятия"))


class ListField(ChoiceField):
    """One of many rows: always a list, even when there are few."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Select(), **more)

    def offer(self, rows: Sequence[tuple[str, str]], empty: str = "Не выбрано") -> None:
        """Give the rows to choose from."""
        self.choices = [("", empty), *rows]


class PlacedForm(forms.Form):
    """A form with a division and a workplace of the employer."""

    def __init__(self, *args: Any, actor: Actor, employer: int, **more: Any) -> None:
        super().__init__(*args, **more)
        self.actor = actor
        if "division" in self.fields:
            units = divisions(actor, employer=employer)
            self.fields["division"].offer([(str(row.pk), row.path) for row in units])  # type: ignore[attr-defined]
        if "workplace" in self.fields:
            rows = workplaces(actor, employer=employer)
            self.fields["workplace"].offer(  # type: ignore[attr-defined]
                [(str(row.pk), f"{row} — {row.division}" if row.division else str(row)) for row in rows]
            )

    def person(self, name: str = "worker") -> int | None:
        """Return whom the field means."""
        text = self.cleaned_data.get(name, "")
        if not text:
            return None
        return worker_named(self.actor, text).person_id

    def key(self, name: str) -> int | None:
        """Return the chosen row."""
        text = self.cleaned_data.get(name, "")
        return int(text) if text else None


class MeasureForm(PlacedForm):
    """A measure of the plan."""

    sections: tuple[Section, ...] = (
        Section("Что сделать", ("title", "control", "basis"), columns=1),
        Section("Где", ("division", "workplace", "factor"), columns=2),
        Section("Кто, когда, за сколько", ("worker", "due_on", "cost", "funding", "people"), columns=2),
    )
    title = TextField(label="Мероприятие", max_length=500)
    control = ListField(label="Уровень иерархии мер", hint="Сначала – устранить опасность, СИЗ – последнее")
    basis = TextField(
        label="Основание", required=False, max_length=300, hint="Карта СОУТ, предписание, оценка риска"
    )
    division = ListField(label="Подразделение", required=False)
    workplace = ListField(label="Рабочее место", required=False)
    factor = ComboField(label="Вредный фактор", source=FACTORS, required=False)
    worker = ComboField(label="Ответственный", source=WORKERS, required=False)
    due_on = DayField(label="Срок")
    cost = NumberField(label="Затраты по плану", required=False, low=0, digits=2, unit="₽")
    funding = TextField(label="Источник средств", required=False, max_length=200)
    people = NumberField(label="Улучшатся условия", required=False, low=0, digits=0, unit="чел.")
    why = TextField(label="Почему меняется срок", required=False, max_length=500)

    def __init__(self, *args: Any, changed: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        levels = [(row.code, f"{row.rank}. {row.title} – {row.hint}") for row in controls().values()]
        self.fields["control"].offer(levels)  # type: ignore[attr-defined]
        if changed:
            self.sections = (*self.sections, Section("История", ("why",), columns=1))
        else:
            del self.fields["why"]


class DoneForm(forms.Form):
    """What came of a measure."""

    done_on = DayField(label="Выполнено")
    result = TextField(label="Результат", rows=3, max_length=2000)
    spent = NumberField(label="Израсходовано", required=False, low=0, digits=2, unit="₽")


class WhyForm(forms.Form):
    """A reason."""

    why = TextField(label="Почему", max_length=500)


class ReadingForm(forms.Form):
    """A level before or after."""

    moment = ChoiceField(label="Когда измерено", choices=MOMENTS)
    value = NumberField(label="Уровень", digits=4)
    unit = TextField(
        label="Единица", max_length=20, hint="дБА, м/с², мг/м³ – одна для всех замеров мероприятия"
    )
    on = DayField(label="Дата измерения")
    source = TextField(label="Протокол", required=False, max_length=300)
    higher = FlagField(label="Лучше, когда больше (освещённость)")


class IncidentForm(PlacedForm):
    """What happened."""

    sections: tuple[Section, ...] = (
        Section("Происшествие", ("kind", "happened_on", "happened_time", "reported_on"), columns=2),
        Section("Где", ("division", "workplace", "place"), columns=2),
        Section("Что случилось", ("circumstances",), columns=1),
        Section("Пострадавший", ("worker", "injury", "severity", "group"), columns=2),
    )
    kind = ChoiceField(label="Вид", choices=list(INCIDENT_KINDS.items()))
    happened_on = DayField(label="Дата")
    happened_time = forms.TimeField(
        label="Время",
        required=False,
        widget=forms.TimeInput(attrs={"class": "input", "placeholder": "чч:мм"}),
    )
    reported_on = DayField(label="Сообщено", required=False)
    division = ListField(label="Подразделение", required=False)
    workplace = ListField(label="Рабочее место", required=False)
    place = TextField(label="Место", required=False, max_length=300)
    circumstances = TextField(label="Обстоятельства", rows=4, max_length=4000)
    worker = ComboField(
        label="Работник", source=WORKERS, required=False, hint="Для травмы и микротравмы обязателен"
    )
    injury = TextField(
        label="Характер повреждения",
        required=False,
        max_length=500,
        hint="Словами, без диагноза: порез пальца",
    )
    severity = ListField(label="Тяжесть несчастного случая", required=False)
    group = FlagField(label="Групповой")

    def __init__(self, *args: Any, changed: bool = False, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["severity"].offer([(str(code), title) for code, title in SEVERITIES.items()])  # type: ignore[attr-defined]
        if changed:
            del self.fields["kind"]
            first = Section("Происшествие", ("happened_on", "happened_time", "reported_on"), columns=2)
            self.sections = (first, *self.sections[1:])


class InvestigationForm(PlacedForm):
    """The beginning of an investigation."""

    sections = (
        Section("Расследование", ("order_number", "since", "due_on", "due_basis"), columns=2),
        Section("Председатель комиссии", ("worker", "post"), columns=2),
    )
    order_number = TextField(label="Приказ о комиссии", max_length=100)
    since = DayField(label="Начато")
    due_on = DayField(label="Завершить до", required=False)
    due_basis = TextField(label="Основание срока", required=False, max_length=300)
    worker = ComboField(label="Председатель", source=WORKERS)
    post = TextField(label="Должность", max_length=200)


class MemberForm(PlacedForm):
    """Somebody of the commission."""

    worker = ComboField(label="Работник", source=WORKERS)
    post = TextField(label="Должность", max_length=200)
    role = ChoiceField(label="Роль", choices=list(ROLES.items()), initial="member")


class CloseForm(forms.Form):
    """Causes and conclusions."""

    cause = ListField(label="Вид причины")
    why = TextField(label="Причины", rows=4, max_length=4000)
    conclusion = TextField(label="Выводы", rows=3, max_length=4000)
    closed_on = DayField(label="Дата")

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["cause"].offer(list(causes().items()))  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """The sick leave behind an injury."""

    sick_leave = ListField(label="Листок нетрудоспособности")

    def __init__(self, *args: Any, leaves: Iterable[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sick_leave"].offer(list(leaves))  # type: ignore[attr-defined]


class AuditForm(PlacedForm):
    """An inspection."""

    title = TextField(label="Что проверено", max_length=300)
    on = DayField(label="Дата")
    division = ListField(label="Подразделение", required=False)
    worker = ComboField(label="Кто проверил", source=WORKERS, required=False)
    remarks = NumberField(label="Замечаний", low=0, digits=0)
    grave = NumberField(label="Из них грубых", low=0, digits=0, initial=0)


def kopecks(value: Decimal | float | None) -> int | None:
    """Return money in kopecks."""
    return None if value is None else int((Decimal(str(value)) * KOPECKS).to_integral_value())


def whole(value: Decimal | float | None) -> int | None:
    """Return a whole number."""
    return None if value is None else int(value)


def time_of(facts: dict[str, Any]) -> dt.time | None:
    """Return the time of the day, if it was given."""
    time: dt.time | None = facts.get("happened_time")
    return time


def worker_shown(actor: Actor, person: int | None) -> str:
    """Return what the field of a worker shows before it is changed."""
    job = employments_of(actor, person=person).first() if person else None
    name = names_of(actor, [person]).get(person) if person else None
    return worker_text(job, name) if job and name else ""
