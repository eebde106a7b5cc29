"""Forms of milk and therapeutic nutrition."""

import datetime as dt
from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, NumberField, TextField

from ..types.nutrition import Portion, portions_on, rations_on

MOST = 31


class GrantForm(forms.Form):
    """What a worker is given."""

    def __init__(self, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(row.code, row.title) for row in portions_on(on).values()]
        rations = [("", "—"), *((code, f"№ {code}: {title}") for code, title in rations_on(on).items())]
        self.fields.update(
            {
                "kind": ChoiceField(
                    label="Что выдаётся",
                    choices=[*kinds, ("ration", "Лечебно-профилактическое питание")],
                    widget=forms.Select(),
                ),
                "ration": ChoiceField(label="Рацион", choices=rations, required=False, widget=forms.Select()),
                "since": DayField(label="С", initial=on),
                "basis": TextField(label="Основание", required=False, hint="Если карта СОУТ о праве молчит"),
                "request": TextField(label="Заявление", required=False, hint="Для денег вместо молока"),
            }
        )


class IssueForm(forms.Form):
    """What was given in a month."""

    def __init__(self, portion: Portion | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        share = portion.share if portion else None
        hint = (
            f"Во вредных условиях не меньше {share:.0%} смены ({portion.caution})"
            if portion and share
            else ""
        )
        self.fields["shifts"] = NumberField(label="Смен с выдачей", low=0, high=MOST, digits=0, hint=hint)
        self.fields["note"] = TextField(label="Примечание", required=False)


class EndForm(forms.Form):
    """The day from which nothing is given."""

    on = DayField(label="Не выдаётся с")
