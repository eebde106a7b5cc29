"""Cards of conditions: the list, one card with the reasons of its class, its versions."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Day,
    Request,
    Search,
    Select,
    Tab,
    cells,
    listing,
    needs,
    page,
)
from medtrud.kernel.identifiers import snils_format
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import divisions

from ..models import SoutCard, SoutLine
from ..queries import (
    alike_of,
    card_box,
    lines_of_card,
    source_of,
    sout_card_of,
    sout_cards,
    versions_of,
)
from ..rules.sout_law import edition_of
from ..rules.sout_terms import declared_until, reassess_by, reassessed_before
from ..rules.sout_words import level_printed, level_title
from ..types import classes, harmful_classes
from ..types.sout_card import ABOUT, GUARANTEES
from ..types.sout_file import PLACE_KINDS
from .workplaces import class_tag

SNILS = 11


@needs("hazards.sout_card_list")
def sout_card_list(request: Request) -> HttpResponse:
    """Show the cards in force on a day."""
    actor, asked = request.actor, Day("on", "На день", today())
    on = asked.day_of(request)
    rows = sout_cards(actor, on=on).select_related("report", "workplace", "workplace__division")
    due = Q(since__lte=reassessed_before(on))
    own = actor.may("hazards.sout_upload")
    return listing(
        request,
        rows,
        title="Карты СОУТ",
        noun="карта,карты,карт",
        columns=_columns(on),
        tabs=(
            Tab("harmful", "Вредные и опасные", Q(stated__in=harmful_classes())),
            Tab("differs", "Класс расходится", Q(differs=True)),
            Tab("due", "Пора переоценить", due),
            Tab("declared", "Декларированы", Q(kind="declared")),
        ),
        filters=(
            asked,
            Select(
                "division",
                "Все подразделения",
                [(row.pk, row.path) for row in divisions(actor, employer=actor.organization or 0)],
                where=lambda pk: Q(workplace__division=pk),
            ),
            Select(
                "class",
                "Все классы",
                [(code, f"{code} {row.title}") for code, row in classes().items()],
                where=lambda code: Q(stated=code),
            ),
            Select("kind", "Все виды", list(PLACE_KINDS.items()), where=lambda code: Q(kind=code)),
        ),
        search=Search("Номер или должность", _named),
        order="number",
        buttons=(
            Button("Загрузить отчёт", reverse("hazards:sout_upload"), "upload"),
            Button("Внести карту", reverse("hazards:sout_card_new"), "plus"),
            Button("Ознакомление", reverse("hazards:sout_reader_list"), "users"),
            Button("Выгрузить в XML", reverse("hazards:sout_export_show"), "download"),
        )
        if own
        else (),
        empty="Карт СОУТ ещё нет. Загрузите отчёт организации, проводившей оценку (.suot или XML), "
        "таблицу карт или внесите карту вручную.",
    )


def _columns(on: dt.date) -> tuple[Column, ...]:
    return (
        Column(
            "number", "Карта", lambda row, _: f"№{cells.NBSP}{row.number}", "number_key", "aside", "number"
        ),
        Column("position", "Рабочее место", _link, "position", "title", "name"),
        Column("unit", "Подразделение", lambda row, _: row.unit or cells.DASH),
        Column("workers", "Человек", lambda row, _: row.workers, "workers", "wide", "number"),
        Column("class", "Класс", lambda row, _: _stated(row), "stated", "state", "state"),
        Column("ppe", "С СИЗ", lambda row, _: row.stated_ppe or cells.DASH, role="wide", width="narrow"),
        Column("kind", "Вид", lambda row, _: PLACE_KINDS.get(row.kind, row.kind), role=""),
        Column("since", "Утверждена", lambda row, _: cells.day(row.since), "since", "line", "date"),
        Column("due", "Переоценить до", lambda row, _: _due(row, on), "since", "line", "date"),
    )


def _link(row: SoutCard, _: object) -> object:
    note = f"карта {row.card_number}" if row.card_number and row.card_number != row.number else ""
    return cells.link(row.position, reverse("hazards:sout_card_show", args=[row.uid]), note=note)


def _stated(row: SoutCard) -> object:
    tag = class_tag(row.stated) if row.stated in classes() else cells.muted("класс не указан")
    if not row.differs:
        return tag
    follows = row.derived or row.derivation.get("follows", "")
    return cells.joined([tag, cells.tag(f"расчёт {follows}" if follows else "расходится", "bad")])


def _due(row: SoutCard, on: dt.date) -> object:
    if row.kind == "declared":
        return cells.muted(f"декларация до {declared_until(row.since):%d.%m.%Y}")
    by = reassess_by(row.since)
    return cells.tag(f"просрочена {by:%d.%m.%Y}", "bad") if by <= on else cells.day(by)


def _named(rows: Any, text: str) -> Any:
    bare = text.strip()
    return rows.filter(
        Q(number__startswith=bare)
        | Q(position__icontains=bare)
        | Q(workplace__title_key__contains=sort_key(bare))
    )


@needs("hazards.sout_card_show")
def sout_card_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a card: header, lines of 030 with their reasons, guarantees, versions."""
    actor = request.actor
    card = sout_card_of(actor, uid)
    source = source_of(actor, card)
    lines = lines_of_card(actor, card)
    return page(
        request,
        "hazards/sout_card.html",
        title=f"Карта СОУТ № {card.card_number or card.number}",
        lead=card.position,
        card=card,
        source=source if source.pk != card.pk else None,
        kind=PLACE_KINDS.get(card.kind, card.kind),
        stated=class_tag(card.stated) if card.stated in classes() else "—",
        stated_title=classes()[card.stated].title if card.stated in classes() else "класс не определён",
        derivation=source.derivation,
        derived=source.derived,
        differs=card.differs,
        due=reassess_by(card.since),
        overdue=reassess_by(card.since) <= today(),
        lines=[_line(line, source) for line in lines],
        guarantees=_guarantees(card),
        about=[(ABOUT[tag], text) for tag, text in card.about.items() if tag in ABOUT and text],
        numbers=_numbers(card),
        alike=alike_of(actor, card),
        versions=versions_of(actor, card),
        report=card.report,
        may=actor.may("hazards.sout_codes_confirm") and card.employer_id == actor.organization,
    )


def _line(line: SoutLine, card: SoutCard) -> dict[str, Any]:
    factors = edition_of(card.since, card.derivation.get("act", "")).factors()
    return {
        "row": line,
        "title": factors[line.factor].title if line.factor in factors else line.factor,
        "levels": [(level_title(level), level_printed(level)) for level in line.levels],
        "stated": class_tag(line.stated) if line.stated in classes() else "—",
        "derived": class_tag(line.derived) if line.derived else "—",
    }


def _guarantees(card: SoutCard) -> list[tuple[str, str, str, str]]:
    found = []
    for tag, title in GUARANTEES.items():
        said = card.guarantees.get(tag)
        if isinstance(said, dict):
            words = {"1": "да", "0": "нет"}
            actual, needed = said.get("ActualAvailability", ""), said.get("NeedToEstablish", "")
            found.append(
                (title, words.get(actual, "—"), words.get(needed, "—"), said.get("Reason", "") or "—")
            )
    return found


def _numbers(card: SoutCard) -> list[str]:
    """Return line 021 as people read it."""
    digits = ["".join(filter(str.isdigit, text)) for text in card_box(card)["snils"]]
    return [snils_format(each) if len(each) == SNILS else "отсутствует" for each in digits]
