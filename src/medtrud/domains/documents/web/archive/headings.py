"""The list of cases of a year, and the closing of the year by it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page
from medtrud.kernel.errors import Refused

from ... import actions
from ...models import Heading
from ...queries import archive
from ...queries.terms import list_loaded
from ...types import kinds_on
from .forms import FIRST_YEAR, HeadingForm, heading_initial

LAST_YEAR = 2100


@needs("documents.heading_list")
def heading_list(request: Request) -> HttpResponse:
    """Show the list of a year."""
    year = _year(request)
    rows = list(archive.headings(request.actor, year))
    approved = rows[0].approved_on if rows else None
    return page(
        request,
        "documents/archive/headings.html",
        title="Номенклатура дел",
        lead=f"{year} год",
        year=year,
        years=range(max(FIRST_YEAR, today().year - 5), today().year + 2),
        rows=[(row, _kinds(row)) for row in rows],
        approved=approved,
        closed=archive.inventories(request.actor).filter(year=year),
        over=year < today().year,
        listed=list_loaded(request.actor, today()),
        unknown=sum(row.years is None and not row.forever for row in rows),
    )


def _year(request: Request) -> int:
    said = request.GET.get("year", "")
    year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else today().year - 1  # noqa: PLR2004
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _kinds(row: Heading) -> list[str]:
    known = kinds_on(today())
    return [known[code].title if code in known else code for code in row.kinds]


def _back(year: int) -> str:
    return f"{reverse('documents:heading_list')}?year={year}"


def _said(request: Request, year: int, act: Any, text: str) -> HttpResponse:
    try:
        act()
    except Refused as refusal:
        return done(request, str(refusal), _back(year), tone="bad")
    return done(request, text, _back(year))


@require_POST
@needs("documents.nomenclature_open")
def nomenclature_open(request: Request, year: int) -> HttpResponse:
    """Begin the list of a year."""
    act = lambda: actions.nomenclature_open(request.actor, year=year)  # noqa: E731 - one act, one text
    return _said(request, year, act, "Номенклатура составлена. Проверьте строки и сроки.")


@require_POST
@needs("documents.nomenclature_approve")
def nomenclature_approve(request: Request, year: int) -> HttpResponse:
    """Approve the list of a year."""
    act = lambda: actions.nomenclature_approve(request.actor, year=year, on=today())  # noqa: E731 - as above
    return _said(request, year, act, "Номенклатура утверждена.")


@require_POST
@needs("documents.year_close")
def year_close(request: Request, year: int) -> HttpResponse:
    """Close a year."""
    try:
        made = actions.year_close(request.actor, year=year, on=today())
    except Refused as refusal:
        return done(request, str(refusal), _back(year), tone="bad")
    return done(request, "Год закрыт, опись составлена.", "documents:inventory", made.uid)


@needs("documents.heading_set")
def heading_add(request: Request, year: int) -> HttpResponse:
    """Add a line."""
    return _heading(request, year, None)


@needs("documents.heading_set")
def heading_set(request: Request, uid: UUID) -> HttpResponse:
    """Correct a line."""
    row = archive.heading_of(request.actor, uid)
    return _heading(request, row.year, row)


def _heading(request: Request, year: int, row: Heading | None) -> HttpResponse:
    initial = heading_initial(row) if row else None
    form = HeadingForm(
        year, request.POST or None, initial=initial, listed=list_loaded(request.actor, today())
    )
    kept = attempt(
        form,
        lambda _: actions.heading_set(
            request.actor, year=year, line=form.line(), heading=row.uid if row else None
        ),
    )
    if kept:
        return done(request, "Строка записана.", _back(year))
    title = "Строка номенклатуры" if row else "Новая строка номенклатуры"
    return form_page(request, form, title=title, lead=f"{year} год", action="Записать", back=_back(year))


@require_POST
@needs("documents.heading_drop")
def heading_drop(request: Request, uid: UUID) -> HttpResponse:
    """Take a line out."""
    year = archive.heading_of(request.actor, uid).year
    return _said(request, year, lambda: actions.heading_drop(request.actor, heading=uid), "Строка убрана.")


urlpatterns = [
    path("archive/headings/", heading_list, name="heading_list"),
    path("archive/headings/<int:year>/open/", nomenclature_open, name="nomenclature_open"),
    path("archive/headings/<int:year>/approve/", nomenclature_approve, name="nomenclature_approve"),
    path("archive/headings/<int:year>/close/", year_close, name="year_close"),
    path("archive/headings/<int:year>/add/", heading_add, name="heading_add"),
    path("archive/headings/<uuid:uid>/", heading_set, name="heading_set"),
    path("archive/headings/<uuid:uid>/drop/", heading_drop, name="heading_drop"),
]
