"""Days of a campaign spread over working days, for other systems."""

import datetime as dt
from typing import Any
from uuid import UUID

from ninja import Field, Router, Schema

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs
from medtrud.registries.reference.public import calendar_on

from .. import actions
from ..queries.rows import campaign_of
from ..queries.spread import SpreadAsked, spread_of
from ..types.spread import SpreadOrder
from .shapes import Day

router = Router(tags=["Осмотры: приём в клинике"])


class SpreadIn(Schema):
    since: Day
    last: Day = Field(description="последний день, включительно")
    per_day: int = Field(ge=1, le=2000, description="человек этой кампании в день")
    capacity: int | None = Field(None, ge=1, le=5000, description="всего в клинике в день")
    order: SpreadOrder = SpreadOrder.DIVISION
    division: str | None = Field(None, description="одно подразделение; без него — все")
    save: bool = Field(default=False, description="назначить дни; иначе только показать раскладку")


class SpreadDayOut(Schema):
    on: dt.date
    taken: int
    exams: list[UUID]


class SpreadOut(Schema):
    saved: bool
    calendar: str
    days: list[SpreadDayOut]
    left: list[UUID]


@router.post("/campaigns/{uuid:uid}/spread", response=SpreadOut, url_name="exams_spread")
@needs("exams.exams_spread")
def exams_spread(request: Request, uid: UUID, facts: SpreadIn) -> dict[str, Any]:
    """Разложить осмотры кампании по рабочим дням; без save — только показать."""
    row, working = campaign_of(request.actor, uid), calendar_on(request.actor, today())
    asked = SpreadAsked(facts.since, facts.last, facts.per_day, facts.capacity, facts.order, facts.division)
    shown = spread_of(request.actor, row, asked, working)
    days = {day.on: [person.exam for person in day.people] for day in shown.days}
    if facts.save:
        actions.exams_spread(request.actor, days=days)
    return {
        "saved": facts.save,
        "calendar": working.said(facts.since, facts.last),
        "days": [{"on": day.on, "taken": day.taken, "exams": days[day.on]} for day in shown.days],
        "left": [person.exam for person in shown.left],
    }
