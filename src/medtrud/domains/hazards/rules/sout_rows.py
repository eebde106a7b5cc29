"""Rows of a list of cards read as cards; each problem names its column."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from medtrud.engines.exchange.types import Cell, Place, Unreadable, cyrillic, date_of, plain, whole

from ..types.sout_card import CardIn, LineIn
from .sout_columns import FACTOR_COLUMNS, GUARANTEE_COLUMNS
from .staff_cells import class_said, division_path

YES = frozenset({"да", "+", "есть", "1", "имеется", "x", "х", "v"})
EMPTY = frozenset({"", "-", "–", "—"})
TOTALS = ("итого", "всего")
PEOPLE = re.compile(r"(\d{1,7})\s*(?:чел|раб|шт)?[а-я]*\.?")
LEVEL = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(.*)")
DECIBELS = ("", "дба", "дб(а)", "дб(a)", "дбa", "dba", "db(a)")
Found = tuple[CardIn, dt.date | None, list[tuple[str, str, bool]]]  # problems: column, text, is it an error


class CardReader:
    """Reads the rows of one sheet."""

    def __init__(self, layout: Mapping[str, tuple[Place, ...]], on: dt.date) -> None:
        self.layout, self.on = layout, on

    def read(self, number: int, cells: Sequence[Cell]) -> Found:
        """Return the card of a row, the day of its report and what is wrong."""
        self.cells = cells
        self.problems: list[tuple[str, str, bool]] = []
        card = CardIn(
            number=self.text("number"),
            position=cyrillic(self.text("position")),
            card_number=self.text("card_number"),
            profession=self.text("profession"),
            unit_path=division_path(tuple(self.texts("division"))),
            workers=self.count("workers") or 0,
            women=self.count("women"),
            stated=self.class_of("stated"),
            stated_ppe=self.class_of("stated_ppe"),
            lines=list(self.lines()),
            guarantees=dict(self.guarantees()),
            row=number,
        )
        card.unit = " / ".join(card.unit_path)
        for column, text, title in (("number", card.number, "Номер рабочего места"),
                                    ("position", card.position, "Должность")):  # fmt: skip
            if not text:
                self.problems.append((column, f"{title}: пусто. Впишите значение.", True))
        return card, self.day("approved_on"), self.problems

    @staticmethod
    def total(cells: Sequence[Cell]) -> bool:
        """Tell a line of totals: it is no card."""
        first = next((plain(cell).casefold() for cell in cells if plain(cell)), "")
        return first.rstrip(" :").startswith(TOTALS)

    def texts(self, code: str) -> list[str]:
        """Return the texts of all columns of a code."""
        places = self.layout.get(code, ())
        return [plain(self.cells[place.index]) for place in places if place.index < len(self.cells)]

    def text(self, code: str) -> str:
        """Return the text of a column; what means nothing is nothing."""
        places = self.layout.get(code, ())
        if not places or places[0].index >= len(self.cells):
            return ""
        text = whole(self.cells[places[0].index])
        return "" if text in EMPTY else text

    def cell(self, code: str) -> Cell:
        """Return the raw cell of a column."""
        places = self.layout.get(code, ())
        return self.cells[places[0].index] if places and places[0].index < len(self.cells) else ""

    def class_of(self, code: str) -> str:
        """Read a class, whatever the spreadsheet has made of it."""
        found = class_said(self.cell(code))
        if found.error:
            self.problems.append((code, found.error, True))
        if found.warning:
            self.problems.append((code, found.warning, False))
        return found.value

    def count(self, code: str) -> int | None:
        """Read a number of people."""
        text = self.text(code)
        if not text:
            return None
        if found := PEOPLE.fullmatch(text.casefold()):
            return int(found[1])
        self.problems.append((code, f"«{text}» — не число людей. Впишите целое число.", True))
        return None

    def day(self, code: str) -> dt.date | None:
        """Read a date."""
        try:
            return date_of(self.cell(code), self.on) if self.text(code) else None
        except Unreadable as error:
            self.problems.append((code, str(error), True))
            return None

    def lines(self) -> Iterator[LineIn]:
        """Yield the factors that have a class or a value."""
        for factor in FACTOR_COLUMNS:
            stated = self.class_of(f"class_{factor}")
            levels = tuple(self.levels(factor))
            if stated or levels:
                yield LineIn(factor, stated, levels=levels)

    def levels(self, factor: str) -> Iterator[dict[str, str]]:
        """Yield the measured value of a factor that has a column for it."""
        text = self.text("noise_value") if factor == "noise" else ""
        if not text:
            return
        found = LEVEL.fullmatch(text.replace("\u2212", "-"))
        unit = "".join(found[2].casefold().replace(".", "").split()) if found else ""
        said = ""
        if found is None:
            said = f"«{text}» — не число. Впишите уровень в дБА."
        elif unit not in DECIBELS:
            said = f"«{text}»: шум сравнивают в дБА, а единица «{found[2]}». Впишите уровень в дБА."
        elif found[1].startswith("-"):
            said = f"«{text}» меньше нуля, так не бывает. Проверьте уровень и знак."
        if said or found is None:
            self.problems.append(("noise_value", said, True))
            return
        yield {"indicator": "noise_laeq", "value": found[1].replace(",", "."), "unit": "дБА"}

    def guarantees(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Yield the guarantees whose columns say something."""
        for code in GUARANTEE_COLUMNS:
            text = self.text(f"gives_{code}").casefold()
            if text:
                bit = "1" if text.split(",")[0].strip() in YES else "0"
                yield code, {"ActualAvailability": bit, "NeedToEstablish": bit, "Reason": ""}
