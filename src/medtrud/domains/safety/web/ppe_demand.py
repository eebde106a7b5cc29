"""What protective equipment a coming period needs and costs: on the screen and on paper."""

from django.http import HttpResponse
from django.urls import path

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.dates import add_months

from ..queries.ppe_demand import demand_form
from ..types.ppe_demand import HEAD, DemandForm
from .papers import CAUTION, pdf_answer

PERIODS = ((3, "Квартал"), (6, "Полгода"), (12, "Год"))
YEAR = 12
ROLES = ("wide", "title", "line", "line", "line", "line", "line")
UNPRICED = "Видов СИЗ без цены: {}. В сумму они не вошли; цену записывают в каталоге."
COUNTED = "Посчитано по нормам предприятия и тому, что у работников на руках, для работающих в первый день."


@needs("safety.ppe_demand")
def ppe_demand(request: Request) -> HttpResponse:
    """Show the demand of a quarter, half a year or a year."""
    months = _months(request)
    form = _form(request, months)
    return page(
        request, "safety/ppe_demand.html", title="Потребность в СИЗ", lead=form.period, form=form,
        lines=[list(zip(HEAD, ROLES, row, strict=True)) for row in form.rows], months=months,
        periods=PERIODS, head=HEAD,
    )  # fmt: skip


@needs("safety.ppe_demand_print")
def ppe_demand_print(request: Request) -> HttpResponse:
    """Print what the screen shows."""
    form = _form(request, _months(request))
    notes = [COUNTED, *([UNPRICED.format(form.unpriced)] if form.unpriced else ()), CAUTION]
    data = {
        "employer": form.employer, "period": form.period, "head": list(HEAD), "rows": form.rows,
        "total": form.total, "notes": notes,
    }  # fmt: skip
    return pdf_answer("safety/ppe_demand.typ", data, f"Потребность в СИЗ {form.period}")


def _form(request: Request, months: int) -> DemandForm:
    since = today()
    return demand_form(request.actor, since=since, until=add_months(since, months))


def _months(request: Request) -> int:
    asked = request.GET.get("months", "")
    return next((count for count, _ in PERIODS if str(count) == asked), YEAR)


urlpatterns = [
    path("ppe/demand/", ppe_demand, name="ppe_demand"),
    path("ppe/demand/print/", ppe_demand_print, name="ppe_demand_print"),
]
