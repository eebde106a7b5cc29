"""The journal for systems that watch over security."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from ninja import Router, Schema
from pydantic import Field

from medtrud.engines.ui.public import Request, needs

from .models import Line
from .queries import lines

router = Router(tags=["Журнал действий"])
BIGGEST = 2**63 - 1


class LineOut(Schema):
    uid: UUID
    number: int
    at: dt.datetime
    account: int | None
    name: str
    role: str
    organization: int | None
    region: str
    action: str
    outcome: str
    object: UUID | None
    label: str
    facts: dict[str, Any]
    previous: str
    hash: str


@router.get("/lines", response=list[LineOut], url_name="line_list")
@needs("journal.line_list")
def line_list(
    request: Request,
    after: Annotated[int, Field(ge=0, le=BIGGEST)] = 0,
    limit: Annotated[int, Field(ge=1, le=2000)] = 500,
) -> list[Line]:
    """Записи с номерами больше данного, по порядку: забирают порциями, начиная с последнего известного."""
    rows = lines(request.actor).filter(number__gt=after)
    return list(rows.order_by("number")[:limit])
