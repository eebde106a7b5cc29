"""The kit: every part on one page, a worklist over real rows, a form and an entry form that save nothing."""

import datetime as dt

from django import forms
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.kernel.errors import NotFound

from .. import queries
from ..types import Banner, Chart, Chip, Event, Hint, Progress, Section, Series
from . import cells
from .entry import Draft, draft_conflict, draft_saved, entry_page
from .fields import ChoiceField, ComboField, DayField, FlagField, NumberField, PressureField, TextField
from .forms import attempt, form_page
from .listing import Bulk, Button, Column, Search, Select, Tab, listing, plain
from .page import Request, chart_json, done, needs, page

DAY = dt.date(2026, 1, 26)
WORKER = Banner(
    name="Фёдорова Галина Александровна",
    about="48 лет, ж · СНИЛС 112-233-445 95",
    facts=(("Периодический осмотр", "26.01.2026"), ("АО «Пример»", "Машинист крана, стаж 3 года")),
    chips=(Chip("3.1", "АПФД"), Chip("4.4", "Шум"), Chip("4.3.2", "Общая вибрация"), Chip("6.1", "Высота")),
)
EVENTS = (
    Event(DAY, "Периодический осмотр: годен с ограничениями", "Областной центр профпатологии", "warn"),
    Event(dt.date(2025, 10, 14), "Прививка от гриппа", "Здравпункт", "ok"),
    Event(dt.date(2025, 3, 2), "Больничный лист, 9 дней", tone="bad"),
)
CHARTS = {
    "line": Chart(
        "line",
        ("янв", "фев", "мар", "апр"),
        (Series("План", (500, 1200, 2100, 3000), dashed=True), Series("Факт", (480, 1100, 2150, 2900))),
        "осмотров",
    ),
    "bar": Chart(
        "bar",
        ("АО «Первый»", "АО «Второй»", "ООО «Третий»"),
        (Series("Осмотрено", (38, 40, 12), "ok"), Series("Осталось", (62, 30, 80), "rest")),
        heading="Работодатель",
        links=("/ui/kit/list/?q=a", "/ui/kit/list/?q=b", "/ui/kit/list/?q=c"),
    ),
    "share": Chart(
        "share",
        ("Годен", "С ограничениями", "Не годен"),
        (Series("Решения", (3630, 384, 95)),),
        tones=("ok", "warn", "bad"),
    ),
    "heat": Chart(
        "heat",
        ("0–9 лет", "10–19 лет"),
        (Series("На 1000", ((0, 0, 1.4), (1, 0, 3.2), (0, 1, 2.7), (1, 1, 8.9))),),
        rows=("до 40", "40 и старше"),
    ),
}
HINTS = (Hint("За 3 года порог слуха вырос на 12 дБ", "фактор 4.4", "complaints"),)


class KitForm(forms.Form):
    """One field of each kind."""

    sections = (
        Section("Договор", ("number", "signed_on", "kind", "note"), columns=2, code="deal"),
        Section("Согласие", ("agreed",), columns=1, code="consent"),
    )
    number = TextField(label="Номер", hint="Как в бумажном договоре.")
    signed_on = DayField(label="Дата")
    kind = ChoiceField(
        label="Вид", choices=[(str(n), f"Вид {n}") for n in range(1, 9)], empty="Выберите вид", required=False
    )
    note = TextField(label="Примечание", rows=3, required=False, span=2)
    agreed = FlagField(label="Условия согласованы с работодателем", required=True)


def _choice(label: str, *words: str, norm: str = "", span: int = 1, required: bool = False) -> ChoiceField:
    choices = [(word, word) for word in words]
    return ChoiceField(label=label, choices=choices, norm=norm, span=span, required=required)


