"""How headers, columns and cells of foreign tables are understood; no database."""

import datetime as dt

import pytest

from medtrud.engines.exchange.rules import Head, recognise
from medtrud.engines.exchange.types import Cell, Column, Guess, Unreadable, cyrillic, date_of, plain

ON = dt.date(2026, 3, 1)
COLUMNS = (
    Column("full_name", "ФИО", ("фамилия имя отчество", "работник"), required=True, unless=("last_name",)),
    Column("last_name", "Фамилия"),
    Column("birth_date", "Дата рождения", ("д.р.", "родился")),
    Column("hired_on", "Дата приёма", ("принят",)),
    Column("snils", "СНИЛС", looks=r"\d{3}-\d{3}-\d{3}[ -]\d\d", by_content=True),
    Column("factors", "Вредные факторы", ("факторы", "код фактора")),
    Column("mark", "Отметка фактора", family=r"[1-6]\.\d{1,2}(\.\d{1,2})*$"),
)


def read(*rows: list[Cell], memory: dict[str, str] | None = None) -> Guess | None:
    return recognise(Head("Лист1", rows), COLUMNS, memory or {})


def test_the_header_is_found_in_the_third_row() -> None:
    guess = read(
        ["Список работников ООО «Ромашка»"],
        [""],
        ["№ п/п", "Ф.И.О.", "Дата рожд."],
        [1.0, "Иванов И.И.", "01.02.1980"],
    )
    assert guess
    assert (guess.header_row, guess.columns) == (3, {1: "full_name", 2: "birth_date"})


def test_headers_in_two_lines_are_read_together() -> None:
    guess = read(
        ["ФИО", "Дата", "", "Вредные факторы", ""],
        ["", "рождения", "приёма", "4.4", "1.3"],
        ["Иванов", "1.2.80", "", "х", ""],
    )
    assert guess
    assert guess.columns == {0: "full_name", 1: "birth_date", 2: "hired_on", 3: "mark", 4: "mark"}
    assert (guess.header_lines, guess.headers[4]) == (2, "Вредные факторы 1.3")


def test_a_line_of_data_is_not_taken_for_a_second_header_line() -> None:
    guess = read(
        ["ФИО", "Дата рождения", "Факторы"],
        ["Иванов Иван", "01.02.1980", "4.4"],
        ["Петров Пётр", "01.02.1981", "4.4"],
    )
    assert guess
    assert (guess.header_lines, guess.columns[2]) == (1, "factors")


def test_a_line_of_column_numbers_belongs_to_the_header() -> None:
    guess = read(["№", "ФИО", "Дата рождения"], [1.0, 2.0, 3.0], [1.0, "Иванов", "01.02.1980"])
    assert guess
    assert guess.header_lines == 2


def test_latin_letters_yo_and_hyphens_in_a_header_do_not_matter() -> None:
    guess = read(["ФИO", "Дата рож-\nдения", "Дата  приема"], ["Иванов", "", ""])
    assert guess
    assert guess.columns == {0: "full_name", 1: "birth_date", 2: "hired_on"}


def test_a_column_with_a_foreign_name_is_recognised_by_what_it_holds() -> None:
    guess = read(
        ["ФИО", "Страховой"],
        ["Иванов", "112-233-445 95"],
        ["Петров", "112-233-446 00"],
        ["Юрин", "112-233-447 01"],
    )
    assert guess
    assert guess.columns == {0: "full_name", 1: "snils"}
    assert guess.sure == {0}


def test_a_line_of_data_is_never_the_header_however_much_it_looks_like_columns() -> None:
    guess = read(
        ["Кто", "СНИЛС", "Что", "Класс"],
        ["Иванов", "112-233-445 95", "4.4", "3.1"],
        ["Петров", "112-233-446 00", "4.4", "3.1"],
    )
    assert guess
    assert (guess.header_row, guess.columns) == (1, {1: "snils"})


def test_a_remembered_header_is_recognised_at_once() -> None:
    guess = read(
        ["Сотрудник (осн.)", "Год"],
        ["Иванов", "1980"],
        memory={"сотрудник осн": "full_name", "год": "birth_date"},
    )
    assert guess
    assert guess.columns == {0: "full_name", 1: "birth_date"}
    assert guess.sure == {0, 1}


def test_a_column_set_aside_last_time_is_left_alone() -> None:
    guess = read(["ФИО", "СНИЛС"], ["Иванов", "112-233-445 95"], memory={"снилс": ""})
    assert guess
    assert guess.columns == {0: "full_name"}


def test_required_columns_that_nobody_feeds_are_named() -> None:
    guess = read(["Дата рождения", "Факторы"], ["01.02.1980", "4.4"])
    assert guess
    names = {column.code for column in COLUMNS if column.required}
    assert names - set(guess.columns.values()) == {"full_name"}


@pytest.mark.parametrize(
    "text",
    [
        "01.02.1980",
        "1.2.80",
        "01/02/1980",
        "1980-02-01",
        "01-02-1980",
        "1 февраля 1980 г.",
        "01 фев. 1980",
        "01.02.1980 г.",
        "01.02.1980 00:00:00",
        "01,02,1980",
        "01 02 1980",
        "01021980",
        " 01.02.1980\u00a0",
        "29252",
        29252.0,
        "«1» февраля 1980 года",
        dt.date(1980, 2, 1),
        dt.datetime(1980, 2, 1, 5, tzinfo=dt.UTC),
    ],
)
def test_a_date_is_read_in_any_usual_spelling(text: Cell) -> None:
    assert date_of(text, ON) == dt.date(1980, 2, 1)


def test_a_short_year_is_never_in_the_future() -> None:
    assert date_of("1.2.25", ON) == dt.date(2025, 2, 1)
    assert date_of("1.2.27", ON) == dt.date(1927, 2, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("31.02.1990", "такого дня не существует"),
        ("02.13.1990", "13.02.1990"),
        ("вчера", "не дата"),
        ("5 мартабря 1990", "месяц"),
        (12.5, "не дата"),
        ("99999999", "не"),
    ],
)
def test_a_date_that_cannot_be_says_why(text: Cell, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        date_of(text, ON)


def test_an_empty_cell_is_no_date() -> None:
    assert date_of("  ", ON) is None


def test_numbers_and_spaces_become_plain_text() -> None:
    assert [plain(cell) for cell in (1024.0, 2.5, "  Цех\u00a0 №\n1 ", True, dt.date(2026, 1, 2))] == [
        "1024",
        "2.5",
        "Цех № 1",
        "да",
        "02.01.2026",
    ]


def test_latin_look_alikes_become_cyrillic_only_in_russian_words() -> None:
    assert cyrillic("Cлесарь") == "Слесарь"
    assert cyrillic("АKР") == "АКР"
    assert cyrillic("CNC") == "CNC"
