"""What waits for the worker: one thing to do next, chosen from his visits, admissions and conclusions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from medtrud.domains.exams.public import (
    Conclusion,
    Exam,
    documents_on,
    own_steps,
    progress_of,
    reuse_on,
)
from medtrud.domains.exams.types.own import Progress
from medtrud.domains.exams.types.states import AdmissionState, ExamKindCode, ExamState
from medtrud.domains.hazards.public import annex_on
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people.public import name_of
from medtrud.registries.people.types import PersonName

from .types import Next

OPEN = (ExamState.PLANNED, ExamState.STARTED, ExamState.READY)
DAYS = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
WAITED = (AdmissionState.DUE, AdmissionState.OVERDUE, AdmissionState.NEVER)
NOBODY = "К вашей учётной записи не привязана карта работника. Её привязывает администратор безопасности."
ASK = "Направление выдаёт работодатель. Обратитесь в отдел кадров или к специалисту по охране труда."


def own_name(actor: Actor) -> PersonName:
    """Return who sits on the seat; an account without a person has no cabinet."""
    if actor.person is None:
        raise NotFound(NOBODY)
    return name_of(actor, actor.person)


def long_day(on: dt.date) -> str:
    """Write «27 ноября, четверг»."""
    return f"{on.day} {MONTHS[on.month - 1]}, {DAYS[on.weekday()]}"


def factor_names(codes: Sequence[str], on: dt.date) -> tuple[tuple[str, str], ...]:
    """Return codes with their names; on a day without a list of factors the codes stand alone."""
    try:
        annex = annex_on(on)
    except Refused:
        return tuple((code, "") for code in codes)
    return tuple((code, annex[code].short if code in annex else "") for code in codes)


def kind_of(code: str) -> str:
    """Return «Периодический осмотр»."""
    return f"{ExamKindCode(code).title_ru} осмотр"


def current_exam(exams: Sequence[Exam]) -> Exam | None:
    """Return the visit that goes on or lies ahead."""
    return next((exam for exam in exams if exam.state in OPEN), None)


def progress(actor: Actor, exam: Exam, *, sex: str) -> Progress:
    """Return how far a visit is."""
    return progress_of(own_steps(actor, exam.referral, exam, sex=sex))


def next_step(
    exam: Exam | None,
    done: Progress | None,
    admissions: Sequence[Any],
    conclusion: Conclusion | None,
    *,
    on: dt.date,
) -> Next:
    """Choose what stands first: the visit, then the missing referral, then the good news."""
    if exam is not None and done is not None:
        return _visit(exam, done, on)
    worst = next((row for state in WAITED for row in admissions if row.state == state), None)
    if worst is not None:
        return _ask(worst)
    if conclusion is not None:
        return _concluded(conclusion)
    return Next(
        "Медицинский осмотр", "Сейчас ничего делать не нужно", "Когда понадобится осмотр, мы сообщим."
    )


def _visit(exam: Exam, done: Progress, on: dt.date) -> Next:
    over = kind_of(exam.kind)
    if exam.state == ExamState.READY:
        text = "Врачебная комиссия готовит заключение. Мы пришлём сообщение, когда оно будет."
        return Next(over, "Все врачи пройдены", text, act=("eye-check", "Смотреть результаты", _exam(exam)))
    if exam.state == ExamState.STARTED:
        left = done.total - done.done
        lines = tuple(("stethoscope", room, "") for room in done.rooms[:4])
        more = f"и ещё {len(done.rooms) - 4}" if len(done.rooms) > 4 else ""  # noqa: PLR2004 - as many are named
        title = f"Осталось пройти: {left} из {done.total}"
        return Next(over, title, more, lines=lines, act=("list-check", "Что осталось", _exam(exam)))
    return _ahead(exam, on)


def _ahead(exam: Exam, on: dt.date) -> Next:
    late = exam.planned_on is not None and exam.planned_on < on
    day = long_day(exam.planned_on) if exam.planned_on else "День ещё не назначен"
    bring = documents_on(exam.kind, exam.referral.issued_on)
    months, ref = reuse_on(exam.referral.issued_on)
    lines = [("building-hospital", str(exam.clinic), exam.clinic.address)]
    if exam.clinic.phone:
        lines.append(("phone", exam.clinic.phone, exam.clinic.hours))
    if bring:
        lines.append(("id", "Возьмите с собой", "; ".join(bring)))
    note = f"Если обследовались за последние {months} мес., возьмите выписку: повторно не назначат ({ref})."
    lines.append(("history", "Прежние результаты засчитываются", note))
    return Next(
        "Вы не пришли в назначенный день" if late else f"{kind_of(exam.kind)}: вам выдано направление",
        day,
        "Позвоните в клинику и договоритесь о новом дне." if late else "",
        "warn" if late else "",
        tuple(lines),
        ("qrcode", "Показать QR-код направления", reverse("worker:referral", args=[exam.referral.uid])),
    )


def _ask(row: Any) -> Next:
    state = AdmissionState(row.state)
    job = f"{row.employment.post}, {row.employer}"
    if state is AdmissionState.DUE:
        day = f"{row.valid_until:%d.%m.%Y}" if row.valid_until else ""
        return Next("Скоро осмотр", f"Пройдите осмотр до {day}", f"{job}. {ASK}", "warn")
    return Next("Вы не допущены к работе", "Нужен медицинский осмотр", f"{job}. {ASK}", "bad")


def _concluded(row: Conclusion) -> Next:
    act = ("file-certificate", "Заключение и результаты", _exam(row.exam))
    over = f"Заключение № {row.number} от {row.issued_on:%d.%m.%Y}"
    if row.contraindicated:
        text = "Противопоказаны некоторые из ваших работ. Что это значит – в заключении."
        return Next(over, "Есть противопоказания", text, "warn", act=act)
    until = f" до {row.valid_until:%d.%m.%Y}" if row.valid_until else ""
    return Next(over, f"Осмотр пройден, вы допущены{until}", "Сейчас ничего делать не нужно.", act=act)


def _exam(exam: Exam) -> str:
    return reverse("worker:exam", args=[exam.uid])
