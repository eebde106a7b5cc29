"""The exchange journal of a clinic."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from medtrud.engines.ui.public import Column, Days, Request, Select, Tab, cells, listing, needs

from ..actions.registry import OPERATIONS
from ..models import Message
from ..queries import messages


@needs("egisz.message_list")
def message_list(request: Request) -> HttpResponse:
    """Show every message with its answer."""
    return listing(
        request,
        messages(request.actor),
        title="Журнал обмена с реестром",
        noun="сообщение,сообщения,сообщений",
        columns=(
            Column("at", "Когда", lambda row, _: cells.moment(row.at), "at", "aside", "date"),
            Column("operation", "Операция", _operation, role="title"),
            Column("document", "Документ", _document),
            Column("sha256", "Хэш сообщения", lambda row, _: cells.muted(f"{row.sha256[:16]}…"), role="wide"),
            Column("size", "Байт", lambda row, _: cells.number(row.size), role="wide", width="number"),
            Column("answer", "Ответ", _answered),
            Column("ok", "Итог", _outcome, role="state", width="state"),
        ),
        tabs=(Tab("bad", "С ошибкой", Q(ok=False)), Tab("ok", "Приняты", Q(ok=True))),
        filters=(Select("operation", "Все операции", list(OPERATIONS.items())), Days("at", "Когда", "at")),
        order="-at",
        empty="Сообщений ещё не было.",
    )


def _operation(row: Message, _: Any) -> object:
    way = "исходящее" if row.outgoing else "входящее"
    return f"{OPERATIONS.get(row.operation, row.operation)}, {way}"


def _document(row: Message, _: Any) -> object:
    found = row.submission
    return cells.link(found.number, reverse("egisz:submission", args=[found.uid])) if found else "—"


def _answered(row: Message, _: Any) -> object:
    faults = "; ".join(filter(None, (fault["text"] for fault in row.answer)))
    return faults or (f"HTTP {row.status}, {row.took_ms} мс" if row.status else "—")


def _outcome(row: Message, _: Any) -> object:
    return cells.tag("принято", "ok") if row.ok else cells.tag("ошибка", "bad")
