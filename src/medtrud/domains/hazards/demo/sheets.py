"""Staff lists as three personnel departments really keep them, with the mistakes people really make."""

import datetime as dt
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

import xlsxwriter

from .people import Invented, invented
from .plants import PLANTS, Plant, Work

Cell = str | int | dt.date | None


@dataclass(frozen=True)
class Line:
    """One row of a staff list before it is written in the columns of its department."""

    person: Invented
    work: Work
    number: str
    hired: dt.date
    harmful_since: dt.date | None
    born: dt.date | str
    snils: str
    factors: str


def staff_lines(plant: Plant, *, start: int, today: dt.date, people: int | None = None) -> list[Line]:
    """Return the staff of a plant in the order of its divisions; with `people`, a small part of it."""
    random = Random(plant.code)
    crowd = invented(random, women=plant.women, start=start, today=today)
    lines = [_line(random, next(crowd), work, today) for work in plant.works for _ in range(work.people)]
    chosen = lines if people is None else random.sample(lines, min(people, len(lines)))
    return [
        replace(line, number=f"{number:05d}") for number, line in enumerate(chosen, start=start % 1000 + 1)
    ]


def with_mistakes(lines: list[Line], today: dt.date) -> list[Line]:
    """Return the list with planted mistakes, each of a kind the import must name."""
    spoilt = list(lines)
    for place, spoil in zip(
        range(7, len(lines), max(len(lines) // len(MISTAKES), 1)), MISTAKES, strict=False
    ):
        spoilt[place] = spoil(spoilt[place], spoilt[place - 1], today)
    if len(lines) > len(MISTAKES):
        spoilt.insert(len(spoilt) // 2, spoilt[3])  # the same row once more
    return spoilt


def machine_works_sheet(lines: list[Line]) -> bytes:
    """One column for the name, a path for the division, everything in one row of headers."""
    head = (
        "Таб. №",
        "ФИО",
        "Пол",
        "Дата рождения",
        "СНИЛС",
        "Подразделение",
        "Должность",
        "Принят",
        "Вредные факторы (29н)",
        "Класс условий труда",
        "Во вредных условиях с",
    )
    rows = (
        (
            line.number,
            line.person.full,
            "жен." if line.person.sex == "female" else "муж.",
            line.born,
            line.snils,
            line.work.division,
            line.work.post,
            line.hired,
            line.factors,
            line.work.sout_class,
            line.harmful_since,
        )
        for line in lines
    )
    return _book("Штат", [head, *rows])


def hospital_sheet(lines: list[Line]) -> bytes:
    """A title in merged cells, headers in the third row, the name in three columns, other words."""
    title = ("Список сотрудников, подлежащих периодическому медицинскому осмотру",)
    head = (
        "№ п/п",
        "Фамилия",
        "Имя",
        "Отчество",
        "Дата рожд.",
        "Страховой номер",
        "Отделение",
        "Профессия (должность)",
        "Дата приема на работу",
        "Код фактора",
        "КУТ",
        "Табельный номер",
    )
    rows = (
        (
            count,
            line.person.last,
            line.person.first,
            line.person.middle,
            line.born,
            line.snils.replace("-", "").replace(" ", ""),
            line.work.division,
            line.work.post,
            line.hired,
            line.factors.replace(", ", "; "),
            line.work.sout_class,
            line.number,
        )
        for count, line in enumerate(lines, start=1)
    )
    return _book("Лист1", [title, (), head, *rows], merged=len(head))


def transport_sheet(lines: list[Line]) -> bytes:
    """Every date is text, spaces stand where they should not."""

    def text(day: dt.date | str | None) -> str:
        return f"{day:%d.%m.%Y} г." if isinstance(day, dt.date) else str(day or "")

    head = (
        "Работник",
        "СНИЛС работника",
        "Дата рождения",
        "Колонна / участок",
        "Должность по штатному расписанию",
        "Дата приёма",
        "Вредные и (или) опасные факторы, виды работ",
        "Итоговый класс (СОУТ)",
        "Табельный",
    )
    rows = (
        (
            f" {line.person.full} ",
            line.snils,
            text(line.born),
            line.work.division,
            line.work.post + " ",
            text(line.hired),
            f"п. {line.factors}" if line.factors else "-",
            line.work.sout_class.replace(".", ","),
            line.number,
        )
        for line in lines
    )
    return _book("Кадры", [head, *rows])


def _line(random: Random, person: Invented, work: Work, today: dt.date) -> Line:
    earliest = person.born + dt.timedelta(days=17 * 365 + 5)
    worked = int(random.triangular(0, min((today - earliest).days, 40 * 365), 900))
    hired = max(earliest, today - dt.timedelta(days=worked))
    harmful = hired if work.sout_class >= "3.1" else None
    return Line(person, work, "", hired, harmful, person.born, person.snils, work.factors)


def _book(sheet: str, rows: list[tuple[Cell, ...]], *, merged: int = 0) -> bytes:
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": "dd.mm.yyyy"})
    page, bold = book.add_worksheet(sheet), book.add_format({"bold": True, "text_wrap": True})
    for number, row in enumerate(rows):
        if merged and number == 0:
            page.merge_range(0, 0, 0, merged - 1, row[0], bold)
            continue
        for column, value in enumerate(row):
            page.write(number, column, value) if not isinstance(value, str) else page.write_string(
                number, column, value
            )
    page.set_column(0, 12, 22)
    book.close()
    return stream.getvalue()


def _wrong_control(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, snils=line.snils[:-1] + str((int(line.snils[-1]) + 1) % 10))


def _one_number_twice(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, snils=before.snils)


def _no_such_factor(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, factors="4.14, 15")


def _heading(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, factors="4.3, 4.4")


def _born_tomorrow(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, born=today + dt.timedelta(days=400))


def _no_such_day(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, born="31.02.1984")


def _hired_as_a_child(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, hired=line.person.born + dt.timedelta(days=3000))


def _no_name(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, person=replace(line.person, last="", first="", middle=""))


def _latin_letters(line: Line, before: Line, today: dt.date) -> Line:
    return replace(
        line, person=replace(line.person, last=line.person.last.replace("о", "o").replace("а", "a"))
    )


def _short_number(line: Line, before: Line, today: dt.date) -> Line:
    return replace(line, snils=line.snils[:-4])


MISTAKES: tuple[Callable[[Line, Line, dt.date], Line], ...] = (
    _wrong_control,
    _one_number_twice,
    _no_such_factor,
    _heading,
    _born_tomorrow,
    _no_such_day,
    _hired_as_a_child,
    _no_name,
    _latin_letters,
    _short_number,
)
SHEETS = {"machine_works": machine_works_sheet, "hospital": hospital_sheet, "transport": transport_sheet}


def sheets(today: dt.date, *, people: int | None = None) -> Iterator[tuple[Plant, str, bytes, int]]:
    """Yield each plant with the name and the content of its file and the number of its rows."""
    for order, plant in enumerate(PLANTS):
        lines = with_mistakes(staff_lines(plant, start=order * 10_000, today=today, people=people), today)
        yield plant, f"{plant.code}_staff.xlsx", SHEETS[plant.code](lines), len(lines)
