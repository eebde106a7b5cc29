"""The form of the exchange file, compiled from its words: what may stand where."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from math import isfinite

from .sout_words import GROUPS, WORDS
from .sout_words_factors import WORDS as FACTOR_WORDS

NAME = r"[\w.\-]+"
ITEM = re.compile(
    rf"(?P<attr>@)?(?P<name>{NAME})(?::(?P<kind>{NAME}))?(?P<count>[?*+]|{{\d+,\d*}})?(?=\s|$)"
    rf"|\((?P<choice>[^)]+)\)|= (?P<body>{NAME})"
)
SIMPLE = re.compile(
    rf"(?P<name>{NAME}) < (?P<base>\w+)(?: : (?P<values>.+?))?(?: ~ (?P<pattern>.+?))?"
    r"(?: in (?P<low>[\d.]*)\.\.(?P<high>[\d.]*))?$"
)
WHOLE = re.compile(r"[+-]?[0-9]+")
DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
KEPT = 50_000  # texts of a kind remembered as good
ID = re.compile(r"[^\W\d][\w.\-]*")
COUNTS = {"": (1, 1), "?": (0, 1), "*": (0, None), "+": (1, None)}
Check = Callable[[str], str]  # a text -> what is wrong with it, or nothing


class Simple:
    """A kind of text: free, a number, a date, one of several."""

    def __init__(
        self, name: str, check: Check, *, free: bool, base: str = "", values: tuple[str, ...] = ()
    ) -> None:
        self.name, self.check, self.free = name, check, free
        self.base, self.values = base or name, values
        self.good: set[str] = set()

    def wrong(self, text: str) -> str:
        """Return what is wrong with a text; good ones are remembered."""
        if self.free or text in self.good:
            return ""
        said = self.check(text)
        if not said and len(self.good) < KEPT:
            self.good.add(text)
        return said


@dataclass(frozen=True, slots=True)
class Part:
    """A child of an element: its place in the order, its kind, how often it stands."""

    index: int
    kind: "Kind"
    low: int
    high: int | None

    @property
    def many(self) -> bool:
        """Tell whether it may repeat: then the tree holds a list."""
        return self.high != 1


@dataclass(slots=True, eq=False)
class Kind:
    """A kind of element."""

    name: str
    body: Simple | None = None
    attributes: dict[str, tuple[Simple, bool]] = field(default_factory=dict)  # name -> kind, required
    parts: dict[str, Part] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()  # attributes
    counted: tuple[str, ...] = ()  # children that repeat a limited number of times
    choices: tuple[tuple[str, ...], ...] = ()  # exactly one of each


@cache
def form() -> Kind:
    """Return the root of the file: Attestation."""
    simple = _bases()
    lines = _lines(WORDS + FACTOR_WORDS)
    for line in lines:
        if " :: " not in line:
            each = _simple(line, simple)
            simple[each.name] = each
    kinds = {line.partition(" :: ")[0]: Kind(line.partition(" :: ")[0]) for line in lines if " :: " in line}
    for line in lines:
        name, said, words = line.partition(" :: ")
        if said:
            _fill(kinds[name], words, kinds, simple)
    return kinds["Attestation"]


def _lines(words: str) -> list[str]:
    return [line for line in re.sub(r"\n {4}", " ", words).splitlines() if line]


def _fill(kind: Kind, words: str, kinds: dict[str, Kind], simple: dict[str, Simple]) -> None:
    for name, group in GROUPS.items():
        words = re.sub(rf"(?<!\S){re.escape(name)}(?!\S)", group, words)
    index = 0
    required, choices = [], []
    for item in ITEM.finditer(words):
        if item["body"]:
            kind.body = simple[item["body"]]
        elif item["attr"]:
            kind.attributes[item["name"]] = (simple[item["kind"]], not item["count"])
        elif item["choice"]:
            names = [each.strip().partition(":") for each in item["choice"].split("|")]
            for name, _, of in names:
                kind.parts[name] = Part(index, _kind(of or name, kinds, simple), 0, 1)
            choices.append(tuple(name for name, *_ in names))
            index += 1
        else:
            low, high = _count(item["count"] or "")
            kind.parts[item["name"]] = Part(
                index, _kind(item["kind"] or item["name"], kinds, simple), low, high
            )
            required += [item["name"]] * bool(low)
            index += 1
    kind.required, kind.choices = tuple(required), tuple(choices)
    kind.needed = tuple(name for name, (_, needed) in kind.attributes.items() if needed)
    limited = {name: part for name, part in kind.parts.items() if part.many}
    kind.counted = tuple(name for name, part in limited.items() if part.low > 1 or part.high is not None)


def _kind(name: str, kinds: dict[str, Kind], simple: dict[str, Simple]) -> Kind:
    if name not in kinds:
        kinds[name] = Kind(name, body=simple[name])
    return kinds[name]


def _count(text: str) -> tuple[int, int | None]:
    if text in COUNTS:
        return COUNTS[text]
    low, high = text.strip("{}").split(",")
    return int(low), int(high) if high else None


def _simple(line: str, known: dict[str, Simple]) -> Simple:
    found = SIMPLE.match(line)
    if found is None:
        raise ValueError(f"sout words: '{line}' is not understood")
    base, checks = known[found["base"]], list[Check]()
    values: list[str] = []
    if found["values"]:
        values = found["values"].split(" | ")
        listed = ", ".join(values)
        allowed = frozenset(values)
        checks.append(lambda text: "" if text in allowed else f"ожидается одно из: {listed}")
    if found["pattern"]:
        pattern = re.compile(found["pattern"])
        checks.append(lambda text: "" if pattern.fullmatch(text) else "запись не той формы")
    if found["low"]:
        low, high = float(found["low"]), float(found["high"])
        said = f"ожидается число от {low:g} до {high:g}"
        checks.append(lambda text: "" if low <= float(text) <= high else said)

    def check(text: str) -> str:
        return base.wrong(text) or next(filter(None, (each(text) for each in checks)), "")

    return Simple(found["name"], check, free=base.free and not checks, base=base.base, values=tuple(values))


def _bases() -> dict[str, Simple]:
    checks: dict[str, Check] = {
        "whole": lambda text: "" if WHOLE.fullmatch(text.strip()) else "ожидается целое число",
        "number": _number,
        "day": _day,
        "moment": _moment,
        "id": lambda text: (
            "" if ID.fullmatch(text.strip()) else "идентификатор начинается с буквы, без пробелов"
        ),
        "ref": lambda text: "" if ID.fullmatch(text.strip()) else "ссылка начинается с буквы, без пробелов",
    }
    bases = {name: Simple(name, check, free=False) for name, check in checks.items()}
    return bases | {"text": Simple("text", lambda _: "", free=True)}


def _number(text: str) -> str:
    bare = text.strip()
    if DECIMAL.fullmatch(bare) and isfinite(float(bare)):
        return ""
    return "ожидается число с точкой, например 88.4"


def _day(text: str) -> str:
    try:
        dt.date.fromisoformat(text.strip()[:10])
    except ValueError:
        return "ожидается дата ГГГГ-ММ-ДД"
    return "" if len(text.strip()) == len("2025-01-31") else "ожидается дата ГГГГ-ММ-ДД без времени"


def _moment(text: str) -> str:
    try:
        dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return "ожидаются дата и время ГГГГ-ММ-ДДTЧЧ:ММ:СС"
    return "" if "T" in text else "ожидаются дата и время ГГГГ-ММ-ДДTЧЧ:ММ:СС"
