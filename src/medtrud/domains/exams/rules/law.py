"""The tables of law of this module, by day."""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from medtrud.domains.hazards.types import annex_on
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LawTable, LegalRef, Row, load_folder
from medtrud.kernel.text import sort_key

from ..types import PolicyChoice

LAW = Path(__file__).parents[1] / "law"
BASIS = "приказ Минздрава России от 28.01.2021 № 29н"
CONDITION = re.compile(r"\s*\[[^\]]*]\s*$")

Rows = Mapping[str, Row]


@dataclass(frozen=True)
class Tables:
    """All tables as they stand between two edges; `since` names the interval."""

    since: dt.date
    by_name: Mapping[str, Rows]

    def __getitem__(self, name: str) -> Rows:
        return self.by_name[name]

    def one(self, name: str) -> Row:
        """Return the only row of a table."""
        (row,) = self.by_name[name].values()
        return row


@cache
def load() -> dict[str, LawTable]:
    """Load the tables once; they are parsed in well under a tenth of a second."""
    return load_folder(LAW)


@cache
def edges() -> tuple[dt.date, ...]:
    """Return the days on which any table changes."""
    return tuple(sorted(set().union(*(table.edges() for table in load().values()))))


def tables_on(day: dt.date) -> Tables:
    """Return the tables of the day; without an act in force there is an error, not the last known one."""
    annex_on(day)  # refuses a day without an annex
    tables = _interval(bisect_right(edges(), day))
    if tables is None:
        raise Refused(
            f"На {day:%d.%m.%Y} нет действующих правил обязательных медицинских осмотров. "
            "Укажите дату, на которую приказ действует.",
            basis=BASIS,
        )
    return tables


@cache
def _interval(number: int) -> Tables | None:
    if not 0 < number < len(edges()):
        return None
    day = edges()[number - 1]
    by_name = {name: table.on(day) for name, table in load().items()}
    return Tables(day, by_name) if by_name["scope"] else None


def at(ref: LegalRef, column: str) -> LegalRef:
    """Point to a column of the row."""
    return replace(ref, point=f"{ref.point}, графа {column}")


def specialists_on(day: dt.date) -> dict[str, str]:
    """Return the specialists' names by code, in the order of the catalogue."""
    return {code: row.values["title"] for code, row in tables_on(day)["specialists"].items()}


def investigations_on(day: dt.date) -> dict[str, str]:
    """Return the names of investigations that may be prescribed, by code."""
    rows = tables_on(day)["investigations"].items()
    return {code: row.values["title"] for code, row in rows if not row.values["result_only"]}


@cache
def names_on(since: dt.date) -> dict[str, str]:
    """Return the code of a specialist or investigation by every way to write its name."""
    tables = tables_on(since)
    found: dict[str, str] = {}
    for table in ("specialists", "investigations"):
        for code, row in tables[table].items():
            for name in (code, row.values["title"], *row.values["names"]):
                found.setdefault(sort_key(name), code)
    return found


@lru_cache(maxsize=65_536)
def code_named(since: dt.date, name: str) -> str | None:
    """Find the line by its name as it stands in the tables, conditions in brackets aside."""
    return names_on(since).get(sort_key(CONDITION.sub("", name)))


@cache
def center_names(since: dt.date) -> frozenset[str]:
    """Return how an examination in the center is called among earlier results."""
    return frozenset(map(sort_key, tables_on(since)["center"]["service"].values["names"]))


@lru_cache(maxsize=1024)
def policies(day: dt.date, choices: tuple[PolicyChoice, ...] = ()) -> Mapping[str, PolicyChoice]:
    """Return the decisions in force: the defaults of the product, replaced by local ones."""
    rows = tables_on(day)["policy"]
    found = {
        code: PolicyChoice(code, v["value"], v["author"], row.since, v["basis"])
        for code, row in rows.items()
        for v in [row.values]
    }
    for choice in choices:
        allowed = rows[choice.name].values["values"] if choice.name in rows else None
        if allowed is not None and choice.value not in allowed:
            raise Refused(
                f"Значение «{choice.value}» правила «{choice.name}» не предусмотрено. "
                f"Выберите одно из: {', '.join(allowed)}."
            )
        found[choice.name] = choice
    return MappingProxyType(found)


def policy_ref(tables: Tables, choice: PolicyChoice) -> LegalRef:
    """Point to the decision where the order is silent."""
    row = tables["policy"].get(choice.name)
    if row is not None and choice.author == row.values["author"]:
        return row.ref
    author = choice.author or "автор не указан"
    return LegalRef(
        f"Местное решение ({author})",
        choice.basis or choice.name,
        "policy",
        choice.name,
        choice.on or tables.since,
    )
