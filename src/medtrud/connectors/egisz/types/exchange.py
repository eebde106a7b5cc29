"""Where a document stands on its way to the registry, and what is said on the way."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

# Pauses before the next try; after the last one the document is parked.
PAUSES = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 1440))
SILENCE = dt.timedelta(hours=1)  # without an answer for so long, the registry is asked itself
DOCUMENT = "semd"  # kind of the document among the documents of the house


class SubmissionState(StrEnum):
    """The life of one version of a document."""

    WAITING = "waiting"
    LACKING = "lacking"
    INVALID = "invalid"
    SIGNING = "signing"
    READY = "ready"
    SENT = "sent"
    REGISTERED = "registered"
    REFUSED = "refused"
    PARKED = "parked"
    REPLACED = "replaced"

    @property
    def title_ru(self) -> str:
        """Return the words of the screens."""
        return STATES[self.value][0]

    @property
    def tone(self) -> str:
        """Return the tone of the tag."""
        return STATES[self.value][1]

    @property
    def hint(self) -> str:
        """Return what happens next, or what a person does."""
        return STATES[self.value][2]


STATES = {
    "waiting": ("составляется", "info", "Документ будет составлен в ближайшую минуту."),
    "lacking": ("не хватает данных", "warn", "Внесите недостающее и нажмите «Повторить»."),
    "invalid": ("не прошёл проверку", "bad", "Исправьте указанное и нажмите «Повторить»."),
    "signing": (
        "на подписи",
        "info",
        "Ждёт подписи председателя и печати организации: «На подписи».",
    ),
    "ready": ("отправляется", "info", "Документ подписан и уходит в реестр."),
    "sent": ("ждёт ответа реестра", "info", "Реестр принял документ и проверяет его."),
    "registered": ("зарегистрирован", "ok", ""),
    "refused": ("отклонён реестром", "bad", "Исправьте указанное реестром и нажмите «Повторить»."),
    "parked": ("не доставлен", "bad", "Проверьте адрес и связь и нажмите «Повторить»."),
    "replaced": ("заменён новой версией", "", "В реестр уходит следующая версия заключения."),
}
OPEN = frozenset(SubmissionState) - {SubmissionState.REGISTERED, SubmissionState.REPLACED}
AGAIN = frozenset(
    {SubmissionState.LACKING, SubmissionState.INVALID, SubmissionState.REFUSED, SubmissionState.PARKED}
)


@dataclass(frozen=True)
class SemdDue:
    """A document should be written now."""

    submission: UUID


@dataclass(frozen=True)
class SendDue:
    """A document should be sent now, or asked for."""

    submission: UUID


@dataclass(frozen=True)
class Fault:
    """What the registry says is wrong."""

    code: str
    text: str


@dataclass(frozen=True)
class Envelope:
    """A message as it leaves: where, which operation, under which number."""

    address: str
    operation: str
    message: UUID
    body: bytes


@dataclass(frozen=True)
class Heard:
    """How the other side answered at once, or why it did not."""

    status: int | None
    took_ms: int
    body: bytes = b""
    error: str = ""


@dataclass(frozen=True)
class Reply:
    """An answer of the registry: at once, or later by its own call."""

    operation: str
    ok: bool
    relates_to: str = ""
    local_uid: str = ""
    number: str = ""
    registered_at: str = ""
    faults: tuple[Fault, ...] = ()
    found: tuple[tuple[str, str, str], ...] = ()  # local uid, number, moment: of a search


@dataclass(frozen=True)
class Signed:
    """A signature as the registry takes it: whose, by the book of roles, and the file."""

    role: str
    signature: bytes


@dataclass(frozen=True)
class Registration:
    """What the registry is told of a document; the file itself it asks for."""

    local_uid: UUID
    kind: str
    organization: str
    number: str
    set_number: str
    version: int
    written_at: dt.datetime
    sha256: str
    size: int
    signatures: tuple[Signed, ...] = field(default=())
    patient: tuple[tuple[str, str], ...] = ()
