"""Which workplace a row means, and what factors the list gives to it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from medtrud.engines.exchange.types import Source
from medtrud.kernel.text import sort_key

from ..rules import StaffRow
from ..types import FactorIn, code_key
from .staff_lines import Line
from .staff_standing import Place, Said, Standing

Key = tuple[int | None, int]  # division and post
NOTHING: Said = (frozenset(), "")


class NewPlace(NamedTuple):
    """A workplace to be opened."""

    number: str
    title: str
    division: int | None
    post: int
    row: int


class Wanted(NamedTuple):
    """The factors and the class a list gives to a workplace, and the first row that says so."""

    said: Said
    row: int


@dataclass
class Places:
    """Workplaces to be opened, and what the list says of them and of the known ones."""

    standing: Standing
    says_factors: bool  # the list has a column of factors; without one, factors stay as they are
    new: dict[int, NewPlace] = field(default_factory=dict)
    wanted: dict[int, Wanted] = field(default_factory=dict)
    sets: dict[tuple[int, str], Said] = field(default_factory=dict)

    def settle(self, source: Source, lines: list[Line]) -> list[Line]:
        """Give every row its workplace; rows that contradict one another about a workplace stay out."""
        bad: set[int] = set()
        loose: list[Line] = []
        for line in lines:
            if not line.row.workplace:
                loose.append(line)
            elif not self._numbered(source, line):
                bad.add(line.row.number)
        self._group(self._at_home(loose))
        return [line for line in lines if line.row.number not in bad] if bad else lines

    def changes(self, used: set[int | None]) -> None:
        """Keep what good rows use and what differs from the record."""
        self.new = {place: new for place, new in self.new.items() if place in used}
        kept = {}
        for place, wanted in self.wanted.items():
            known = self.standing.said.get(place, NOTHING)
            if place in used and not self._agree(known, wanted.said):
                factors = wanted.said[0] if self.says_factors else known[0]
                kept[place] = Wanted((factors, wanted.said[1]), wanted.row)
        self.wanted = kept

    def _numbered(self, source: Source, line: Line) -> bool:
        row, standing = line.row, self.standing
        place = standing.by_number.get(row.workplace)
        if place is None:
            place = standing.by_number[row.workplace] = standing.numbers.next()
            self.new[place] = NewPlace(row.workplace, row.post, line.division, line.post, row.number)
        line.workplace = place
        said = self._said(row)
        first = self.wanted.setdefault(place, Wanted(said, row.number))
        if first.said is said or self._agree(first.said, said):
            return True
        text = (
            f"Рабочее место № {row.workplace} в строке {first.row} названо с другими факторами или классом. "
            "Сделайте их одинаковыми или укажите разные номера."
        )
        source.problem(row.number, text, column="workplace")
        return False

    def _at_home(self, lines: list[Line]) -> list[Line]:
        """Leave people at the workplaces they have, as long as the list agrees about its factors."""
        homes: dict[int, list[Line]] = {}
        away = []
        for line in lines:
            if line.at_home and line.job and line.job.workplace:
                homes.setdefault(line.job.workplace, []).append(line)
            else:
                away.append(line)
        for place, here in homes.items():
            known = self.standing.said.get(place, NOTHING)
            said = {self._said(line.row) for line in here}
            alone = len(said) == 1 and place not in self.wanted
            if alone:
                self.wanted[place] = Wanted(said.pop(), here[0].row.number)
            for line in here:
                if alone or self._agree(known, self._said(line.row)):
                    line.workplace = place
                else:
                    away.append(line)
        return away

    def _group(self, lines: Iterable[Line]) -> None:
        """Workplaces without numbers: one for every set of factors in a post, the commonest first."""
        groups: dict[Key, dict[Said, list[Line]]] = {}
        for line in lines:
            sets = groups.setdefault((line.division, line.post), {})
            sets.setdefault(self._said(line.row), []).append(line)
        for key, sets in groups.items():
            known = self.standing.unnumbered.get(key, [])
            taken = {place.title_key for place in known}
            for said, here in sorted(sets.items(), key=lambda item: -len(item[1])):
                place = self._fitting(known, said)
                if place is None:
                    place = self._open(key, here[0].row, said, taken)
                for line in here:
                    line.workplace = place
                self.wanted.setdefault(place, Wanted(said, here[0].row.number))

    def _fitting(self, known: list[Place], said: Said) -> int | None:
        for place in known:
            if self._agree(self.standing.said.get(place.id, NOTHING), said):
                return place.id
        return None

    def _open(self, key: Key, row: StaffRow, said: Said, taken: set[str]) -> int:
        """Open a workplace; a further set of factors of one post is told apart by its codes."""
        title = row.post
        if sort_key(title) in taken:
            codes = ", ".join(sorted((factor.code for factor in said[0]), key=code_key)) or "без факторов"
            title = f"{title}: {codes}" + (f", класс {said[1]}" if said[1] else "")
        name, number = title, 1
        while sort_key(name) in taken:
            number += 1
            name = f"{title} ({number})"
        taken.add(sort_key(name))
        place = self.standing.numbers.next()
        self.new[place] = NewPlace("", name, key[0], key[1], row.number)
        return place

    def _said(self, row: StaffRow) -> Said:
        key = (id(row.factors), row.sout_class)
        said = self.sets.get(key)
        if said is None:
            factors = frozenset(FactorIn(f.code, f.substances, f.markers) for f in row.factors)
            said = self.sets[key] = (factors, row.sout_class)
        return said

    def _agree(self, known: Said, said: Said) -> bool:
        """Compare; a class that is not said contradicts nothing."""
        return (not self.says_factors or known[0] == said[0]) and said[1] in ("", known[1])
