"""The office of the invented clinic: letters in and out, a route half-way, copies on paper, a new rule."""

import datetime as dt
import io
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone

from medtrud.engines.access.public import accounts
from medtrud.engines.paper.public import form_render
from medtrud.engines.signing.public import certificate_issue
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import clinics, employments_of
from medtrud.registries.reference.public import calendar_on

from .. import actions
from ..models import Document, Route
from ..queries import documents, tasks
from ..queries.acquaintance import sheet_lines
from ..queries.archive import author
from ..queries.routes import asked
from ..queries.signing import requests_waiting
from ..types import Content, DocumentIn, Received, Sheet
from ..types.routes import Deed, StepIn, StepState
from .archive import INN, seat

ROUTE = "Входящие письма"
RULES = "Об утверждении порядка прохождения медицинских осмотров"
MARK = "О заключении договора на осмотры следующего года"  # the last of the letters: by it a second run stops


class Letter(NamedTuple):
    """A letter that came so many working days ago at an hour, was registered so many working days later."""

    title: str
    party: str
    number: str
    by: str
    ago: int
    hour: dt.time
    wait: int | None  # None: not registered yet
    sheets: int
    enclosures: str = ""


INCOMING = (
    Letter("О переносе дней осмотра второй смены", "АО «ВСЗ»", "118-о", "почта", 9, dt.time(10, 20), 0, 2),
    Letter(
        "О направлении списка работников",
        "ООО «Севавтотранс»",
        "44",
        "СЭД",
        7,
        dt.time(18, 5),
        1,
        1,
        "список, 3 л.",
    ),
    Letter("О числе осмотренных", "Роспотребнадзор", "02-7/319", "курьер", 5, dt.time(11), 0, 1),
    Letter("Об уточнении факторов литейного цеха", "АО «ВСЗ»", "131-о", "почта", 4, dt.time(9, 40), 2, 3),
    Letter("О сроках выдачи заключений", "БУЗ «ВГБ № 7»", "515", "СЭД", 2, dt.time(14, 30), 0, 1),
    Letter(MARK, "ООО «Севавтотранс»", "57", "почта", 0, dt.time(8, 15), None, 2, "проект договора"),
)
OUTGOING = (
    ("Ответ о переносе дней осмотра", "АО «ВСЗ»", 8),
    ("О готовности принять работников на осмотр", "ООО «Севавтотранс»", 6),
    ("Сведения о числе осмотренных", "Роспотребнадзор", 3),
    ("О сроках выдачи заключений", "БУЗ «ВГБ № 7»", 0),  # waits for the signature of the head
)
COPIES = (
    ("worker", "Громов С. Н.", "личное дело", 9, True),
    ("inspector", "Роспотребнадзор", "проверка", 6, False),
    ("employer", "АО «ВСЗ»", "запрос № 12", 1, False),
)


def play(actor: Actor) -> None:
    """Do it once; without the seats of the clinic nothing is done."""
    house, known = clinics(actor, text=INN).first(), accounts(actor)
    if house is None or not known.filter(login="commission").exists():
        return
    head, clerk, nurse = (seat(actor, login, Role.CLINIC) for login in ("commission", "clinic", "nurse"))
    if documents(clerk).filter(title=MARK).exists():
        return
    came = [_came(clerk, letter) for letter in INCOMING]
    try:
        went = _went(clerk, head)
    except Refused:  # no keys: the letters stand unsigned
        went = []
    booked = [
        (row, add_working_days(row.on, letter.wait, calendar_on(clerk, today())) if letter.wait else row.on)
        for row, letter in zip(came, INCOMING, strict=True)
        if letter.wait is not None
    ]
    _numbered(clerk, [*booked, *went])
    _walk(clerk, nurse, head, _route(clerk, head, nurse), came)
    _resolutions(head, clerk, nurse, came)
    _copies(clerk, came)
    _acquaintance(actor)


def _day(actor: Actor, ago: int) -> dt.date:
    """Return the day so many working days ago, today at the latest."""
    working, found = calendar_on(actor, today()), today()
    while ago:
        found -= dt.timedelta(days=1)
        ago -= working(found)
    return found


def _content(title: str, party: str, on: dt.date) -> Content:
    form = {"title": title, "lines": [party, "", f"{title}.", f"{on:%d.%m.%Y}", "", "Документ вымышлен."]}
    return Content(io.BytesIO(form_render("documents/archive/text.typ", form)), f"{title[:60]}.pdf")


def _came(clerk: Actor, letter: Letter) -> Document:
    on = _day(clerk, letter.ago)
    at = dt.datetime.combine(on, letter.hour, timezone.get_current_timezone())
    facts = DocumentIn(
        kind="letter_in",
        title=letter.title,
        on=on,
        party_name=letter.party,
        received=Received(min(at, now()), letter.number, on, letter.by),
        sheet=Sheet(letter.sheets, letter.enclosures),
    )
    content = _content(letter.title, letter.party, on)
    return actions.document_create(clerk, document=facts, content=content)


def _went(clerk: Actor, head: Actor) -> list[tuple[Document, dt.date]]:
    """Write the letters out; the last one waits for the signature of the head."""
    rows = []
    for title, party, ago in OUTGOING:
        on = _day(clerk, ago)
        facts = DocumentIn(kind="letter_out", title=title, on=on, party_name=party, sheet=Sheet(1))
        row = actions.document_create(clerk, document=facts, content=_content(title, party, on))
        actions.signature_request(clerk, document=row.uid, signers=[head.account or 0])
        if ago:
            rows.append((row, on))
    mine = {row.pk for row, _ in rows}
    waiting = [one.uid for one in requests_waiting(head) if one.version.document_id in mine]
    done = actions.requests_sign(head, requests=waiting).done
    for row, on in rows[:done]:
        actions.document_release(clerk, document=row.uid, on=on)
    return rows


