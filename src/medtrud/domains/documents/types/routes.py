"""What is done on a route, and how it ends."""

from dataclasses import dataclass
from enum import StrEnum


class Deed(StrEnum):
    """What a step asks for."""

    REVIEW = "review"
    APPROVE = "approve"
    REGISTER = "register"
    RESOLVE = "resolve"
    ACQUAINT = "acquaint"

    @property
    def title_ru(self) -> str:
        """Return the deed as a reader calls it."""
        return {
            "review": "Рассмотреть",
            "approve": "Согласовать",
            "register": "Зарегистрировать",
            "resolve": "Наложить резолюцию",
            "acquaint": "Ознакомиться",
        }[self.value]


class RouteState(StrEnum):
    """Where a route stands."""

    DRAFT = "draft"
    ACTIVE = "active"
    ENDED = "ended"

    @property
    def title_ru(self) -> str:
        """Return the state as a reader calls it."""
        return {"draft": "Черновик", "active": "Действует", "ended": "Не применяется"}[self.value]

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return {"draft": "", "active": "ok", "ended": ""}[self.value]


class StepState(StrEnum):
    """Where a step of a passage stands."""

    WAITS = "waits"
    ASKED = "asked"
    DONE = "done"
    REFUSED = "refused"
    SKIPPED = "skipped"

    @property
    def title_ru(self) -> str:
        """Return the state as a reader calls it."""
        return {
            "waits": "ждёт очереди",
            "asked": "на исполнении",
            "done": "выполнено",
            "refused": "возвращено",
            "skipped": "не потребовалось",
        }[self.value]

    @property
    def tone(self) -> str:
        """Return the colour of the state."""
        return {"waits": "", "asked": "info", "done": "ok", "refused": "bad", "skipped": ""}[self.value]


@dataclass(frozen=True)
class StepIn:
    """A step as it is added to a route; days None: no term."""

    order: int
    deed: Deed
    account: int
    days: int | None = None
