"""The clinic's own bounds of norm: the table, a new line, the end of a line."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    ChoiceField,
    Column,
    DayField,
    NumberField,
    Request,
    Search,
    Section,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)

from ..actions.norms import norm_end as end
from ..actions.norms import norm_set as put
from ..models import ClinicNorm
from ..queries.norms import norm_of, norms
from ..rules.norms import indicators
from ..types.norms import OLDEST, OWN, NewNorm

SEXES = (("", "оба пола"), ("male", "мужчины"), ("female", "женщины"))
LARGEST = 10**9


class NormForm(forms.Form):
    """One line of the table."""

    sections = (
        Section("Показатель", ("indicator", "laboratory"), columns=2),
        Section("Для кого", ("sex", "age_from", "age_to"), columns=3),
        Section("Границы", ("low", "high", "since", "basis"), columns=2),
    )
    laboratory = TextField(
        label="Лаборатория", required=False, max_length=200,
        hint="Пусто — своя. Если лабораторий несколько, форма ввода спросит, чей результат.",
    )  # fmt: skip
    sex = ChoiceField(label="Пол", choices=SEXES, required=False)
    age_from = NumberField(label="Возраст с", unit="лет", low=0, high=OLDEST, required=False)
    age_to = NumberField(label="Возраст по", unit="лет", low=0, high=OLDEST, required=False)
    low = NumberField(label="Нижняя граница", digits=4, low=-LARGEST, high=LARGEST, required=False)
    high = NumberField(label="Верхняя граница", digits=4, low=-LARGEST, high=LARGEST, required=False)
    since = DayField(label="Действует с")
    basis = TextField(label="Основание", max_length=300, hint="Методика, паспорт набора, приказ клиники.")

    def __init__(self, *args: Any, known: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"] = ChoiceField(
            label="Исследование и показатель", choices=known, widget=forms.Select(), empty="Выберите"
        )

    def norm(self) -> NewNorm:
        """Return the line."""
        facts = self.cleaned_data
        test, field = facts["indicator"].rsplit("|", 1)
        age_to = facts["age_to"]
        return NewNorm(
            test=test, field=field, low=facts["low"], high=facts["high"], unit="", since=facts["since"],
            basis=facts["basis"], laboratory=facts["laboratory"].strip(), sex=facts["sex"] or "",
            age_from=int(facts["age_from"] or 0), age_to=OLDEST if age_to is None else int(age_to),
        )  # fmt: skip


class EndForm(forms.Form):
    """The first day without the bounds."""

    until = DayField(label="Не действует с", hint="С этого дня форма снова покажет черновик продукта.")


@needs("exams.norm_list")
def norm_list(request: Request) -> HttpResponse:
    """Show the table of the clinic."""
    actor, on = request.actor, today()
    valid = Q(until__isnull=True) | Q(until__gt=on)
    buttons = (
        Button("Новая норма", reverse("exams:norm_set"), "plus", "KeyN"),
        Button("Загрузить таблицу", reverse("exchange:import_upload", args=["norms"]), "file-spreadsheet"),
    )
    return listing(
        request,
        norms(actor),
        title="Нормы клиники",
        noun="норма,нормы,норм",
        columns=(
            Column("test", "Показатель", _indicator, "label", "title", "name"),
            Column("laboratory", "Лаборатория", lambda n, _: n.laboratory or OWN),
            Column("who", "Для кого", lambda n, _: _who(n)),
            Column("bounds", "Норма", lambda n, _: _bounds(n), role="aside"),
            Column("since", "С", lambda n, _: cells.day(n.since), "since", width="date"),
            Column("until", "До", lambda n, _: cells.day(n.until), "until", width="date"),
            Column("basis", "Основание", lambda n, _: n.basis),
        ),
        tabs=(Tab("now", "Действуют", valid), Tab("past", "Прежние", ~valid)),
        whole="",
        search=Search(
            "Исследование или показатель",
            lambda rows, text: rows.filter(Q(label__icontains=text) | Q(test__icontains=text)),
        ),
        order="test",
        buttons=buttons if actor.may("exams.norm_set") else (),
        empty="Своих норм ещё нет: форма ввода показывает границы продукта с пометкой «черновик».",
    )


@needs("exams.norm_set")
def norm_set(request: Request) -> HttpResponse:
    """Set bounds from a day on."""
    on = today()
    known = [(f"{item.test}|{item.field}", item.title) for item in indicators(on)]
    form = NormForm(request.POST or None, known=known, initial={"since": on, "sex": ""})
    row = attempt(form, lambda _: put(request.actor, norm=form.norm()))
    if row:
        return done(request, f"Норма записана: {row.label}.", "exams:norm_list")
    back = reverse("exams:norm_list")
    return form_page(request, form, title="Новая норма", action="Записать норму", back=back)


@needs("exams.norm_end")
def norm_end(request: Request, uid: UUID) -> HttpResponse:
    """End bounds."""
    row = norm_of(request.actor, uid)
    form = EndForm(request.POST or None, initial={"until": today()})
    if attempt(form, lambda facts: end(request.actor, norm=uid, until=facts["until"])):
        return done(request, "Норма завершена.", "exams:norm_list")
    return form_page(
        request, form, title=f"Завершить норму: {row.label}", lead=f"{_who(row)}, {_bounds(row)}",
        action="Завершить", back=reverse("exams:norm_list"),
    )  # fmt: skip


def _indicator(row: ClinicNorm, _: object) -> object:
    if row.until is not None:
        return cells.link(row.label, "#main", note=row.test)
    return cells.link(row.label, reverse("exams:norm_end", args=[row.uid]), note=row.test)


def _who(row: ClinicNorm) -> str:
    ages = "" if (row.age_from, row.age_to) == (0, OLDEST) else f", {row.age_from}–{row.age_to} лет"
    return f"{dict(SEXES)[row.sex]}{ages}"


def _bounds(row: ClinicNorm) -> str:
    low, high = (f"{v.normalize():f}".replace(".", ",") if v is not None else "" for v in (row.low, row.high))
    text = f"{low}–{high}" if low and high else f"≤ {high}" if high else f"≥ {low}"
    return f"{text} {row.unit}".strip()


urlpatterns = [
    path("norms/", norm_list, name="norm_list"),
    path("norms/new/", norm_set, name="norm_set"),
    path("norms/<uuid:uid>/end/", norm_end, name="norm_end"),
]
