"""The desk."""

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.domains.exams.public import act_due_on, acts_due, clear_visits, marked, visits
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Event, Request, counts, needs, page
from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of

SHOWN = 8
ONE_DAY = dt.timedelta(days=1)


@needs("commission.desk")
def desk(request: Request) -> HttpResponse:
    """Show first what waits for the commission."""
    actor, on = request.actor, today()
    ready = visits(actor).filter(state="ready")
    rows = (
        ready,
        clear_visits(actor),
        ready.filter(asked=True),
        visits(actor).filter(state="concluded", suspected=True),
        visits(actor).filter(state="concluded", sent=True),
        acts_due(actor, on=on),
    )
    waiting, clear, asked, suspected, center, due = counts(list(rows))
    return page(
        request,
        "commission/desk.html",
        title="Сегодня",
        waiting=waiting,
        clear=clear,
        asked=asked,
        suspected=suspected,
        center=center,
        due=due,
        visits=_visits(actor, ready),
        acts=_acts(acts_due(actor, on=on), on),
    )


def _visits(actor: Actor, ready: Any) -> list[dict[str, Any]]:
    """Return who has waited longest."""
    rows = marked(ready.order_by("arrived_on", "pk")[:SHOWN])
    names = names_of(actor, [row.person_id for row in rows])
    return [
        {
            "name": names[row.person_id].full if row.person_id in names else f"Направление {row.referral}",
            "url": reverse("exams:conclusion", args=[row.uid]),
            "work": f"{row.employer}, {row.referral.post}",
            "row": row,
        }
        for row in rows
    ]


def _acts(rows: Any, on: dt.date) -> list[Event]:
    """Return the campaigns that are over, the nearest last day first."""
    found = []
    for row in rows[:SHOWN]:
        until = act_due_on(row.until - ONE_DAY)
        left = (until - on).days
        words = f"акт до {until:%d.%m.%Y}" + (
            f", просрочен на {-left} дн." if left < 0 else f", осталось {left} дн."
        )
        tone = "bad" if left < 0 else "warn"
        url = reverse("exams:campaign_act", args=[row.uid])
        found.append(Event(row.until - ONE_DAY, f"{row.title}: {row.employer}", words, tone, url))
    return found


app_name = "commission"
urlpatterns = [path("", desk, name="desk")]
