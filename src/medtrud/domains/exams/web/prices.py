"""Price lists of the clinic: the table, a new price, the end of a price."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    ChoiceField,
    Column,
    DayField,
    NumberField,
    Request,
    Search,
    Section,
    Select,
    Tab,
    TextField,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations.public import Contract, contracts

from ..actions.prices import price_end as end
from ..actions.prices import price_set as put
from ..models import ServicePrice
from ..queries.services import price_of, prices
from ..rules.services import services_on
from ..types.services import KOPECKS, NewPrice, rubles

EVERYBODY = "для всех"
LARGEST = 10**9  # rubles


class PriceForm(forms.Form):
    """One line of a price list."""

    sections = (
        Section("Услуга", ("service", "contract"), columns=2),
        Section("Цена", ("price", "since", "basis"), columns=3),
    )
    price = NumberField(label="Цена", unit="₽", digits=2, low=0, high=LARGEST)
    since = DayField(label="Действует с")
    basis = TextField(label="Основание", max_length=300, hint="Прейскурант, приложение к договору.")

    def __init__(
        self, *args: Any, services: list[tuple[str, str]], agreed: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["service"] = ChoiceField(
            label="Услуга", choices=services, widget=forms.Select(), empty="Выберите"
        )
        self.fields["contract"] = ChoiceField(
            label="Договор",
            choices=agreed,
            widget=forms.Select(),
            empty=EVERYBODY.capitalize(),
            required=False,
        )

    def new(self) -> NewPrice:
        """Return the line."""
        facts = self.cleaned_data
        return NewPrice(
            service=facts["service"],
            kopecks=int(facts["price"] * KOPECKS),
            since=facts["since"],
            basis=facts["basis"],
            contract=int(facts["contract"]) if facts["contract"] else None,
        )


class EndForm(forms.Form):
    """The first day without the price."""

    until = DayField(label="Не действует с", hint="С этого дня услуга без цены или по общей цене.")


@needs("exams.price_list")
def price_list(request: Request) -> HttpResponse:
    """Show the price lists."""
    actor, on = request.actor, today()
    valid = Q(until__isnull=True) | Q(until__gt=on)
    buttons = (
        Button(
            "Загрузить прейскурант", reverse("exchange:import_upload", args=["prices"]), "file-spreadsheet"
        ),
        Button("Новая цена", reverse("exams:price_set"), "plus", "KeyN"),
        Button("Услуги кампаний", reverse("exams:service_list"), "receipt"),
    )
    agreed = [(str(row.pk), _contract(row)) for row in contracts(actor)]
    return listing(
        request,
        prices(actor),
        title="Прейскурант",
        noun="цена,цены,цен",
        columns=(
            Column("title", "Услуга", _title, "title_key", "title", "name"),
            Column(
                "price",
                "Цена, ₽",
                lambda row, _: rubles(row.price_kopecks),
                "price_kopecks",
                "aside",
                "number",
            ),
            Column("contract", "Договор", lambda row, _: _contract(row.contract)),
            Column("since", "С", lambda row, _: cells.day(row.since), "since", width="date"),
            Column("until", "До", lambda row, _: cells.day(row.until), "until", width="date"),
            Column("basis", "Основание", lambda row, _: row.basis),
        ),
        tabs=(Tab("now", "Действуют", valid), Tab("past", "Прежние", ~valid)),
        whole="",
        filters=(
            Select(
                "contract",
                "Все договоры",
                [("0", EVERYBODY.capitalize()), *agreed],
                where=lambda key: Q(contract=None) if key == "0" else Q(contract=key),
            ),
        ),
        search=Search("Услуга", lambda rows, text: rows.filter(title_key__contains=sort_key(text))),
        order="title",
        buttons=buttons if actor.may("exams.price_set") else buttons[2:],
        empty="Цен ещё нет: в услугах кампаний вместо сумм — «нет данных». Загрузите прейскурант таблицей.",
    )


@needs("exams.price_set")
def price_set(request: Request) -> HttpResponse:
    """Set a price from a day on."""
    on = today()
    agreed = [(str(row.pk), _contract(row)) for row in contracts(request.actor)]
    services = [(one.code, one.title[:1].upper() + one.title[1:]) for one in services_on(on)]
    form = PriceForm(request.POST or None, services=services, agreed=agreed, initial={"since": on})
    row = attempt(form, lambda _: put(request.actor, price=form.new()))
    if row:
        return done(request, f"Цена записана: {row.title}.", "exams:price_list")
    back = reverse("exams:price_list")
    return form_page(request, form, title="Новая цена", action="Записать цену", back=back)


@needs("exams.price_end")
def price_end(request: Request, uid: UUID) -> HttpResponse:
    """End a price."""
    row = price_of(request.actor, uid)
    form = EndForm(request.POST or None, initial={"until": today()})
    if attempt(form, lambda facts: end(request.actor, price=uid, until=facts["until"])):
        return done(request, "Цена завершена.", "exams:price_list")
    lead = f"{rubles(row.price_kopecks)} ₽, {_contract(row.contract)}"
    back = reverse("exams:price_list")
    return form_page(
        request, form, title=f"Завершить цену: {row.title}", lead=lead, action="Завершить", back=back
    )


def _title(row: ServicePrice, _: object) -> object:
    if row.until is not None:
        return row.title
    return cells.link(row.title, reverse("exams:price_end", args=[row.uid]))


def _contract(row: Contract | None) -> str:
    return f"{row}, {row.employer}" if row else EVERYBODY


urlpatterns = [
    path("prices/", price_list, name="price_list"),
    path("prices/new/", price_set, name="price_set"),
    path("prices/<uuid:uid>/end/", price_end, name="price_end"),
]
