"""Kinds of events that leave, states of subscriptions and sendings."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

PING = "ping"
KINDS = {
    "referrals_issued": "Выданы направления",
    "conclusion_given": "Выдано заключение",
    "final_act_closed": "Закрыт заключительный акт",
    "contract_accepted": "Принят договор",
}
TITLES = {**KINDS, PING: "Проверка связи"}
# Pauses before the next try; after the last one the sending is parked.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))


class HookState(StrEnum):
    """The life of a subscription."""

    ASKED = "asked"  # nothing leaves before the security administrator admits the address
    ACTIVE = "active"
    DECLINED = "declined"
    STOPPED = "stopped"

    @property
    def title_ru(self) -> str:
        """Return the words of the screens."""
        return {
            "asked": "ждёт допуска",
            "active": "действует",
            "declined": "не допущена",
            "stopped": "остановлена",
        }[self.value]

    @property
    def tone(self) -> str:
        """Return the tone of the tag."""
        return {"asked": "warn", "active": "ok", "declined": "bad"}.get(self.value, "")


class SendingState(StrEnum):
    """The life of a sending."""

    WAITING = "waiting"
    DONE = "done"
    PARKED = "parked"

    @property
    def title_ru(self) -> str:
        """Return the words of the screens."""
        return {"waiting": "ждёт", "done": "доставлено", "parked": "не доставлено"}[self.value]

    @property
    def tone(self) -> str:
        """Return the tone of the tag."""
        return {"waiting": "info", "done": "ok", "parked": "bad"}[self.value]


@dataclass(frozen=True)
class HookDue:
    """A sending should be tried now."""

    sending: UUID


@dataclass(frozen=True)
class Answer:
    """How the other side answered, or why it did not."""

    status: int | None
    took_ms: int
    error: str = ""

    @property
    def taken(self) -> bool:
        """Tell whether the other side has taken the sending."""
        return self.status is not None and 200 <= self.status < 300  # noqa: PLR2004 - success in HTTP


@dataclass(frozen=True)
class Parcel:
    """What is sent, where and with which key."""

    sending: UUID
    url: str
    event: str
    body: bytes
    secret: bytes
