"""The register of absences on paper and as a workbook: the rows the list shows, in their order."""

from django.http import HttpResponse

from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Listing, Request, needs
from medtrud.kernel.errors import Refused

from ..drivers import Sheet, workbook
from ..queries.journal import journal_form
from ..types.journal import HEAD, JournalForm
from .papers import XLSX, file_answer
from .register import DAYS, register_of

MOST = 5000
CAUTION = "Собственная раскладка: официальный макет не сверен. Сведений о диагнозах журнал не содержит."


@needs("absences.register_print")
def register_print(request: Request) -> HttpResponse:
    """Print what the list shows."""
    form = _form(request)
    data = {
        "employer": form.employer, "period": form.period, "head": list(HEAD), "rows": form.rows,
        "days": form.days, "caution": CAUTION,
    }  # fmt: skip
    content = form_render("absences/journal.typ", data)
    return file_answer(content, f"Журнал отсутствий {today():%d.%m.%Y}.pdf", "application/pdf")


@needs("absences.register_print")
def register_table(request: Request) -> HttpResponse:
    """Give what the list shows as a workbook."""
    form = _form(request)
    title = f"Журнал отсутствий. {form.employer}, {form.period}"
    sheet = Sheet("Журнал", title, HEAD, form.rows, (f"Дней отсутствия: {form.days}.", CAUTION))
    return file_answer(workbook([sheet]), f"Журнал отсутствий {today():%d.%m.%Y}.xlsx", XLSX)


def _form(request: Request) -> JournalForm:
    listed, declared = register_of(request)
    shown = Listing(request, listed, declared)
    rows = list(shown.shown.order_by("since", "pk")[: MOST + 1])
    if len(rows) > MOST:
        raise Refused(
            f"В журнале больше {MOST} записей, столько на бумаге не читают. "
            "Выберите в списке дни «с» и «по» или вид отсутствия и напечатайте снова."
        )
    return journal_form(request.actor, rows, period=_period(request, shown), on=today())


def _period(request: Request, shown: Listing) -> str:
    """Say which rows these are: the tab, the days, that something else narrows them."""
    given = {name: str(value) for name, value in request.GET.items() if value}
    tab = next((each.title for each in shown.tabs if each.current), shown.declared.whole)
    days = [
        f"{word} {given[name]}"
        for word, name in (("с", "since_from"), ("по", "since_to"))
        if name in given and DAYS.narrow(given[name], end=False) is not None
    ]
    parts = (
        tab.casefold() if tab != shown.declared.whole else "",
        " ".join(days) or "за всё время",
        "с отбором" if given.keys() & {"q", "kind", "reason", "part"} else "",
    )
    return ", ".join(part for part in parts if part)