def _numbered(clerk: Actor, rows: Iterable[tuple[Document, dt.date]]) -> None:
    """Give numbers in the order of days; in a book with later numbers, of today."""
    for row, on in sorted(rows, key=lambda pair: (pair[1], pair[0].pk)):
        try:
            actions.document_register(clerk, document=row.uid, on=on)
        except Refused:
            actions.document_register(clerk, document=row.uid, on=today())


def _route(clerk: Actor, head: Actor, nurse: Actor) -> UUID:
    """Design a route of four steps, two of them side by side, and put it to work."""
    steps = (
        (1, Deed.REGISTER, clerk, 1),
        (2, Deed.REVIEW, nurse, 2),
        (2, Deed.APPROVE, clerk, 2),
        (3, Deed.RESOLVE, head, 2),
        (4, Deed.ACQUAINT, nurse, None),
    )
    route: Route = actions.route_open(head, title=ROUTE, kinds=["letter_in"])
    for order, deed, who, days in steps:
        actions.route_step_add(head, route=route.uid, step=StepIn(order, deed, who.account or 0, days))
    actions.route_start(head, route=route.uid)
    return route.uid


def _walk(clerk: Actor, nurse: Actor, head: Actor, route: UUID, papers: list[Document]) -> None:
    """Send letters along: one has come to the end, one waits for two answers and is late at one of them."""
    for row in papers[3:5]:
        actions.passage_start(clerk, document=row.uid, route=route)
    _answered(clerk, papers[3:5], "")
    _answered(nurse, papers[4:5], "Сведения есть, готовлю справку.")
    _answered(clerk, papers[4:5], "Согласовано.")
    _answered(head, papers[4:5], "Ответить в срок, копию — в регистратуру.")
    late = asked(nurse).filter(passage__document=papers[3], account=nurse.account or 0, state=StepState.ASKED)
    late.update(due=_day(clerk, 1))  # the demo is some days old


def _answered(who: Actor, papers: list[Document], text: str) -> None:
    for step in asked(who).filter(
        account=who.account or 0, state=StepState.ASKED, passage__document__in=papers
    ):
        actions.step_decide(who, step=step.uid, agree=True, text=text)


def _resolutions(head: Actor, clerk: Actor, nurse: Actor, papers: list[Document]) -> None:
    """Give resolutions: one is carried out, one goes on, one is late."""
    working = calendar_on(head, today())
    soon = add_working_days(today(), 2, working)
    given = [
        actions.task_give(head, document=row.uid, text=text, account=who.account or 0, due=soon)
        for row, text, who in (
            (papers[0], "Согласовать новые дни с регистратурой и ответить", clerk),
            (papers[2], "Подготовить сведения за год по форме запроса", nurse),
            (papers[1], "Внести список в кампанию", clerk),
        )
    ]
    actions.task_close(clerk, task=given[0].uid, on=today(), report="Дни согласованы, ответ отправлен.")
    tasks(head).filter(pk=given[1].pk).update(due=_day(head, 2))  # the demo is some days old


def _copies(clerk: Actor, papers: list[Document]) -> None:
    """Ask for copies on paper: one is handed out, one is late, one is in time."""
    for row, (requester, name, purpose, ago, issued) in zip(papers, COPIES, strict=False):
        on = _day(clerk, ago)
        copy = actions.paper_copy_ask(
            clerk, document=row.uid, requester=requester, name=name, on=on, purpose=purpose
        )
        if issued:
            actions.paper_copy_issue(
                clerk, copy=copy.uid, on=_day(clerk, ago - 2), sheets=2,
                certified_by=author(clerk), post="регистратор", taken_by=name,
            )  # fmt: skip


def _acquaintance(actor: Actor) -> None:
    """Let the division of a worker with a cabinet read a rule of his employer; some have signed on paper."""
    known = accounts(actor).filter(login__in=("employer", "worker2"))
    if known.count() != len(("employer", "worker2")):
        return
    employer, person = seat(actor, "employer", Role.EMPLOYER), known.get(login="worker2").person
    job = employments_of(actor, person=person, on=today()).first() if person else None
    if job is None or job.division is None or job.employer_id != employer.organization:
        return
    names = {"surname": "Смирнова", "given_name": "Ольга Викторовна", "organization": str(job.employer)}
    try:
        certificate_issue(
            actor, kind="person", names=names, account=employer.account, organization=employer.organization
        )
        row = _ordered(employer, _day(employer, 3))
    except Refused:  # no authority: nothing is signed, nobody is asked to read it
        return
    sheet = actions.acquaintance_open(
        employer, document=row.uid, divisions=[job.division.uid], due=today() + dt.timedelta(days=10)
    )
    lines = sheet_lines(employer, sheet).exclude(person=person).order_by("pk").values_list("uid", flat=True)
    if lines:
        actions.acquaintance_paper(employer, lines=list(lines[: len(lines) // 2 + 1]))


def _ordered(employer: Actor, on: dt.date) -> Document:
    facts = DocumentIn(kind="order", title=RULES, on=on)
    row = actions.document_create(employer, document=facts, content=_content(RULES, "Приказ", on))
    actions.signature_request(employer, document=row.uid, signers=[employer.account or 0])
    waiting = [one.uid for one in requests_waiting(employer) if one.version.document_id == row.pk]
    if not actions.requests_sign(employer, requests=waiting).done:
        raise Refused("Приказ не подписан: у работодателя нет ключа.")
    actions.document_register(employer, document=row.uid, on=on)
    return row
