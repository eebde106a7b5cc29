"""Who is asked to sign, and where a request stands."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

SEAL = "SEAL"
ROLES = {
    "AUTHOR": "Автор документа",
    "CHAIRMAN": "Председатель комиссии",
    "GIVER": "Сдал дела",
    "HEAD": "Руководитель",
    "MEMBER": "Член комиссии",
    "RECEIVER": "Принял дела",
    SEAL: "Печать организации",
}


class RequestState(StrEnum):
    """Where a request for a signature stands."""

    LATER = "later"
    WAIT = "wait"
    SIGNED = "signed"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def title_ru(self) -> str:
        """Return the state as a reader calls it."""
        return {
            "later": "ждёт очереди",
            "wait": "на подписи",
            "signed": "подписано",
            "refused": "отказано",
            "withdrawn": "отозвано",
        }[self.value]

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return {"later": "", "wait": "info", "signed": "ok", "refused": "bad", "withdrawn": ""}[self.value]


@dataclass(frozen=True)
class Choice:
    """A certificate the signing page asks for; the numbers are those of the register that fit."""

    code: str
    title: str
    numbers: str


@dataclass(frozen=True)
class Waiting:
    """One document of the signing page."""

    uid: UUID
    document: UUID
    version: int
    title: str
    person: str
    kind: str
    role: str
    seal: bool
    size: int
    state: RequestState

    @property
    def waits(self) -> bool:
        """Tell whether it can be signed now."""
        return self.state is RequestState.WAIT


@dataclass(frozen=True)
class Signed:
    """How a batch of signatures went: each document is signed or says why not; none stops the others."""

    done: int
    faults: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """Return the outcome in words."""
        said = f"Подписано документов: {self.done}."
        return said if not self.faults else f"{said} Не подписано: {len(self.faults)}. {self.faults[0]}"
