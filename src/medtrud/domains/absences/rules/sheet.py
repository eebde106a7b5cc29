"""The columns of a list of absences, how people call them, and what a row of it means."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from medtrud.engines.exchange.types import Cell, Column, Unreadable, cyrillic, date_of, plain, whole
from medtrud.kernel.errors import Refused

from ..types import Kind, reason_of

DAY = dt.timedelta(days=1)
LONGEST = 366 * 3  # a period longer than this is a slip in a date, but for a leave to care for a child
WHO = (
    Column(
        "name", "ФИО",
        ("Фамилия, имя, отчество", "Работник", "Сотрудник", "Ф.И.О. работника", "Застрахованное лицо",
         "Физическое лицо"),
        required=True, unless=("snils",), example="Иванов Иван Иванович",
    ),
    Column(
        "snils", "СНИЛС", ("Страховой номер", "СНИЛС работника", "СНИЛС застрахованного"),
        looks=r"\d{3}[\s-]?\d{3}[\s-]?\d{3}[\s-]?\d{2}", by_content=True, example="112-233-445 95",
    ),
    Column("birth", "Дата рождения", ("Д.р.", "День рождения", "Родился"), hint="различает однофамильцев"),
    Column("personnel", "Табельный номер", ("Таб. №", "Табельный №", "Таб. номер", "Табель"), example="1024"),
)  # fmt: skip
WHEN = (
    Column(
        "since", "Первый день",
        ("Дата начала", "Начало", "С", "Дата с", "Период с", "Начало отсутствия", "Освобождён с",
         "Начало периода", "Дата начала нетрудоспособности", "Дата начала отпуска"),
        required=True, example="01.02.2026",
    ),
    Column(
        "last", "Последний день",
        ("Дата окончания", "Окончание", "По", "Дата по", "Период по", "Конец отсутствия", "Освобождён по",
         "Конец периода", "Дата окончания нетрудоспособности", "Конец", "Дата окончания отпуска"),
        hint="пусто: отсутствие продолжается", example="10.02.2026",
    ),
    Column("days", "Дней", ("Количество дней", "Кол-во дней", "Календарных дней", "Дни"), hint="вместо "
        "последнего дня"),
)  # fmt: skip
WHAT = (
    Column(
        "reason", "Причина",
        ("Код причины", "Причина нетрудоспособности", "Код причины нетрудоспособности", "Вид отсутствия",
         "Причина отсутствия", "Вид", "Состояние", "Вид отпуска", "Код табеля", "Вид нетрудоспособности"),
        required=True, hint="код листка 01–15, слово или буквенный код табеля", example="01",
    ),
    Column(
        "number", "Номер листка",
        ("Номер ЭЛН", "№ ЭЛН", "Лист нетрудоспособности", "№ листка нетрудоспособности", "Номер больничного",
         "Больничный лист №", "ЭЛН", "Номер листка нетрудоспособности"),
        looks=r"\d{12}", example="910012345678",
    ),
    Column("more", "Дополнительный код", ("Доп. код", "Код доп."), example="020"),
    Column("state", "Состояние листка", ("Состояние ЭЛН", "Статус ЭЛН"), hint="закрыт, продлён, аннулирован"),
    Column("part", "Первичный или продолжение", ("Первичный", "Вид листка", "Первичность", "Продолжение")),
    Column("basis", "Основание", ("Приказ", "Документ-основание", "Документ", "Примечание")),
)  # fmt: skip
COLUMNS = (*WHO, *WHEN, *WHAT)
MEDICAL = (
    *COLUMNS,
    Column(
        "diagnosis", "Диагноз", ("Код МКБ", "МКБ-10", "Диагноз по МКБ-10", "Код диагноза"),
        looks=r"[A-ZА-Я]\d\d(\.\d)?",
    ),
)  # fmt: skip
WORDS: tuple[tuple[str, str], ...] = (  # the beginning of a word, what it means; the first that fits
    ("командиров", Kind.TRIP),
    ("учебн", Kind.STUDY),
    ("учёб", Kind.STUDY),
    ("учеб", Kind.STUDY),
    ("отстран", Kind.SUSPENSION),
    ("декрет", "05"),
    ("беремен", "05"),
    ("без сохр", Kind.UNPAID),
    ("за свой сч", Kind.UNPAID),
    ("неоплач", Kind.UNPAID),
    ("по уходу за ребенком", Kind.PARENTAL),
    ("по уходу за больн", "09"),
    ("уход", "09"),
    ("карантин", "03"),
    ("несчастн", "04"),
    ("производств", "04"),
    ("профзабол", "07"),
    ("профессиональн", "07"),
    ("травм", "02"),
    ("заболев", "01"),
    ("болезн", "01"),
    ("больнич", "01"),
    ("нетрудоспособ", "01"),
    ("отпуск", Kind.VACATION),
    ("отгул", Kind.OTHER),
    ("прогул", Kind.OTHER),
    ("неявка", Kind.OTHER),
)
LETTERS = {  # of the timesheet
    "б": "01", "т": "01", "р": "05", "от": Kind.VACATION, "од": Kind.VACATION, "к": Kind.TRIP,
    "у": Kind.STUDY, "уд": Kind.STUDY, "до": Kind.UNPAID, "оз": Kind.UNPAID, "дб": Kind.UNPAID,
    "ож": Kind.PARENTAL, "нб": Kind.SUSPENSION, "но": Kind.SUSPENSION, "пр": Kind.OTHER, "нн": Kind.OTHER,
}  # fmt: skip


@dataclass(frozen=True)
class Row:
    """What a row says, read but not yet matched with a person."""

    number: int  # of the row in the sheet
    name: str
    snils: str
    birth: dt.date | None
    personnel: str
    since: dt.date
    until: dt.date | None
    kind: str
    reason: str
    more: str
    leaf: str  # the number of the sick leave
    primary: bool | None
    going_on: bool
    cancelled: bool
    basis: str
    diagnosis: str


def read_row(number: int, cells: Mapping[str, Cell], on: dt.date) -> Row:
    """Read a row; what cannot be read is said by the first fault."""
    text = {code: plain(cell) for code, cell in cells.items()}
    since = _day("Первый день", cells.get("since", ""), on)
    if since is None:
        raise Unreadable("Не указан первый день отсутствия. Заполните его.")
    kind, reason = why(text.get("reason", ""))
    state = text.get("state", "").casefold()
    return Row(
        number=number,
        name=text.get("name", ""),
        snils="".join(filter(str.isdigit, whole(cells.get("snils", "")))).zfill(11)
        if text.get("snils")
        else "",
        birth=_day("Дата рождения", cells.get("birth", ""), on),
        personnel=whole(cells.get("personnel", "")),
        since=since,
        until=_until(cells, since, on),
        kind=kind,
        reason=reason,
        more=_more(whole(cells.get("more", ""))),
        leaf="".join(whole(cells.get("number", "")).split()),
        primary=_primary(text.get("part", "")),
        going_on=state.startswith(("откр", "продл", "010", "020")),
        cancelled=state.startswith(("аннул", "отмен", "090")),
        basis=text.get("basis", "")[:300],
        diagnosis=text.get("diagnosis", "").upper()[:10],
    )


def why(text: str) -> tuple[str, str]:
    """Return the kind and the reason code that a cell means: a code, a word, a letter of the timesheet."""
    bare = cyrillic(text.strip().casefold()).replace("ё", "е")
    code = bare.split(" ")[0].strip(" .-–—:")
    if code.isdigit():
        row = _reason(code)
        return row, code.zfill(2)
    meaning = LETTERS.get(bare) or next((said for word, said in WORDS if word.replace("ё", "е") in bare), "")
    if not meaning:
        said = f"«{text}» не узнана" if text else "не указана"
        raise Unreadable(
            f"Причина отсутствия {said}. Запишите код листка (01), слово «болезнь», «отпуск» или код табеля."
        )
    return ("", meaning) if meaning.isdigit() else (meaning, "")


def _reason(code: str) -> str:
    try:
        return reason_of(code).kind
    except Refused as refusal:
        raise Unreadable(refusal.text) from None


def _until(cells: Mapping[str, Cell], since: dt.date, on: dt.date) -> dt.date | None:
    last = _day("Последний день", cells.get("last", ""), on)
    days = whole(cells.get("days", ""))
    if last is None and days:
        if not days.isdigit() or not 0 < int(days) <= LONGEST:
            raise Unreadable(f"Число дней «{days}» не подходит. Запишите целое число или последний день.")
        return since + int(days) * DAY
    if last is None:
        return None
    if last < since:
        raise Unreadable(f"Последний день {last:%d.%m.%Y} раньше первого {since:%d.%m.%Y}. Исправьте даты.")
    if (last - since).days > LONGEST:
        raise Unreadable(
            f"Отсутствие с {since:%d.%m.%Y} по {last:%d.%m.%Y} длится больше трёх лет. Проверьте даты."
        )
    return last + DAY


def _day(title: str, cell: Cell, on: dt.date) -> dt.date | None:
    try:
        return date_of(cell, on)
    except Unreadable as error:
        raise Unreadable(f"{title}: {error}") from None


def _more(code: str) -> str:
    return code.zfill(3) if code.isdigit() and code.strip("0") else ""


def _primary(text: str) -> bool | None:
    word = text.strip().casefold()
    if word.startswith(("перв", "да")):
        return True
    return False if word.startswith(("прод", "нет")) else None


def layout_cells(layout: Mapping[str, Sequence[object]], cells: Sequence[Cell]) -> dict[str, Cell]:
    """Return the cells of a row by the code of their column."""
    found: dict[str, Cell] = {}
    for code, places in layout.items():
        for place in places:
            index = int(place.index)  # type: ignore[attr-defined]
            if index < len(cells) and cells[index] != "":
                found[code] = cells[index]
    return found
