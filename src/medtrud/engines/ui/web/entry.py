"""The entry form: everything on one screen, saved as it is typed, finished by one key."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.http import HttpResponse

from ..types import Banner, Hint
from .forms import INVALID, faults, parts
from .page import Request, asks_part, page

CONFLICT = 409
PARTS = "ui/entry.html"


@dataclass(frozen=True)
class Draft:
    """Where and as what the form saves itself; without an address it does not."""

    url: str
    key: str  # of the copy in the browser: "exam-<uid>"
    revision: int = 0
    saved_at: dt.datetime | None = None
    window: UUID = field(default_factory=uuid4)  # which opened page types; it never stands against itself


def entry_page(
    request: Request,
    form: forms.BaseForm,
    *,
    banner: Banner | None = None,
    draft: Draft | None = None,
    hints: Sequence[Hint] = (),
    template: str = "ui/entry.html",
    **values: Any,
) -> HttpResponse:
    """Show an entry form, or the same form with its errors and status 422.

    Further values: title, action (the button), skip (an address), past (a Sequence of Event),
    more_parts and beside (names of templates: below the sections, in the right column). An own
    template adds styles and scripts; htmx is answered with the form of the common one.
    """
    bad = list(faults(form)) if form.is_bound else []
    return page(
        request,
        PARTS if asks_part(request) else template,
        fragment="form",
        status=INVALID if bad else 200,
        form=form,
        faults=bad,
        banner=banner,
        draft=draft,
        hints=hints,
        **_filled(form),
        **values,
    )


def draft_saved(
    request: Request, form: forms.BaseForm, *, revision: int, at: dt.datetime, hints: Sequence[Hint] = ()
) -> HttpResponse:
    """Answer an autosave: when it was saved, how much is filled, which typed values cannot be."""
    shown = [field for field in form if not field.is_hidden and str(field.value() or "").strip()]
    empty = [field for field in form if not field.is_hidden and not str(field.value() or "").strip()]
    return page(
        request,
        "ui/draft.html",
        draft=Draft("", "", revision, at),
        typed=shown,
        empty=empty,
        hints=hints,
        **_filled(form),
    )


def draft_conflict(
    request: Request, *, who: str, revision: int, differences: Sequence[tuple[str, Any, Any]], url: str
) -> HttpResponse:
    """Answer an autosave of an old revision: 409 and every difference as (label, mine, theirs)."""
    return page(
        request,
        "ui/conflict.html",
        status=CONFLICT,
        who=who,
        revision=revision,
        differences=differences,
        url=url,
    )


def _filled(form: forms.BaseForm) -> dict[str, Any]:
    sections = parts(form)
    return {
        "parts": sections,
        "filled": sum(part.filled for part in sections),
        "total": sum(len(part.fields) for part in sections),
    }
