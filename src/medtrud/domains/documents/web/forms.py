"""Forms of documents."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from medtrud.engines.access.public import colleagues
from medtrud.engines.ui.public import (
    ChoiceField,
    DayField,
    FileField,
    FlagField,
    NumberField,
    Section,
    TextField,
)
from medtrud.kernel.actor import Actor

from ..rules import PARTS
from ..types import Content, DocumentIn, Flow, Received, Sheet, kinds_on, office_closes
from ..types.routes import Deed, StepIn
from ..types.signing import ROLES

FLOWS = [(flow.value, flow.title_ru) for flow in Flow]
LONG = 3


class DocumentForm(forms.Form):
    """A document a clerk enters: what it is, from or to whom, the file."""

    sections = (
        Section("Документ", ("kind", "flow", "on", "title", "file"), columns=2),
        Section(
            "Корреспондент", ("party_name", "number", "dated", "came_on", "came_at", "came_by"), columns=2
        ),
        Section("На бумаге", ("sheets", "enclosures"), columns=2),
    )

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(k.code, k.title) for k in kinds_on(on).values() if not k.basis.act.startswith("Приказ")]
        self.fields.update(
            {
                "kind": ChoiceField(label="Вид", choices=kinds),
                "flow": ChoiceField(label="Поток, если вид бывает разным", choices=FLOWS, required=False),
                "on": DayField(label="Дата документа", initial=on),
                "title": TextField(label="Краткое содержание", rows=LONG, span=2),
                "file": FileField(label="Файл", span=2, hint="Хранится байт в байт, как получен"),
                "party_name": TextField(label="Корреспондент или адресат", required=False, span=2),
                "number": TextField(label="Номер у корреспондента", required=False),
                "dated": DayField(label="Дата у корреспондента", required=False),
                "came_on": DayField(label="Поступил", required=False, hint="Для входящих; срок регистрации"),
                "came_at": TextField(label="В котором часу", required=False, max_length=5, hint=_hours(on)),
                "came_by": TextField(label="Способ доставки", required=False),
                "sheets": NumberField(label="Листов", low=0, high=10000, digits=0, required=False),
                "enclosures": TextField(label="Приложения", required=False),
            }
        )

    def clean_came_at(self) -> dt.time:
        """Read the hour; none is midnight."""
        said = self.cleaned_data["came_at"].strip().replace(".", ":")
        try:
            return dt.time.fromisoformat(said.zfill(5)) if said else dt.time()
        except ValueError:
            raise forms.ValidationError(f"Времени «{said}» не бывает. Введите, например, 16:40.") from None

    def document(self) -> DocumentIn:
        """Return the document as the form describes it."""
        given = self.cleaned_data
        came = given["came_on"]
        at = dt.datetime.combine(came, given["came_at"], timezone.get_current_timezone()) if came else None
        sheets = given["sheets"]
        return DocumentIn(
            kind=given["kind"],
            title=given["title"],
            on=given["on"],
            flow=Flow(given["flow"]) if given["flow"] else None,
            party_name=given["party_name"],
            received=Received(at, given["number"], given["dated"], given["came_by"]) if at else None,
            sheet=Sheet(int(sheets) if sheets is not None else None, given["enclosures"]),
        )

    def content(self) -> Content:
        """Return the file."""
        file = self.cleaned_data["file"]
        return Content(file, file.name)


def _hours(on: dt.date) -> str:
    return f"После {office_closes(on):%H:%M} срок регистрации — следующий рабочий день"


class VersionForm(forms.Form):
    """A corrected file and why."""

    file = FileField(label="Исправленный файл")
    reason = TextField(label="Чем отличается", rows=LONG)

    def content(self) -> Content:
        """Return the file."""
        file = self.cleaned_data["file"]
        return Content(file, file.name)


class DayForm(forms.Form):
    """A day of an event."""

    on = DayField(label="Дата")


class ReasonForm(forms.Form):
    """Why."""

    reason = TextField(label="Причина", rows=LONG)


class TaskForm(forms.Form):
    """A resolution."""

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues(actor, on).items()]
        self.fields.update(
            {
                "text": TextField(label="Что сделать", rows=LONG, span=2),
                "account": ChoiceField(label="Исполнитель", choices=people),
                "due": DayField(label="Срок", required=False),
                "control": FlagField(label="На контроле", required=False, initial=True),
            }
        )


class ReportForm(forms.Form):
    """How a resolution was carried out."""

    on = DayField(label="Исполнено")
    report = TextField(label="Что сделано", rows=LONG)


class RouteForm(forms.Form):
    """A route before it has steps."""

    def __init__(self, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "Любой вид"), *((kind.code, kind.title) for kind in kinds_on(on).values())]
        self.fields["title"] = TextField(label="Название маршрута")
        self.fields["kind"] = ChoiceField(label="Для документов вида", choices=kinds, required=False)


class StepForm(forms.Form):
    """A step of a route."""

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues(actor, on).items()]
        self.fields["order"] = NumberField(
            label="Очередь", low=1, high=50, digits=0, hint="Шаги одной очереди идут одновременно"
        )
        self.fields["deed"] = ChoiceField(label="Что сделать", choices=[(d.value, d.title_ru) for d in Deed])
        self.fields["account"] = ChoiceField(label="Кто", choices=people)
        self.fields["days"] = NumberField(
            label="Рабочих дней", low=1, high=365, digits=0, required=False, hint="Пусто: без срока"
        )

    def step(self) -> StepIn:
        """Return the step."""
        given = self.cleaned_data
        days = given["days"]
        return StepIn(
            int(given["order"]), Deed(given["deed"]), int(given["account"]), int(days) if days else None
        )


class SignersForm(forms.Form):
    """Who signs, in the order of the roles of the kind."""

    def __init__(self, actor: Actor, on: dt.date, roles: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues(actor, on).items()]
        for number, role in enumerate(roles):
            self.fields[f"signer{number}"] = ChoiceField(label=ROLES.get(role, role), choices=people)

    def signers(self) -> list[int]:
        """Return the chosen accounts."""
        return [int(self.cleaned_data[name]) for name in self.fields]


class OwnSignatureForm(forms.Form):
    """A signature made elsewhere."""

    signature = FileField(label="Файл подписи .p7s, .sig", hint="Отсоединённая подпись именно этого файла")


class VerifyForm(forms.Form):
    """A document and its signature, checked for anybody."""

    file = FileField(label="Документ")
    signature = FileField(label="Файл подписи .p7s, .sig")


class SendForm(forms.Form):
    """The route a document takes."""

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"] = ChoiceField(label="Маршрут", choices=choices)


class AnswerForm(forms.Form):
    """What one answers on a step."""

    answer = ChoiceField(label="Ответ", choices=[("yes", "Согласен, выполнено"), ("no", "Вернуть")])
    text = TextField(label="Замечание", rows=LONG, required=False)


class SubstitutionForm(forms.Form):
    """Who is away and who answers for him."""

    def __init__(self, actor: Actor, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(key), name) for key, name in colleagues(actor, on).items()]
        self.fields["account"] = ChoiceField(label="Кто отсутствует", choices=people)
        self.fields["substitute"] = ChoiceField(label="Кто замещает", choices=people)
        self.fields["since"] = DayField(label="С", initial=on)
        self.fields["until"] = DayField(label="До", hint="Первый день без замещения")
        self.fields["reason"] = TextField(label="Основание", required=False)


class SchemeForm(forms.Form):
    """How documents of a flow are numbered."""

    flow = ChoiceField(label="Поток", choices=FLOWS)
    pattern = TextField(
        label="Схема", hint=f"Части: {', '.join(PARTS)}. Например: {{index}}-{{number}}/{{year}}"
    )
    index = TextField(label="Индекс", required=False, hint="Например, номер дела по номенклатуре")
    since = DayField(label="Действует с")


class CopiesForm(forms.Form):
    """Of which documents copies are made."""

    sections = (Section("", ("kind", "since", "last"), columns=3),)

    def __init__(self, on: dt.date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [("", "Все виды"), *((kind.code, kind.title) for kind in kinds_on(on).values())]
        self.fields.update(
            {
                "kind": ChoiceField(label="Вид", choices=kinds, required=False),
                "since": DayField(label="С", initial=on),
                "last": DayField(label="По", initial=on),
            }
        )
