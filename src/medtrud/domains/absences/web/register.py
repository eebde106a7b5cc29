"""The register of absences and one absence with its versions."""

from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.exchange.public import origin_of
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Days,
    Request,
    Search,
    Select,
    Tab,
    Worklist,
    cells,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of, persons_search

from ..actions import absence_open
from ..models import Absence, AbsenceMedical
from ..queries import absence_of, absences, absences_unclosed, chain_of, history_of
from ..queries.journal import days_away
from ..types import KINDS, MEDICAL_KINDS, STATES, Kind, State, last_day, reasons, results

SICK = [str(kind) for kind in MEDICAL_KINDS]
TONES = {State.OPEN: "warn", State.CLOSED: "ok", State.CANCELLED: "bad"}
DAYS = Days("since", "Первый день", "since")
REGIMES = {"": "не указан", "outpatient": "амбулаторный", "inpatient": "стационарный"}


@needs("absences.absence_list")
def absence_list(request: Request) -> HttpResponse:
    """Show who was and is away, and why; a worker sees his own."""
    rows, declared = register_of(request)
    return listing(request, rows, **vars(declared))


def register_of(request: Request) -> tuple[QuerySet[Absence], Worklist]:
    """Return the rows of the register and how they are listed; the print shows the same ones."""
    actor, on = request.actor, today()
    others = actor.person is None or actor.organization is not None
    unclosed = absences_unclosed(actor, on=on).order_by().values("pk")
    away = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    return absences(actor, cancelled=True), Worklist(
        title="Отсутствия и больничные" if others else "Мои больничные",
        noun="отсутствие,отсутствия,отсутствий",
        columns=_columns(others=others),
        tabs=(
            Tab("away", "Сейчас отсутствуют", away & ~Q(state=State.CANCELLED)),
            Tab("late", "Период кончился, не закрыты", Q(pk__in=unclosed)),
            Tab("sick", "Листки нетрудоспособности", Q(kind__in=SICK) & ~Q(state=State.CANCELLED)),
            Tab("other", "Отпуска и прочее", ~Q(kind__in=SICK) & ~Q(state=State.CANCELLED)),
            Tab("work", "Причина на работе", Q(reason__in=["04", "07"]) & ~Q(state=State.CANCELLED)),
            Tab("cancelled", "Аннулированные", Q(state=State.CANCELLED)),
        ),
        filters=(
            Select("kind", "Все виды", list(KINDS.items())),
            Select("reason", "Все причины", [(c, f"{c} {row.title}") for c, row in reasons().items()]),
            Select(
                "part", "Первичные и продолжения", (("first", "Первичные"), ("next", "Продолжения")),
                where=lambda code: Q(case=F("document")) if code == "first" else ~Q(case=F("document")),
            ),
            DAYS,
        ),
        search=Search("ФИО, СНИЛС или номер "
            "листка", lambda rows, text: _found(actor, rows, text)) if others else None,
        order="-since",
        about=lambda rows: names_of(actor, [row.person_id for row in rows]),
        buttons=_buttons(actor),
        empty="Отсутствий ещё нет. Запишите листок или загрузите список из кадровой программы.",
    )  # fmt: skip


def _columns(*, others: bool) -> tuple[Column, ...]:
    who = Column("worker", "Работник", _link, "person__name_rank", "title", "name")
    rest = (
        Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
        Column("until", "По", lambda row, _: cells.day(last_day(row.until)), "until", width="date"),
        Column("days", "Дней", lambda row, _: cells.number(days_away(row, today())), width="number"),
        Column("kind", "Вид", lambda row, _: KINDS[Kind(row.kind)]),
        Column("reason", "Причина", _reason, "reason"),
        Column("number", "Номер листка", plain("number"), "number", width="narrow"),
        Column("part", "Листок", _part),
        Column("state", "Состояние", _state, role="state", width="state"),
    )
    if others:
        return (who, *rest)
    first = Column(
        "since", "С", lambda row, _: cells.link(cells.day(row.since), url_of(row)), "since", "title"
    )
    return (first, *rest[1:])


