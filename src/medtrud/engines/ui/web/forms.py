"""Forms: they come back as they were, say what is wrong, and lead to the field."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms import BoundField
from django.forms.renderers import TemplatesSetting
from django.http import HttpResponse

from medtrud.kernel.errors import Refused

from ..types import Section
from .page import Request, page

T = TypeVar("T")
INVALID = 422


class Renderer(TemplatesSetting):
    """Django's forms in our look."""

    form_template_name = "ui/form_fields.html"
    field_template_name = "ui/field.html"


@dataclass(frozen=True)
class Part:
    """A section of a form with its fields bound, and how much of it is filled."""

    title: str
    code: str
    columns: int
    fields: list[BoundField]

    @property
    def filled(self) -> int:
        """Count the fields with a value."""
        return sum(
            bool(str(field.value() if field.value() is not None else "").strip()) for field in self.fields
        )

    @property
    def has_norms(self) -> bool:
        """Tell whether «Норма» has something to fill in."""
        return any(getattr(field.field, "norm", "") for field in self.fields)


def parts(form: forms.BaseForm) -> list[Part]:
    """Return the sections of a form, as `sections = (Section(...), ...)` of its class says, or one."""
    declared: tuple[Section, ...] = getattr(form, "sections", ())
    if not declared:
        return [Part("", "all", 1, [field for field in form if not field.is_hidden])]
    return [
        Part(s.title, s.code or f"s{n}", s.columns, [form[name] for name in s.fields])
        for n, s in enumerate(declared, 1)
    ]


@dataclass(frozen=True)
class Fault:
    """One line of the summary: what is wrong and where."""

    text: str
    field: str = ""


def faults(form: forms.BaseForm) -> Iterator[Fault]:
    """Return every error with the field it leads to, in the order of the fields."""
    for error in form.non_field_errors():
        yield Fault(str(error))
    for name in form.fields:
        for error in form.errors.get(name, ()):
            yield Fault(str(error), "" if form[name].is_hidden else name)


def attempt(form: forms.BaseForm, action: Callable[[dict[str, Any]], T]) -> T | None:
    """Do an action with the cleaned values of a valid form; a refusal comes back as an error of the form.

    Returns None when the form is not sent, not valid or refused.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return action(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        form.refusal = refusal  # type: ignore[attr-defined]
        return None


def form_page(
    request: Request, form: forms.BaseForm, template: str = "ui/form.html", **values: object
) -> HttpResponse:
    """Show a form, or the same form with its errors: status 422, the summary on top has the focus.

    Values of "ui/form.html": title, lead, action (the button), back (an address), banner.
    """
    bad = list(faults(form)) if form.is_bound else []
    request.refusal = getattr(form, "refusal", None)
    return page(
        request,
        template,
        fragment=str(values.pop("fragment", "form")),
        status=INVALID if bad else 200,
        form=form,
        parts=parts(form),
        faults=bad,
        **values,
    )
