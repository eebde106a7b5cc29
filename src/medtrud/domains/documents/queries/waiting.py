"""What waits for the archivist."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse

from medtrud.engines.ui.public import Event, counts
from medtrud.kernel.actor import Actor

from ..models import MediumCase, Transfer
from ..types.storage import CaseState, IssueKind, TransferState
from .archive import cases, cases_due, issues, media, transfers
from .signing import requests_waiting

SHOWN = 8
NEXT = {
    TransferState.CHECKING: "Подождите: проверки идут",
    TransferState.CHECKED: "Составьте акт",
    TransferState.OFFERED: "Подпишите акт с обеих сторон",
    TransferState.ACCEPTED: "Запишите дела на носитель",
    TransferState.DROPPED: "Исправьте дела и передайте снова",
}


def _written(actor: Actor, accepted: list[Transfer]) -> set[int]:
    """Return the inventories of accepted transfers of which every kept case has a copy on a medium."""
    inventories = {row.inventory_id for row in accepted}
    copy = MediumCase.objects.unscoped("of a case the seat sees").filter(
        case=OuterRef("pk"), ended_on__isnull=True
    )
    bare = cases(actor).filter(inventory__in=inventories, state=CaseState.KEPT).exclude(Exists(copy))
    return inventories - set(bare.order_by().values_list("inventory", flat=True))


def archive_waiting(actor: Actor, on: dt.date) -> dict[str, Any]:
    """Return the figures and lists of the first page."""
    rows = cases(actor)
    kept, waiting, stopped, due, late, signing = counts(
        [
            rows.filter(state=CaseState.KEPT),
            rows.filter(state__in=(CaseState.CLOSED, CaseState.PACKED)),
            rows.filter(state=CaseState.STOPPED),
            cases_due(actor, on),
            media(actor).filter(due_on__lte=on),
            requests_waiting(actor),
        ]
    )
    going = [(row, TransferState(row.state)) for row in transfers(actor)[:SHOWN]]
    written = _written(actor, [row for row, state in going if state is TransferState.ACCEPTED])
    given = [
        Event(
            row.on,
            f"{IssueKind(row.kind).title_ru} № {row.number}",
            f"{row.item.title}; {row.asked_by}",
            "",
            reverse("documents:issue_list"),
        )
        for row in issues(actor)[:SHOWN]
    ]
    return {
        "kept": kept,
        "waiting": waiting,
        "stopped": stopped,
        "due": due,
        "media": late,
        "signing": signing,
        "damaged": list(rows.filter(state=CaseState.KEPT, vessel__sound=False)[:SHOWN]),
        "transfers": [
            (row, state, "Записана на носитель" if row.inventory_id in written else NEXT[state])
            for row, state in going
        ],
        "issued": given,
    }
