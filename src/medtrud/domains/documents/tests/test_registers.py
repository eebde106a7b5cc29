"""A printed register is the data, column by column: on paper, in the workbook, for a period."""

import datetime as dt
import io
import re
from typing import Any

import pytest
import python_calamine
from django.utils import timezone
from pypdf import PageObject, PdfReader

from medtrud.domains.documents.models import Registration
from medtrud.domains.documents.public import document_create, document_register, task_give
from medtrud.domains.documents.queries.registers import line_of, register
from medtrud.domains.documents.types import Flow, Received, Sheet
from medtrud.domains.documents.types.registers import COLUMNS

from .houses import House, letter, text

pytestmark = pytest.mark.django_db
MM = 72 / 25.4
LEFT, RIGHT, PAGE, INSET = 20.0, 12.0, 297.0, 1.4  # millimetres: paper/form.typ, a sheet on its side
HEAD, FOOT = 12.0, 45.0  # points: the lines of the head, the foot of a page
COUNT, DAY = 65, dt.date(2026, 3, 2)
LONG = "О сроках проведения периодических медицинских осмотров работников, занятых на тяжёлых работах"


def written(house: House, flow: Flow) -> None:
    """Register documents with short and long texts, some with a resolution."""
    at = dt.datetime(2026, 3, 2, 10, tzinfo=timezone.get_current_timezone())
    kind = {"kind": "letter_in", "received": Received(at, "15-п", DAY, "почта")}
    kind = kind if flow is Flow.INCOMING else {"kind": "letter_out", "received": None}
    for n in range(COUNT):
        said = f"{LONG}, участок № {n} (производственная площадка «Северная»)" if n % 3 else f"Ответ {n}"
        party = f"ООО «Научно-производственное объединение {n}»"
        sheet = Sheet(n + 1, "схема; перечень" if n % 2 else "")
        facts = letter(title=said, party_name=party, sheet=sheet, **kind)
        row = document_create(house.actor, document=facts, content=text(said))
        document_register(house.actor, document=row.uid, on=DAY + dt.timedelta(days=n // 30))
        if n % 10 == 0:
            task_give(
                house.actor, document=row.uid, text=f"Подготовить ответ {n}",
                account=house.actor.account or 0, due=dt.date(2030, 1, 10),
            )  # fmt: skip


def bare(said: str) -> str:
    """Leave what does not depend on where a line ends."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", said)


def paper_of(content: bytes, flow: Flow) -> list[list[str]]:
    """Read the table of a printed register back: a column by its left edge, a row by its number."""
    widths = [one.width for one in COLUMNS[flow]]
    fixed = sum(float(width[:-2]) for width in widths if width.endswith("mm"))
    sizes = [float(w[:-2]) if w.endswith("mm") else PAGE - LEFT - RIGHT - fixed for w in widths]
    edges = [LEFT + sum(sizes[:n]) for n in range(len(sizes))]
    rows: list[list[str]] = []
    for page in PdfReader(io.BytesIO(content)).pages:
        for _, x, said in body_of(page):
            column = sum(x >= edge + INSET / 2 for edge in edges) - 1
            if column == 0:
                rows.append([""] * len(edges))
            rows[-1][column] += said
    return rows


def body_of(page: PageObject) -> list[tuple[float, float, str]]:
    """Return the pieces of text between the head of the table and the foot, in the order of reading."""
    pieces: list[tuple[float, float, str]] = []

    def visit(said: str, matrix: Any, *_: Any) -> None:
        if said.strip():
            pieces.append((round(matrix[5], 1), matrix[4] / MM, said))

    page.extract_text(visitor_text=visit)
    head = next(y for y, _, said in pieces if said.strip() == "Регистрационный") - HEAD
    inside = [one for one in pieces if FOOT < one[0] < head and "Всего записей" not in one[2]]
    return sorted(inside, key=lambda one: (-one[0], one[1]))


@pytest.mark.parametrize("flow", [Flow.INCOMING, Flow.OUTGOING])
def test_the_printed_register_is_the_data(plant: House, flow: Flow) -> None:
    written(plant, flow)
    kept = [line_of(row) for row in register(plant.actor, flow)]
    head = [one.title for one in COLUMNS[flow]]
    want = [[one.read(line) for one in COLUMNS[flow]] for line in kept]
    assert len(want) == Registration.objects.unscoped("test").count() == COUNT
    book = plant.client.get(f"/documents/registers/{flow}/xlsx/").content
    sheet = python_calamine.load_workbook(io.BytesIO(book)).get_sheet_by_index(0).to_python()
    assert sheet[1] == head
    assert sheet[2:] == want
    printed = plant.client.get(f"/documents/registers/{flow}/pdf/").content
    pages = PdfReader(io.BytesIO(printed)).pages
    assert len(pages) > 2
    assert all(bare(head[0]) in bare(page.extract_text()) for page in pages)
    rows = paper_of(printed, flow)
    for name, column in zip(head, zip(*rows, strict=True), strict=True):
        asked = [row[head.index(name)] for row in want]
        assert [bare(cell) for cell in column] == [bare(cell) for cell in asked], name


def test_a_period_is_printed_as_it_is_shown(plant: House) -> None:
    written(plant, Flow.OUTGOING)
    address = "/documents/registers/outgoing/"
    asked = {"on_from": "03.03.2026", "on_to": "03.03.2026"}
    shown = plant.client.get(address, asked).content.decode()
    sheet = plant.client.get(f"{address}xlsx/", asked).content
    rows = python_calamine.load_workbook(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert len(rows) == 2 + 30
    assert "с 03.03.2026 по 03.03.2026" in str(rows[0][0])
    assert "30\u00a0записей" in shown or "30 записей" in shown
    assert f"{address}xlsx/?on_from=03.03.2026&amp;on_to=03.03.2026" in shown


def test_a_register_is_reached_found_in_by_words_and_tells_who_was_late(plant: House) -> None:
    at = dt.datetime(2026, 3, 2, 10, tzinfo=timezone.get_current_timezone())
    for number, title in enumerate(("О сроках осмотров", "О закупке касок")):
        facts = letter(title=title, received=Received(at, f"{number}-п", DAY, "почта"))
        row = document_create(plant.actor, document=facts, content=text(title))
        document_register(plant.actor, document=row.uid, on=DAY + dt.timedelta(days=number))
    page = plant.client.get("/documents/registers/").content.decode()
    assert "Журнал входящих документов" in page
    assert "02.03.2026 10:00, почта" in page
    assert page.count("03.03.2026, позже срока 02.03.2026") == 1
    for asked, title in (("срок осмотра", "О сроках осмотров"), ("2", "О закупке касок")):
        shown = plant.client.get("/documents/registers/incoming/", {"q": asked}).content.decode()
        assert [one in shown for one in ("О сроках осмотров", "О закупке касок")] == [
            title == "О сроках осмотров",
            title == "О закупке касок",
        ]
    assert "/documents/registers/" in plant.client.get("/documents/").content.decode()