class KitEntry(forms.Form):
    """The look of an examination."""

    sections = (
        Section("Жалобы и анамнез", ("complaints", "history", "smoking", "alcohol", "allergy"), 4, "history"),
        Section("Измерения", ("height", "weight", "temperature", "pressure", "pulse"), 5, "measures"),
        Section("Объективный осмотр", ("state", "skin", "breath", "rales", "joints"), 5, "objective"),
        Section("Заключение", ("diagnosis", "group", "verdict", "advice"), 4, "verdict"),
    )
    complaints = TextField(label="Жалобы", norm="не предъявляет", span=2, required=False)
    history = TextField(label="Анамнез", norm="без особенностей", span=2, required=False)
    smoking = _choice("Курение", "нет", "бросил", "да", norm="нет")
    alcohol = _choice("Алкоголь", "нет", "умеренно", "да", norm="нет")
    allergy = TextField(label="Аллергия", norm="не отягощена", span=2, required=False)
    height = NumberField(label="Рост", unit="см", low=120, high=230)
    weight = NumberField(label="Масса тела", unit="кг", low=30, high=250, digits=1)
    temperature = NumberField(
        label="Температура",
        unit="°C",
        low=34,
        high=42,
        digits=1,
        ref="36,0–37,0",
        norm="36,6",
        required=False,
    )
    pressure = PressureField(label="АД", ref="< 130/< 85")
    pulse = NumberField(label="Пульс", unit="уд/мин", low=30, high=220, ref="60–90")
    state = _choice("Общее состояние", "удовл.", "средн.", "тяжёлое", norm="удовл.")
    skin = TextField(label="Кожа и слизистые", norm="чистые, обычной окраски", required=False)
    breath = TextField(label="Дыхание", norm="везикулярное", required=False)
    rales = _choice("Хрипы", "нет", "сухие", "влажные", norm="нет")
    joints = TextField(label="Суставы", norm="объём движений полный", required=False)
    diagnosis = ComboField(label="Диагноз по МКБ-10", source="/ui/kit/codes/", span=2)
    group = _choice("Группа здоровья", "I", "II", "IIIа", "IIIб", span=2, required=True)
    verdict = _choice(
        "Пригодность", "годен", "с ограничениями", "не годен", "дообследование", span=4, required=True
    )
    advice = TextField(label="Рекомендации", norm="наблюдение терапевта", span=4, required=False)


@needs("ui.kit")
def kit(request: Request) -> HttpResponse:
    """Show every part."""
    return page(
        request,
        "ui/kit.html",
        title="Образцы",
        worker=WORKER,
        events=EVENTS,
        steps=("Файл", "Столбцы", "Проверка", "Загрузка"),
        pairs=(("Номер", "15"), ("Выдано", cells.day(DAY)), ("Строк", cells.number(99874))),
        job=Progress("running", 45000, 100000, "Загружаем список работников"),
        failed=Progress(
            "failed", text="Файл не прочитан", errors=("Первый лист пуст. Выберите другой файл.",)
        ),
    )


@needs("ui.kit")
def kit_chart(request: Request, kind: str) -> HttpResponse:
    """Answer one chart of each kind."""
    if kind not in CHARTS:
        raise NotFound("Такой диаграммы нет. Откройте образцы заново.")
    return chart_json(CHARTS[kind])


