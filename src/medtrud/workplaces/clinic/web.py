"""The desk: what waits for the registrar and for the doctor."""

import datetime as dt

from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import urlencode

from medtrud.domains.documents.public import accounting_pending
from medtrud.domains.exams.public import (
    campaigns_waiting,
    exam_tabs,
    exams,
    places,
    queue,
    referrals_since,
)
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, counts, needs, page
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of

LATELY = dt.timedelta(days=7)
SHOWN = 8
TONES = {"today": "info", "started": "info", "ready": "warn", "late": "bad"}
NOTES = {
    "today": "назначены на сегодня",
    "started": "ждут врачей и результатов",
    "ready": "весь объём выполнен",
    "late": "день назначения прошёл",
    "undated": "день ещё не назначен",
}


@needs("clinic.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for this role."""
    actor, on = request.actor, today()
    mine = places(actor, on)
    nearest = list(queue(actor, [place.code for place in mine]).order_by("arrived_on", "pk")[:SHOWN])
    coming = list(exams(actor).filter(state="planned", planned_on=on).order_by("person__name_rank")[:SHOWN])
    names = names_of(actor, [row.person_id for row in (*nearest, *coming)])
    return page(
        request,
        "clinic/desk.html",
        title="Сегодня",
        lead=f"{on:%d.%m.%Y}",
        numbers=[*_numbers(actor, on), *_accounting(actor, on)],
        places=[place for place in mine if place.waiting] or mine,
        nearest=[(row, names.get(row.person_id)) for row in nearest],
        coming=[(row, names.get(row.person_id)) for row in coming],
        campaigns=list(campaigns_waiting(actor).order_by("since")[:SHOWN]),
        arrived=referrals_since(actor, on - LATELY).count(),
    )


def _numbers(actor: Actor, on: dt.date) -> list[tuple[str, int, str, str, str]]:
    """Return the figures of the reception with the lists behind them, in one query."""
    tabs = {code: found for code, found in exam_tabs(on).items() if code in NOTES}
    rows = exams(actor)
    found = counts([rows.filter(where) for _, where in tabs.values()])
    address = reverse("exams:exam_list")
    return [
        (
            title,
            number,
            NOTES[code],
            TONES.get(code, "") if number else "",
            f"{address}?{urlencode({'tab': code})}",
        )
        for (code, (title, _)), number in zip(tabs.items(), found, strict=True)
    ]


def _accounting(actor: Actor, on: dt.date) -> list[tuple[str, int, str, str, str]]:
    """Tell of accounting documents that are late or wait for a signature."""
    late, waiting = accounting_pending(actor, on)
    register, queue = reverse("documents:accounting_list"), reverse("documents:request_list")
    rows = [
        ("В бухгалтерию", late, "просрочена передача", "bad", f"{register}?tab=overdue"),
        ("Акты и счета", waiting, "ждут вашей подписи", "warn", queue),
    ]
    return [row for row in rows if row[1]]


app_name = "clinic"
urlpatterns = [path("", desk, name="desk")]
