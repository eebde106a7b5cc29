"""A tiny target, files of every kind, and a person who imports them."""

import datetime as dt
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import xlsxwriter

from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import Import, import_of, import_upload, target_declare
from medtrud.engines.exchange.queries import targets as registry
from medtrud.engines.exchange.types import (
    Column,
    Level,
    Option,
    Outcome,
    Source,
    Taken,
    Target,
    plain,
)
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

STEPS = ("check", "commit", "list", "undo", "upload", "work")
PERMISSIONS = frozenset(f"exchange.import_{step}" for step in STEPS)
SIDES = (("left", "левая"), ("right", "правая"))


@dataclass
class Shelf:
    """Where the tiny target keeps what it takes: name -> colour, rolled back by hand."""

    things: dict[str, str] = field(default_factory=dict)
    fails: str = ""
    used: bool = False

    def look(self, source: Source, *, write: bool) -> Outcome:
        good = self.good(source)
        source.progress(len(good), len(good), "строки прочитаны")
        new = {name: row for name, (_, row) in good.items() if name not in self.things}
        changed = [name for name, (colour, _) in good.items() if self.things.get(name, colour) != colour]
        if write:
            source.linked("shelf.Thing", "new", list(new.values()), list(new.values()))
            if self.fails:
                raise Refused(self.fails)
            self.things.update({name: colour for name, (colour, _) in good.items()})
        same = len(good) - len(new) - len(changed)
        figures = (("Вещей", len(good)),)
        return Outcome(len(new), len(changed), same, figures=figures, notes=("Список прочитан.",))

    def good(self, source: Source) -> dict[str, tuple[str, int]]:
        place = {code: places[0].index for code, places in source.layout.items()}
        found: dict[str, tuple[str, int]] = {}
        for number, cells in source.rows():
            name, colour = plain(cells[place["name"]]), plain(cells[place["colour"]])
            if not name:
                source.problem(number, "Не указано имя. Впишите его.", column="name")
            elif name in found:
                text = f"«{name}» уже есть в строке {found[name][1]}. Уберите повтор."
                source.problem(number, text, column="name")
            else:
                found[name] = (colour, number)
                if not colour:
                    text = "Цвет не указан, записан как есть. Проверьте."
                    source.problem(number, text, column="colour", level=Level.WARNING)
        return found

    def undo(self, taken: Taken) -> None:
        if self.used:
            raise Refused("Вещи уже используются. Сначала верните их.")
        self.things.clear()


@pytest.fixture
def shelf(db: None) -> Iterator[Shelf]:
    """Declare the tiny target."""
    kept = Shelf()
    target = Target(
        code="shelf",
        title="Вещи",
        permission="shelf.import",
        columns=(
            Column("name", "Имя", ("Название", "Наименование"), required=True, example="мяч"),
            Column("colour", "Цвет", ("Окраска",), required=True, example="красный"),
            Column("day", "День", example="01.02.2026"),
        ),
        check=lambda actor, source: kept.look(source, write=False),
        commit=lambda actor, source: kept.look(source, write=True),
        undo=lambda actor, taken: kept.undo(taken),
        options=(Option("side", "Сторона", choices=lambda actor: SIDES, default="left"),),
    )
    target_declare(target)
    yield kept
    registry(Actor.job("test"))


@pytest.fixture
def keeper() -> Actor:
    held = PERMISSIONS | {"shelf.import"}
    return Actor(role=Role.EMPLOYER, name="кладовщик", organization=77, permissions=held)


Merge = tuple[int, int, int, int, Any]
Rows = Sequence[Sequence[Any]]


def xlsx(*sheets: Rows, names: Sequence[str] = (), merge: Sequence[Merge] = ()) -> bytes:
    """Write a workbook; the merged ranges belong to the first sheet."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd.mm.yyyy"})
        for index, rows in enumerate(sheets):
            page = book.add_worksheet(names[index] if names else None)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        page.write_datetime(number, column, cell, day)
                    elif cell not in ("", None):
                        page.write(number, column, cell)
            if index == 0:
                for top, left, bottom, right, value in merge:
                    page.merge_range(top, left, bottom, right, value)
    return stream.getvalue()


@pytest.fixture
def take(shelf: Shelf, keeper: Actor) -> Callable[..., Import]:
    """Upload a file and let the worker check it."""

    def take(content: bytes, name: str = "список.xlsx", **facts: Any) -> Import:
        row = import_upload(keeper, target="shelf", stream=io.BytesIO(content), name=name, **facts)
        run_pending()
        return import_of(keeper, row.uid)

    return take
