"""What a line says, and what a verification finds."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from medtrud.kernel.actor import Role


class Outcome(StrEnum):
    """Was it done."""

    DONE = "done"
    REFUSED = "refused"


ROLES = {
    Role.NOBODY: "Без рабочего места",
    Role.WORKER: "Работник",
    Role.EMPLOYER: "Работодатель",
    Role.CLINIC: "Медицинская организация",
    Role.COMMISSION: "Врачебная комиссия",
    Role.CENTER: "Центр профпатологии",
    Role.ANALYST: "Аналитик",
    Role.AUTHORITY: "Орган надзора",
    Role.ARCHIVE: "Архив",
    Role.TUTOR: "Преподаватель",
    Role.SECURITY: "Безопасность",
    Role.SUPPORT: "Поддержка",
    Role.SYSTEM: "Само по расписанию",
}
OUTCOMES = {Outcome.DONE: "выполнено", Outcome.REFUSED: "отказано"}


@dataclass(frozen=True)
class Check:
    """What a verification has found: the first broken place, or none."""

    lines: int
    number: int
    hash: str
    broken: str = ""

    @property
    def text(self) -> str:
        """Say it to a person."""
        if self.broken:
            return f"Журнал повреждён. {self.broken}"
        end = f"Последняя строка № {self.number}, отпечаток {self.hash}." if self.lines else "Он пуст."
        return f"Журнал цел. Проверено строк: {self.lines}. {end}"


@dataclass(frozen=True)
class SuspicionRaised:
    """A rule has noticed something: somebody should look."""

    suspicion: UUID
    rule: str
    account: int | None
    at: dt.datetime
