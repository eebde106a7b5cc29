"""Forms of accounting documents."""

from collections.abc import Iterable
from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, NumberField, Section

MOST = 10**11  # rubles of one document


class HandForm(forms.Form):
    """When it happened, when it was handed over, for how much."""

    sections = (Section("Передача", ("fact_on", "handed_on", "amount"), columns=2),)
    fact_on = DayField(label="День факта", hint="Когда услуга оказана или документ составлен")
    handed_on = DayField(label="День передачи")
    amount = NumberField(label="Сумма, ₽", low=0, high=MOST, digits=2, required=False)


class PackForm(forms.Form):
    """An ended month."""

    def __init__(self, months: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"] = ChoiceField(label="Месяц", choices=months)


class BackupForm(forms.Form):
    """Which year was written onto which medium."""

    def __init__(self, years: Iterable[int], media: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"] = ChoiceField(label="Год", choices=[(str(year), str(year)) for year in years])
        self.fields["medium"] = ChoiceField(label="Носитель", choices=media)
