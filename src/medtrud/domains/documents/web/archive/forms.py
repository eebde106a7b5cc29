"""Forms of the archive."""

import datetime as dt
from typing import Any

from django import forms
from django.urls import reverse_lazy

from medtrud.engines.access.public import colleagues
from medtrud.engines.ui.public import (
    ChoiceField,
    ComboField,
    DayField,
    FileField,
    FlagField,
    NumberField,
    Section,
    TextField,
)
from medtrud.kernel.actor import Actor

from ...models import Heading
from ...queries.terms import BOOK
from ...types import kinds_on
from ...types.storage import HeadingIn, IssueKind, MediumDeed

LONG = 3
ARTICLES: Any = reverse_lazy("reference:code_search", args=[BOOK])
FIRST_YEAR = 2000


class YearForm(forms.Form):
    """A year."""

    year = NumberField(label="Год", low=FIRST_YEAR, high=2100, digits=0)


class HeadingForm(forms.Form):
    """A line of the list of cases."""

    def __init__(self, year: int, *args: Any, listed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        term = ("article",) if listed else ()
        self.sections = (
            Section("Дело", ("index", "title", "kinds"), columns=1),
            Section("Срок хранения", (*term, "forever", "years", "basis"), columns=1),
        )
        kinds = [(kind.code, kind.title) for kind in kinds_on(dt.date(year, 12, 31)).values()]
        self.fields.update(
            {
                "index": TextField(label="Индекс дела", hint="Например, 01-05: раздел и номер в нём"),
                "title": TextField(label="Заголовок дела"),
                "kinds": forms.MultipleChoiceField(
                    label="Какие документы сюда кладут",
                    choices=kinds,
                    widget=forms.CheckboxSelectMultiple(attrs={"class": "choices"}),
                ),
                **({"article": _article()} if listed else {}),
                "forever": FlagField(label="Хранить постоянно", required=False),
                "years": NumberField(
                    label="Срок, лет", low=1, high=100, digits=0, required=False, hint="Пусто: «нет данных»"
                ),
                "basis": TextField(
                    label="Основание срока",
                    required=False,
                    hint="Акт и статья перечня, по которым назначен срок",
                ),
            }
        )

    def line(self) -> HeadingIn:
        """Return the line."""
        given = self.cleaned_data
        years = given["years"]
        return HeadingIn(
            given["index"],
            given["title"],
            tuple(given["kinds"]),
            given["forever"],
            int(years) if years is not None else None,
            given["basis"],
            given.get("article", ""),
        )


def _article() -> ComboField:
    return ComboField(
        source=ARTICLES,
        label="Статья перечня Росархива",
        required=False,
        hint="Номер статьи или слова: срок и основание подставятся, остальное оставьте пустым",
    )


def heading_initial(row: Heading) -> dict[str, object]:
    """Return what stands in a line now."""
    names = ("index", "title", "kinds", "forever", "years", "basis")
    return {name: getattr(row, name) for name in names}


class TransferForm(forms.Form):
    """Both sides of a transfer."""

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues(actor, on).items()]
        self.fields["giver"] = ChoiceField(label="Сдаёт", choices=people)
        self.fields["receiver"] = ChoiceField(
            label="Принимает", choices=people, initial=str(actor.account or "")
        )


class HoldForm(forms.Form):
    """Why a case is held, or no more."""

    reason = TextField(label="Основание", rows=LONG, hint="Суд, проверка, запрос: номер и дата")


class IssueForm(forms.Form):
    """To whom and why something is issued."""

    kind = ChoiceField(label="Что выдать", choices=[(kind.value, kind.title_ru) for kind in IssueKind])
    asked_by = TextField(label="Кто запросил")
    basis = TextField(label="Основание", hint="Запрос: номер и дата")


class MediumForm(forms.Form):
    """A medium."""

    sections = (Section("Носитель", ("number", "kind", "serial", "place"), columns=2),)
    number = TextField(label="Учётный номер")
    kind = TextField(label="Вид носителя", hint="Например, оптический диск однократной записи 100 ГБ")
    serial = TextField(label="Заводской номер", required=False)
    place = TextField(label="Где хранится", required=False)


class WriteForm(forms.Form):
    """What was written onto a medium."""

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inventory"] = ChoiceField(label="Записаны дела описи", choices=choices)


class CheckForm(forms.Form):
    """A check of a medium."""

    on = DayField(label="Дата проверки")
    ok = ChoiceField(label="Результат", choices=[("yes", "Читается, цел"), ("no", "Неисправен")])
    text = TextField(label="Замечание", required=False, rows=LONG)
    report = FileField(
        label="Ответ команды",
        required=False,
        hint="Файл ответа medtrud archive verify ПУТЬ --json, выполненной на этом носителе",
    )


class MoveForm(forms.Form):
    """Where a medium goes."""

    place = TextField(label="Новое место хранения")


class EndForm(forms.Form):
    """How a medium ended."""

    deed = ChoiceField(
        label="Что случилось",
        choices=[(d.value, d.title_ru) for d in (MediumDeed.LOST, MediumDeed.DESTROYED)],
    )
    text = TextField(label="Обстоятельства, номер акта", rows=LONG)


class DestructionForm(forms.Form):
    """The commission that approves a destruction."""

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues(actor, on).items()]
        self.fields["chairman"] = ChoiceField(label="Председатель экспертной комиссии", choices=people)
        self.fields["member"] = ChoiceField(label="Член комиссии", choices=people)
        self.fields["cases"] = forms.CharField(widget=forms.HiddenInput, label="Дела")
