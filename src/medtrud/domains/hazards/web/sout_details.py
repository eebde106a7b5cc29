"""What the exchange file asks for beyond a card typed by hand: the check before a download and its forms."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    ChoiceField,
    DayField,
    NumberField,
    Request,
    Section,
    TextField,
    attempt,
    done,
    form_page,
    needs,
    page,
)
from medtrud.registries.organizations.public import organization_of

from .. import actions
from ..drivers import ask_title, choices_of, place_asks
from ..models import SoutCard
from ..queries import (
    card_tree,
    head_of,
    sout_card_of,
    sout_export,
    sout_export_check,
    sout_report_of,
)
from ..rules.sout_levels import FACTOR_NAMES, FACTOR_TAGS
from ..types.sout_card import GUARANTEES
from ..types.sout_file import Ask, Tree, text_of
from .forms import ListField
from .sout_head_form import HeadForm, head_initial

SHOWN = 200
DIGITS = 4
FEW = 4  # answers shown side by side


@needs("hazards.sout_export_file")
def sout_export_show(request: Request) -> HttpResponse:
    """Show what the file still needs, each card with a link to the form that asks for it."""
    check = sout_export_check(request.actor, employer=organization_of(request.actor).pk, on=today())
    return page(
        request, "hazards/sout_export.html", title="Выгрузка карт СОУТ", check=check,
        cards=check.cards[:SHOWN], more=max(len(check.cards) - SHOWN, 0),
        may=request.actor.may("hazards.sout_card_complete"),
    )  # fmt: skip


@needs("hazards.sout_export_file")
def sout_export_file(request: Request) -> StreamingHttpResponse:
    """Download the cards in force as the exchange file."""
    employer = organization_of(request.actor).pk
    pieces = sout_export(request.actor, employer=employer, on=today())
    named = content_disposition_header(as_attachment=True, filename="СОУТ.xml") or ""
    return StreamingHttpResponse(
        _encoded(pieces), content_type="application/xml", headers={"Content-Disposition": named}
    )


def _encoded(pieces: Iterator[str]) -> Iterator[bytes]:
    for piece in pieces:
        yield piece.encode()


@needs("hazards.sout_head_set")
def sout_head_set(request: Request, uid: UUID) -> HttpResponse:
    """Write who assessed, with what, the commission and the employer's codes."""
    row = sout_report_of(request.actor, uid)
    known = head_of(request.actor, row, on=row.approved_on)
    form = HeadForm(request.POST or None, initial=head_initial(known))

    def act(_: dict[str, Any]) -> object:
        return actions.sout_head_set(request.actor, report=uid, head=form.head(known, row.pk))

    if attempt(form, act):
        return done(request, "Сведения отчёта записаны.", "hazards:sout_export_show")
    return form_page(
        request, form, title="Сведения отчёта для выгрузки", action="Записать сведения",
        lead=f"{row}. Сведения берут из титула отчёта и приложений к нему.",
        back=reverse("hazards:sout_report_show", args=[uid]),
    )  # fmt: skip


