"""Accounting documents: handed over in time or late, locked, packed by months, backed up by years."""

import datetime as dt
import io
from collections.abc import Callable

import pytest
import python_calamine
from django.db import Error, transaction

from medtrud.domains.documents import actions
from medtrud.domains.documents.drivers.proof import prove
from medtrud.domains.documents.jobs.accounting import months_packed
from medtrud.domains.documents.models import Document, MediumLine
from medtrud.domains.documents.public import (
    document_annul,
    document_create,
    document_register,
    requests_sign,
    requests_waiting,
    signature_request,
    version_add,
)
from medtrud.domains.documents.queries import accounting
from medtrud.domains.documents.types import DocumentIn, Flow
from medtrud.domains.documents.types.accounting import REGISTER, accounting_rules
from medtrud.domains.documents.types.storage import MediumDeed
from medtrud.engines.access.public import account_open, actor_of, seat_give
from medtrud.engines.files.public import content_of
from medtrud.engines.messages.public import notices
from medtrud.engines.signing.public import Offline, authority_open, certificate_issue
from medtrud.engines.store.public import now, today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.dates import add_working_days
from medtrud.kernel.errors import Refused
from medtrud.registries.reference.public import calendar_on

from .houses import JOB, House, streamed, text

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
FACT = dt.date(2025, 3, 3)  # a Monday
IN_TIME, LATE = dt.date(2025, 3, 6), dt.date(2025, 3, 20)


@pytest.fixture
def keys(clinic: House) -> House:
    """Give the clinic a head who signs and a seal."""
    authority_open(JOB, algorithm="gost256", name="Испытательный центр", organization="Медтруд")
    house = clinic.organization.pk
    names = {"surname": "Волков", "given_name": "Пётр Ильич"}
    certificate_issue(JOB, kind="person", names=names, account=clinic.actor.account, organization=house)
    certificate_issue(JOB, kind="seal", names={"organization": "Клиника"}, organization=house)
    return clinic


def entered(house: House, kind: str = "services_act", on: dt.date = FACT, title: str = "Осмотры") -> Document:
    facts = DocumentIn(kind=kind, title=title, on=on, flow=Flow.OUTGOING, party_name="АО «Завод»")
    row = document_create(house.actor, document=facts, content=text(f"{kind} {title}"))
    document_register(house.actor, document=row.uid, on=today())
    return row


def signed(house: House, row: Document) -> Document:
    signature_request(house.actor, document=row.uid, signers=[house.actor.account or 0])
    requests_sign(house.actor, requests=[one.uid for one in requests_waiting(house.actor)])
    return row


def given(on: dt.date, amount: str = "") -> dict[str, str]:
    return {"fact_on": f"{FACT:%d.%m.%Y}", "handed_on": f"{on:%d.%m.%Y}", "amount": amount}


def archivist_of(house: House) -> Actor:
    account = account_open(JOB, login="archivist", password="x")
    seat_give(
        JOB, account=account, role=Role.ARCHIVE, since=dt.date(2020, 1, 1), organization=house.organization.pk
    )
    return actor_of(account, None, on=today())


def test_late_transfer_is_flagged_on_screen_in_the_workbook_and_in_rest(keys: House) -> None:
    rows = [signed(keys, entered(keys, title=title)) for title in ("В срок", "С опозданием")]
    for row, on in zip(rows, (IN_TIME, LATE), strict=True):
        assert keys.client.post(f"/documents/{row.uid}/accounting/", given(on, "1234,50")).status_code == 302
    late = keys.client.get("/documents/accounting/", {"tab": "late"}).content.decode()
    assert "передан с опозданием" in late
    assert "Акт об оказании услуг по медицинским осмотрам. В срок" not in late
    book = keys.client.get("/documents/accounting/xlsx/").content
    lines = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    shown = accounting.accounting_documents(keys.actor, today()).order_by("on", "pk")
    read = accounting.accounting_lines(keys.actor, shown, today()).values()
    assert lines[1] == [one.title for one in REGISTER]
    assert lines[2:] == [[one.read(line) for one in REGISTER] for line in read]
    assert [line[9] for line in lines[2:]] == ["передан в срок", "передан с опозданием"]
    assert keys.client.get("/documents/accounting/pdf/").content.startswith(b"%PDF")
    answer = keys.client.get("/api/v1/documents/accounting").json()
    assert {one["title"]: one["state"] for one in answer["items"]} == {
        "В срок": "handed",
        "С опозданием": "late",
    }
    assert answer["items"][0]["amount"] in {"1234.50", 1234.5}


def test_the_term_is_in_working_days_of_the_calendar_and_the_last_day_is_not_late(keys: House) -> None:
    rule = accounting_rules(FACT)["services_act"]
    working = calendar_on(keys.actor, today())
    due = rule.due(FACT, working)
    assert due == add_working_days(FACT, rule.working_days, working)
    edge = rule.overdue_on(due + DAY, working)
    assert rule.due(edge, working) < due + DAY <= rule.due(edge + DAY, working)
    assert rule.due(FACT, working) >= due
    row = signed(keys, entered(keys))
    assert not actions.document_hand(keys.actor, document=row.uid, fact_on=FACT, handed_on=due).late
    assert "не сверялось" in rule.caution


def test_what_was_not_handed_over_is_overdue_and_its_author_is_told(keys: House) -> None:
    entered(keys, title="Забытый")
    entered(keys, on=today(), title="Сегодняшний")
    page = keys.client.get("/documents/accounting/", {"tab": "overdue"}).content.decode()
    assert "Забытый" in page
    assert "Сегодняшний" not in page
    assert actions.accounting_remind(JOB, on=today()) == 1
    told = notices(keys.actor).filter(kind="documents.accounting_late")
    assert [row.text for row in told] == ["Не переданы в бухгалтерию в срок: 1."]


