"""The methodology of СОУТ on a day: which act, its tables, and reasons that name them."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from medtrud.kernel.decision import Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LawTable, Row, load_table

from ..types.exposure import classes
from ..types.sout import ClassifierRow, ListedSubstance, SoutFactor

LAW = Path(__file__).parents[1] / "law"
BASIS = "Федеральный закон от 28.12.2013 № 426-ФЗ; методика проведения СОУТ"
HARMFUL = "3.1"
HEAD = "sout_factors"  # the table that tells which acts there are


@dataclass(frozen=True, eq=False)
class Edition:
    """The tables of one act."""

    act: str  # "33н"
    name: str
    day: dt.date

    def rows(self, table: str) -> Mapping[str, Row]:
        """Return the rows of a table by code."""
        return _rows(table, self.day)

    def row(self, table: str, code: str) -> Row:
        """Return one row the rules rely on."""
        return self.rows(table)[code]

    def number(self, code: str) -> Fraction:
        """Return a correction or a coefficient."""
        return exact(self.row("sout_numbers", code).values["value"])

    def factors(self) -> dict[str, SoutFactor]:
        """Return the fourteen factors in the order of the card."""
        rows = sorted(self.rows(HEAD).values(), key=lambda row: row.values["number"])
        return {
            row.code: SoutFactor(
                row.code, row.values["title"], row.values["number"], row.values["units"], row.values["annex"]
            )
            for row in rows
        }


def edition_of(on: dt.date, act: str = "") -> Edition:
    """Return the act the report stands under: that of the day of its approval, or the named one.

    Приказ № 817н действует с 01.09.2024 по 01.09.2030; отчёты, утверждённые раньше, остаются по 33н.
    """
    known = _acts()
    wanted = act.strip().casefold().removeprefix("№").strip().replace("n", "н")
    if wanted and wanted not in known:
        raise Refused(
            f"Методики «{act}» нет. Укажите одну из: {', '.join(known)} — или дату отчёта.",
            basis=BASIS,
        )
    for name, (since, until, edition) in known.items():
        if name == wanted or (not wanted and since <= on < until):
            if not since <= on < until:
                raise Refused(
                    f"На {on:%d.%m.%Y} приказ № {name} не действует: он в силе с {since:%d.%m.%Y} "
                    f"до {until:%d.%m.%Y}. Исправьте дату утверждения отчёта или приказ.",
                    basis=BASIS,
                )
            return Edition(name, edition, since)
    first = min(since for since, _, _ in known.values())
    last = max(until for _, until, _ in known.values())
    raise Refused(
        f"На {on:%d.%m.%Y} нет действующей методики СОУТ: таблицы есть с {first:%d.%m.%Y} "
        f"до {last:%d.%m.%Y}. Укажите дату утверждения отчёта в этих пределах.",
        basis=BASIS,
    )


def sout_factors(on: dt.date, act: str = "") -> tuple[SoutFactor, ...]:
    """Return the fourteen factors of a card in its order."""
    return tuple(edition_of(on, act).factors().values())


def sout_classifier(on: dt.date, act: str = "") -> tuple[ClassifierRow, ...]:
    """Return the classifier of harmful factors in its order."""
    rows = edition_of(on, act).rows("sout_classifier").values()
    return tuple(
        ClassifierRow(row.code, row.values["title"], row.values["factors"], row.values["identified"] or "")
        for row in rows
    )


def sout_substances(on: dt.date, act: str = "") -> tuple[ListedSubstance, ...]:
    """Return the substances of appendices 2-7."""
    rows = edition_of(on, act).rows("sout_substances").values()
    return tuple(
        ListedSubstance(
            row.code,
            row.values["title"],
            row.values["ratio"],
            row.values["pdk_printed"] or "",
            row.values["hazard"] or "",
            row.values["features"] or "",
            bool(row.values["skin"]),
            row.values["note"] or "",
        )
        for row in rows
    )


def because(row: Row, text: str) -> Reason:
    """Return a reason by a row; a row nobody has compared with its act says so each time."""
    said = text[:1].upper() + text[1:]
    return Reason(f"{said} ({row.caution})" if row.caution else said, row.ref)


def exact(value: float | Fraction) -> Fraction:
    """Return the number as it was written: 0.9 / 0.3 is 3, not a little more."""
    return value if isinstance(value, Fraction) else Fraction(str(value))


def shown(value: float | Fraction) -> str:
    """Return the number as people write it, with a decimal comma."""
    return f"{float(value):.6g}".replace(".", ",")


def ranked() -> tuple[str, ...]:
    """Return the classes, mildest first."""
    return tuple(classes())


def worst(found: list[str]) -> str:
    """Return the harshest class."""
    return max(found, key=ranked().index)


def step_up(sout_class: str) -> str:
    """Return the class one step harsher; there is nothing above the last."""
    order = ranked()
    return order[min(order.index(sout_class) + 1, len(order) - 1)]


def harmful(sout_class: str) -> bool:
    """Tell whether the class is 3.1 or harsher."""
    return ranked().index(sout_class) >= ranked().index(HARMFUL)


def named(sout_class: str) -> str:
    """Return the class in words."""
    return f"{'подкласс' if '.' in sout_class else 'класс'} {sout_class}"


def upto(steps: tuple[dict[str, Any], ...], value: Fraction) -> tuple[str, float | None, float | None]:
    """Return the class of a value and the bounds around it; upper bounds are inclusive."""
    below: float | None = None
    for step in steps:
        if step["upto"] is None or value <= exact(step["upto"]):
            return step["class"], below, step["upto"]
        below = step["upto"]
    raise AssertionError(f"steps end without a class for {value}: {steps}")


def least(steps: tuple[dict[str, Any], ...], value: Fraction) -> tuple[str, float | None, float | None]:
    """Return the class of a value by lower bounds, and the bounds around it; they are inclusive."""
    above: float | None = None
    for step in steps:
        if step["least"] is None or value >= exact(step["least"]):
            return step["class"], step["least"], above
        above = step["least"]
    raise AssertionError(f"steps end without a class for {value}: {steps}")


@cache
def _table(name: str) -> LawTable:
    return load_table(LAW / name)


@cache
def _rows(name: str, day: dt.date) -> Mapping[str, Row]:
    return _table(name).on(day)


@cache
def _acts() -> dict[str, tuple[dt.date, dt.date, str]]:
    """Return the acts by their short names, newest first."""
    return {
        row.ref.edition.rsplit(" ", 1)[1]: (row.since, row.until, row.ref.act.split(",")[0])
        for row in sorted(_table(HEAD).rows, key=lambda row: row.since, reverse=True)
    }
