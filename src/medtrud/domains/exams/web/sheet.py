"""The entry form of one doctor over one person: a section for each line, built from the forms of the law."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse

from medtrud.engines.ui.public import ChoiceField, ComboField, DayField, FlagField, Section, TextField

from ..models import Diagnosis, ExamLine, LineResult
from ..queries.visit import value_text
from ..rules.forms import EntryForm, FormField, FormRefused, values_check
from ..types.results import NewDiagnosis, NewResult

DIAGNOSES = 5
DRAFT = "Граница нормы — черновик продукта. Свои нормы клиника задаёт в разделе «Нормы»."
COLUMN = 28  # letters of segments that fit one column
NATURES = (
    ("somatic", "соматическое"),
    ("occupational_suspected", "подозрение на профессиональное"),
    ("occupational", "профессиональное"),
    ("infectious_work", "инфекционное, связанное с работой"),
)
NOTHING = "Ни один раздел не заполнен. Заполните хотя бы один и завершите ещё раз."
Form = EntryForm


class LawText(TextField):
    """A typed value; what it may be is said by the form of the law, not by the field."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to `values_check`."""


class LawChoice(ChoiceField):
    """A chosen value; what it may be is said by the form of the law, not by the field."""

    def validate(self, value: Any) -> None:
        """Leave the judgement to `values_check`."""


def field_of(field: FormField, *, hint: str = "", plain: bool = False) -> forms.Field:
    """Return the field of a screen for a field of the law; plain: for a cell of a table."""
    common: dict[str, Any] = {
        "label": field.label,
        "required": field.required,
        "hint": hint,
        "unit": field.unit,
    }
    match field.kind:
        case "choice":
            choices = [(word, word) for word in field.choices]
            more = {"widget": forms.Select()} if plain else {}
            span = 1 if sum(len(word) + 4 for word in field.choices) <= COLUMN else 2
            return LawChoice(choices=choices, norm=field.norm, span=span, empty="—", **common, **more)
        case "text":
            return LawText(norm=field.norm, span=2, **common)
        case kind:
            attrs = {"class": "num", "inputmode": "numeric" if kind == "pressure" else "decimal"}
            span = 2 if len(field.label) + len(field.reference) > COLUMN else 1
            if kind == "pressure":
                attrs["placeholder"] = "120/80"
            mark = "черновик" if field.draft else ""
            widget = forms.TextInput(attrs=attrs)
            made = LawText(ref=field.reference, span=span, widget=widget, **common)
            made.ref_mark, made.ref_hint = mark, field.source or (DRAFT if mark else "")
            return made


