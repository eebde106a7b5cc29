"""The register of substances on screen: list, card, requests and decisions, the print."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.domains.documents.public import paper_answer
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
    plain,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import organization_of
from medtrud.registries.people.public import names_of

from .. import actions
from ..models import Chemical
from ..queries.chemicals import (
    allowed,
    chemical_of,
    chemicals,
    chemicals_unapproved,
    names_unlisted,
    passport_of,
    places_of,
    steps_of,
    trainings_of,
    untrained,
    used,
    uses_of,
)
from ..queries.filed import list_document
from ..rules.chemicals import review
from ..types.chemicals import HAZARDS, ChemicalState
from .chemicals_forms import ChemicalForm, DecideForm, RequestForm, SheetForm

SHORT = {
    "chem_irritant": "раздражающее",
    "chem_allergen_high": "аллерген высокоопасный",
    "chem_allergen_moderate": "аллерген умеренный",
    "chem_antitumor": "противоопухолевое, гормон",
    "chem_narcotic_analgesic": "наркотический анальгетик",
    "chem_enzyme": "фермент",
    "chem_acute": "острого действия",
    "chem_carcinogen_repro": "канцероген",
}


@needs("hazards.chemical_list")
def chemical_list(request: Request) -> HttpResponse:
    """Show the register of substances."""
    actor, on = request.actor, today()
    employer = organization_of(actor).pk
    flagged = Q(used(on)) & ~allowed(on)
    return listing(
        request,
        chemicals(actor, employer=employer),
        template="hazards/chemical_list.html",
        extra={
            "unlisted": names_unlisted(actor, employer=employer, on=on),
            "untrained": len(untrained(actor, employer=employer, on=on)),
        },
        title="Химические вещества",
        noun="вещество,вещества,веществ",
        columns=(
            Column("name", "Вещество", _link, "name_key", "title", "name"),
            Column("cas", "CAS", plain("cas"), role="aside", width="narrow"),
            Column("hazard", "Класс опасности", plain("hazard"), "hazard", width="number"),
            Column("pdk", "ПДК, мг/м³", lambda row, about: limits(row)),
            Column("features", "Перечни и буквы", lambda row, about: cells.chips(chips(row))),
            Column("where", "Где применяется", lambda row, about: _where(about.get(row.pk, []))),
            Column(
                "state", "Состояние", lambda row, about: _state(row, about, on), role="state", width="state"
            ),
        ),
        tabs=(
            Tab("flagged", "Работают без разрешения", flagged),
            Tab("waiting", "Ждут решения", Q(state=ChemicalState.REQUESTED)),
            Tab("approved", "Разрешены", allowed(on)),
            Tab("refused", "Отказано и снято", Q(state__in=(ChemicalState.REFUSED, ChemicalState.WITHDRAWN))),
        ),
        filters=(
            Select("hazard", "Все классы опасности", [(str(code), title) for code, title in HAZARDS.items()]),
            Select(
                "feature",
                "Все перечни",
                list(SHORT.items()),
                where=lambda code: Q(features__contains=[code]),
            ),
        ),
        search=Search("Название или CAS", _named),
        order="name",
        about=lambda rows: places_of(actor, [row.pk for row in rows], on=on),
        buttons=(
            Button("Запросить вещество", reverse("hazards:chemical_request"), "plus"),
            Button("Печать реестра", reverse("hazards:chemicals_print"), "printer"),
        ),
        empty="Веществ ещё нет. Запросите первое или загрузите реестр из таблицы.",
    )


def _link(row: Chemical, about: Any) -> object:
    return cells.link(row.name, reverse("hazards:chemical_show", args=[row.uid]), note=row.supplier)


def _where(places: list[str]) -> object:
    if not places:
        return cells.DASH
    return f"{places[0]} и ещё {len(places) - 1}" if len(places) > 1 else places[0]


def _state(row: Chemical, about: Any, on: dt.date) -> object:
    if row.pk in about and not in_order(row, on):
        return cells.tag(f"работают: {state_of(row, on)}", "bad")
    return cells.tag(state_of(row, on), row.tone if in_order(row, on) or row.state != "approved" else "bad")


def in_order(row: Chemical, on: dt.date) -> bool:
    """Tell whether a substance is approved on a day."""
    return row.state == ChemicalState.APPROVED and (row.valid_until is None or row.valid_until > on)


def state_of(row: Chemical, on: dt.date) -> str:
    """Return the state of a day in words: an approval ends by itself."""
    if row.state == ChemicalState.APPROVED and not in_order(row, on):
        return "разрешение кончилось"
    return row.state_title


def chips(row: Chemical) -> list[Chip]:
    """Return the lists and letters of a substance."""
    return [Chip(SHORT.get(code, code), "Перечень методики СОУТ") for code in row.features] + [
        Chip(letter, "Буква приложения к Порядку № 29н") for letter in row.letters
    ]


def limits(row: Chemical) -> str:
    """Return both limits as they are printed: max / shift."""
    both = [None if each is None else cells.number(each.normalize()) for each in (row.pdk_max, row.pdk_ss)]
    if both == [None, None]:
        return cells.DASH
    return both[0] or "" if both[1] is None else f"{both[0] or '—'} / {both[1]}"


def _named(rows: Any, text: str) -> Any:
    return rows.filter(Q(name_key__contains=sort_key(text)) | Q(cas__startswith=text.strip()))


@needs("hazards.chemical_show")
def chemical_show(request: Request, uid: UUID) -> HttpResponse:
    """Show a substance: passport, what the tables say, decisions, where it is used, who was trained."""
    actor, on = request.actor, today()
    row = chemical_of(actor, uid)
    found = review(passport_of(row), on, sheet=row.sheet_id is not None)
    trained = list(trainings_of(actor, chemical=row)[:200])
    missing = [each for each in untrained(actor, employer=row.employer_id, on=on) if each.chemical == row.uid]
    names = names_of(actor, [*(each.person_id for each in trained), *(each.person for each in missing)])
    uses = list(uses_of(actor, chemical=row))
    working = [use for use in uses if use.since <= on and (use.until is None or use.until > on)]
    return page(
        request,
        "hazards/chemical_show.html",
        title=row.name,
        row=row,
        state=state_of(row, on),
        tone=row.tone if in_order(row, on) else "bad" if row.state == ChemicalState.APPROVED else row.tone,
        flagged=bool(working) and not in_order(row, on),
        limits=limits(row),
        hazard=HAZARDS.get(row.hazard or 0, ""),
        chips=chips(row),
        review=found.outcome,
        reasons=found.reasons,
        steps=steps_of(actor, row),
        uses=uses,
        trained=[(each, names.get(each.person_id)) for each in trained],
        missing=[(each, names.get(each.person)) for each in missing],
        on=on,
        may_change=row.employer_id == actor.organization and actor.may("hazards.chemical_change"),
    )


@needs("hazards.chemical_request")
def chemical_request(request: Request) -> HttpResponse:
    """Ask to buy a substance."""
    form = RequestForm(request.POST or None, initial={"name": request.GET.get("name", "")[:300]})

    def act(facts: dict[str, Any]) -> Chemical:
        return actions.chemical_request(
            request.actor, chemical=form.passport(), purpose=facts["purpose"], on=today()
        )

    back = reverse("hazards:chemical_list")
    if row := attempt(form, act):
        return done(
            request, "Вещество внесено и ждёт решения. Приложите паспорт безопасности.", _page(row.uid)
        )
    return form_page(
        request,
        form,
        title="Запросить вещество",
        lead="До решения вещество не закупают и с ним не работают.",
        action="Отправить на решение",
        back=back,
    )


@needs("hazards.chemical_change")
def chemical_change(request: Request, uid: UUID) -> HttpResponse:
    """Correct the passport of a substance."""
    row = chemical_of(request.actor, uid)
    form = ChemicalForm(request.POST or None, initial=ChemicalForm.known(row))

    def act(facts: dict[str, Any]) -> Chemical:
        return actions.chemical_change(request.actor, chemical=uid, facts=form.passport(), on=today())

    if attempt(form, act):
        return done(request, "Паспорт вещества исправлен.", _page(uid))
    return form_page(request, form, title=f"Паспорт: {row.name}", action="Сохранить", back=_page(uid))


@needs("hazards.chemical_decide")
def chemical_decide(request: Request, uid: UUID) -> HttpResponse:
    """Decide about a substance; what the tables say stands above the form."""
    row = chemical_of(request.actor, uid)
    found = review(passport_of(row), today(), sheet=row.sheet_id is not None)
    form = DecideForm(request.POST or None, initial={"on": today()})

    def act(facts: dict[str, Any]) -> Chemical:
        facts["state"] = ChemicalState(facts["state"])
        return actions.chemical_decide(request.actor, chemical=uid, **facts)

    if after := attempt(form, act):
        tone = "ok" if after.state == ChemicalState.APPROVED else "info"
        return done(request, f"Решение записано: {after.state_title}.", _page(uid), tone=tone)
    return form_page(
        request,
        form,
        template="hazards/chemical_decide.html",
        title=f"Решение: {row.name}",
        action="Записать решение",
        back=_page(uid),
        review=found.outcome,
        reasons=found.reasons,
    )


@needs("hazards.chemical_sheet")
def chemical_sheet(request: Request, uid: UUID) -> HttpResponse:
    """Attach the safety data sheet."""
    row = chemical_of(request.actor, uid)
    form = SheetForm(request.POST or None, request.FILES or None)

    def act(facts: dict[str, Any]) -> Chemical:
        file = facts["file"]
        return actions.chemical_sheet(
            request.actor, chemical=uid, stream=file, name=file.name, dated_on=facts["dated_on"]
        )

    if attempt(form, act):
        return done(request, "Паспорт безопасности приложен.", _page(uid))
    return form_page(
        request, form, title=f"Паспорт безопасности: {row.name}", action="Приложить", back=_page(uid)
    )


@needs("hazards.chemicals_print")
def chemicals_print(request: Request) -> HttpResponse:
    """Print the register."""
    actor, on = request.actor, today()
    employer = organization_of(actor)
    rows = list(chemicals(actor, employer=employer.pk))
    places = places_of(actor, [row.pk for row in rows], on=on)
    flagged = set(chemicals_unapproved(actor, employer=employer.pk, on=on).values_list("pk", flat=True))
    form = {
        "employer": employer.name,
        "on": f"{on:%d.%m.%Y}",
        "rows": [
            {
                "name": row.name,
                "cas": row.cas,
                "hazard": str(row.hazard or ""),
                "limits": limits(row),
                "lists": ", ".join(chip.code for chip in chips(row)),
                "places": "; ".join(places.get(row.pk, [])),
                "sheet": f"{row.sheet_on:%d.%m.%Y}" if row.sheet_on else "нет",
                "training": row.training,
                "state": state_of(row, on) + (" (работают!)" if row.pk in flagged else ""),
            }
            for row in rows
        ],
        "flagged": str(len(flagged)),
    }
    paper = list_document("chemical_register", f"Реестр химических веществ на {on:%d.%m.%Y}", employer.pk, on)
    name = f"Реестр химических веществ {on:%d.%m.%Y}.pdf"
    return paper_answer(actor, paper=paper, template="hazards/chemicals.typ", form=form, name=name)


def _page(uid: UUID) -> str:
    return reverse("hazards:chemical_show", args=[uid])
