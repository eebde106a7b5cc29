"""Forms of entry: which fields a doctor or a test has, and what a typed value means."""

import dataclasses
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

from medtrud.kernel.errors import Refused

from ..types.norms import LABORATORY
from ..types.results import CheckedValues
from .law import tables_on

PRESSURE = re.compile(r"(\d{2,3})\s*[/\\ -]\s*(\d{2,3})|(\d{3})(\d{2,3})|(\d{2})(\d{2})")
TEXT_LIMIT = 4000


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a form; the bounds are hints, they forbid nothing but the impossible."""

    code: str
    label: str
    kind: str  # choice | number | pressure | text
    unit: str
    required: bool
    choices: tuple[str, ...]
    norm: str
    low: Decimal | None
    high: Decimal | None
    high_diastolic: Decimal | None
    least: Decimal | None
    most: Decimal | None
    source: str = ""  # whose bounds they are, when they are not the product's
    others: str = ""  # the bounds of other laboratories, for the reader

    @property
    def draft(self) -> bool:
        """Tell that the bounds shown are a draft of the product: no clinic has set its own."""
        return bool(self.reference) and not self.source

    @property
    def reference(self) -> str:
        """Return the bounds as they stand beside the label: «130–160», «< 5,0», «≥ 95»."""
        low, high = (
            f"{v.normalize():f}".replace(".", ",") if v is not None else "" for v in (self.low, self.high)
        )
        if self.kind == "pressure":
            return f"≤ {high}/≤ {self.high_diastolic}" if high else ""
        if low and high:
            return f"{low}–{high}"
        return f"≤ {high}" if high else f"≥ {low}" if low else ""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """The form of one line on one day for one sex, with the edition that a result keeps."""

    title: str
    performer: str
    edition: str
    fields: tuple[FormField, ...]
    variants: Mapping[str, tuple[FormField, ...]] = dataclasses.field(default_factory=dict)  # by laboratory

    def fields_at(self, laboratory: object) -> tuple[FormField, ...]:
        """Return the fields with the bounds of the laboratory that was named."""
        chosen = self.variants.get(str(laboratory or ""))
        if chosen is None:
            return self.fields
        return (*self.fields[: len(self.fields) - len(chosen)], *chosen)


def entry_form(title: str, sex: str, day: dt.date) -> EntryForm:
    """Return the form for the official name of a doctor or a test."""
    return _form(title, sex, day)


@cache
def _form(title: str, sex: str, day: dt.date) -> EntryForm:
    row = tables_on(day)["forms"].get(title)
    if row is None:
        raise Refused(
            f"Для строки «{title}» нет формы ввода на {day:%d.%m.%Y}. Добавьте форму в таблицу форм."
        )
    fields = tuple(_field(raw, sex) for raw in row.values["fields"])
    return EntryForm(title, row.values["performer"], f"{row.ref.act} · {row.since:%d.%m.%Y}"[:80], fields)


def performers(day: dt.date) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return title and permitted specialties by performer code."""
    return {
        code: (row.values["title"], row.values["specialties"])
        for code, row in tables_on(day)["performers"].items()
    }


def values_check(form: EntryForm, raw: Mapping[str, object]) -> CheckedValues:
    """Read what was typed; every wrong field is named with its cause, the rest is kept as it was."""
    known = {field.code: field for field in form.fields_at(raw.get(LABORATORY))}
    if unknown := sorted(set(raw) - set(known)):
        raise Refused(
            f"В форме «{form.title}» нет полей: {', '.join(unknown)}. Сверьте названия полей с формой."
        )
    values: dict[str, object] = {}
    flags: dict[str, str] = {}
    errors: dict[str, str] = {}
    for code, field in known.items():
        text = str(raw.get(code) if raw.get(code) is not None else "").strip()
        if not text:
            if field.required:
                errors[code] = f"«{field.label}» не заполнено. Внесите значение."
            continue
        try:
            values[code], flag = READERS[field.kind](field, text)
        except ValueError as error:
            errors[code] = str(error)
            continue
        if flag:
            flags[code] = flag
    if errors:
        raise FormRefused(form.title, errors)
    return CheckedValues(form.edition, values, flags)


class FormRefused(Refused):
    """A form with wrong fields; `errors` names each of them."""

    status = 422

    def __init__(self, title: str, errors: dict[str, str]) -> None:
        """Keep the errors by field for the screen."""
        super().__init__(f"«{title}»: {' '.join(errors.values())}")
        self.errors = errors


def _field(raw: Mapping[str, object], sex: str) -> FormField:
    def bound(name: str) -> Decimal | None:
        own = raw.get(f"{name}_female") if sex == "female" else None
        value = own or raw.get(name)
        return Decimal(str(value)) if value else None

    return FormField(
        code=str(raw["code"]),
        label=str(raw["label"]),
        kind=str(raw["kind"]),
        unit=str(raw.get("unit") or ""),
        required=bool(raw.get("required")),
        choices=tuple(raw.get("choices") or ()),  # type: ignore[arg-type]
        norm=str(raw.get("norm") or ""),
        low=bound("low"),
        high=bound("high"),
        high_diastolic=bound("high_diastolic"),
        least=bound("least"),
        most=bound("most"),
    )


def _number(field: FormField, text: str) -> tuple[object, str]:
    try:
        value = Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(f"«{field.label}»: «{text[:40]}» — не число. Введите число, например 5,2.")
    if (field.least is not None and value < field.least) or (field.most is not None and value > field.most):
        raise ValueError(
            f"«{field.label}»: {text} {field.unit} не бывает. Бывает от {field.least} до {field.most}."
        )
    if value < 0 and field.least is None:
        raise ValueError(f"«{field.label}» не бывает отрицательным. Исправьте {text}.")
    low = field.low is not None and value < field.low
    high = field.high is not None and value > field.high
    return float(value), "ниже нормы" if low else "выше нормы" if high else ""


def _choice(field: FormField, text: str) -> tuple[object, str]:
    if text not in field.choices:
        raise ValueError(
            f"«{field.label}»: нет варианта «{text[:60]}». Выберите один из: {', '.join(field.choices)}."
        )
    return text, "отклонение" if field.norm and text != field.norm and field.choices[0] == field.norm else ""


def _pressure(field: FormField, text: str) -> tuple[object, str]:
    match = PRESSURE.fullmatch(text)
    if match is None:
        raise ValueError(
            f"«{field.label}»: «{text[:40]}» не читается. Введите верхнее и нижнее: 120/80 или 12080."
        )
    upper, lower = (int(part) for part in match.groups() if part is not None)
    if not lower < upper:
        raise ValueError(f"«{field.label}»: верхнее {upper} не больше нижнего {lower}. Исправьте.")
    high = (field.high is not None and upper > field.high) or (
        field.high_diastolic is not None and lower > field.high_diastolic
    )
    return f"{upper}/{lower}", "выше нормы" if high else ""


def _text(field: FormField, text: str) -> tuple[object, str]:
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"«{field.label}»: текст длиннее {TEXT_LIMIT} знаков. Сократите его.")
    return text, ""


READERS = {"number": _number, "choice": _choice, "pressure": _pressure, "text": _text}
