"""Accounting documents of the invented clinic: one handed over in time, one late, one that waits."""

import datetime as dt
import io
from decimal import Decimal

from medtrud.engines.access.public import accounts
from medtrud.engines.paper.public import form_render
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import clinics
from medtrud.registries.reference.public import calendar_on

from .. import actions
from ..models import Document
from ..queries.accounting import accounting_documents, month_packages
from ..queries.signing import requests_waiting
from ..types import Content, DocumentIn, Flow
from .archive import INN, seat

FORGOTTEN = -1  # days: entered in time, not handed over to this day
PAPERS = (
    ("services_act", "Акт об оказании услуг: предварительные осмотры", Decimal("18640.00"), 2),
    ("examined_register", "Реестр осмотренных работников ООО «Севавтотранс»", None, 9),
    ("invoice", "Счёт за предварительные осмотры", None, None),
    ("invoice", "Счёт за повторные осмотры", None, FORGOTTEN),
)


def play(actor: Actor) -> None:
    """Do it once; without a clinic and the keys of its head nothing is done."""
    house = clinics(actor, text=INN).first()
    if house is None or not accounts(actor).filter(login="commission").exists():
        return
    head = seat(actor, "commission", Role.CLINIC)
    if month_packages(head).exists():
        return
    fact = (today().replace(day=1) - dt.timedelta(days=20)).replace(day=3)
    working = calendar_on(actor, today())
    for number, (kind, title, amount, days) in enumerate(PAPERS):
        row = _entered(head, kind, title, fact if days else today(), number)
        if days is None or days == FORGOTTEN or row is None:
            continue
        handed = add_working_days(fact, days, working)
        actions.document_hand(head, document=row.uid, fact_on=fact, handed_on=handed, amount=amount)
    _drawn(head)
    actions.month_pack(actor, organization=house.pk, year=fact.year, month=fact.month)


def _drawn(head: Actor) -> None:
    """Hand over the act that was drawn up from the examinations; its bill waits for the signature."""
    for row in accounting_documents(head, today()).filter(module="exams").order_by("pk"):
        actions.document_register(head, document=row.uid, on=today())
        if row.kind == "examined_register":
            continue
        actions.signature_request(head, document=row.uid, signers=[head.account or 0])
        if row.kind == "services_act" and _signed(head, row):
            actions.document_hand(head, document=row.uid, fact_on=row.on, handed_on=today())
            actions.document_release(head, document=row.uid, on=today())


def _signed(head: Actor, row: Document) -> bool:
    waiting = [one.uid for one in requests_waiting(head) if one.version.document == row]
    try:
        return actions.requests_sign(head, requests=waiting).done > 0
    except Refused:
        return False


def _entered(head: Actor, kind: str, title: str, on: dt.date, number: int) -> Document | None:
    """Enter a paper, number it, sign it when its kind is signed; without keys it stays a draft."""
    party = "АО «ВСЗ»" if number == 0 else "ООО «Севавтотранс»"
    facts = DocumentIn(kind=kind, title=title, on=on, flow=Flow.OUTGOING, party_name=party)
    form = {"title": title, "lines": [title, f"{on:%d.%m.%Y}", party, "Документ вымышлен."]}
    content = Content(io.BytesIO(form_render("documents/archive/text.typ", form)), f"{title[:60]}.pdf")
    row = actions.document_create(head, document=facts, content=content)
    actions.document_register(head, document=row.uid, on=today())
    if kind == "examined_register":
        return row
    actions.signature_request(head, document=row.uid, signers=[head.account or 0])
    return row if _signed(head, row) else None
