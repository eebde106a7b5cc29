"""Services of a campaign: what was really done, what it costs by the price list, the papers of accounting."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from medtrud.kernel.numerals import Gender, form_of, in_words

KOPECKS = 100
UNPRICED = "нет данных"


class AccountingPaper(StrEnum):
    """What is drawn up for the accounting of both sides; the codes are kinds of documents."""

    ACT = "services_act"
    INVOICE = "invoice"
    REGISTER = "examined_register"

    @property
    def title_ru(self) -> str:
        """Return how it is called on the screen."""
        return {
            "services_act": "Акт об оказании услуг",
            "invoice": "Счёт",
            "examined_register": "Реестр осмотренных",
        }[self.value]


@dataclass(frozen=True)
class NewPrice:
    """One line of a price list as a person types it or a file brings it."""

    service: str  # official name, another known name, or code
    kopecks: int
    since: dt.date
    basis: str
    contract: int | None = None  # None: for every employer


@dataclass(frozen=True)
class Service:
    """What may have a price: a doctor or an investigation of the order."""

    kind: str  # specialist | test
    code: str
    title: str


@dataclass(frozen=True)
class Price:
    """A price in its days; the list of a contract goes before the common one."""

    kind: str
    code: str
    kopecks: int
    since: dt.date
    until: dt.date | None
    own: bool  # of the contract


@dataclass(frozen=True)
class Performed:
    """One service that was performed at one visit."""

    exam: int
    kind: str
    code: str
    title: str
    on: dt.date | None


@dataclass(frozen=True)
class ServiceLine:
    """So many services at one price; None: no price is loaded."""

    kind: str
    title: str
    count: int
    kopecks: int | None

    @property
    def total(self) -> int | None:
        """Return count times price."""
        return None if self.kopecks is None else self.count * self.kopecks


@dataclass(frozen=True)
class Services:
    """The services of a campaign with their sums."""

    lines: tuple[ServiceLine, ...]
    by_exam: dict[int, tuple[int, int]]  # visit: services, kopecks
    since: dt.date | None
    last: dt.date | None

    @property
    def unpriced(self) -> tuple[ServiceLine, ...]:
        """Return what has no price."""
        return tuple(line for line in self.lines if line.kopecks is None)

    @property
    def count(self) -> int:
        """Return how many services were performed."""
        return sum(line.count for line in self.lines)

    @property
    def kopecks(self) -> int:
        """Return the sum of what has a price."""
        return sum(line.total or 0 for line in self.lines)


@dataclass(frozen=True)
class Side:
    """A side of a paper, as it was called on the day."""

    name: str
    requisites: str


@dataclass(frozen=True)
class ServicesForm:
    """A paper of accounting as it is printed."""

    title: str
    subtitle: str
    clinic: Side
    employer: Side
    contract: str
    head: tuple[str, ...]
    widths: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str
    words: str
    basis: str


def rubles(kopecks: int | None) -> str:
    """Write a sum with its kopecks, or that nothing is known."""
    if kopecks is None:
        return UNPRICED
    return f"{kopecks // KOPECKS:,}".replace(",", "\u00a0") + f",{kopecks % KOPECKS:02}"


def amount_of(kopecks: int) -> Decimal:
    """Return kopecks as rubles."""
    return Decimal(kopecks) / KOPECKS


def sum_in_words(kopecks: int) -> str:
    """Return a sum as papers say it: «Двести рублей 05 копеек»."""
    whole, rest = divmod(kopecks, KOPECKS)
    said = f"{in_words(whole, Gender.MASCULINE)} {form_of(whole, ('рубль', 'рубля', 'рублей'))}"
    tail = f"{rest:02} {form_of(rest, ('копейка', 'копейки', 'копеек'))}"
    return f"{said[:1].upper()}{said[1:]} {tail}"
