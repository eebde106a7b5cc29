import datetime as dt

import pytest

from medtrud.kernel.actor import Actor
from medtrud.registries.reference.public import book_add, edition_approve, edition_compare, edition_load

BOOK = """ID,NAME
E11.9,Инсулиннезависимый сахарный диабет без осложнений
G40.3,Генерализованная идиопатическая эпилепсия
H83.3,Шумовые эффекты внутреннего уха
I10,Эссенциальная гипертензия
J45.0,Астма с преобладанием аллергического компонента
"""


@pytest.fixture
def icd10(db: None) -> None:
    """A few diagnoses instead of all fifteen thousand."""
    job = Actor.job("test")
    book_add(job, code="mkb10", title="МКБ-10")
    edition = edition_load(job, book="mkb10", version="2.24", content=BOOK.encode(), name="mkb10.csv")
    edition_compare(job, edition=edition.uid)
    edition_approve(job, edition=edition.uid, since=dt.date(2020, 1, 1))
