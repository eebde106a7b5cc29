"""The own inbox for other programs."""

import datetime as dt
from uuid import UUID

from ninja import Router, Schema

from medtrud.engines.store.public import keyset
from medtrud.engines.ui.public import Request, needs

from . import actions
from .models import Notice
from .queries import WAITS, notices, unread

router = Router(tags=["Сообщения"])


class NoticeOut(Schema):
    uid: UUID
    kind: str
    title: str
    text: str
    link: str
    about: UUID | None
    created_at: dt.datetime
    read_at: dt.datetime | None


class NoticePage(Schema):
    items: list[NoticeOut]
    next: str
    unread: int


@router.get("/notices", response=NoticePage, url_name="notice_list")
@needs("messages.notice_list")
def notice_list(request: Request, after: str = "", *, new: bool = False) -> dict[str, object]:
    """Свои сообщения, последние впереди; new=true оставляет непрочитанные."""
    rows = notices(request.actor)
    page = keyset(rows.filter(WAITS) if new else rows, order=["-id"], after=after)
    return {"items": page.rows, "next": page.next, "unread": unread(request.actor)}


@router.post("/notices/{uuid:notice}/read", response=NoticeOut, url_name="notice_read")
@needs("messages.notice_read")
def notice_read(request: Request, notice: UUID) -> Notice:
    """Отметить сообщение прочитанным."""
    return actions.notice_read(request.actor, uid=notice)