def test_requisites_are_locked_and_a_correction_is_a_new_version(keys: House) -> None:
    row = signed(keys, entered(keys))
    actions.document_hand(keys.actor, document=row.uid, fact_on=FACT, handed_on=IN_TIME)
    with pytest.raises(Refused, match="новой версией"):
        document_annul(keys.actor, document=row.uid, reason="ошибка")
    for change in ({"title": "Другое"}, {"on": LATE}, {"index": "7"}, {"party_name": "ООО"}):
        with pytest.raises(Error, match="Реквизиты закрыты"), transaction.atomic():
            Document.objects.unscoped("test").filter(pk=row.pk).update(**change)
    again = keys.client.post(f"/documents/{row.uid}/accounting/", given(LATE))
    assert again.status_code == 422
    assert "уже передан" in again.content.decode()
    version_add(keys.actor, document=row.uid, content=text("верная сумма"), reason="ошибка в сумме")
    shown = accounting.accounting_documents(keys.actor, today())
    (line,) = accounting.accounting_lines(keys.actor, shown, today()).values()
    assert line.version == "передана 1, исправлена: 2"
    assert "реквизиты закрыты" in keys.client.get(f"/documents/{row.uid}/").content.decode()


def test_the_signature_the_number_and_the_days_are_asked_for(keys: House, plant: House) -> None:
    hand: Callable[..., object] = actions.document_hand
    act = entered(keys)
    with pytest.raises(Refused, match="не подписан"):
        hand(keys.actor, document=act.uid, fact_on=FACT, handed_on=IN_TIME)
    Document.objects.unscoped("test").filter(pk=act.pk).update(state="signed")  # signed in word only
    with pytest.raises(Refused, match="нет верной электронной подписи"):
        hand(keys.actor, document=act.uid, fact_on=FACT, handed_on=IN_TIME)
    register = entered(keys, kind="examined_register")  # needs no CMS
    with pytest.raises(Refused, match="позже дня передачи"):
        hand(keys.actor, document=register.uid, fact_on=LATE, handed_on=IN_TIME)
    with pytest.raises(Refused, match="ещё не наступил"):
        hand(keys.actor, document=register.uid, fact_on=FACT, handed_on=today() + DAY)
    assert plant.client.post(f"/documents/{register.uid}/accounting/", given(IN_TIME)).status_code == 404
    hand(keys.actor, document=register.uid, fact_on=FACT, handed_on=IN_TIME)
    facts = DocumentIn(kind="memo", title="О сейфе", on=FACT)
    memo = document_create(keys.actor, document=facts, content=text())
    with pytest.raises(Refused, match="не бухгалтерский"):
        hand(keys.actor, document=memo.uid, fact_on=FACT, handed_on=IN_TIME)


def test_a_month_is_packed_proves_itself_and_the_year_goes_onto_a_medium(keys: House) -> None:
    row = signed(keys, entered(keys))
    actions.document_hand(keys.actor, document=row.uid, fact_on=FACT, handed_on=LATE)
    archivist = archivist_of(keys)
    medium = actions.medium_add(archivist, number="Б-1", kind="диск", serial="", place="сейф", on=today())
    with pytest.raises(Refused, match=r"03\.2025"):
        actions.accounting_backup(archivist, medium=medium.uid, year=2025, on=today())
    months_packed(now())
    (package,) = accounting.month_packages(keys.actor)
    assert (package.documents, package.late, package.note) == (1, 1, "")
    assert package.vessel is not None
    assert prove(content_of(JOB, package.vessel.file.uid), Offline(), now()).whole
    assert "собран и доказан" in keys.client.get("/documents/accounting/months/").content.decode()
    given_out = streamed(keys.client.get(f"/documents/accounting/months/{package.uid}/file/"))
    assert given_out == content_of(JOB, package.vessel.file.uid).read_bytes()
    other = entered(keys, kind="examined_register")
    with pytest.raises(Refused, match="задним числом"):
        actions.document_hand(keys.actor, document=other.uid, fact_on=FACT, handed_on=LATE)
    assert accounting.years_without_backup(archivist, today()) == [2025]
    actions.accounting_backup(archivist, medium=medium.uid, year=2025, on=today())
    line = MediumLine.objects.unscoped("test").get(medium=medium, deed="written")
    assert line.facts["packages"] == {str(package.uid): package.vessel.sha256}
    assert accounting.years_without_backup(archivist, today()) == []
    report = f'{{"valid": true, "facts": {{"uid": "{package.uid}"}}}}'.encode()
    actions.medium_check(archivist, medium=medium.uid, on=today(), ok=True, text="", report=report)
    actions.medium_end(archivist, medium=medium.uid, deed=MediumDeed.LOST, text="потерян", on=today())
    assert accounting.years_without_backup(archivist, today()) == [2025]


def test_a_month_with_an_unsigned_correction_is_stopped_and_packed_after_it_is_signed(keys: House) -> None:
    row = signed(keys, entered(keys))
    actions.document_hand(keys.actor, document=row.uid, fact_on=FACT, handed_on=LATE)
    version_add(keys.actor, document=row.uid, content=text("верно"), reason="ошибка в сумме")
    months_packed(now())
    (package,) = accounting.month_packages(keys.actor)
    assert package.vessel is None
    assert "документ не закончен" in package.note
    row.refresh_from_db()
    signed(keys, row)
    months_packed(now())
    package.refresh_from_db()
    assert package.vessel is not None
    assert package.note == ""
