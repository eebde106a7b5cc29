"""Services of campaigns: what was really done, what it costs, the papers of accounting."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.domains.documents.public import papers_drawn
from medtrud.domains.documents.types.accounting import Drawn
from medtrud.domains.documents.types.accounting import rubles as amount_said
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Button, Column, Request, Search, cells, done, listing, needs, page
from medtrud.kernel.errors import NotFound
from medtrud.kernel.text import sort_key

from ..actions.services import services_file
from ..models import Campaign
from ..queries.rows import campaign_of, campaigns
from ..queries.services import contract_of, services_of
from ..queries.visit import campaign_progress
from ..types.services import AccountingPaper, rubles, sum_in_words

KINDS = [kind.value for kind in AccountingPaper]


@needs("exams.service_list")
def service_list(request: Request) -> HttpResponse:
    """Show campaigns with the papers that were drawn up."""
    actor = request.actor
    return listing(
        request,
        campaigns(actor),
        title="Услуги кампаний",
        noun="кампания,кампании,кампаний",
        columns=(
            Column("employer", "Работодатель", _link, "employer__name_key", "title", "name"),
            Column("title", "Кампания", lambda row, _: f"{row.title} № {row.number}"),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", "aside", "date"),
            Column("done", "Осмотрено", lambda row, about: _progress(about[0].get(row.pk)), width="number"),
            *(Column(kind.value, kind.title_ru, _cell(kind)) for kind in AccountingPaper),
        ),
        search=Search(
            "Работодатель", lambda rows, text: rows.filter(employer__name_key__contains=sort_key(text))
        ),
        order="-since",
        about=lambda rows: (
            campaign_progress(actor, [row.pk for row in rows]),
            papers_drawn(actor, abouts=[row.uid for row in rows], kinds=KINDS),
        ),
        buttons=(Button("Прейскурант", reverse("exams:price_list"), "list-details"),),
        empty="Кампаний ещё нет: они появятся, когда работодатель утвердит список.",
    )


@needs("exams.service_list")
def services(request: Request, uid: UUID) -> HttpResponse:
    """Show what the services of a campaign come to."""
    actor = request.actor
    row = campaign_of(actor, uid)
    found = services_of(actor, row)
    papers = papers_drawn(actor, abouts=[row.uid], kinds=KINDS)
    return page(
        request,
        "exams/services.html",
        title=f"Услуги: {row.employer}",
        lead=f"{row.title} № {row.number}",
        campaign=row,
        contract=contract_of(actor, row),
        found=found,
        lines=[(line, rubles(line.kopecks), rubles(line.total)) for line in found.lines],
        total=rubles(found.kopecks),
        words=sum_in_words(found.kopecks),
        papers=[_offered(kind, papers.get((row.uid, kind.value))) for kind in AccountingPaper],
        may_file=bool(found.lines) and not found.unpriced and actor.may("exams.services_file"),
    )


@require_POST
@needs("exams.services_file")
def services_paper(request: Request, uid: UUID, kind: str) -> HttpResponse:
    """Draw up a paper."""
    if kind not in KINDS:
        raise NotFound("Такого документа по услугам не составляют. Бывают акт, счёт и реестр осмотренных.")
    document = services_file(request.actor, campaign=uid, kind=AccountingPaper(kind), on=today())
    text = f"{AccountingPaper(kind).title_ru}: составлено. Зарегистрируйте и подпишите."
    return done(request, text, "documents:document", document)


def _link(row: Campaign, _: object) -> object:
    return cells.link(str(row.employer), reverse("exams:services", args=[row.uid]))


def _offered(kind: AccountingPaper, paper: Drawn | None) -> dict[str, object]:
    amount = amount_said(paper.amount) if paper else ""
    return {"kind": kind.value, "title": kind.title_ru, "paper": paper, "amount": amount}


def _progress(found: tuple[int, int] | None) -> object:
    visits, finished = found or (0, 0)
    return f"{cells.number(finished)} из {cells.number(visits)}" if visits else cells.DASH


def _cell(kind: AccountingPaper) -> Callable[[Campaign, Any], object]:
    return lambda row, about: _paper(about[1], row, kind)


def _paper(papers: dict[tuple[UUID, str], Drawn], row: Campaign, kind: AccountingPaper) -> object:
    paper = papers.get((row.uid, kind.value))
    if paper is None:
        return cells.muted("не составлен")
    said = f"{amount_said(paper.amount)} ₽"
    return cells.link(said, reverse("documents:document", args=[paper.uid]), note=paper.state.title_ru)


urlpatterns = [
    path("services/", service_list, name="service_list"),
    path("services/<uuid:uid>/", services, name="services"),
    path("services/<uuid:uid>/<slug:kind>/", services_paper, name="services_paper"),
]
