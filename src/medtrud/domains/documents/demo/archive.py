"""The archive of the invented clinic."""

import datetime as dt
import io
import shutil
from pathlib import Path

from medtrud.engines.access.public import account_open, accounts, actor_of, seat_give, seats_of
from medtrud.engines.paper.public import form_render
from medtrud.engines.signing.public import carrier_issue, carrier_lose, carriers, certificate_issue
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Organization, clinics
from medtrud.registries.people.public import person_register

from .. import actions
from ..models import Document, Inventory, Transfer
from ..queries import archive
from ..queries.prints import vessel_path
from ..queries.signing import requests_waiting
from ..types import Content, DocumentIn, Flow, Received
from ..types.storage import CaseState, HeadingIn, IssueKind

INN = "0000000049"
ARCHIVIST = ("Лебедева", "Галина", "Фёдоровна")
OLD = 8  # years ago a case was closed whose term has ended
TERMS = {"01-01": 75, "01-03": 5, "01-04": 5, "01-05": 5, "03-01": 10}
BASIS = "решение экспертной комиссии (демонстрация); по перечню Росархива не сверялось"
LETTERS = (
    ("letter_in", "О сроках периодических осмотров", "АО «ВСЗ»"),
    ("letter_in", "О направлении списка работников", "ООО «Севавтотранс»"),
    ("letter_in", "Запрос копий заключений", "БУЗ «ВГБ № 7»"),
    ("letter_in", "Об уточнении вредных факторов", "АО «ВСЗ»"),
    ("letter_out", "О готовности принять работников на осмотр", "АО «ВСЗ»"),
    ("letter_out", "О результатах осмотров за год", "ООО «Севавтотранс»"),
    ("order", "О назначении врачебной комиссии", ""),
    ("order", "О графике работы отделения осмотров", ""),
    ("memo", "О замене аудиометра", ""),
    ("memo", "О нехватке бланков", ""),
)


def play(actor: Actor) -> Inventory | None:
    """Do it once; without a clinic and its keys (a part of the demo filled alone) nothing is done."""
    house = clinics(actor, text=INN).first()
    if house is None or not accounts(actor).filter(login="commission").exists():
        return None
    if accounts(actor).filter(login="archive").exists():
        return None
    keeper, head = _archivist(actor, house), seat(actor, "commission", Role.CLINIC)
    _carriers(actor, house)
    year = today().year - 1
    try:
        _papers(head, year, LETTERS)
        old = _papers(head, year - OLD, LETTERS[:2])
        _handed(keeper, head, year - OLD)
        done = _handed(keeper, head, year)
    except Refused:  # no authority, no keys: the rest of the demo stands without them
        return None
    _waiting(keeper, head, year, old)
    return done


def _carriers(actor: Actor, house: Organization) -> None:
    """Hand tokens of the stock over to two of the house; a third one is lost."""
    stock = list(carriers(actor).filter(state="stock")[:3])
    for row, login in zip(stock, ("archive", "commission"), strict=False):
        holder = accounts(actor).get(login=login)
        carrier_issue(actor, uid=row.uid, account=holder.uid, organization=house.pk, note="по заявке отдела")
    for row in stock[2:]:
        carrier_lose(actor, uid=row.uid, note="не найден при проверке наличия")


def seat(actor: Actor, login: str, role: Role) -> Actor:
    """Return the seat of an account of the demo."""
    account = accounts(actor).get(login=login)
    seat = next(row for row in seats_of(account, today()) if row.role == role)
    return actor_of(account, str(seat.uid), on=today())


def _archivist(actor: Actor, house: Organization) -> Actor:
    last, first, middle = ARCHIVIST
    person = person_register(
        actor,
        last_name=last,
        first_name=first,
        middle_name=middle,
        birth_date=dt.date(1969, 4, 2),
        sex="female",
    )
    account = account_open(actor, login="archive", password="demo", person=person.pk)  # noqa: S106 - invented
    seat_give(
        actor,
        account=account,
        role=Role.ARCHIVE,
        since=dt.date(2025, 1, 1),
        organization=house.pk,
        region="35",
    )
    names = {
        "surname": last,
        "given_name": f"{first} {middle}",
        "organization": str(house),
        "position": "архивист",
    }
    certificate_issue(
        actor, kind="person", names=names, account=account.pk, person=person.pk, organization=house.pk
    )
    return actor_of(account, None, on=today())


def _papers(head: Actor, year: int, letters: tuple[tuple[str, str, str], ...]) -> list[Document]:
    """Enter the papers of a year; what is signed is signed at once, by the head."""
    rows = [_paper(head, year, number, *letter) for number, letter in enumerate(letters)]
    waiting = [one.uid for one in requests_waiting(head) if one.version.document in rows]
    actions.requests_sign(head, requests=waiting)
    return rows


