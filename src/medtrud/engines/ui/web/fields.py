"""Fields as a doctor types them: a number with a comma, pressure as 12080, a date as 26012026.

Every field may carry its passport, shown beside the label: unit, reference range, norm, hint, width.
"""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from . import cells

SEGMENTS = 5  # so many choices are laid side by side and answer to digits
CENTURY = 50  # 49 is 2049, 50 is 1950
MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


class Passport(forms.Field):
    """What stands beside the label."""

    unit: str
    ref: str
    norm: str
    span: int
    ref_mark: str = ""  # a word beside the range: a draft
    ref_hint: str = ""  # where the range comes from

    def __init__(
        self,
        *,
        label: str,
        unit: str = "",
        ref: str = "",
        norm: str = "",
        hint: str = "",
        span: int = 1,
        **more: Any,
    ) -> None:
        self.unit, self.ref, self.norm, self.span = unit, ref, norm, span
        super().__init__(label=label, help_text=hint, **more)
        self.error_messages["required"] = f"Заполните поле «{label}»."
        self.widget.attrs.setdefault("autocomplete", "off")
        if norm:
            self.widget.attrs["data-norm"] = norm


class TextField(Passport, forms.CharField):
    """A line, or several with rows=3."""

    def __init__(self, *, rows: int = 1, **more: Any) -> None:
        if rows > 1:
            more["widget"] = forms.Textarea(attrs={"rows": rows})
        super().__init__(**more)


class NumberField(Passport, forms.DecimalField):
    """A number with a comma or a point, between two bounds."""

    def __init__(self, *, low: Any = None, high: Any = None, digits: int = 0, **more: Any) -> None:
        bounds = f"от {cells.number(low)} до {cells.number(high)}"
        widget = forms.TextInput(attrs={"inputmode": "decimal" if digits else "numeric", "class": "num"})
        super().__init__(min_value=low, max_value=high, decimal_places=digits, widget=widget, **more)
        label = more["label"]
        self.error_messages |= {
            "invalid": f"{label}: введите число, например {'36,6' if digits else '72'}.",
            "min_value": f"{label}: меньше возможного, допустимо {bounds}. Проверьте ввод.",
            "max_value": f"{label}: больше возможного, допустимо {bounds}. Проверьте ввод.",
        }
        for validator in self.validators:
            if (code := getattr(validator, "code", "")) in self.error_messages:
                validator.message = self.error_messages[code]  # type: ignore[attr-defined]

    def to_python(self, value: Any) -> Any:
        """Read a comma as a point, forget spaces."""
        text = re.sub(r"\s", "", str(value)).replace(",", ".") if value not in (None, "") else value
        return super().to_python(text)

    def prepare_value(self, value: Any) -> Any:
        """Write the comma back."""
        return str(value).replace(".", ",") if isinstance(value, Decimal | float | int) else value


class PressureField(Passport, forms.CharField):
    """Blood pressure in one field: 120/80, 120 80 and 12080 are the same."""

    systolic: ClassVar = (60, 260)
    diastolic: ClassVar = (30, 160)

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "num", "placeholder": "120/80"}
        super().__init__(unit=more.pop("unit", "мм рт. ст."), widget=forms.TextInput(attrs=attrs), **more)

    def to_python(self, value: Any) -> str:
        """Return the form 120/80."""
        text = str(value or "").strip()
        if not text:
            return ""
        if re.fullmatch(r"\d{4,6}", text):
            cut = 2 if text[0] in "6789" else 3
            text = f"{text[:cut]}/{text[cut:]}"
        pair = re.fullmatch(r"(\d{2,3})\D+(\d{2,3})", text)
        if not pair:
            raise forms.ValidationError(f"{self.label}: введите два числа, например 120/80.")
        upper, lower = int(pair[1]), int(pair[2])
        if lower >= upper:
            raise forms.ValidationError(
                f"{self.label}: нижнее давление должно быть меньше верхнего. Проверьте ввод."
            )
        if not (self._within(upper, self.systolic) and self._within(lower, self.diastolic)):
            raise forms.ValidationError(
                f"{self.label}: значение {upper}/{lower} вне возможного. Проверьте ввод."
            )
        return f"{upper}/{lower}"

    @staticmethod
    def _within(value: int, bounds: tuple[int, int]) -> bool:
        return bounds[0] <= value <= bounds[1]


