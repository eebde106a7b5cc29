import datetime as dt
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.reference import public
from medtrud.registries.reference.models import Edition
from medtrud.registries.reference.types import Columns

pytestmark = pytest.mark.django_db

FIRST = "ID,NAME,PARENT\n1,Шум,\n2,Вибрация локальная,1\n3,Пыль,\n"
SECOND = "ID,NAME,PARENT,NOTE\n1,Шум,,\n2,Вибрация общая,1,\n4,Аэрозоли,,новая\n"


@pytest.fixture
def book(job: Actor) -> str:
    public.book_add(job, code="tiny", title="Пробный")
    public.book_describe(job, book="tiny", columns=Columns("ID", "ID", "NAME", "PARENT"))
    return "tiny"


def load(
    job: Actor, version: str, text: str | bytes, since: dt.date | None = None, name: str = "t.csv"
) -> Edition:
    content = text.encode() if isinstance(text, str) else text
    edition = public.edition_load(job, book="tiny", version=version, content=content, name=name)
    if since:
        public.edition_compare(job, edition=edition.uid)
        public.edition_approve(job, edition=edition.uid, since=since)
    return edition


def test_a_code_is_read_in_the_edition_of_its_day(job: Actor, book: str) -> None:
    load(job, "1", FIRST, dt.date(2025, 1, 1))
    load(job, "2", SECOND, dt.date(2026, 1, 1))
    titles = {
        day: public.code_get(job, book, "2", dt.date.fromisoformat(day)).title
        for day in ("2025-12-31", "2026-01-01", "2020-01-01")
    }
    assert titles == {
        "2025-12-31": "Вибрация локальная",
        "2026-01-01": "Вибрация общая",
        "2020-01-01": "Вибрация локальная",
    }
    with pytest.raises(NotFound, match=r"Кода «3» нет в справочнике «tiny» \(издание 2\)"):
        public.code_get(job, book, "3", dt.date(2026, 1, 1))


def test_a_draft_changes_nothing_until_it_is_compared_and_approved(job: Actor, book: str) -> None:
    load(job, "1", FIRST, dt.date(2025, 1, 1))
    draft = load(job, "2", SECOND)
    assert public.code_get(job, book, "2", dt.date(2026, 1, 1)).title == "Вибрация локальная"
    with pytest.raises(Refused, match="Издание 2: черновик"):
        public.edition_approve(job, edition=draft.uid, since=dt.date(2026, 1, 1))
    compared = public.edition_compare(job, edition=draft.uid)
    assert compared.difference == {
        "added": ["4"],
        "removed": ["3"],
        "changed": {"2": ["NAME"]},
        "fields_added": ["NOTE"],
        "fields_removed": [],
    }
    with pytest.raises(Refused, match=r"действует с 01\.01\.2025\. Выберите более поздний день"):
        public.edition_approve(job, edition=draft.uid, since=dt.date(2024, 1, 1))


def test_an_edition_approved_meanwhile_asks_for_a_new_comparison(job: Actor, book: str) -> None:
    load(job, "1", FIRST, dt.date(2025, 1, 1))
    slow = load(job, "2", SECOND)
    public.edition_compare(job, edition=slow.uid)
    load(job, "3", SECOND, dt.date(2025, 6, 1))
    with pytest.raises(Refused, match=r"утверждено другое издание \(3\)"):
        public.edition_approve(job, edition=slow.uid, since=dt.date(2026, 1, 1))
    public.edition_retire(job, edition=slow.uid)
    with pytest.raises(Refused, match="отозвано"):
        public.edition_compare(job, edition=slow.uid)


def test_the_same_edition_is_not_loaded_twice(job: Actor, book: str) -> None:
    load(job, "1", FIRST)
    with pytest.raises(Refused, match="уже загружено"):
        load(job, "1", FIRST)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "нет строк|нет названий"),
        (b"ID,NAME,PARENT\n", "нет строк"),
        (b"ID,TITLE\n1,x\n", "нет столбцов: NAME, PARENT. Есть: ID, TITLE"),
        (b"ID,NAME,PARENT\n1,x\n", "В строке 2 .* ячеек 2, а столбцов 3"),
        (b"ID,NAME,PARENT\n,x,\n", "строка 2: пустой ключ ID"),
        (b"ID,NAME,PARENT\n1,x,\n1,y,\n", "ключ ID повторяется: 1"),
        ("ID,NAME,PARENT\n1,Шум,\n".encode("cp1251"), "не в UTF-8"),
        (b"\x1f\x8bbroken", "повреждён"),
        (b'{"list": 5}', "не похож на ответ службы"),
        (b'{"total": 9, "list": [[{"column": "ID", "value": "1"}]]}', "строк 1 из 9"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_leaves_nothing(
    job: Actor, book: str, content: bytes, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        load(job, "1", content)
    assert not public.editions(job, public.book_of(job, book)).exists()


def test_a_packed_file_and_a_page_of_the_service_give_the_same_rows(job: Actor, book: str) -> None:
    page = {
        "total": 1,
        "list": [
            [
                {"column": "ID", "value": 1},
                {"column": "NAME", "value": "Шум"},
                {"column": "PARENT", "value": None},
            ]
        ],
    }
    table = "ID;NAME;PARENT\n1;Шум;\n"
    editions = [
        load(job, "1", gzip.compress(table.encode()), name="t.csv.gz"),
        load(job, "2", json.dumps([page]), name="t.json"),
    ]
    one, other = (
        list(public.items(job, edition).values_list("code", "title", "data")) for edition in editions
    )
    assert one == other == [("1", "Шум", {"ID": "1", "NAME": "Шум"})]


def test_the_example_of_the_service_is_read_with_its_passport(job: Actor, nsi: Path) -> None:
    stem = nsi / "rest_example/1.2.643.5.1.13.13.99.2.766_3.1"
    passport = Path(f"{stem}_passport.json").read_bytes()
    book = public.book_add(job, code="groups", passport=passport)
    assert (book.title, book.oid, book.key_column, book.title_column) == (
        "Группы здоровья",
        "1.2.643.5.1.13.13.99.2.766",
        "ID",
        "NAME",
    )
    content = Path(f"{stem}_data_page1.json").read_bytes()
    edition = public.edition_load(job, book="groups", version="3.1", content=content, name="page.json")
    assert edition.size == 7


def test_comparison_finds_exactly_the_measured_differences(
    job: Actor, nsi: Path, passports: dict[str, Any]
) -> None:
    expected = json.loads((nsi / "versions/expected_diff.json").read_text(encoding="utf8"))
    loaded: dict[tuple[str, str], Edition] = {}
    for case in expected:
        oid = case["oid"]
        for version in (case["version_from"], case["version_to"]):
            if not any(known == oid for known, _ in loaded):
                passport = json.dumps(passports[oid]).encode()
                public.book_add(job, code=oid.rsplit(".", 1)[1], passport=passport)
            if (oid, version) not in loaded:
                content = (nsi / f"versions/{oid}_{version}.csv").read_bytes()
                loaded[oid, version] = public.edition_load(
                    job, book=oid.rsplit(".", 1)[1], version=version, content=content, name=f"{version}.csv"
                )
        found = public.editions_difference(
            job, loaded[oid, case["version_from"]], loaded[oid, case["version_to"]]
        )
        assert sorted(found.added) == sorted(case["added"])
        assert sorted(found.removed) == sorted(case["removed"])
        assert found.changed == {key: sorted(columns) for key, columns in case["changed"].items()}
        assert (list(found.fields_added), list(found.fields_removed)) == (
            case["fields_added"],
            case["fields_removed"],
        )
    assert len(loaded) == 17