def _paper(head: Actor, year: int, number: int, kind: str, title: str, party: str) -> Document:
    on = dt.date(year, 1 + number, 10 + number)
    came = dt.datetime.combine(on, dt.time(10), dt.UTC)
    facts = DocumentIn(
        kind=kind,
        title=title,
        on=on,
        party_name=party,
        received=Received(came, f"{number + 11}-п", on, "почта") if kind == "letter_in" else None,
    )
    form = {
        "title": title,
        "lines": [f"{party}".strip() or "Приказ по поликлинике", "", f"{title}.", f"{on:%d.%m.%Y}"],
    }
    content = form_render("documents/archive/text.typ", form)
    row = actions.document_create(head, document=facts, content=Content(io.BytesIO(content), f"{title}.pdf"))
    if number == 1:
        form["lines"].append("Исправлена дата отправки.")  # type: ignore[attr-defined]
        again = form_render("documents/archive/text.typ", form)
        actions.version_add(
            head,
            document=row.uid,
            content=Content(io.BytesIO(again), f"{title}.pdf"),
            reason="исправлена дата",
        )
    if kind != "letter_in":
        actions.signature_request(head, document=row.uid, signers=[head.account or 0])
    return row


def _closed(keeper: Actor, year: int) -> Inventory:
    actions.nomenclature_open(keeper, year=year)
    for row in archive.headings(keeper, year).filter(index__in=TERMS):
        line = HeadingIn(row.index, row.title, tuple(row.kinds), years=TERMS[row.index], basis=BASIS)
        actions.heading_set(keeper, year=year, line=line, heading=row.uid)
    actions.nomenclature_approve(keeper, year=year, on=today())
    return actions.year_close(keeper, year=year, on=today())


def _handed(keeper: Actor, head: Actor, year: int) -> Inventory:
    """Close a year and hand it over: checks, the act, both signatures, the package."""
    inventory = _closed(keeper, year)
    transfer = _checked(keeper, head, inventory)
    actions.transfer_offer(keeper, transfer=transfer.uid, on=today())
    for side in (head, keeper):
        waiting = [one for one in requests_waiting(side) if one.version.document.kind == "acceptance_act"]
        actions.requests_sign(side, requests=[one.uid for one in waiting])
    transfer.refresh_from_db()
    if transfer.act is not None:
        actions.transfer_accept(keeper, act=transfer.act.uid, on=today())
        actions.package_make(keeper, transfer=transfer.uid)
    inventory.refresh_from_db()
    return inventory


def _checked(keeper: Actor, head: Actor, inventory: Inventory) -> Transfer:
    """What the job of a transfer does, at once: the queue of the demo is not waited for."""
    transfer = actions.transfer_open(
        keeper, inventory=inventory.uid, giver=head.account or 0, receiver=keeper.account or 0
    )
    for case in archive.cases_in(keeper, inventory).filter(state__in=(CaseState.CLOSED, CaseState.STOPPED)):
        actions.case_pack(keeper, transfer=transfer.uid, case=case.uid)
    return actions.transfer_checked(keeper, transfer=transfer.uid)


def _waiting(keeper: Actor, head: Actor, year: int, old: list[Document]) -> None:
    """Leave something to do: a stopped case, a medium to be checked, a certificate that was asked for."""
    bad = DocumentIn(
        kind="protocol", title="Протокол замеров освещённости", on=dt.date(year, 11, 3), flow=Flow.INCOMING,
        party_name="Лаборатория",
    )  # fmt: skip
    content = Content(io.BytesIO(b"\0\1\2 raw bytes of a device" * 40), "замеры.bin")
    actions.document_create(head, document=bad, content=content)
    _checked(keeper, head, actions.year_close(keeper, year=year, on=today()))
    ages = dt.timedelta(days=365 * (OLD - 1))
    inventories = {row.year: row for row in archive.inventories(keeper)}
    for number, (inventory, on) in enumerate(
        (
            (inventories[year - OLD], today() - ages),
            (archive.inventories(keeper).get(year=year, number=2), today()),
        ),
        1,
    ):
        medium = actions.medium_add(
            keeper, number=f"А-{number}", kind="оптический диск однократной записи, 100 ГБ",
            serial=f"MD{number}7781", place="Сейф архива, полка 1", on=on,
        )  # fmt: skip
        actions.medium_write(keeper, medium=medium.uid, inventory=inventory.uid, on=on)
    item = archive.items(keeper).filter(document=old[0]).get()
    actions.issue_make(
        keeper,
        item=item.uid,
        kind=IssueKind.CERTIFICATE,
        asked_by="АО «ВСЗ»",
        basis="запрос № 5-к",
        on=today(),
    )


def package_write(actor: Actor, inventory: Inventory, folder: Path) -> Path:
    """Lay the package of a year where whoever tries the product finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"arhiv-{inventory.year}.zip"
    shutil.copyfile(vessel_path(inventory.vessel), place)
    return place
