"""Paper copies by their journal; acquaintance sheets signed by password, on paper, by nobody else."""

import datetime as dt
import io
from typing import Any
from uuid import UUID

import pytest
import python_calamine
from django.test import Client
from pypdf import PdfReader

from medtrud.domains.documents.actions import acquaintance_remind
from medtrud.domains.documents.models import AcquaintanceLine
from medtrud.domains.documents.public import document_create
from medtrud.domains.documents.queries.acquaintance import sheets
from medtrud.domains.documents.queries.paper_copies import JOURNAL, paper_copies
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.journal.public import history_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import division_open, employment_open, post_open
from medtrud.registries.people.public import person_register

from .houses import JOB, House, letter, streamed, text

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def hired(plant: House, last: str, division: UUID) -> Client:
    """Hire somebody with a cabinet of his own."""
    person = person_register(
        JOB, last_name=last, first_name="Пётр", birth_date=dt.date(1980, 1, 2), sex="male"
    )
    house = plant.organization.pk
    post = post_open(JOB, employer=house, title=f"слесарь {last}", division=division)
    employment_open(JOB, person=person.pk, post=post.uid, since=dt.date(2024, 1, 9))
    account = account_open(JOB, login=f"w{last}".lower(), password="Тихая-вода-7", person=person.pk)
    seat_give(JOB, account=account, role=Role.WORKER, since=dt.date(2024, 1, 9), organization=house)
    client = Client()
    client.force_login(account)
    return client


def counted(plant: House) -> list[tuple[int, int]]:
    rows: Any = sheets(plant.actor)
    return [(row.people, row.signed) for row in rows]


def test_a_copy_is_asked_for_certified_and_journaled(plant: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text())
    on = today()
    ask = {
        "requester": "inspector",
        "name": "Сидоров С. С., инспектор",
        "on": f"{on:%d.%m.%Y}",
        "purpose": "проверка",
    }
    assert plant.client.post(f"/documents/{row.uid}/paper-copy/", ask).status_code == 302
    (asked,) = paper_copies(plant.actor)
    assert asked.due > on
    give = {
        "certified_by": "Волков П. И.",
        "post": "секретарь",
        "on": f"{on:%d.%m.%Y}",
        "sheets": 3,
        "taken_by": "Сидоров",
    }
    url = f"/documents/paper-copies/{asked.uid}/"
    assert plant.client.get(f"{url}file/").status_code == 404
    assert plant.client.post(url, give).status_code == 302
    again = plant.client.post(url, give)
    assert again.status_code == 422
    assert "уже выдана" in again.content.decode()
    said = " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(plant.client.get(f"{url}file/").content)).pages
    )
    for part in ("КОПИЯ ВЕРНА", f"1/{on.year}", "Волков П. И.", "секретарь", "М.П."):
        assert part in said
    book = plant.client.get("/documents/paper-copies/xlsx/").content
    lines = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    (kept,) = paper_copies(plant.actor)
    assert lines[1] == [one.title for one in JOURNAL]
    assert lines[2] == [one.read(kept) for one in JOURNAL]
    shown = plant.client.get("/documents/paper-copies/", {"tab": "issued"}).content.decode()
    assert all(one.read(kept) in shown for one in JOURNAL)
    assert plant.client.get("/documents/paper-copies/pdf/").content.startswith(b"%PDF")
    actions = [line.action for line in history_of(row.uid)]
    assert "documents.paper_copy_issue" in actions


def test_a_late_or_refused_copy_says_so(plant: House, clinic: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text())
    past = today() - 30 * DAY
    ask = {"requester": "employer", "name": "ООО «Ромашка»", "on": f"{past:%d.%m.%Y}"}
    plant.client.post(f"/documents/{row.uid}/paper-copy/", ask)
    assert "просрочена" in plant.client.get("/documents/paper-copies/", {"tab": "late"}).content.decode()
    (asked,) = paper_copies(plant.actor)
    assert clinic.client.post(f"/documents/paper-copies/{asked.uid}/", {}).status_code == 404
    refuse = f"/documents/paper-copies/{asked.uid}/refuse/"
    assert plant.client.post(refuse, {"reason": "нет доверенности"}).status_code == 302
    assert "нет доверенности" in plant.client.get("/documents/paper-copies/").content.decode()


def test_a_sheet_is_signed_by_password_on_paper_and_by_nobody_else(plant: House) -> None:
    shop = division_open(JOB, employer=plant.organization.pk, title="Цех 1")
    first, second, third = (hired(plant, name, shop.uid) for name in ("Серов", "Орлов", "Белов"))
    row = document_create(plant.actor, document=letter(title="Правила"), content=text("правила"))
    url = f"/documents/{row.uid}/acquaint/"
    begun = plant.client.post(url, {"due": f"{today() + DAY:%d.%m.%Y}", "divisions": [str(shop.uid)]})
    assert begun.status_code == 302
    assert counted(plant) == [(3, 0)]
    page = first.get("/documents/acquaintance/mine/").content.decode()
    assert "Правила" in page
    lines = {one.post: one for one in AcquaintanceLine.objects.unscoped("test")}
    mine = f"/documents/acquaintance/lines/{lines['слесарь Серов'].uid}/"
    assert streamed(first.get(f"{mine}file/")) == "правила".encode()
    assert second.get(mine).status_code == 404
    wrong = first.post(mine, {"password": "не тот"})
    assert wrong.status_code == 422
    assert "не поставлена" in wrong.content.decode()
    assert first.post(mine, {"password": "Тихая-вода-7"}).status_code == 302
    assert "Вы уже ознакомились" in first.post(mine, {"password": "Тихая-вода-7"}).content.decode()
    paper = {"id": [str(lines["слесарь Орлов"].uid)]}
    assert plant.client.post(f"{begun['Location']}paper/", paper).status_code == 302
    assert counted(plant) == [(3, 2)]
    assert acquaintance_remind(JOB, on=today() + 5 * DAY) == 1
    assert acquaintance_remind(JOB, on=today() + 5 * DAY) == 0
    printed = (
        PdfReader(io.BytesIO(plant.client.get(f"{begun['Location']}print/").content)).pages[0].extract_text()
    )
    for part in ("Серов", "Орлов", "Белов", "простая электронная"):
        assert part in printed
    assert third.get("/documents/acquaintance/").status_code == 403
