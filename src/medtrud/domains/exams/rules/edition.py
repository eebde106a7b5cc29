"""Everything that does not depend on one person, prepared once and remembered.

A programme depends on the set of factors, the kind, the sex and the band of age between two edges
of the tables; a large employer has few such combinations, so each is computed once.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cache, cached_property, lru_cache, partial
from typing import NamedTuple, TypeVar

from medtrud.kernel.errors import Refused

from ..types import Caution, ContraItem, FactorFacts, Line, PolicyChoice, Why
from .base import KINDS, base_mentions
from .contraindications import Contraindications
from .law import Tables, policies, tables_on
from .lines import Weighed, Who, joined, weighed
from .scope import Scope, factor_scope

K = TypeVar("K")
V = TypeVar("V")
REMEMBERED = 100_000
OLDEST = 150

SEXES = ("male", "female")

Key = tuple[str, tuple[FactorFacts, ...], tuple[PolicyChoice, ...], str, int]
Both = tuple[Weighed, Weighed]  # specialists and investigations
Annex = tuple[tuple[Line, ...], tuple[Line, ...], frozenset[str]]  # the same joined, codes of investigations


class Variant(NamedTuple):
    """A programme as it is for everybody of one sex and band of age with the same factors."""

    specialists: tuple[Line, ...]
    tests: tuple[Line, ...]
    months: int | None
    months_reasons: tuple[Why, ...]
    markers: str
    cautions: tuple[Caution, ...]
    reasons: tuple[Why, ...]
    checks: "partial[tuple[ContraItem, ...]]"


class Block:
    """The factors of a workplace in one kind of examination."""

    def __init__(self, edition: "Edition", kind: str, scopes: tuple[Scope, ...]) -> None:
        """Keep the scopes; variants are built when first asked for."""
        self.edition, self.kind, self.scopes = edition, kind, scopes
        self.counted = [scope for scope in scopes if scope.counts]
        self.personal = any(scope.personal for scope in self.counted)
        self._annex: dict[tuple[str, int] | None, Annex] = {}
        self._checks: dict[str, tuple[ContraItem, ...]] = {}
        present = {marker for scope in self.counted for marker in scope.markers}
        self.markers = "".join(letter for letter in edition.letters if letter in present)
        self.cautions = tuple(dict.fromkeys(c for scope in scopes for c in scope.cautions))
        if not scopes:
            self.cautions = (Caution("NO_FACTORS", NO_FACTORS),)
        self.reasons = tuple(why for scope in self.counted for why in scope.months_reasons)

    def variant(self, sex: str, band: int) -> Variant:
        """Return the programme for a sex and a band of age."""
        young = self.edition.ages[band] < self.edition.young_age
        months, months_reasons = self._young_months if young else self._months
        checks = partial(self.checks, sex)
        if not self.scopes:
            return Variant((), (), months, months_reasons, "", self.cautions, (), checks)
        edition, base = self.edition, self.edition.base(self.kind, sex, band)
        annex = self._merged(sex, band)
        tests = base.tests + annex[1]
        if not base.codes.isdisjoint(annex[2]):
            tests = joined(edition.test_order, [base.weighed[1], *self._each(sex, band, 1)])
        return Variant(
            base.specialists + annex[0],
            tests,
            months,
            months_reasons,
            self.markers,
            self.cautions,
            self.reasons,
            checks,
        )

    def _merged(self, sex: str, band: int) -> "Annex":
        """Return the lines of the annex; most do not depend on the sex and the age."""
        key = (sex, self.edition.phases[band]) if self.personal else None
        found = self._annex.get(key)
        if found is None:
            tests = joined(self.edition.test_order, self._each(sex, band, 1))
            found = self._annex[key] = (self._specialists, tests, frozenset(line.code for line in tests))
        return found

    @cached_property
    def _specialists(self) -> tuple[Line, ...]:
        """Return the specialists of the annex; no condition concerns them."""
        return joined(self.edition.specialist_order, self._each("", 0, 0))

    def _each(self, sex: str, band: int, part: int) -> list[Weighed]:
        return [self.edition.lines_of(scope, self.kind, sex, band)[part] for scope in self.counted]

    def checks(self, sex: str) -> tuple[ContraItem, ...]:
        """Return the contraindications to check, gathered once."""
        found = self._checks.get(sex)
        if found is None:
            found = self.edition.contraindications.items(self.counted, sex, self.kind)
            self._checks[sex] = found
        return found

    @cached_property
    def _months(self) -> tuple[int | None, tuple[Why, ...]]:
        """Наименьший из сроков приложения (п. 18)."""
        known = [scope for scope in self.counted if scope.months is not None]
        months = min((scope.months for scope in known if scope.months is not None), default=None)
        return months, tuple(why for scope in known if scope.months == months for why in scope.months_reasons)

    @cached_property
    def _young_months(self) -> tuple[int | None, tuple[Why, ...]]:
        """Моложе 21 года во вредных условиях — ежегодно (п. 18)."""
        months, reasons = self._months
        row = self.edition.tables.one("young_workers")
        yearly = row.values["months"]
        if not any(scope.young for scope in self.counted) or (months is not None and months < yearly):
            return months, reasons
        why = Why(row.values["text"], row.ref, rule="young_workers")
        return yearly, (why, *(reasons if months == yearly else ()))


class Base(NamedTuple):
    """The scope for everyone, for one sex and band of age."""

    weighed: Both
    specialists: tuple[Line, ...]
    tests: tuple[Line, ...]
    codes: frozenset[str]


class Edition:
    """The law of one interval between two edges."""

    def __init__(self, tables: Tables) -> None:
        """Prepare what every programme needs."""
        self.tables = tables
        self.name: str = next(iter(tables["scope"].values())).ref.edition
        conditions = _age_edges(tables, "conditions")
        self.edges = tuple(sorted({*conditions, *_age_edges(tables, "base_scope", "young_workers")}))
        self.ages = (0, *self.edges)
        self.phases = tuple(bisect_right(conditions, age) for age in self.ages)
        self.bands = tuple(bisect_right(self.edges, age) for age in range(OLDEST + 1))
        self.young_age: int = tables.one("young_workers").values["age"]
        self.letters = tuple(tables["marker_scope"])
        self.specialist_order = {code: place for place, code in enumerate(tables["specialists"])}
        self.test_order = {code: place for place, code in enumerate(tables["investigations"])}
        self.variants: dict[Key, Variant] = {}
        self._scopes: dict[tuple[object, ...], Scope] = {}
        self._blocks: dict[tuple[object, ...], Block] = {}
        self._bases: dict[tuple[str, str, int], Base] = {}
        self._lines: dict[tuple[object, ...], Both] = {}

    @cached_property
    def contraindications(self) -> Contraindications:
        """Return the items of приложение № 2, expanded when first asked for."""
        return Contraindications(self.tables)

    def variant(self, key: Key) -> Variant:
        """Build and remember the programme of a workplace for one sex and band of age."""
        kind, factors, choices, sex, band = key
        if sex not in SEXES:
            raise Refused(f"Пол «{sex}» не известен. Укажите {' или '.join(SEXES)}.")
        if kind not in KINDS:
            raise Refused(f"Вид осмотра «{kind}» не известен. Укажите один из: {', '.join(KINDS)}.")
        return _kept(self.variants, key, self._block(kind, factors, choices).variant(sex, band))

    def _block(self, kind: str, factors: tuple[FactorFacts, ...], choices: tuple[PolicyChoice, ...]) -> Block:
        key = (kind, factors, choices)
        found = self._blocks.get(key)
        if found is None:
            scopes = dict.fromkeys(self._scope(factor, kind, choices) for factor in factors)
            ordered = tuple(sorted(scopes, key=lambda scope: scope.key))
            found = _kept(self._blocks, key, Block(self, kind, ordered))
        return found

    def base(self, kind: str, sex: str, band: int) -> Base:
        """Return the scope for everyone."""
        found = self._bases.get((kind, sex, band))
        if found is None:
            who = Who(sex, self.ages[band], kind == "preliminary")
            mentions = base_mentions(self.tables, kind, who)
            specialists = weighed(self.tables["specialists"], mentions["specialist"], who)
            tests = weighed(self.tables["investigations"], mentions["investigation"], who)
            found = self._bases[kind, sex, band] = Base(
                weighed=(specialists, tests),
                specialists=joined(self.specialist_order, [specialists]),
                tests=joined(self.test_order, [tests]),
                codes=frozenset(tests),
            )
        return found

    def lines_of(self, scope: Scope, kind: str, sex: str, band: int) -> Both:
        """Return the lines of one factor."""
        key = (scope, kind, sex, band) if scope.personal else (scope, kind)
        found = self._lines.get(key)
        if found is None:
            who = Who(sex, self.ages[band], kind == "preliminary")
            specialists = weighed(self.tables["specialists"], scope.specialists, who)
            tests = weighed(self.tables["investigations"], scope.tests, who)
            found = _kept(self._lines, key, (specialists, tests))
        return found

    def _scope(self, factor: FactorFacts, kind: str, choices: tuple[PolicyChoice, ...]) -> Scope:
        key = (factor, kind, choices)
        found = self._scopes.get(key)
        if found is None:
            policy = policies(self.tables.since, choices)
            found = _kept(self._scopes, key, factor_scope(self.tables, factor, kind, policy))
        return found


def law_cautions(day: dt.date) -> tuple[Caution, ...]:
    """Return the gaps of the order that the edition lives with, for the desk that keeps the books."""
    edition = edition_on(day)
    policy = policies(edition.tables.since)
    silent = [
        c for code in edition.tables["scope"] for c in _gaps(edition, FactorFacts(code, markers=""), policy)
    ]
    return (*edition.contraindications.cautions, *silent)


def _gaps(edition: "Edition", factor: FactorFacts, policy: Mapping[str, PolicyChoice]) -> Iterator[Caution]:
    for caution in factor_scope(edition.tables, factor, "preliminary", policy).cautions:
        if caution.code.startswith("PERIODICITY"):
            yield caution


NO_FACTORS = "Факторов и работ из перечня нет: обязательный осмотр не назначается."


@lru_cache(maxsize=4096)
def edition_on(day: dt.date) -> Edition:
    """Return the edition of the day; refuse a day without one."""
    return _edition(tables_on(day).since)


@cache
def _edition(since: dt.date) -> Edition:
    return Edition(tables_on(since))


def _kept(memory: dict[K, V], key: K, value: V) -> V:
    if len(memory) >= REMEMBERED:
        memory.clear()
    memory[key] = value
    return value


def _age_edges(tables: Tables, *names: str) -> list[int]:
    """Return the ages at which some line or rule of these tables changes."""
    edges: set[int] = set()
    for cell in (row.values for name in names for row in tables[name].values()):
        edges |= {cell[column] for column in ("age", "age_from", "later_age") if cell.get(column) is not None}
        edges |= {cell["age_to"] + 1} if cell.get("age_to") is not None else set()
    return sorted(edges)
