"""The form of a card: header, measured values, classes; the class that follows is shown while one types."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, NumberField, Section, TextField

from ..models import SoutCard, SoutLine
from ..rules.sout_indicators import (
    CODED,
    INDICATORS,
    indicator_options,
    marks_of,
    option_of,
    unit_of_indicator,
)
from ..types.sout_card import CardIn, LineIn
from .forms import ListField, class_choices

ROWS = 10
KINDS = (("assessed", "оценено"), ("declared", "декларировано"))


class CardForm(forms.Form):
    """A card by hand."""

    number = TextField(label="Номер рабочего места", max_length=50)
    position = TextField(label="Должность (профессия)", max_length=300)
    unit = TextField(label="Подразделение", required=False, hint="Уровни через «/»")
    profession = TextField(label="Код ОК 016-94", required=False, max_length=5)
    kind = ChoiceField(label="Вид", choices=KINDS, initial="assessed")
    card_number = TextField(label="Номер карты", required=False, max_length=50)
    workers = NumberField(label="Работников", low=0, high=100000, required=False)
    women = NumberField(label="Из них женщин", low=0, high=100000, required=False)
    approved_on = DayField(label="Отчёт утверждён")
    report_number = TextField(label="Номер отчёта", required=False, max_length=100)
    assessor = TextField(label="Организация, проводившая СОУТ", required=False, span=2)
    measured_on = DayField(label="Измерено", required=False)
    stated = ListField(label="Итоговый класс по карте", required=False)
    stated_ppe = ListField(label="Итоговый класс с учётом СИЗ", required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        classes, titles = class_choices(), indicator_options()
        for name in ("stated", "stated_ppe"):
            self.fields[name].offer(classes, "Не указан")  # type: ignore[attr-defined]
        lines = []
        for number in range(ROWS):
            names = tuple(f"{name}_{number}" for name in ("indicator", "subject", "value", "norm", "class"))
            self.fields[names[0]] = ListField(label=f"Показатель {number + 1}", required=False)
            self.fields[names[0]].offer(titles, "Не выбран")  # type: ignore[attr-defined]
            self.fields[names[1]] = TextField(label="Вещество, место", required=False, max_length=200)
            self.fields[names[2]] = NumberField(label="Значение", digits=4, required=False)
            self.fields[names[3]] = NumberField(label="Норма", digits=4, required=False)
            self.fields[names[4]] = ListField(label="Класс по карте", required=False)
            self.fields[names[4]].offer(classes, "Не указан")  # type: ignore[attr-defined]
            lines.append(names)
        self.lines = [[self[name] for name in names] for names in lines]
        self.sections = (
            Section("Рабочее место", ("number", "position", "unit", "profession", "card_number", "kind",
                     "workers", "women"),
                    columns=2),
            Section("Отчёт", ("approved_on", "report_number", "assessor", "measured_on"), columns=2),
            Section("Итог по карте", ("stated", "stated_ppe"), columns=2),
        )  # fmt: skip

    def card(self) -> CardIn:
        """Return the card as it was typed."""
        given = self.cleaned_data
        return CardIn(
            number=given["number"],
            position=given["position"],
            kind=given["kind"],
            profession=given["profession"],
            card_number=given["card_number"],
            unit=given["unit"],
            unit_path=tuple(part.strip() for part in given["unit"].split("/") if part.strip()),
            workers=int(given["workers"] or 0),
            women=int(given["women"]) if given["women"] is not None else None,
            measured_on=given["measured_on"],
            stated=given["stated"],
            stated_ppe=given["stated_ppe"],
            lines=list(self.typed(given)),
        )

    def typed(self, given: Mapping[str, Any]) -> Iterator[LineIn]:
        """Yield the factors with their values."""
        lines: dict[str, LineIn] = {}
        for number in range(ROWS):
            code, _, mark = (given.get(f"indicator_{number}") or "").partition("/")
            if code not in INDICATORS:
                continue
            line = lines.setdefault(INDICATORS[code][0], LineIn(INDICATORS[code][0]))
            value, norm = given.get(f"value_{number}"), given.get(f"norm_{number}")
            stated = given.get(f"class_{number}") or ""
            level = {
                "indicator": code,
                "subject": given.get(f"subject_{number}") or "",
                "value": _shown(value) if code not in CODED else "",
                "code": _shown(value) if code in CODED else "",
                "norm": _shown(norm),
                "unit": unit_of_indicator(code),
                "stated": stated,
            } | marks_of(code, mark)
            line.levels += ({key: text for key, text in level.items() if text != ""},)
            line.stated = max(line.stated, stated)
        yield from lines.values()


def _shown(value: Any) -> str:
    return "" if value is None else format(value.normalize(), "f")


def initial_of(card: SoutCard, lines: list[SoutLine], today: dt.date) -> dict[str, Any]:
    """Return what the form begins with for a new version of a card."""
    facts: dict[str, Any] = {
        "number": card.number, "position": card.position, "unit": card.unit, "profession": card.profession,
        "card_number": card.card_number,
        "kind": card.kind if card.kind in dict(KINDS) else "assessed", "workers": card.workers,
        "women": card.women,
        "approved_on": today, "assessor": card.report.assessor, "measured_on": card.measured_on,
        "stated": card.stated, "stated_ppe": card.stated_ppe,
    }  # fmt: skip
    number = 0
    for line in lines:
        for level in line.levels:
            code = str(level.get("indicator", ""))
            if code in INDICATORS and number < ROWS:
                facts |= {
                    f"indicator_{number}": option_of(level), f"subject_{number}": level.get("subject", ""),
                    f"value_{number}": level.get("value") or level.get("code"),
                    f"norm_{number}": level.get("norm"),
                    f"class_{number}": level.get("stated", ""),
                }  # fmt: skip
                number += 1
    return facts