class DetailsForm(forms.Form):
    """One field for each detail a card lacks, by parts of the card."""

    def __init__(
        self, *args: Any, card: SoutCard, tree: Tree, asks: list[Ask], head: Tree, **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.asks = {f"detail_{number}": ask for number, ask in enumerate(asks)}
        parts: dict[str, list[str]] = {}
        for name, ask in self.asks.items():
            self.fields[name] = _field(ask, head, _initial(ask, card, tree))
            parts.setdefault(_part(ask), []).append(name)
        self.sections = tuple(Section(title, tuple(names), columns=2) for title, names in parts.items())

    def details(self) -> dict[str, str]:
        """Return what was written, by places of the file."""
        return {
            ask.path: value.isoformat() if isinstance(value, dt.date) else str(value)
            for name, ask in self.asks.items()
            if (value := self.cleaned_data.get(name)) not in (None, "")
        }


def _part(ask: Ask) -> str:
    if ask.names[0] == "Factors":
        name = FACTOR_NAMES[FACTOR_TAGS[ask.names[1]]]
        return f"{name[0].upper()}{name[1:]}"
    return "Гарантии и компенсации" if ask.names[0] == "Compensations" else "Карта"


def _field(ask: Ask, head: Tree, initial: object) -> forms.Field:
    label = _label(ask)
    hint = f"Сейчас не подходит: {ask.wrong}" if ask.wrong else ""
    if ask.kind == "ref":
        return _listed(label, _used(ask, head), initial)
    if 0 < len(ask.values) <= FEW:
        return ChoiceField(label=label, choices=choices_of(ask), initial=initial)
    if ask.values:
        return _listed(label, choices_of(ask), initial)
    if ask.kind == "day":
        return DayField(label=label, initial=initial)
    if ask.kind in ("whole", "number"):
        digits = 0 if ask.kind == "whole" else DIGITS
        return NumberField(label=label, digits=digits, initial=initial, hint=hint)
    return TextField(label=label, initial=initial, max_length=500, hint=hint)


def _listed(label: str, rows: list[tuple[str, str]], initial: object) -> forms.Field:
    field = ListField(label=label, initial=initial if initial or len(rows) != 1 else rows[0][0])
    field.offer(rows)
    return field


def _label(ask: Ask) -> str:
    if ask.names[0] == "Compensations":
        said = GUARANTEES.get(ask.names[1], ask.names[1])
        return f"{said[0].upper()}{said[1:]}: {'есть сейчас' if ask.names[-1][0] == 'A' else 'нужно'}"
    title = ask_title(ask)
    return f"{title[:1].upper()}{title[1:]}"


def _used(ask: Ask, head: Tree) -> list[tuple[str, str]]:
    assessor = head.get("AttestationOrganization", {})
    if "MeasuringTool" in ask.names:
        rows = assessor.get("Laboratory", {}).get("MeasuringTool", [])
        return [(row["@Id"], f"{row.get('Name', '')} № {row.get('SerialNumber', '')}") for row in rows]
    workers = assessor.get("Workers", {})
    people = [*workers.get("Expert", []), *workers.get("Worker", [])]
    return [(row["@Id"], " ".join(str(row["Name"].get(part, "")) for part in ("LastName", "FirstName")))
            for row in people]  # fmt: skip


def _initial(ask: Ask, card: SoutCard, tree: Tree) -> object:
    """Offer what follows from the card; the person confirms it."""
    last = ask.names[-1]
    if last == "WorkingConditions" and ask.names[0] == "Factors":
        return text_of(tree["Factors"][0].get(ask.names[1], {}).get("WorkingConditions")) or card.stated
    if last == "Name" and "MeasuringPlace" in ask.names:
        return card.position
    return {
        "SheetDate": card.since, "Date": card.measured_on, "Duration": 1, "WomansQuantity": 0,
        "TeenagersQuantity": 0, "InvalidsQuantity": 0, "WorkingConditions": card.stated,
        "ETKS_EKS_Issue": "Отсутствует", "RawMaterials": "Отсутствует", "SubUnit": card.unit or "Отсутствует",
    }.get(last)  # fmt: skip


@needs("hazards.sout_card_complete")
def sout_card_complete(request: Request, uid: UUID) -> HttpResponse:
    """Ask for the details one card lacks."""
    card = sout_card_of(request.actor, uid)
    tag, tree = card_tree(request.actor, card)
    asks = place_asks(tag, tree)
    if not asks:
        return done(request, "У карты есть все сведения для выгрузки.", "hazards:sout_card_show", uid)
    head = head_of(request.actor, card.report, on=card.since)
    if any(ask.kind == "ref" and not _used(ask, head) for ask in asks):
        text = "Сначала назовите экспертов и средства измерений отчёта: карта ссылается на них."
        return done(request, text, "hazards:sout_head_set", card.report.uid, tone="info")
    form = DetailsForm(request.POST or None, card=card, tree=tree, asks=asks, head=head)

    def act(_: dict[str, Any]) -> SoutCard:
        return actions.sout_card_complete(request.actor, card=uid, details=form.details())

    if attempt(form, act):
        return done(request, "Карта дополнена, прежняя версия сохранена.", "hazards:sout_export_show")
    return form_page(
        request, form, title=f"Сведения для выгрузки, карта № {card.card_number or card.number}",
        lead=f"{card.position}. Значения и классы карты остаются, какими были.", action="Дополнить карту",
        back=reverse("hazards:sout_export_show"),
    )  # fmt: skip
