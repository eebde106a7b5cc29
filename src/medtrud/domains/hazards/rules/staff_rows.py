"""A whole row of a staff list: its cells together, and what contradicts what."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from medtrud.engines.exchange.types import Cell, Level, Place, Unreadable, date_of, plain, whole
from medtrud.kernel.dates import age_on

from . import staff_cells as cells
from .staff_factors import Given, Read, factors_read, mark_of

YOUNGEST, OLDEST = 14, 100  # years; outside of them a birth date is a slip of the pen
SOON = dt.timedelta(days=366)
SHORT_EMAIL = 5
IN_HEADER = re.compile(r"[1-6][.,]\d{1,2}(?:[.,]\d{1,2}){0,2}")


class Problem(NamedTuple):
    """What is wrong in a row."""

    row: int
    text: str
    column: str = ""
    level: Level = Level.ERROR


@dataclass(slots=True)
class StaffRow:
    """A row that was understood."""

    number: int
    last_name: str
    first_name: str
    middle_name: str
    birth_date: dt.date
    sex: str
    snils: str = ""
    personnel_number: str = ""
    division: tuple[str, ...] = ()
    post: str = ""
    workplace: str = ""
    hired_on: dt.date | None = None
    factors: tuple[Given, ...] = ()
    sout_class: str = ""
    harmful_since: dt.date | None = None
    kind: str = cells.MAIN
    phone: str = ""
    email: str = ""
    policy: str = ""


class StaffReader:
    """Reads rows by their layout; what repeats is understood once."""

    def __init__(self, layout: Mapping[str, tuple[Place, ...]], on: dt.date) -> None:
        """Find the columns; `on` is the day the list is true for."""
        self.on = on
        self.layout = layout
        # A column the list does not have is an empty cell behind the last one.
        self.at = defaultdict(lambda: -1, {code: places[0].index for code, places in layout.items()})
        self.width = max((place.index for places in layout.values() for place in places), default=0) + 1
        self.problems: list[Problem] = []
        self.wrong: set[str] = set()  # columns with an error in the row at hand
        self.skipped = 0
        self.heading: tuple[str, ...] = ()
        self.names = {
            code: cells.Memo(partial(cells.name_said, what=what))
            for code, what in (("last_name", "Фамилия"), ("first_name", "Имя"), ("middle_name", "Отчество"))
        }
        self.sexes = cells.Memo(cells.sex_said)
        self.by_patronymic = cells.Memo(lambda name: cells.sex_of_patronymic(str(name)))
        self.titles = cells.Memo(cells.title_said)
        self.classes = cells.Memo(cells.class_said)
        self.kinds = cells.Memo(cells.kind_said)
        self.service = cells.Memo(partial(cells.service_said, on=on))
        self.factors = cells.Memo(partial(factors_read, on=on))
        self.divisions: dict[tuple[Cell, ...], tuple[str, ...]] = {}
        self.sets: dict[tuple[int, ...], tuple[Given, ...]] = {}
        self.marks = self._marks()

    def read(self, number: int, row: list[Cell]) -> StaffRow | None:
        """Return the row, or None when it is not about a worker or has an error."""
        row += [""] * (self.width - len(row) + 1)  # an empty cell behind the last one at least
        if row[-1] != "":
            row.append("")
        if self.wrong:
            self.wrong.clear()
        names = self._names(number, row)
        if names is None:
            return None
        born = self._date(number, row, "birth_date", "Дата рождения")
        read = StaffRow(number, *names, born or self.on, self._sex(number, row, names[2]))
        self._born(number, born)
        self._job(read, row)
        self._contacts(read, row)
        self._harm(read, row)
        self._dates(read)
        return None if self.wrong else read

    def _tell(self, number: int, column: str, text: str, level: Level = Level.ERROR) -> None:
        self.problems.append(Problem(number, text, column, level))
        if level is Level.ERROR:
            self.wrong.add(column)

    def _say(self, number: int, column: str, said: cells.Said[Any]) -> Any:
        value, error, warning = said
        if error or warning:
            self._tell(number, column, error or warning, Level.ERROR if error else Level.WARNING)
        return value

    def _names(self, number: int, row: list[Cell]) -> tuple[str, str, str] | None:
        at = self.at
        last, first, middle = row[at["last_name"]], row[at["first_name"]], row[at["middle_name"]]
        if not last and row[at["full_name"]]:
            last, first, middle = [*plain(row[at["full_name"]]).split(" ", 2), "", ""][:3]
        if (not last and not first) or (row[at["birth_date"]] == "" and self._is_heading(row)):
            self._not_a_worker(number, row)
            return None
        lasts, firsts, middles = self.names.values()
        names = (
            self._say(number, "last_name", lasts[last]),
            self._say(number, "first_name", firsts[first]),
            self._say(number, "middle_name", middles[middle]),
        )
        if not names[0] or not names[1]:
            self._no_name(number, names)
        return names

    def _no_name(self, number: int, names: tuple[str, str, str]) -> None:
        if not names[0] and "last_name" not in self.wrong:
            self._tell(number, "last_name", "Не указана фамилия. Впишите её, как в паспорте.")
        if not names[1] and "first_name" not in self.wrong:
            self._tell(number, "first_name", "Не указано имя. Впишите фамилию, имя и отчество полностью.")

    def _is_heading(self, row: list[Cell]) -> bool:
        """A line with one text in it is a title of a division or a total, not a worker."""
        return sum(1 for cell in row if cell != "") == 1

    def _not_a_worker(self, number: int, row: list[Cell]) -> None:
        texts = [plain(cell) for cell in row if cell != ""]
        if len(texts) == 1 and "division" not in self.layout and not texts[0].isdigit():
            self.heading = (texts[0],)
            return
        self.skipped += 1
        if len(texts) > 1:
            text = "В строке нет фамилии и имени: похоже на итог или подпись, строка пропущена."
            self._tell(number, "full_name", text, Level.WARNING)

    def _date(self, number: int, row: list[Cell], code: str, title: str) -> dt.date | None:
        cell = row[self.at[code]]
        if cell == "":
            return None
        if type(cell) is dt.date:
            return cell
        try:
            return date_of(cell, self.on)
        except Unreadable as error:
            self._tell(number, code, f"{title}: {error}")
            return None

    def _born(self, number: int, born: dt.date | None) -> None:
        if born is None:
            if "birth_date" not in self.wrong:
                self._tell(number, "birth_date", "Не указана дата рождения. Впишите день, месяц и год.")
            return
        if YOUNGEST < self.on.year - born.year < OLDEST:
            return
        age = age_on(born, self.on)
        if born > self.on:
            text = f"Дата рождения {born:%d.%m.%Y} ещё не наступила. Исправьте год, месяц или день."
        elif age < YOUNGEST:
            text = f"По дате рождения {born:%d.%m.%Y} работнику {cells.years(age)}. Проверьте год рождения."
        elif age > OLDEST:
            text = f"По дате рождения {born:%d.%m.%Y} работнику {cells.years(age)}. Исправьте год рождения."
        else:
            return
        self._tell(number, "birth_date", text)

    def _sex(self, number: int, row: list[Cell], middle_name: str) -> str:
        said = self._say(number, "sex", self.sexes[row[self.at["sex"]]])
        told = self.by_patronymic[middle_name]
        if not said:
            if not told and "sex" not in self.wrong:
                self._tell(number, "sex", "Пол не указан и по отчеству не определяется. Укажите м или ж.")
            elif told and self.at["sex"] >= 0:
                sex = "мужской" if told == cells.MALE else "женский"
                text = f"Пол не указан, по отчеству определён как {sex}. Проверьте."
                self._tell(number, "sex", text, Level.WARNING)
            return str(told or cells.MALE)
        if told and told != said:
            self._tell(
                number,
                "sex",
                f"Пол не согласуется с отчеством «{middle_name}». Проверьте пол и отчество.",
                Level.WARNING,
            )
        return str(said)

    def _job(self, read: StaffRow, row: list[Cell]) -> None:
        number, at = read.number, self.at
        read.post = self._say(number, "post", self.titles[row[at["post"]]])
        if not read.post:
            self._tell(
                number, "post", "Не указана должность или профессия. Впишите её, как в штатном расписании."
            )
        read.division = self._division(row)
        if row[at["workplace"]] != "":
            read.workplace = whole(row[at["workplace"]])
        if row[at["personnel_number"]] != "":
            read.personnel_number = whole(row[at["personnel_number"]])
        read.kind = self._say(number, "kind", self.kinds[row[at["kind"]]])
        read.hired_on = self._date(number, row, "hired_on", "Дата приёма")

    def _division(self, row: list[Cell]) -> tuple[str, ...]:
        places = self.layout.get("division")
        if places is None:
            return self.heading
        key = tuple(row[place.index] for place in places)
        path = self.divisions.get(key)
        if path is None:
            path = self.divisions[key] = cells.division_path(tuple(self.titles[cell].value for cell in key))
        return path

    def _contacts(self, read: StaffRow, row: list[Cell]) -> None:
        at, number = self.at, read.number
        if row[at["snils"]] != "":
            read.snils = self._say(number, "snils", cells.snils_said(row[at["snils"]]))
        if row[at["phone"]] != "":
            read.phone = whole(row[at["phone"]])
        if row[at["email"]] != "" and (email := plain(row[at["email"]])):
            if "@" in email and len(email) > SHORT_EMAIL and email.isascii():
                read.email = email
            else:
                self._tell(
                    number,
                    "email",
                    f"Адрес «{email}» записан неверно и не сохранён. Исправьте его.",
                    Level.WARNING,
                )
        if row[at["policy"]] != "":
            read.policy = self._say(number, "policy", cells.policy_said(row[at["policy"]]))

    def _harm(self, read: StaffRow, row: list[Cell]) -> None:
        number, parts = read.number, []
        for place in self.layout.get("factors", ()):
            found = self.factors[row[place.index]]
            if found.errors or found.warnings:
                self._factor_problems(number, found)
            if found.factors:
                parts.append(found.factors)
        for index, header, given in self.marks:
            if row[index] != "":
                self._mark(number, row[index], header, given)
                if given.factors and mark_of(row[index]):
                    parts.append(given.factors)
        if parts:
            read.factors = parts[0] if len(parts) == 1 else self._joined(parts)
        read.sout_class = self._say(number, "sout_class", self.classes[row[self.at["sout_class"]]])
        self._service(read, row)

    def _service(self, read: StaffRow, row: list[Cell]) -> None:
        what = "Дата начала работы во вредных условиях"
        read.harmful_since = self._date(read.number, row, "harmful_since", what)
        years = row[self.at["harmful_years"]]
        if read.harmful_since is None and years != "":
            read.harmful_since = self._say(read.number, "harmful_years", self.service[years])

    def _mark(self, number: int, cell: Cell, header: str, given: Read) -> None:
        mark = mark_of(cell)
        if mark is None:
            text = f"В столбце «{header}» стоит «{plain(cell)}». Поставьте «х» или оставьте ячейку пустой."
            self._tell(number, "factor_mark", text)
        elif mark:
            self._factor_problems(number, given)

    def _factor_problems(self, number: int, found: Read) -> None:
        for text in found.errors:
            self._tell(number, "factors", text)
        for text in found.warnings:
            self._tell(number, "factors", text, Level.WARNING)

    def _joined(self, parts: list[tuple[Given, ...]]) -> tuple[Given, ...]:
        """Return one set of factors; the parts are remembered, so the same parts are the same set."""
        key = tuple(map(id, parts))
        if key not in self.sets:
            by_code = {given.code: given for part in parts for given in part}
            self.sets[key] = tuple(by_code[code] for code in sorted(by_code))
        return self.sets[key]

    def _marks(self) -> list[tuple[int, str, Read]]:
        """Return the columns named by codes; a wrong code is told with every marked cell."""
        return [
            (place.index, place.header, factors_read(code[0] if code else place.header, self.on))
            for place in self.layout.get("factor_mark", ())
            for code in [IN_HEADER.search(place.header)]
        ]

    def _dates(self, read: StaffRow) -> None:
        hired, born, harmful = read.hired_on, read.birth_date, read.harmful_since
        if hired is not None and (hired > self.on or hired.year - born.year <= YOUNGEST):
            if hired <= born:
                text = f"Дата приёма {hired:%d.%m.%Y} раньше рождения {born:%d.%m.%Y}. Исправьте одну из дат."
                self._tell(read.number, "hired_on", text)
            elif hired > self.on:
                text = (
                    f"Дата приёма {hired:%d.%m.%Y} позже дня, на который составлен список, "
                    f"{self.on:%d.%m.%Y}. Исправьте её."
                )
                self._tell(read.number, "hired_on", text)
            elif age_on(born, hired) < YOUNGEST:
                age = age_on(born, hired)
                text = f"На дату приёма {hired:%d.%m.%Y} работнику было {cells.years(age)}. Проверьте даты."
                self._tell(read.number, "hired_on", text, Level.WARNING)
        if harmful is not None and (harmful <= born or harmful > self.on):
            text = (
                f"Работа во вредных условиях с {harmful:%d.%m.%Y}: этого не может быть. "
                "Исправьте дату или стаж."
            )
            self._tell(read.number, "harmful_since", text)
