"""A form with the clinic's own bounds in the place of the drafts of the product; pure."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from medtrud.kernel.text import sort_key

from ..types.norms import LABORATORY, OWN, Indicator, Norm
from .forms import EntryForm, FormField, entry_form
from .law import tables_on

OWN_EDITION = " · нормы клиники"
EDITION = 80


@cache
def indicators(day: dt.date) -> tuple[Indicator, ...]:
    """Return every number of the forms, in the order of names."""
    found = [
        Indicator(title, field.code, field.label, field.unit)
        for title in tables_on(day)["forms"]
        for field in entry_form(title, "male", day).fields
        if field.kind == "number"
    ]
    return tuple(sorted(found, key=lambda item: sort_key(item.title)))


def with_norms(form: EntryForm, norms: Iterable[Norm], laboratories: Iterable[str]) -> EntryForm:
    """Put the clinic's bounds into a form; with several laboratories the form asks whose they are.

    `laboratories` are all that do this test, also those without bounds for this very person.
    """
    by_place: dict[str, dict[str, Norm]] = {place or OWN: {} for place in laboratories}
    for norm in norms:
        if norm.test == form.title:
            by_place.setdefault(norm.laboratory or OWN, {})[norm.field] = norm
    if not by_place:
        return form
    places = sorted(by_place, key=lambda place: (place != OWN, sort_key(place)))
    variants = {place: _bounded(form.fields, by_place[place]) for place in places}
    fields = variants[places[0]]
    if len(places) > 1:
        fields = (_place(places), *(_other(field, variants, places[1:]) for field in fields))
    return replace(form, edition=(form.edition + OWN_EDITION)[:EDITION], fields=fields, variants=variants)


def _bounded(fields: tuple[FormField, ...], own: Mapping[str, Norm]) -> tuple[FormField, ...]:
    return tuple(
        replace(field, low=norm.low, high=norm.high, source=norm.source)
        if (norm := own.get(field.code))
        else field
        for field in fields
    )


def _place(places: list[str]) -> FormField:
    return FormField(
        LABORATORY, "Лаборатория", "choice", "", required=False, choices=tuple(places), norm="",
        low=None, high=None, high_diastolic=None, least=None, most=None,
    )  # fmt: skip


def _other(field: FormField, variants: Mapping[str, tuple[FormField, ...]], places: list[str]) -> FormField:
    said = [
        f"{place}: {other.reference}"
        for place in places
        for other in variants[place]
        if other.code == field.code and other.source
    ]
    return replace(field, others="; ".join(said)) if said else field
