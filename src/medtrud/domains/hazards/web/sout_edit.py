"""A card by hand, its class while one types; who has read a card; papers and files of cards."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from medtrud.domains.documents.public import paper_answer
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DayField, Request, attempt, done, form_page, needs, page
from medtrud.kernel.errors import Refused

from .. import actions
from ..models import SoutCard
from ..queries import lines_of_card, sout_card_of, sout_report_of
from ..queries.filed import card_document, summary_document
from ..queries.sout_papers import card_form, readers_of, summary_form
from ..rules.sout_derive import act_of, derive
from ..rules.sout_law import edition_of
from ..types.sout_card import CardIn, ReportIn
from .sout_forms import CardForm, initial_of


@needs("hazards.sout_card_set")
def sout_card_new(request: Request) -> HttpResponse:
    """Write a card by hand."""
    return _edit(request, None, reverse("hazards:sout_card_list"))


@needs("hazards.sout_card_set")
def sout_card_change(request: Request, uid: UUID) -> HttpResponse:
    """Write a new version of a card; the former one stays."""
    card = sout_card_of(request.actor, uid)
    return _edit(request, card, reverse("hazards:sout_card_show", args=[uid]))


def _edit(request: Request, card: SoutCard | None, back: str) -> HttpResponse:
    begin = (
        initial_of(card, lines_of_card(request.actor, card), today()) if card else {"approved_on": today()}
    )
    form = CardForm(request.POST or None, initial=begin)

    def act(facts: dict[str, Any]) -> SoutCard:
        return actions.sout_card_set(
            request.actor, card=form.card(), approved_on=facts["approved_on"], number=facts["report_number"],
            assessor=facts["assessor"], workplace=card.workplace.uid if card else None,
        )  # fmt: skip

    if row := attempt(form, act):
        return done(request, "Карта записана, прежняя версия сохранена.", "hazards:sout_card_show", row.uid)
    title = f"Новая версия карты № {card.card_number or card.number}" if card else "Новая карта СОУТ"
    return form_page(
        request, form, "hazards/sout_edit.html", title=title, action="Записать карту", back=back,
        derived=_derived(form) if form.is_bound else None,
    )  # fmt: skip


@require_POST
@needs("hazards.sout_card_set")
def sout_card_derive(request: Request) -> HttpResponse:
    """Say which class follows from what is typed so far; nothing is written."""
    form = CardForm(request.POST)
    form.is_valid()
    return page(request, "hazards/sout_derived.html", derived=_derived(form))


def _derived(form: CardForm) -> dict[str, Any]:
    given = form.cleaned_data if hasattr(form, "cleaned_data") else {}
    on: dt.date = given.get("approved_on") or today()
    card = CardIn("1", "1", stated=given.get("stated") or "", lines=list(form.typed(given)))
    if not card.lines:
        return {"empty": True}
    try:
        report = ReportIn(on, act_of(on))
        found = derive(card, report)
    except Refused as refusal:
        return {"refused": refusal.text}
    factors = edition_of(on, report.act).factors()
    lines = [
        {"title": factors[factor].title, "class": code, "differs": differs, "reasons": reasons}
        for factor, (code, differs, reasons) in found.lines.items()
    ]
    return {"total": found.total, "lines": lines, "said": found.said, "compared": found.said["compared"]}


class AcquaintForm(forms.Form):
    """Who has read the card, and when."""

    persons = forms.MultipleChoiceField(label="Ознакомлены", widget=forms.CheckboxSelectMultiple())
    on = DayField(label="Дата ознакомления")


@needs("hazards.sout_acquaint")
def sout_acquaint(request: Request, uid: UUID) -> HttpResponse:
    """Record who has read the card; show who must and until when."""
    card = sout_card_of(request.actor, uid)
    readers = readers_of(request.actor, card, on=today())
    form = AcquaintForm(request.POST or None, initial={"on": today()})
    form.fields["persons"].choices = [  # type: ignore[attr-defined]
        (str(each.person), f"{each.name}, до {each.by:%d.%m.%Y}{' — просрочено' if each.late else ''}")
        for each in readers if each.on is None
    ]  # fmt: skip

    def act(facts: dict[str, Any]) -> tuple[int]:
        chosen = [int(person) for person in facts["persons"]]
        return (actions.sout_acquaint(request.actor, card=uid, persons=chosen, on=facts["on"]),)

    back = reverse("hazards:sout_card_show", args=[uid])
    if answer := attempt(form, act):
        return done(request, f"Записано ознакомление: {answer[0]}.", "hazards:sout_acquaint", uid)
    return form_page(
        request, form, "hazards/sout_acquaint.html", title="Ознакомление с картой СОУТ", lead=str(card),
        action="Записать", back=back, readers=readers,
    )  # fmt: skip


@needs("hazards.sout_card_print")
def sout_card_print(request: Request, uid: UUID) -> HttpResponse:
    """Print a card."""
    card = sout_card_of(request.actor, uid)
    return paper_answer(
        request.actor,
        paper=card_document(card),
        template="hazards/sout_card.typ",
        form=card_form(request.actor, card),
        name=f"Карта СОУТ {card.number}.pdf",
        inline=True,
    )


@needs("hazards.sout_card_print")
def sout_summary_print(request: Request, uid: UUID) -> HttpResponse:
    """Print the summary sheet of a report."""
    row = sout_report_of(request.actor, uid)
    return paper_answer(
        request.actor,
        paper=summary_document(row),
        template="hazards/sout_summary.typ",
        form=summary_form(request.actor, row),
        name="Сводная ведомость СОУТ.pdf",
        inline=True,
    )