class Sheet(forms.Form):
    """All lines of one performer for one person; an untouched section stays open, it is not an error."""

    use_required_attribute = False
    performed_on = DayField(label="Дата")
    text = TextField(label="Заключение", required=False, span=3)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        lines: Sequence[tuple[ExamLine, Form]],
        known: Callable[[list[str]], Mapping[str, Any]],
        on: dt.date,
        before: Mapping[str, LineResult] | None = None,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.lines, self.known, self.on = list(lines), known, on
        self.results: list[NewResult] = []
        self.sections = tuple(
            self._section(line, form, (before or {}).get(line.title)) for line, form in lines
        )
        for number in range(DIAGNOSES):
            self._diagnosis(number)
        self._name_codes()

    @property
    def diagnoses(self) -> list[tuple[list[forms.BoundField], bool]]:
        """Return the rows of diagnoses, each with whether it is filled."""
        rows = [[self[f"dx{n}_{part}"] for part in PARTS] for n in range(DIAGNOSES)]
        return [(row, bool(str(row[0].value() or "").strip())) for row in rows]

    @property
    def closing(self) -> list[forms.BoundField]:
        """Return the fields of the last block."""
        return [self["text"], self["performed_on"]]

    def clean_performed_on(self) -> dt.date:
        """Refuse a day that has not come."""
        on: dt.date = self.cleaned_data["performed_on"]
        if on > self.on:
            raise forms.ValidationError(
                f"Дата {on:%d.%m.%Y} ещё не наступила. Укажите день, когда осмотр проведён."
            )
        return on

    def clean(self) -> None:
        """Read every touched section by its form; a wrong field is named, the others stay as they are."""
        on = self.cleaned_data.get("performed_on")
        diagnoses = self._diagnoses()
        for line, form in self.lines:
            raw = {field.code: self.cleaned_data.get(name_of(line, field)) for field in form.fields}
            if not any(str(value or "").strip() for value in raw.values()):
                continue
            try:
                values_check(form, raw)
            except FormRefused as refusal:
                for code, text in refusal.errors.items():
                    self.add_error(prefix_of(line) + code, text)
            else:
                self._take(line, raw, on, diagnoses)
        if not self.results and not self.errors:
            self.add_error(None, NOTHING)

    def _take(
        self, line: ExamLine, raw: dict[str, Any], on: Any, diagnoses: tuple[NewDiagnosis, ...]
    ) -> None:
        first = not self.results
        text = self.cleaned_data.get("text", "") if first else ""
        self.results.append(
            NewResult(on, raw, text, diagnoses if first else (), kind=line.kind, code=line.code)
        )

    def _section(self, line: ExamLine, form: Form, before: LineResult | None) -> Section:
        names = []
        for field in form.fields:
            hint = ""
            if before is not None and field.code in before.values:
                old = value_text(before.values[field.code])
                hint = f"в прошлый раз: {old}, {before.performed_on:%d.%m.%Y}"
            if field.others:
                hint = "; ".join(filter(None, (field.others, hint)))
            name = name_of(line, field)
            self.fields[name] = field_of(field, hint=hint)
            names.append(name)
        return Section(upper(line.title), tuple(names), 4, f"l{line.order}")

    def _diagnosis(self, number: int) -> None:
        label = "Диагноз по МКБ-10" if not number else f"Диагноз {number + 1}"
        source = reverse("reference:code_search", args=["mkb10"])
        more: dict[str, forms.Field] = {
            "code": ComboField(label=label, source=source, required=False),
            "detail": TextField(label="Степень, стадия", required=False),
            "nature": ChoiceField(
                label="Характер", choices=NATURES, widget=forms.Select(), empty="соматическое", required=False
            ),
            "first": FlagField(label="впервые"),
            "chronic": FlagField(label="хроническое"),
        }
        for part, field in more.items():
            self.fields[f"dx{number}_{part}"] = field

    def _name_codes(self) -> None:
        """Say under a code that was chosen before what it means."""
        fields = [f"dx{number}_code" for number in range(DIAGNOSES)]
        chosen = {name: str(self.initial[name]).strip() for name in fields if self.initial.get(name)}
        books = self.known(list(chosen.values())) if chosen else {}
        for name, code in chosen.items():
            if code in books:
                self.fields[name].help_text = books[code].title

    def _diagnoses(self) -> tuple[NewDiagnosis, ...]:
        given = {n: self.cleaned_data.get(f"dx{n}_code", "") for n in range(DIAGNOSES)}
        typed = {n: code.strip().upper() for n, code in given.items() if code.strip()}
        books = self.known(list(typed.values())) if typed else {}
        found = []
        for number, code in typed.items():
            field = f"dx{number}_code"
            if code not in books:
                self.add_error(
                    field, f"Кода «{code}» нет в МКБ-10. Начните вводить название и выберите из списка."
                )
                continue
            self[field].help_text = books[code].title
            get = {part: self.cleaned_data.get(f"dx{number}_{part}") for part in PARTS}
            nature = get["nature"] or "somatic"
            found.append(
                NewDiagnosis(code, get["detail"] or "", bool(get["first"]), bool(get["chronic"]), nature)
            )
        return tuple(found)


PARTS = ("code", "detail", "nature", "first", "chronic")


def upper(title: str) -> str:
    """Begin a name of the order with a capital letter."""
    return title[:1].upper() + title[1:]


def prefix_of(line: ExamLine) -> str:
    """Return the beginning of the names of a line's fields."""
    return f"l{line.order}_"


def name_of(line: ExamLine, field: FormField) -> str:
    """Return the name of a field on the screen."""
    return prefix_of(line) + field.code


def initial_of(line: ExamLine, result: LineResult, diagnoses: Sequence[Diagnosis]) -> dict[str, Any]:
    """Return a result as its form holds it, to be corrected."""
    found: dict[str, Any] = {
        prefix_of(line) + code: value_text(value) for code, value in result.values.items()
    }
    found |= {"text": result.text, "performed_on": result.performed_on}
    for number, row in enumerate(diagnoses[:DIAGNOSES]):
        parts = (row.code, row.detail, row.nature, row.first_time, row.chronic)
        found |= {f"dx{number}_{part}": value for part, value in zip(PARTS, parts, strict=True)}
    return found
