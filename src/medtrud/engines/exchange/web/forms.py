"""Forms of the wizard: the questions of a target, the choice of columns."""

import datetime as dt
from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, FileField, NumberField
from medtrud.kernel.actor import Actor

from ..models import Import
from ..queries import samples_of
from ..types import Option, Target

LEFT_OUT = "Не загружать"
SHOWN = 3  # values of a column shown beside its choice


def answer_fields(actor: Actor, target: Target, given: dict[str, str]) -> dict[str, forms.Field]:
    """Return a field for every question about the whole file."""
    return {f"option_{option.code}": _field(actor, option, given) for option in target.options}


def _field(actor: Actor, option: Option, given: dict[str, str]) -> forms.Field:
    value = given.get(option.code) or option.default
    more: dict[str, Any] = {"label": option.title, "hint": option.hint, "required": False, "span": 2}
    if option.kind == "date":
        return DayField(initial=dt.date.fromisoformat(value) if value else None, **more)
    choices = option.choices(actor) if option.choices else ()
    return ChoiceField(choices=choices, initial=value or (choices[0][0] if choices else ""), **more)


def answers_of(cleaned: dict[str, Any]) -> dict[str, str]:
    """Return the answers by the codes of the questions."""
    return {
        name.removeprefix("option_"): value.isoformat() if isinstance(value, dt.date) else str(value or "")
        for name, value in cleaned.items()
        if name.startswith("option_")
    }


class UploadForm(forms.Form):
    """A file and the questions about it."""

    def __init__(self, actor: Actor, target: Target, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = FileField(label="Файл .xlsx, .xls, .ods или .csv", span=2)
        self.fields.update(answer_fields(actor, target, {}))


class ColumnsForm(forms.Form):
    """Which column is which, on which sheet, under which header line."""

    def __init__(self, actor: Actor, row: Import, target: Target, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.codes = row, [("", LEFT_OUT), *((c.code, c.title) for c in target.columns)]
        if len(row.sheets) > 1:
            sheets = [(name, name) for name in row.sheets]
            self.fields["sheet"] = ChoiceField(
                label="Лист", choices=sheets, initial=row.sheet, required=False, widget=forms.Select()
            )
        self.fields["header_row"] = NumberField(
            label="Строка с названиями столбцов",
            low=1,
            high=1000,
            initial=row.header_row or 1,
            required=False,
        )
        self.fields.update(answer_fields(actor, target, row.options))
        for position, _ in enumerate(row.headers):
            self.fields[f"column_{position}"] = forms.ChoiceField(
                choices=self.codes, initial=row.columns.get(str(position), ""), required=False
            )

    def lines(self) -> list[dict[str, Any]]:
        """Return a line per source column: its header, its values, the choice, whether it is sure."""
        samples = samples_of(self.row)
        return [
            {
                "letter": letters(position),
                "header": header,
                "values": samples[position][:SHOWN] if position < len(samples) else [],
                "field": self[f"column_{position}"],
                "unsure": position in self.row.unsure,
            }
            for position, header in enumerate(self.row.headers)
        ]

    def settings(self) -> list[forms.BoundField]:
        """Return what stands above the columns."""
        return [self[name] for name in self.fields if not name.startswith("column_")]

    def facts(self) -> dict[str, Any]:
        """Return what the action wants."""
        given = self.cleaned_data
        return {
            "sheet": given.get("sheet", ""),
            "header_row": int(given.get("header_row") or 0),
            "columns": {
                int(name.removeprefix("column_")): value
                for name, value in given.items()
                if name.startswith("column_")
            },
            "options": answers_of(given),
        }


def letters(position: int) -> str:
    """Return the letters of a spreadsheet column: 0 is A, 26 is AA."""
    text, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
