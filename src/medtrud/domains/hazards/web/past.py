"""Work before the first record: written down by the physician from the work-book and other papers."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    ComboField,
    DayField,
    NumberField,
    Request,
    Section,
    TextField,
    attempt,
    done,
    form_page,
    needs,
)
from medtrud.registries.people.public import name_of, person_of

from .. import actions
from ..models import PastJob
from ..queries.past import past_job_of
from ..types.dose import air_categories
from ..types.past import PastFactor, PastJobIn
from .forms import CODES, ListField, class_choices

LINES = 3
CELLS = ("code", "class", "value", "norm", "category", "shifts")
MOST = 1e6
DAY = dt.timedelta(days=1)


class PastJobForm(forms.Form):
    """An earlier job and what was there."""

    employer = TextField(label="Организация", max_length=300, hint="как в трудовой книжке")
    post = TextField(label="Должность, профессия", max_length=300)
    since = DayField(label="Работал с")
    last = DayField(label="Последний день работы")
    document = TextField(
        label="Документ", max_length=300, hint="трудовая книжка, справка, карта аттестации: номер и дата"
    )
    sout_class = ListField(label="Итоговый класс условий", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["sout_class"].offer(class_choices(), "Не известен")  # type: ignore[attr-defined]
        parts = []
        for line in range(LINES):
            grade, category = (
                ListField(label="Класс по фактору", required=False),
                ListField(label="Категория работ (пыль)", required=False),
            )
            grade.offer(class_choices(), "Не известен")
            category.offer([(code, code) for code in air_categories()], "не нужна")
            self.fields |= {
                f"code_{line}": ComboField(label="Фактор", source=CODES, required=False),
                f"class_{line}": grade,
                f"value_{line}": NumberField(
                    label="Уровень за смену", low=0, high=MOST, digits=3, required=False,
                    hint="шум дБА, вибрация м/с², пыль мг/м³",
                ),
                f"norm_{line}": NumberField(label="ПДК (пыль)", low=0, high=MOST, digits=3, required=False),
                f"category_{line}": category,
                f"shifts_{line}": NumberField(
                    label="Смен в году (пыль)", low=1, high=366, digits=0, required=False
                ),
            }  # fmt: skip
            names = tuple(f"{name}_{line}" for name in CELLS)
            parts.append(Section(f"Фактор {line + 1}", names, columns=3))
        head = ("employer", "post", "since", "last", "document", "sout_class")
        self.sections = (Section("Работа", head, columns=2), *parts)

    def clean(self) -> dict[str, Any]:
        """Demand the code of a begun line."""
        facts = super().clean() or {}
        for line in range(LINES):
            said = [facts.get(f"{name}_{line}") for name in CELLS[1:]]
            if any(each not in (None, "") for each in said) and not facts.get(f"code_{line}"):
                self.add_error(f"code_{line}", "Укажите фактор или очистите строку.")
        return facts

    def job(self) -> PastJobIn:
        """Return the job as typed."""
        facts = self.cleaned_data
        lines = [line for line in range(LINES) if facts[f"code_{line}"]]
        return PastJobIn(
            facts["employer"], facts["post"], facts["since"], facts["last"] + DAY, facts["document"],
            facts["sout_class"], tuple(self._factor(line) for line in lines),
        )  # fmt: skip

    def _factor(self, line: int) -> PastFactor:
        facts = {name: self.cleaned_data[f"{name}_{line}"] for name in CELLS}
        shifts = facts["shifts"]
        return PastFactor(
            facts["code"], facts["class"], _float(facts["value"]), _float(facts["norm"]), facts["category"],
            int(shifts) if shifts is not None else None,
        )  # fmt: skip


class TakeBackForm(forms.Form):
    """Why an earlier job is taken back."""

    why = TextField(label="Что было неверно", max_length=300, rows=3)


def _float(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


@needs("hazards.past_job_add")
def past_job_add(request: Request, uid: UUID) -> HttpResponse:
    """Write an earlier job of a worker."""
    card = person_of(request.actor, uid)
    form = PastJobForm(request.POST or None)
    if attempt(form, lambda _: _kept(actions.past_job_add, request, form, person=uid)):
        return done(request, "Прежняя работа записана, экспозиция пересчитана.", "hazards:exposure_show", uid)
    return _form(request, form, card.pk, uid, title="Прежняя работа", action="Записать")


@needs("hazards.past_job_change")
def past_job_change(request: Request, uid: UUID) -> HttpResponse:
    """Correct an earlier job: a new version."""
    row = past_job_of(request.actor, uid)
    form = PastJobForm(request.POST or None, initial=_initial(row))
    card = person_of(request.actor, row.person.uid)
    if attempt(form, lambda _: _kept(actions.past_job_change, request, form, past_job=uid)):
        text = "Исправление записано новой версией, экспозиция пересчитана."
        return done(request, text, "hazards:exposure_show", card.uid)
    return _form(request, form, card.pk, card.uid, title="Исправить прежнюю работу", action="Исправить")


@needs("hazards.past_job_withdraw")
def past_job_withdraw(request: Request, uid: UUID) -> HttpResponse:
    """Take an earlier job back."""
    row = past_job_of(request.actor, uid)
    card = person_of(request.actor, row.person.uid)
    form = TakeBackForm(request.POST or None)
    if attempt(
        form, lambda facts: actions.past_job_withdraw(request.actor, past_job=uid, on=today(), **facts)
    ):
        text = "Запись о прежней работе снята, экспозиция пересчитана."
        return done(request, text, "hazards:exposure_show", card.uid)
    return _form(request, form, card.pk, card.uid, title=f"Снять запись: {row}", action="Снять")


def _kept(action: Any, request: Request, form: PastJobForm, **about: Any) -> PastJob:
    row: PastJob = action(request.actor, job=form.job(), on=today(), **about)
    return row


def _initial(row: PastJob) -> dict[str, Any]:
    values: dict[str, Any] = {
        "employer": row.employer, "post": row.post, "since": row.since, "last": row.until - DAY,
        "document": row.document, "sout_class": row.sout_class,
    }  # fmt: skip
    for line, said in enumerate(row.factors[:LINES]):
        values |= {f"{name}_{line}": said[name] for name in CELLS if name != "class"}
        values[f"class_{line}"] = said["sout_class"]
    return values


def _form(
    request: Request, form: forms.Form, person: int, uid: UUID, *, title: str, action: str
) -> HttpResponse:
    back = reverse("hazards:exposure_show", args=[uid])
    lead = name_of(request.actor, person).full
    return form_page(request, form, title=title, lead=lead, action=action, back=back)


urlpatterns = [
    path("exposure/<uuid:uid>/past/add/", past_job_add, name="past_job_add"),
    path("exposure/past/<uuid:uid>/", past_job_change, name="past_job_change"),
    path("exposure/past/<uuid:uid>/withdraw/", past_job_withdraw, name="past_job_withdraw"),
]
