import csv
import datetime as dt
from pathlib import Path

import pytest

from medtrud.domains.hazards.types import (
    annex_on,
    code_key,
    codes_parse,
    factor_parse,
    markers_parse,
    nearest_codes,
    substance_markers,
)
from medtrud.kernel.errors import Refused

DAY = dt.date(2026, 3, 1)
SHARED = Path(__file__).parents[6] / "shared/data/order29n"
shared = pytest.mark.skipif(not SHARED.exists(), reason="the facts stand beside the clone")


def facts(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf8") as file:
        return list(csv.DictReader(file, delimiter=";"))


@shared
def test_the_annex_has_the_rows_of_the_order() -> None:
    source = {f["code"]: f for f in facts("factors.csv") if f["code"][0].isdigit()}
    assert set(annex_on(DAY)) == set(source)
    for code, row in annex_on(DAY).items():
        assert row.title == source[code]["name"].rstrip(":").strip()
        assert source[code]["section"] == f"{row.section}. {row.section_title}"
        assert row.parent == source[code]["parent"]


@shared
def test_every_marked_substance_brings_its_own_letters() -> None:
    for mention in facts("marked_substances.csv"):
        found = substance_markers(annex_on(DAY)[mention["code"]], mention["substance"])
        assert (found.markers, found.how) == (markers_parse(mention["markers"]), "listed")


def test_the_letters_of_a_row_are_those_of_its_substances() -> None:
    for row in annex_on(DAY).values():
        assert row.markers == markers_parse("".join(s.markers for s in row.substances)), row.code


def test_codes_stand_in_the_order_of_numbers() -> None:
    codes = list(annex_on(DAY))
    assert codes == sorted(codes, key=code_key)
    assert codes.index("1.9") < codes.index("1.10") < codes.index("2.1") < codes.index("10")


@pytest.mark.parametrize(
    ("code", "name", "markers", "how"),
    [
        ("1.3", "Формальдегид", "АКРО", "listed"),
        ("1.3", "фopмальдегид", "АКРО", "listed"),
        ("1.3", "формальдегид, раствор", "АКРО", "part"),
        ("1.3", "бензальдегид", "", "bare"),
        ("1.3", "формальдегит", "АКРО", "unknown"),
        ("1.14.2", "ацетон", "Р", "listed"),
        ("1.27.1", "свинец", "КР", "listed"),
        ("1.37.1", "стирол", "", "bare"),
        ("1.50", "бензин", "Р", "listed"),
        ("1.50", "смолы", "АК", "part"),
        ("4.2.1", "лазерное излучение", "", "bare"),
    ],
)
def test_a_named_substance_has_letters(code: str, name: str, markers: str, how: str) -> None:
    found = substance_markers(annex_on(DAY)[code], name)
    assert (found.markers, found.how) == (markers, how)


@pytest.mark.parametrize(
    ("text", "code"), [("4.4", "4.4"), (" п. 4,4 ", "4.4"), ("1.8.1.1.", "1.8.1.1"), ("пункт 27", "27")]
)
def test_a_code_is_read_as_people_write_it(text: str, code: str) -> None:
    assert factor_parse(text, DAY).code == code


@pytest.mark.parametrize(
    ("text", "says"),
    [("4.11", "Похожие коды: 4.1 "), ("1.8", "1.8.1, 1.8.2"), ("5.2", "5.2.1"), ("шум", "нет в перечне")],
)
def test_a_wrong_code_or_a_heading_is_refused_with_the_next_step(text: str, says: str) -> None:
    with pytest.raises(Refused) as refusal:
        factor_parse(text, DAY)
    assert says in refusal.value.text
    assert "29н" in refusal.value.basis


def test_a_cell_with_several_codes_is_read_and_the_wrong_ones_are_named() -> None:
    rows, wrong = codes_parse("4.4; 6.1 и 1.3, 4.11,4.9 5.1", DAY)
    assert [row.code for row in rows] == ["4.4", "6.1", "1.3", "4.9", "5.1"]
    assert ["4.11" in text for text in wrong] == [True]


def test_the_nearest_codes_come_from_the_same_parent_first() -> None:
    assert nearest_codes("1.8.5", DAY)[0].startswith("1.8.")


@pytest.mark.parametrize("text", ["AKP", "Ю", "А1"])
def test_letters_outside_the_order_are_refused(text: str) -> None:
    with pytest.raises(Refused, match="русскими буквами"):
        markers_parse(text)


@pytest.mark.parametrize("day", [dt.date(2021, 3, 31), dt.date(2027, 4, 1)])
def test_outside_the_period_of_the_order_there_is_no_annex(day: dt.date) -> None:
    with pytest.raises(Refused, match="нет действующего"):
        annex_on(day)


@pytest.mark.parametrize("day", [dt.date(2021, 4, 1), dt.date(2027, 3, 31)])
def test_on_the_first_and_the_last_day_the_annex_is_whole(day: dt.date) -> None:
    assert len(annex_on(day)) == 226
