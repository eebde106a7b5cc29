"""Terms by the loaded list of Rosarkhiv: invented rows here, none in the product."""

import datetime as dt

import pytest

from medtrud.domains.documents import actions
from medtrud.domains.documents.queries import archive
from medtrud.domains.documents.rules import term_read
from medtrud.domains.documents.types.storage import HeadingIn
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.reference.public import (
    book_of,
    books_load,
    edition_approve,
    edition_compare,
    edition_load,
    editions,
)

from .houses import JOB, House

pytestmark = pytest.mark.django_db
YEAR = 2025
ROWS = """Статья;Вид документа;Срок;Примечание
900;Выдуманные письма;5 лет ЭПК;
901;Выдуманные приказы;Постоянно;
902;Выдуманные списки;50/75 лет;по году окончания
"""


@pytest.fixture
def listed(plant: House) -> Actor:
    books_load(JOB)
    assert not editions(JOB, book_of(JOB, "rosarkhiv")).exists()  # the product ships no term
    edition = edition_load(
        JOB, book="rosarkhiv", version="1", content=ROWS.encode(), name="p.csv", source="выдуманный перечень"
    )
    edition_compare(JOB, edition=edition.uid)
    edition_approve(JOB, edition=edition.uid, since=dt.date(2020, 1, 1))
    return plant.actor


def line(index: str, kind: str, article: str, years: int | None = None) -> HeadingIn:
    return HeadingIn(index, "Дело", (kind,), years=years, article=article)


def test_an_article_gives_the_term_and_its_basis(archivist: Actor, listed: Actor) -> None:
    row = actions.heading_set(archivist, year=YEAR, line=line("01", "letter_in", "900"))
    assert (row.forever, row.years) == (False, 5)
    assert row.basis == "выдуманный перечень, 1, ст. 900: 5 лет ЭПК"
    assert actions.heading_set(archivist, year=YEAR, line=line("02", "order", "901")).forever
    with pytest.raises(Refused, match=r"«50/75 лет»: одним числом он не назван\. Примечание: по году"):
        actions.heading_set(archivist, year=YEAR, line=line("03", "memo", "902"))
    with pytest.raises(Refused, match="По статье 900 хранить 5 лет, а в строке другой срок"):
        actions.heading_set(archivist, year=YEAR, line=line("03", "memo", "900", years=3))
    with pytest.raises(NotFound, match="Кода «77» нет"):
        actions.heading_set(archivist, year=YEAR, line=line("03", "memo", "77"))
    assert archive.headings(archivist, YEAR).count() == 2


def test_without_the_list_an_article_is_refused_and_the_form_does_not_ask(
    plant: House, archivist: Actor
) -> None:
    books_load(JOB)
    with pytest.raises(NotFound, match="Загрузите и утвердите издание"):
        actions.heading_set(archivist, year=YEAR, line=line("01", "letter_in", "900"))


@pytest.mark.parametrize("said", ["", "До минования надобности", "50/75 лет", "5", "лет 5"])
def test_what_is_no_number_of_years_is_left_to_a_person(said: str) -> None:
    with pytest.raises(Refused, match="впишите срок с основанием"):
        term_read(said, "перечень")
