"""Earlier results, waivers, intervals and the doctor's indications: the personal layer of a programme."""

import datetime as dt
from collections.abc import Iterable
from functools import cache

from medtrud.kernel.dates import add_months
from medtrud.kernel.law import Row
from medtrud.kernel.text import sort_key

from ..types import Caution, Earlier, Facts, Line, State, Why
from .law import Tables, center_names, code_named, policies, tables_on

CALENDAR_YEAR = "previous_calendar_year"


@cache
def _touching(since: dt.date) -> dict[str, set[str]]:
    """Return which lines a result or a flag may touch."""
    tables = tables_on(since)
    found = {code: {code} for name in ("specialists", "investigations") for code in tables[name]}
    for code, row in tables["coverage"].items():
        for other in row.values["covered_by"]:
            found[other].add(code)
    for code, row in tables["waivers"].items():
        for known in (*row.values["results"], *row.values["flags"]):
            found.setdefault(known, set()).add(code)
    return found


class Personal:
    """What is known about one person, applied to the lines."""

    def __init__(self, tables: Tables, facts: Facts, on: dt.date) -> None:
        """Sort the earlier results by the line they belong to."""
        self.tables, self.facts, self.on = tables, facts, on
        self.cautions: list[Caution] = []
        self.repeats = {repeat.line: repeat.text for repeat in facts.repeats}
        self.results = self._results()
        touching = _touching(tables.since)
        self.touched = {line for known in (*self.results, *facts.flags) for line in touching.get(known, ())}
        self.touched |= facts.indications | self.repeats.keys()

    def lines(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        """Apply to the lines that anything known about the person may touch."""
        if self.touched.isdisjoint([line.code for line in lines]):
            return lines
        return tuple(self._line(line) if line.code in self.touched else line for line in lines)

    def _line(self, line: Line) -> Line:
        """Apply in the order: indication, waiver, interval, repetition, reuse."""
        if line.state is State.ON_INDICATION and line.code in self.facts.indications:
            why = Why("Врач установил показание", line.reasons[0].ref, rule="indication")
            return line._replace(state=State.DUE, reasons=(*line.reasons, why))
        if line.state is not State.DUE:
            return line
        if line.code in self.repeats:
            text = f"Повторяется по медицинским показаниям: {self.repeats[line.code]}"
            why = Why(text, self.tables["reuse"]["results"].ref, rule="repeat")
            return line._replace(reasons=(*line.reasons, why))
        return self._waived(line) or self._not_yet(line) or self._credited(line) or line

    def _waived(self, line: Line) -> Line | None:
        """Пп. 12.2, 12.4, 31.2, 31.4: исследование не проводится, если уже проводилось."""
        row = self.tables["waivers"].get(line.code)
        if row is None:
            return None
        known = set(row.values["flags"]) & self.facts.flags
        result = None if known else self._recent(row)
        if not known and result is None:
            return None
        text = row.values["text"][:1].upper() + row.values["text"][1:]
        text += f" ({result.name}, {result.on:%d.%m.%Y}, {result.source})" if result else ""
        why = Why(text, row.ref, rule="waiver")
        return line._replace(state=State.WAIVED, credited=result, reasons=(*line.reasons, why))

    def _recent(self, row: Row) -> Earlier | None:
        latest = self._latest(row.values["results"])
        if latest is None:
            return None
        policy = row.values["policy"]
        if policy and policies(self.tables.since, self.facts.policy)[policy].value == CALENDAR_YEAR:
            return self._latest(row.values["results"], self.on.year - 1)
        first = add_months(self.on, -row.values["months"])
        return latest if latest.on >= first else None

    def _not_yet(self, line: Line) -> Line | None:
        """The interval of the line itself has not passed, however old the result."""
        latest = self._latest(self._covering(line.code)) if line.months else None
        if latest is None or line.months is None or add_months(latest.on, line.months) <= self.on:
            return None
        text = (
            f"{line.condition}: последний результат {latest.on:%d.%m.%Y} ({latest.source}), "
            f"следующий — не ранее {add_months(latest.on, line.months):%d.%m.%Y}"
        )
        why = Why(text, line.reasons[0].ref, rule="interval")
        return line._replace(
            state=State.NOT_DUE, because="interval", credited=latest, reasons=(*line.reasons, why)
        )

    def _credited(self, line: Line) -> Line | None:
        """П. 7: результаты не позднее одного года учитываются, если нет показаний к повторению."""
        row = self.tables["reuse"]["results"]
        latest = self._latest(self._covering(line.code))
        if latest is None or latest.on < add_months(self.on, -row.values["months"]):
            return None
        text = f"Учтён результат «{latest.name}» от {latest.on:%d.%m.%Y} ({latest.source})"
        note = (
            ""
            if code_named(self.tables.since, latest.name) == line.code
            else "замена близким исследованием (толкование)"
        )
        why = Why(text, row.ref, rule="reuse", note=note)
        return line._replace(state=State.CREDITED, credited=latest, reasons=(*line.reasons, why))

    def _covering(self, code: str) -> tuple[str, ...]:
        row = self.tables["coverage"].get(code)
        return (code, *(row.values["covered_by"] if row else ()))

    def _latest(self, codes: Iterable[str], year: int | None = None) -> Earlier | None:
        found = [e for code in codes for e in self.results.get(code, ()) if year in (None, e.on.year)]
        return max(found, key=lambda e: e.on, default=None)

    def _results(self) -> dict[str, list[Earlier]]:
        found: dict[str, list[Earlier]] = {}
        for earlier in self.facts.earlier:
            code = code_named(self.tables.since, earlier.name)
            if code is not None and earlier.on <= self.on and earlier.source.strip():
                found.setdefault(code, []).append(earlier)
            else:
                self._ignored(code, earlier)
        return found

    def _ignored(self, code: str | None, earlier: Earlier) -> None:
        where = f"«{earlier.name}» от {earlier.on:%d.%m.%Y}"
        if earlier.on > self.on:
            self._caution("EARLIER_IN_FUTURE", f"{where}: дата позже дня осмотра, результат не учтён.")
        elif code is not None:
            text = f"{where}: не указан источник (документ), результат не учтён."
            self._caution("EARLIER_UNDOCUMENTED", text)
        elif sort_key(earlier.name) not in center_names(self.tables.since):
            text = f"{where}: такого врача или исследования в перечне нет, результат не учтён."
            self._caution("EARLIER_UNKNOWN", text)

    def _caution(self, code: str, text: str) -> None:
        self.cautions.append(Caution(code, text))
