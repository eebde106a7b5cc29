"""The catalogue of models, and one model with a calculator that stores nothing."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import path

from medtrud.engines.ui.public import ChoiceField, FlagField, NumberField, Request, Section, needs, page

from ..kinds import model_of, models
from ..queries.catalogue import cases_of, catalogue, in_words
from ..queries.texts import LEVELS, SYSTEMS
from ..rules import Model, ask, listed
from ..rules.checks import allowed_of
from ..rules.personal import category_title, figure, limits, tone_of
from ..types import Declaration, Input

SIMPLE = {"number", "whole", "flag", "choice"}
DIGITS = 4
MARKS = {"S": "взято из источника", "R": "сверено с другой программой", "D": "вычислено и проверено"}
UNCHECKED = "не сверено с источником"


@needs("risk.model_list")
def model_list(request: Request) -> HttpResponse:
    """Show every model with its source, range, licence, state and cases."""
    groups = catalogue()
    return page(request, "risk/model_list.html", title="Модели риска", groups=groups, count=len(models()))


@needs("risk.model_list")
def model(request: Request, code: str) -> HttpResponse:
    """Show a model; simple inputs make a calculator of it, its answer is not stored."""
    found = model_of(code)
    form = calculator(found)(request.GET or None) if _simple(found) else None
    answer = _answer(found, form) if form is not None and form.is_bound and form.is_valid() else None
    return page(
        request,
        "risk/model.html",
        title=found.declared.title,
        said=found.declared,
        line=listed(found),
        system=SYSTEMS[found.declared.system],
        level=LEVELS[found.declared.level],
        sources=[(source.text, _marks(source.mark)) for source in found.declared.references],
        inputs=[(wanted, allowed_of(wanted)) for wanted in found.declared.inputs],
        cases=cases_of(found),
        form=form,
        answer=answer,
    )


def _marks(mark: str) -> str:
    """Say how far a source was compared; one letter "from memory" outweighs the others."""
    return UNCHECKED if "M" in mark else ", ".join(MARKS[each] for each in mark if each in MARKS)


def _simple(found: Model) -> bool:
    inputs = found.declared.inputs
    return found.rule is not None and bool(inputs) and all(each.kind in SIMPLE for each in inputs)


def calculator(found: Model) -> type[forms.Form]:
    """Build the form of a model from its declaration."""
    fields: dict[str, Any] = {wanted.code: _field(wanted) for wanted in found.declared.inputs}
    if found.declared.variants:
        choices = [(code, code) for code in found.declared.variants]
        fields["variant"] = ChoiceField(
            label="Вариант", choices=choices, required=False, initial=choices[0][0]
        )
    fields["sections"] = (Section("Значения", tuple(fields), columns=3),)
    return type("Calculator", (forms.Form,), fields)


def _field(wanted: Input) -> forms.Field:
    hint = "" if wanted.of else allowed_of(wanted)
    if wanted.kind == "flag":
        return FlagField(label=wanted.title)
    if wanted.of:
        choices = [(code, WORDS.get(code, code)) for code in wanted.of]
        required = wanted.required and wanted.default is None
        return ChoiceField(label=wanted.title, choices=choices, required=required, initial=wanted.default)
    required = wanted.required and wanted.default is None
    digits = 0 if wanted.kind == "whole" else DIGITS
    return NumberField(label=wanted.title, unit=wanted.unit, hint=hint, digits=digits, required=required)


def _answer(found: Model, form: forms.Form) -> dict[str, Any]:
    kinds = {wanted.code: wanted for wanted in found.declared.inputs}
    asked = {
        code: _typed(kinds.get(code), value)
        for code, value in form.cleaned_data.items()
        if value is not None and value != ""
    }
    result = ask(found, asked)
    said = found.declared
    return {
        "result": result,
        "figure": figure(said, result.value) if result.computed else "",
        "category": category_title(said, result.category),
        "tone": tone_of(said, result.category),
        "limits": limits(said, result)[0],
        "value": _pairs(said, result.value),
    }


def _typed(wanted: Input | None, value: Any) -> Any:
    if wanted is None or wanted.kind in {"flag", "choice"}:
        return int(value) if isinstance(value, bool) else value
    number = float(value)
    return int(number) if number.is_integer() else number


def _pairs(said: Declaration, value: Any) -> list[tuple[str, str]]:
    if not isinstance(value, dict):
        return []
    return [(key, in_words(said, each)) for key, each in value.items()]


WORDS = {
    "M": "мужской", "F": "женский", "low": "низкий", "moderate": "умеренный", "high": "высокий",
    "very high": "очень высокий", "metric": "кг и см", "us": "фунты и дюймы", "short": "до 1 ч",
    "long": "до 8 ч", "good": "хороший", "fair": "средний", "poor": "плохой", "local": "локальная",
    "whole_z": "общая, ось Z", "whole_xy": "общая, оси X и Y", "within5": "в первые 5 минут",
    "6-30": "6–30 минут", "31-60": "31–60 минут", "after60": "позже часа", "morning": "утренней",
    "other": "любой другой", "0": "нет", "3": "дальние родственники", "5": "близкие родственники",
}  # fmt: skip

urlpatterns = [
    path("models/", model_list, name="model_list"),
    path("models/<slug:code>/", model, name="model"),
]
