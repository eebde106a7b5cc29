"""States of the matter, each with the word a person reads and the tone of its mark."""

from enum import StrEnum
from typing import Self


class State(StrEnum):
    """A state that knows its Russian title and the tone of its mark: ok, warn, bad, info or empty."""

    title_ru: str
    tone: str

    def __new__(cls, value: str, title: str = "", tone: str = "") -> Self:
        """Keep the word and the tone beside the code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.title_ru = title
        member.tone = tone
        return member


class ExamKindCode(State):
    """Kinds of obligatory examination, order 29н, пп. 2, 3, 19."""

    PRELIMINARY = "preliminary", "Предварительный"
    PERIODIC = "periodic", "Периодический"
    EXTRAORDINARY = "extraordinary", "Внеочередной"


class CampaignState(State):
    """A campaign from the first list to the act."""

    DRAFT = "draft", "Готовится"
    APPROVED = "approved", "Утверждена работодателем", "info"
    AGREED = "agreed", "Согласована клиникой", "info"
    CLOSED = "closed", "Акт закрыт", "ok"


class ReferralState(State):
    """A referral."""

    ISSUED = "issued", "Выдано", "info"
    USED = "used", "Исполнено", "ok"
    CANCELLED = "cancelled", "Отозвано", "bad"


class ExamState(State):
    """An examination, order 29н, пп. 14, 32 (section 9 of the domain text)."""

    PLANNED = "planned", "Назначен"
    STARTED = "started", "На осмотре", "info"
    READY = "ready", "Ждёт заключения", "warn"
    CONCLUDED = "concluded", "Завершён", "ok"
    NOT_COMPLETED = "not_completed", "Не завершён", "warn"
    NOT_PASSED = "not_passed", "Не пройден", "bad"
    CANCELLED = "cancelled", "Отозван"


class LineState(State):
    """A line of the programme."""

    DUE = "due", "Назначено"
    DONE = "done", "Выполнено", "ok"
    CREDITED = "credited", "Зачтено", "ok"
    WAIVED = "waived", "Не требуется"
    ON_INDICATION = "on_indication", "По показаниям"
    NOT_DUE = "not_due", "Не в этот раз"
    UNKNOWN_EXPOSURE = "unknown_exposure", "Уточните контакт", "warn"
    CANCELLED = "cancelled", "Отменено", "bad"


class AdmissionState(State):
    """What the employer must know on a day (E9)."""

    NOT_REQUIRED = "not_required", "Осмотр не требуется"
    ADMITTED = "admitted", "Допущен", "ok"
    DUE = "due", "Скоро осмотр", "warn"
    OVERDUE = "overdue", "Не допущен: осмотр просрочен", "bad"
    NEVER = "never", "Не допущен: осмотра нет", "bad"
    BARRED = "barred", "Не допущен: противопоказания", "bad"


class Decision(State):
    """What the commission decided about a possible contraindication."""

    OPEN = "open", "Не решено", "warn"
    CONFIRMED = "confirmed", "Подтверждено", "bad"
    REJECTED = "rejected", "Отклонено", "ok"


class MeasureState(State):
    """What became of a recommendation of an act (item 27 of the next one)."""

    OPEN = "open", "Отметки нет"
    DONE = "done", "Выполнена", "ok"
    PARTLY = "partly", "Выполнена частично", "warn"
    REFUSED = "refused", "Не выполнена", "bad"


OPEN_EXAMS = (ExamState.PLANNED, ExamState.STARTED, ExamState.READY)
SETTLED_LINES = (
    LineState.DONE,
    LineState.CREDITED,
    LineState.WAIVED,
    LineState.ON_INDICATION,
    LineState.NOT_DUE,
    LineState.CANCELLED,
)