class DayField(Passport, forms.Field):
    """A date: 26.01.2026, 26 01 26, 26012026, 2026-01-26 and 26 января 2026 are the same."""

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "numeric", "class": "date", "placeholder": "дд.мм.гггг", "maxlength": "20"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **more)

    def to_python(self, value: Any) -> dt.date | None:
        """Read any of the spellings."""
        if isinstance(value, dt.date):
            return value
        text = str(value or "").strip().lower()
        if not text:
            return None
        parts = _parts(text)
        if not parts:
            raise forms.ValidationError(f"{self.label}: введите дату числом, например 26.01.2026.")
        try:
            return dt.date(*parts)
        except ValueError:
            raise forms.ValidationError(
                f"{self.label}: дня «{text}» в календаре нет. Исправьте день или месяц."
            ) from None

    def prepare_value(self, value: Any) -> Any:
        """Write the day first."""
        return f"{value:%d.%m.%Y}" if isinstance(value, dt.date) else value


def _parts(text: str) -> tuple[int, int, int] | None:
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        return int(iso[1]), int(iso[2]), int(iso[3])
    if solid := re.fullmatch(r"(\d\d)(\d\d)(\d{4}|\d\d)", text):
        return _year(solid[3]), int(solid[2]), int(solid[1])
    if spaced := re.fullmatch(r"(\d{1,2})[.\s/-]+(\d{1,2})[.\s/-]+(\d{4}|\d\d)(?:\s*г\.?)?", text):
        return _year(spaced[3]), int(spaced[2]), int(spaced[1])
    worded = re.fullmatch(r"(\d{1,2})\s+([а-я]+)\s+(\d{4}|\d\d)(?:\s*г\.?)?", text)
    if worded and (month := _month(worded[2])):
        return _year(worded[3]), month, int(worded[1])
    return None


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else year + (2000 if year < CENTURY else 1900)  # noqa: PLR2004 - four digits


def _month(word: str) -> int:
    return next((n for n, stem in enumerate(MONTHS, 1) if word.startswith(stem)), 0)


class ChoiceField(Passport, forms.ChoiceField):
    """One of several: up to five lie side by side and answer to digits, more become a list."""

    def __init__(
        self, *, choices: Sequence[tuple[Any, str]] = (), empty: str = "Не выбрано", **more: Any
    ) -> None:
        self.segmented = len(choices) <= SEGMENTS and not more.get("widget")
        if self.segmented:
            more["widget"] = forms.RadioSelect()
        else:
            choices = [("", empty), *choices]
        super().__init__(choices=choices, **more)
        label = more["label"]
        self.error_messages |= {
            "required": f"Выберите значение: «{label}».",
            "invalid_choice": f"{label}: такого значения в списке нет. Выберите одно из предложенных.",
        }


class ComboField(Passport, forms.CharField):
    """A code found by a few letters; `source` answers [{"value", "code", "label"}] to ?q=."""

    def __init__(self, *, source: str, **more: Any) -> None:
        self.source = source
        super().__init__(**more)
        self.widget.attrs.setdefault("placeholder", "код или слова из названия")


class FlagField(Passport, forms.BooleanField):
    """Yes or no as one mark."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        super().__init__(**more)
        self.error_messages["required"] = f"Отметьте: «{more['label']}»."


class FileField(Passport, forms.FileField):
    """A file; `accept` names what the file dialog offers."""

    def __init__(self, *, accept: str = "", **more: Any) -> None:
        super().__init__(**more)
        self.widget.attrs["accept"] = accept
        self.error_messages |= {
            "required": f"Выберите файл: «{more['label']}».",
            "empty": "Файл пуст. Выберите другой.",
            "invalid": "Файл не передан. Выберите его ещё раз.",
        }
