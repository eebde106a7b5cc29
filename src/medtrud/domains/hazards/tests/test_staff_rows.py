"""Rows of a staff list, as people really type them; no database."""

import datetime as dt

import pytest

from medtrud.domains.hazards.rules import COLUMNS, StaffReader, StaffRow
from medtrud.domains.hazards.rules.staff_factors import Given, factors_read
from medtrud.engines.exchange.types import Cell, Level, Place

ON = dt.date(2026, 3, 1)
GOOD: dict[str, Cell] = {
    "full_name": "Иванов Иван Иванович",
    "birth_date": "01.02.1980",
    "sex": "м",
    "snils": "112-233-445 95",
    "post": "Токарь",
    "hired_on": "15.03.2014",
    "factors": "4.4",
    "sout_class": "3.1",
}


def read(without: tuple[str, ...] = (), /, **cells: Cell) -> tuple[StaffRow | None, list[str], list[str]]:
    """Read one row; return it, its errors and its warnings."""
    values = {code: cell for code, cell in {**GOOD, **cells}.items() if code not in without}
    reader = StaffReader({code: (Place(i, code),) for i, code in enumerate(values)}, ON)
    row = reader.read(7, list(values.values()))
    errors = [problem.text for problem in reader.problems if problem.level is Level.ERROR]
    warnings = [problem.text for problem in reader.problems if problem.level is Level.WARNING]
    return row, errors, warnings


def test_a_good_row_is_understood_whole() -> None:
    row, errors, warnings = read(
        division="Цех № 2 / Участок 3", workplace=15.0, personnel_number=1024.0, harmful_years="12 лет 3 мес."
    )
    assert row
    assert (errors, warnings) == ([], [])
    assert (row.last_name, row.first_name, row.middle_name) == ("Иванов", "Иван", "Иванович")
    assert (row.birth_date, row.sex, row.snils) == (dt.date(1980, 2, 1), "male", "11223344595")
    assert (row.division, row.workplace, row.personnel_number) == (("Цех № 2", "Участок 3"), "15", "1024")
    assert (row.factors, row.sout_class, row.harmful_since) == ((Given("4.4"),), "3.1", dt.date(2013, 12, 1))


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"snils": "112-233-445 96"}, "не сходится контрольное число"),
        ({"snils": "112-233"}, "цифр 6, а должно быть 11"),
        ({"birth_date": "01.02.2080"}, "ещё не наступила"),
        ({"birth_date": "01.02.2020"}, "6 лет"),
        ({"birth_date": "01.02.1880"}, "146 лет"),
        ({"birth_date": "31.02.1990"}, "такого дня не существует"),
        ({"birth_date": "02.25.1990"}, "25.02.1990"),
        ({"birth_date": ""}, "Не указана дата рождения"),
        ({"hired_on": "15.03.1979"}, "раньше рождения"),
        ({"hired_on": "15.03.2027"}, "позже дня"),
        ({"post": " "}, "Не указана должность"),
        ({"full_name": "Иванов И.И."}, "инициалы"),
        ({"full_name": "Иванов 2 Иван"}, "лишние знаки"),
        ({"full_name": "Ивaнoв Иван Iванович"}, "латинскими"),
        ({"sex": "да"}, "не понят"),
        ({"factors": "4.44"}, "Похожие коды"),
        ({"factors": "4.3"}, "заголовок"),
        ({"factors": "З.1.1"}, "вместо цифры стоит буква"),
        ({"factors": "Шум"}, "4.4"),
        ({"factors": "1.6 (AKP)"}, "латиницей"),
        ({"sout_class": "5"}, "не существует"),
        ({"sout_class": "3"}, "без подкласса"),
        ({"harmful_since": "01.01.1970"}, "этого не может быть"),
        ({"harmful_years": "давно"}, "не понят"),
    ],
)
def test_a_mistake_keeps_the_row_out_and_is_told(cells: dict[str, Cell], says: str) -> None:
    row, errors, _ = read(**cells)
    assert row is None
    assert [text for text in errors if says in text], errors


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"sex": "ж"}, "не согласуется с отчеством"),
        ({"sex": ""}, "по отчеству определён как мужской"),
        ({"full_name": "Ивaнов Иван Иванович"}, "заменена русскими"),
        ({"post": "Tокарь"}, "латинские буквы"),
        ({"factors": dt.date(2026, 4, 4)}, "превращён табличным редактором в дату"),
        ({"factors": 1.1}, "отбросил ноль"),
        ({"sout_class": dt.date(2026, 2, 3)}, "превращён"),
        ({"email": "ivanov"}, "записан неверно"),
        ({"policy": "1234567890123456"}, "Полис не записан"),
        ({"hired_on": "15.03.1990"}, "было 10 лет"),
    ],
)
def test_a_doubt_is_told_and_the_row_is_taken(cells: dict[str, Cell], says: str) -> None:
    row, errors, warnings = read(**cells)
    assert row, errors
    assert [text for text in warnings if says in text], warnings


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("4.4, 1.3 (формальдегид); 6.1", (Given("1.3", ("формальдегид",)), Given("4.4"), Given("6.1"))),
        ("4.4; 1.3 (формальдегид)", (Given("1.3", ("формальдегид",)), Given("4.4"))),
        ("п. 4.4, п. 1.3", (Given("1.3"), Given("4.4"))),
        ("4,4", (Given("4.4"),)),
        ("6, 10", (Given("6"), Given("10"))),
        ("6,10", (Given("6"), Given("10"))),
        ("4.4 Шум", (Given("4.4"),)),
        ("1.3 - формальдегид", (Given("1.3", ("формальдегид",)),)),
        ("1.6 (АКР)", (Given("1.6", (), "АКР"),)),
        ("4.4 и 4.2.1", (Given("4.2.1"), Given("4.4"))),
        ("4.4\n4.2.1", (Given("4.2.1"), Given("4.4"))),
        (4.4, (Given("4.4"),)),
        (6.0, (Given("6"),)),
        ("нет", ()),
        ("", ()),
    ],
)
def test_factors_in_one_cell_are_read_however_they_are_written(
    cell: Cell, expected: tuple[Given, ...]
) -> None:
    read = factors_read(cell, ON)
    assert (read.factors, read.errors) == (expected, ())


