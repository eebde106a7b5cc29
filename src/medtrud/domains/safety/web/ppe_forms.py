"""Forms of protective equipment."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from medtrud.engines.ui.public import ChoiceField, DayField, NumberField, Section, TextField
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import workplaces

from ..queries.ppe import ppe_items
from ..types.ppe import NewPpe, PpeMoveKind

KOPECKS = 100
MOST = 1_000_000


class ItemForm(forms.Form):
    """A kind of equipment."""

    sections = (
        Section("СИЗ", ("title", "unit", "point", "protection_class", "price"), columns=2),
        Section("От чего защищает", ("codes", "reduction"), columns=2),
    )
    title = TextField(label="Наименование", span=2)
    unit = TextField(label="Единица", initial="шт.")
    point = TextField(label="Пункт норм", required=False, hint="Пункт типовых норм или своего перечня")
    protection_class = TextField(label="Класс защиты", required=False)
    price = NumberField(label="Цена", low=0, high=MOST, digits=2, required=False, unit="₽")
    codes = TextField(label="Коды факторов", required=False, hint="По приложению к приказу № 29н: 4.4, 3.1.4")
    reduction = NumberField(
        label="Снижение уровня",
        low=0,
        high=1000,
        digits=2,
        required=False,
        hint="Шум: дБ; остальное: во сколько раз",
    )

    def item(self) -> NewPpe:
        """Return what was entered."""
        given = self.cleaned_data
        price, reduction = given["price"], given["reduction"]
        return NewPpe(
            title=given["title"],
            unit=given["unit"],
            point=given["point"],
            protection_class=given["protection_class"],
            codes=tuple(code.strip() for code in given["codes"].split(",") if code.strip()),
            reduction=float(reduction) if reduction is not None else None,
            price_kopecks=int(Decimal(price) * KOPECKS) if price is not None else None,
        )


class CertificateForm(forms.Form):
    """A certificate of conformity."""

    number = TextField(label="Номер сертификата или декларации", span=2)
    issuer = TextField(label="Кем выдан", required=False, span=2)
    since = DayField(label="Действует с")
    until = DayField(label="Действует до", hint="Первый день без действия")


class NormForm(forms.Form):
    """How much a workplace is entitled to."""

    def __init__(self, actor: Actor, employer: int, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(str(row.uid), _place(row)) for row in workplaces(actor, employer=employer)]
        items = [(str(row.uid), row.title) for row in ppe_items(actor)]
        self.fields.update(
            {
                "workplace": ChoiceField(label="Рабочее место", choices=places, widget=forms.Select()),
                "item": ChoiceField(label="СИЗ", choices=items, widget=forms.Select()),
                "quantity": NumberField(label="Количество", low=0, high=MOST, digits=2),
                "months": NumberField(
                    label="Срок носки, месяцев",
                    low=1,
                    high=240,
                    digits=0,
                    required=False,
                    hint="Пусто: до износа",
                ),
                "basis": TextField(label="Основание", hint="Пункт типовых норм, локальный акт", span=2),
                "since": DayField(label="Действует с", initial=on),
            }
        )


class IssueForm(forms.Form):
    """Something issued to a worker."""

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = [(str(row.uid), f"{row.title}, {row.unit}") for row in ppe_items(actor)]
        self.fields.update(
            {
                "item": ChoiceField(label="СИЗ", choices=items, widget=forms.Select(), span=2),
                "quantity": NumberField(label="Количество", low=0, high=MOST, digits=2, initial=1),
                "on": DayField(label="Выдано", initial=on),
                "model": TextField(label="Модель, артикул", required=False),
                "size": TextField(label="Размер", required=False),
            }
        )


class MoveForm(forms.Form):
    """What became of an issue."""

    kind = ChoiceField(label="Что", choices=[(kind.value, kind.title_ru) for kind in PpeMoveKind])
    quantity = NumberField(label="Количество", low=0, high=MOST, digits=2, initial=1)
    on = DayField(label="Дата")
    note = TextField(label="Примечание", required=False)


class SizesForm(forms.Form):
    """The sizes of a worker."""

    on = DayField(label="Сняты")
    height = TextField(label="Рост", required=False)
    clothes = TextField(label="Одежда", required=False)
    shoes = TextField(label="Обувь", required=False)
    head = TextField(label="Головной убор", required=False)
    respirator = TextField(label="СИЗОД", required=False)
    gloves = TextField(label="СИЗ рук", required=False)


def _place(row: Any) -> str:
    return f"{row} · {row.division}" if row.division_id else str(row)
