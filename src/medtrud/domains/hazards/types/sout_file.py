"""What the exchange file of working conditions says, piece by piece."""

from dataclasses import dataclass, field
from typing import Any

Tree = dict[
    str, Any
]  # an element: children and "@attributes" by name, "" is its own text; repeated ones are lists

ASSESSED, DECLARED, IMPOSSIBLE, SIMILAR = "assessed", "declared", "impossible", "similar"
PLACE_KINDS = {
    ASSESSED: "оценено",
    SIMILAR: "аналогичное",
    DECLARED: "декларировано",
    IMPOSSIBLE: "измерения невозможны",
}
PLACE_TAGS = {
    "WorkPlaceAttested": ASSESSED,
    "SimilarWorkPlace": SIMILAR,
    "WorkPlaceDeclared": DECLARED,
    "WorkPlaceImpossibleMeasurements": IMPOSSIBLE,
}
ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a line of the file; an error of a workplace keeps the workplace out."""

    line: int
    place: str
    text: str
    level: str = ERROR


@dataclass(frozen=True, slots=True)
class Ask:
    """A detail the form demands and a tree does not hold, or holds wrongly."""

    path: str  # "Factors[0]/Noise[0]/MeasuringPlace[0]/Name[0]", an attribute is "…/@Id"
    kind: str  # text, whole, number, day, moment, ref
    values: tuple[str, ...] = ()  # the only ones allowed
    wrong: str = ""  # what is wrong with the value there is

    @property
    def names(self) -> tuple[str, ...]:
        """Return the elements on the way, without their numbers."""
        return tuple(step.partition("[")[0] for step in self.path.split("/"))


@dataclass(slots=True)
class Head:
    """The report, the assessing organisation and the employer, without workplaces."""

    tree: Tree
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Group:
    """Numbers of workplaces that are alike."""

    numbers: tuple[str, ...]
    line: int
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class PlaceRead:
    """One workplace of the file."""

    kind: str
    tree: Tree
    line: int
    problems: list[Problem] = field(default_factory=list)

    @property
    def number(self) -> str:
        """Return the number of the workplace in the report."""
        return str(self.tree.get("Id", "")).strip()


@dataclass(slots=True)
class Tail:
    """The end of the file: what is wrong with it as a whole."""

    problems: list[Problem] = field(default_factory=list)


def text_of(tree: Any) -> str:
    """Return the text of an element, whether it carries attributes or not."""
    return str(tree.get("", "")) if isinstance(tree, dict) else str(tree or "")
