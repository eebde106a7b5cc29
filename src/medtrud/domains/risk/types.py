"""What crosses the border of the risk models."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from medtrud.kernel.errors import Refused

Facts = Mapping[str, Any]


class Missing(Refused):
    """An input that the model needs was not given."""

    def __init__(self, *names: str) -> None:
        """Take the codes of the inputs."""
        super().__init__("Не хватает данных.")
        self.names = names


class OutOfRange(Refused):
    """An input that the model must not be used with."""

    def __init__(self, name: str, value: Any, allowed: str, *, shape: bool = False) -> None:
        """Take the code of the input, what was given and what is allowed; shape: it is no value at all."""
        super().__init__("Значение вне границ метода.")
        self.name = name
        self.value = value
        self.allowed = allowed
        self.shape = shape


@dataclass(frozen=True)
class Input:
    """An input of a model: what may be given and where it is taken from."""

    code: str
    title: str
    kind: str = "number"  # number, whole, flag, choice, text, numbers, span, rows, pairs, tuple
    unit: str = ""
    low: float | None = None
    high: float | None = None
    above: float | None = None  # the value must be greater
    below: float | None = None  # the value must be less
    count: int | None = None
    of: tuple[str, ...] = ()
    columns: tuple["Input", ...] = ()
    required: bool = True
    default: Any = None
    where: str = ""  # where a missing value is obtained
    observed: str = ""  # code of the observation in the record
    months: int | None = None  # the greatest age of a value
    allowed: str = ""  # the range in words, where the bounds depend on another input or on the variant


@dataclass(frozen=True)
class Edition:
    """An edition of a model; one without tables is loaded later and says what it waits for."""

    code: str
    note: str = ""
    waits: str = ""


@dataclass(frozen=True)
class Reference:
    """A source with its mark: S seen, R reference run, D derived, M from memory."""

    text: str
    mark: str


@dataclass(frozen=True)
class Licence:
    """What may be shipped."""

    gate: str
    text: str


@dataclass(frozen=True)
class Output:
    """The shape and the unit of a result."""

    shape: str
    unit: str = ""
    digits: int = 2
    key: str = ""  # the member of an object that is shown as the figure
    title: str = ""


@dataclass(frozen=True)
class Band:
    """A category of the result in words, with its tone on a screen."""

    code: str
    title: str
    tone: str = ""


@dataclass(frozen=True)
class Declaration:
    """Everything that is said of a model besides its arithmetic."""

    code: str
    title: str
    purpose: str
    status: str
    editions: tuple[Edition, ...]
    variants: Mapping[str, str]
    inputs: tuple[Input, ...]
    output: Output
    formula: str
    validity: str
    system: str
    level: str
    audience: tuple[str, ...]
    basis: str
    licence: Licence
    references: tuple[Reference, ...]
    plain: str
    bands: tuple[Band, ...] = ()
    refusals: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    interval: str = ""
    chosen: str = ""
    tables: tuple[str, ...] = ()
    law: tuple[str, ...] = ()  # tables of the methodology of СОУТ; they live in the law of hazards
    personal: Mapping[str, Any] = field(default_factory=dict)
    own: str = ""  # the title for the worker, without the name of the method

    @property
    def edition(self) -> Edition:
        """Return the edition used when none is asked for."""
        return self.editions[0]

    @property
    def variant(self) -> str:
        """Return the variant used when none is asked for."""
        return next(iter(self.variants), "")


@dataclass(frozen=True)
class Interval:
    """The limits of a figure and what they mean."""

    lo: float
    hi: float
    meaning: str


@dataclass(frozen=True)
class Outcome:
    """What the arithmetic of a model found."""

    value: Any
    category: str = ""
    flags: tuple[str, ...] = ()
    interval: Interval | None = None
    steps: tuple[str, ...] = ()
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """What a rule may look into: tables of the model, the edition and the variant asked for."""

    tables: Mapping[str, Any]
    edition: str
    variant: str

    def __getitem__(self, name: str) -> Any:
        return self.tables[name]


Rule = Callable[[Facts, Book], Outcome]


@dataclass(frozen=True)
class Result:
    """The answer of a model to one set of inputs."""

    model: str
    edition: str
    variant: str
    status: str  # computed, computed_with_flags, missing_inputs, out_of_range, not_applicable
    fingerprint: str
    value: Any = None
    category: str = ""
    interval: Interval | None = None
    inputs: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    refused: Mapping[str, Any] = field(default_factory=dict)
    flags: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    plain: str = ""
    error: str = ""

    @property
    def computed(self) -> bool:
        """Tell whether there is a figure or a category."""
        return self.status in {"computed", "computed_with_flags", "not_applicable"}


@dataclass(frozen=True)
class Given:
    """A value that a forecast takes, with where and when it was measured."""

    value: Any
    on: dt.date | None
    title: str
    original: str = ""
    module: str = ""
    source: UUID | None = None
    assumed: bool = False


@dataclass(frozen=True)
class Personal:
    """A forecast of one person: the answer of the model, what it took, what it lacks."""

    result: Result
    inputs: tuple[Mapping[str, Any], ...]
    missing: tuple[Mapping[str, Any], ...]
    digest: str


@dataclass(frozen=True)
class RiskRaised:
    """A forecast of a person has moved to a worse category."""

    forecast: UUID
    person: int
    model: str
    category: str
    before: str