def test_a_name_may_stand_in_three_columns() -> None:
    row, errors, _ = read(
        ("full_name",), last_name="Петрова", first_name="Анна", middle_name="Сергеевна", sex="ж"
    )
    assert row, errors
    assert (row.last_name, row.sex) == ("Петрова", "female")


def test_a_foreign_name_needs_its_sex_said() -> None:
    assert read(full_name="Каримов Али", sex="")[1] == [
        "Пол не указан и по отчеству не определяется. Укажите м или ж."
    ]
    row, *_ = read(full_name="Каримов Али Вахид оглы", sex="")
    assert row
    assert (row.middle_name, row.sex) == ("Вахид оглы", "male")


def test_marks_in_columns_of_codes_make_factors() -> None:
    codes = ("last_name", "first_name", "birth_date", "sex", "post")
    places: dict[str, tuple[Place, ...]] = {code: (Place(i, code),) for i, code in enumerate(codes)}
    places["factor_mark"] = (Place(5, "Вредные факторы 4.4"), Place(6, "1.3"), Place(7, "9.9"))
    reader = StaffReader(places, ON)
    row = reader.read(1, ["Иванов", "Иван", "01.02.1980", "м", "Токарь", "х", "+", ""])
    assert row
    assert row.factors == (Given("1.3"), Given("4.4"))
    assert reader.read(2, ["Иванов", "Иван", "01.02.1980", "м", "Токарь", "?", "", "x"]) is None
    assert next(p.text for p in reader.problems).startswith("В столбце «Вредные факторы 4.4» стоит «?»")
    assert "9.9" in reader.problems[1].text


def test_a_line_with_only_a_division_heads_the_rows_under_it() -> None:
    places = {code: (Place(i, code),) for i, code in enumerate(GOOD)}
    reader = StaffReader(places, ON)
    assert reader.read(1, ["Цех № 5", "", "", "", "", "", "", ""]) is None
    row = reader.read(2, list(GOOD.values()))
    assert row
    assert row.division == ("Цех № 5",)
    assert reader.read(3, ["", "", "", "", "Итого", "15", "", ""]) is None
    assert "итог" in reader.problems[0].text


def test_a_lost_leading_zero_of_a_number_is_put_back() -> None:
    row, errors, _ = read(snils=1234567898.0)
    assert row is None or row.snils == "01234567898", errors


def test_every_column_has_an_example_that_can_be_read() -> None:
    texts = {
        c.code: c.example
        for c in COLUMNS
        if c.example and c.code not in ("factors", "factor_mark", "last_name", "first_name", "middle_name")
    }
    row, errors, _ = read(**{**texts, "factors": "4.4; 1.3 (формальдегид)"})
    assert row, errors