@needs("ui.kit")
def kit_list(request: Request) -> HttpResponse:
    """Show a worklist over the tables of the product."""
    return listing(
        request,
        queries.tables(),
        title="Таблицы",
        noun="таблица,таблицы,таблиц",
        columns=(
            Column(
                "model", "Название", lambda row, _: cells.link(row.model, "#main"), "model", "title", "name"
            ),
            Column("module", "Модуль", plain("app_label"), "app_label", "line"),
            Column("number", "Номер", lambda row, _: cells.number(row.pk), "pk", "aside", "number"),
            Column("codes", "Факторы", lambda row, _: cells.chips(WORKER.chips), role="wide", width="narrow"),
            Column(
                "state", "Состояние", lambda row, _: cells.tag("Готово", "ok"), role="state", width="state"
            ),
        ),
        tabs=(Tab("auth", "Вход", Q(app_label="access")), Tab("none", "Никакие", Q(app_label=""))),
        filters=(Select("letter", "Все буквы", [("a", "А"), ("s", "С")], path="model__startswith"),),
        search=Search("Название", lambda rows, text: rows.filter(model__icontains=text)),
        order="model",
        totals=lambda rows: {"model": "Всего", "number": cells.number(rows.count())},
        size=10,
        mark=lambda row: str(row.pk),
        name=lambda row: row.model,
        bulk=(Bulk("Отметить", reverse("ui:kit_marks"), "check"),),
        buttons=(Button("Форма ввода", reverse("ui:kit_entry"), "clipboard-heart"),),
        empty="Таблиц нет.",
    )


@require_POST
@needs("ui.kit")
def kit_marks(request: Request) -> HttpResponse:
    """Say how many rows were marked."""
    marked = len(request.POST.getlist("id"))
    return done(request, f"Отмечено: {cells.counted(marked, 'строка,строки,строк')}.", "ui:kit_list")


@needs("ui.kit")
def kit_form(request: Request) -> HttpResponse:
    """Show a form; what is right is thanked for."""
    form = KitForm(request.POST or None)
    if attempt(form, lambda facts: facts):
        return done(request, "Договор проверен.", "ui:kit")
    return form_page(request, form, title="Новый договор", action="Записать договор", back=reverse("ui:kit"))


@needs("ui.kit")
def kit_entry(request: Request) -> HttpResponse:
    """Show an entry form."""
    form = KitEntry(request.POST or None)
    if attempt(form, lambda facts: facts):
        return done(request, "Осмотр завершён.", "ui:kit_entry")
    return entry_page(
        request,
        form,
        title="Осмотр",
        banner=WORKER,
        draft=Draft(reverse("ui:kit_draft"), "kit"),
        hints=HINTS,
        past=EVENTS[:2],
        skip=reverse("ui:kit"),
    )


@require_POST
@needs("ui.kit")
def kit_draft(request: Request) -> HttpResponse:
    """Answer an autosave; «конфликт» in the complaints shows one."""
    form = KitEntry(request.POST)
    form.is_valid()
    revision = int(request.POST.get("revision") or 0) if request.POST.get("revision", "").isdecimal() else 0
    if request.POST.get("complaints") == "конфликт" and revision < queries.SIZE:
        differs = [("Жалобы", "конфликт", "кашель по утрам")]
        url = reverse("ui:kit_entry")
        return draft_conflict(
            request, who="Орлова Н. В.", revision=queries.SIZE, differences=differs, url=url
        )
    at = dt.datetime(2026, 1, 26, 10, 42, 5)  # noqa: DTZ001 - an invented moment
    return draft_saved(request, form, revision=revision + 1, at=at, hints=HINTS)


@needs("ui.kit")
def kit_codes(request: Request) -> HttpResponse:
    """Answer the combobox."""
    known = (("H83.3", "Шумовые эффекты внутреннего уха"), ("T75.2", "Воздействие вибрации"))
    text = request.GET.get("q", "").casefold()
    found = [
        {"value": code, "code": code, "label": label}
        for code, label in known
        if text in code.casefold() or text in label.casefold()
    ]
    return JsonResponse(found, safe=False)


urlpatterns = [
    path("kit/", kit, name="kit"),
    path("kit/chart/<str:kind>/", kit_chart, name="kit_chart"),
    path("kit/list/", kit_list, name="kit_list"),
    path("kit/list/marks/", kit_marks, name="kit_marks"),
    path("kit/form/", kit_form, name="kit_form"),
    path("kit/entry/", kit_entry, name="kit_entry"),
    path("kit/entry/draft/", kit_draft, name="kit_draft"),
    path("kit/codes/", kit_codes, name="kit_codes"),
]
