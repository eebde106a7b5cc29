"""The register of absences on paper: for the personnel office, so nothing of it is medical."""

from dataclasses import dataclass

HEAD = (
    "№", "Работник", "Подразделение, должность", "Вид", "Причина", "Номер листка", "Первый день",
    "Последний день", "Дней", "Состояние",
)  # fmt: skip


@dataclass(frozen=True)
class JournalLine:
    """One absence as the register tells it."""

    name: str
    place: str
    kind: str
    reason: str
    number: str
    since: str
    last: str
    days: int
    state: str

    @property
    def cells(self) -> tuple[str | int, ...]:
        """Return the cells in the order of the head, without the ordinal."""
        return (
            self.name, self.place, self.kind, self.reason, self.number, self.since, self.last, self.days,
            self.state,
        )  # fmt: skip


@dataclass(frozen=True)
class JournalForm:
    """Who was away in a period, when and why."""

    employer: str
    period: str
    lines: tuple[JournalLine, ...]

    @property
    def rows(self) -> list[tuple[str | int, ...]]:
        """Return the rows of the table with their ordinals."""
        return [(number, *line.cells) for number, line in enumerate(self.lines, 1)]

    @property
    def days(self) -> int:
        """Return the days away of all rows."""
        return sum(line.days for line in self.lines)