def _buttons(actor: Actor) -> tuple[Button, ...]:
    known = (
        ("absences.absence_add", "Записать отсутствие", "absences:absence_add", (), "plus"),
        (
            "absences.absences_import",
            "Загрузить список",
            "exchange:import_upload",
            ("absences",),
            "file-spreadsheet",
        ),
        ("absences.eln_take", "Файл ЭЛН", "absences:eln_take", (), "file-import"),
        ("absences.analysis", "Анализ", "absences:analysis", (), "chart-bar"),
        ("absences.register_print", "Печать", "absences:register_print", (), "printer"),
        ("absences.register_print", "В Excel", "absences:register_table", (), "file-spreadsheet"),
    )
    return tuple(
        Button(title, reverse(url, args=args), icon, carry=held == "absences.register_print")
        for held, title, url, args, icon in known
        if actor.may(held)
    )


def _found(actor: Actor, rows: Any, text: str) -> Any:
    number = "".join(text.split())
    return rows.filter(Q(person__in=persons_search(actor, text)) | Q(number__startswith=number))


def _link(row: Absence, names: dict[int, Any]) -> object:
    name = names.get(row.person_id)
    return cells.link(name.full if name else "Карта закрыта", url_of(row))


def url_of(row: Absence) -> str:
    """Return the address of an absence; it is the same for all its versions."""
    return reverse("absences:absence", args=[row.document])


def _reason(row: Absence, names: object) -> object:
    known = reasons().get(row.reason)
    return f"{row.reason} {known.title}" if known else cells.DASH


def _part(row: Absence, names: object) -> object:
    if row.kind not in MEDICAL_KINDS:
        return cells.DASH
    return "первичный" if row.primary else "продолжение"


def _state(row: Absence, names: object) -> object:
    return cells.tag(STATES[State(row.state)], TONES[State(row.state)])


@needs("absences.absence_list")
def absence(request: Request, uid: UUID) -> HttpResponse:
    """Show one absence; for those who read diagnoses it is an opening, and the worker will know."""
    actor = request.actor
    medical = None
    row = absence_of(actor, uid)
    if actor.may("absences.absence_open") and row.kind in MEDICAL_KINDS:
        row, medical = absence_open(actor, absence=uid)
    name = names_of(actor, [row.person_id]).get(row.person_id)
    kind = KINDS[Kind(row.kind)]
    chain = [each for each in chain_of(actor, row) if each.document != row.document]
    return page(
        request,
        "absences/absence.html",
        title=f"{kind}: {name.short}" if name else kind,
        row=row,
        facts=_facts(row),
        name=name,
        state=cells.tag(STATES[State(row.state)], TONES[State(row.state)]),
        chain=[(each, each.document == row.case, url_of(each)) for each in chain],
        versions=[(each, STATES[State(each.state)]) for each in history_of(actor, row)],
        medical=_medical(medical),
        origins=origin_of("absences.Absence", row.pk),
        sick=row.kind in MEDICAL_KINDS,
        may=_may(actor, row),
    )


def _may(actor: Actor, row: Absence) -> dict[str, bool]:
    standing = row.state != State.CANCELLED
    asked = ("absence_change", "absence_close", "absence_cancel", "medical_set")
    may = {name: standing and actor.may(f"absences.{name}") for name in asked}
    may["absence_close"] = may["absence_close"] and row.state == State.OPEN
    may["medical_set"] = may["medical_set"] and row.kind in MEDICAL_KINDS
    return may


def _facts(row: Absence) -> list[tuple[str, object]]:
    last = last_day(row.until)
    more = results().get(row.reason_more)
    facts: list[tuple[str, object]] = [
        ("Работодатель", str(row.employer)),
        ("Вид", KINDS[Kind(row.kind)]),
        ("Причина", _reason(row, None)),
        ("Дополнительный код", f"{row.reason_more} {more.title}" if more else row.reason_more),
        ("Номер листка", row.number),
        ("Первый день", cells.day(row.since)),
        ("Последний день", cells.day(last) if last else "не указан: отсутствие продолжается"),
        ("Дней", str(days_away(row, today()))),
        ("Основание", row.basis),
    ]
    return [(title, value) for title, value in facts if value and value != cells.DASH]


def _medical(row: AbsenceMedical | None) -> list[tuple[str, object]]:
    if row is None:
        return []
    result, breach = results().get(row.result), results().get(row.breach)
    facts: list[tuple[str, object]] = [
        ("Диагноз по МКБ-10", row.diagnosis),
        ("Медицинская организация", row.clinic_name or str(row.clinic or "")),
        ("Врач", row.doctor_post),
        ("Режим", REGIMES.get(row.regime, row.regime)),
        ("Исход", f"{row.result} {result.title}" if result else row.result),
        ("Нарушение режима", f"{row.breach} {breach.title}" if breach else row.breach),
    ]
    return [(title, value) for title, value in facts if value]
