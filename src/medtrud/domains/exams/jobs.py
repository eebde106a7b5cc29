"""What exams do when work or its conditions change below."""

import datetime as dt
from typing import Any
from uuid import UUID

from medtrud.domains.hazards.types import FactorsChanged
from medtrud.domains.record.public import kind_declare, openings_declare
from medtrud.domains.record.types import Kind
from medtrud.engines.background.public import job, on, output, position, position_save, progress
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import kind_declare as notice_kind_declare
from medtrud.engines.messages.types import Kind as NoticeKind
from medtrud.engines.paper.public import forms_render_many
from medtrud.engines.store.public import today, together
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refusal, Refused
from medtrud.registries.organizations.public import derived_declare, employments_valid_on
from medtrud.registries.organizations.types import EmploymentClosed, EmploymentOpened, EmploymentsOpened

from .actions.admission import admissions_forget, admissions_refresh
from .actions.bulk import GIVE, PRINT
from .actions.conclusion import conclusion_give
from .queries.commission import visits_by_uid, why_not_clear
from .queries.printed import conclusion_forms
from .types.results import NewConclusion

JOB = Actor.job("work or its conditions changed")
CLEAR = NewConclusion(health_group="I")

derived_declare(admissions_forget)


@on(FactorsChanged)
def factors_changed(event: FactorsChanged) -> None:
    """Recompute the admission of those who work at the changed workplaces, and only theirs."""
    touched = employments_valid_on(today()).filter(workplace__in=event.workplaces)
    admissions_refresh(JOB, employments=list(touched.values_list("pk", flat=True)), on=today())


@on(EmploymentOpened)
def employment_opened(event: EmploymentOpened) -> None:
    """A new worker is not admitted until he has been examined."""
    admissions_refresh(JOB, employments=[event.employment], on=today())


@on(EmploymentClosed)
def employment_closed(event: EmploymentClosed) -> None:
    """Nothing is required of a job that has ended."""
    admissions_refresh(JOB, employments=[event.employment], on=today())


@on(EmploymentsOpened)
def employments_opened(event: EmploymentsOpened) -> None:
    """A whole staff list was taken in."""
    staff = employments_valid_on(today()).filter(employer=event.employer)
    admissions_refresh(JOB, employments=list(staff.values_list("pk", flat=True)), on=today())


kind_declare(
    Kind("referral", "Направление", "Направления", "send"),
    Kind("exam", "Осмотр", "Осмотры", "stethoscope", lane="Осмотры"),
    Kind(
        "conclusion",
        "Заключение",
        "Заключения",
        "file-certificate",
        lane="Заключения",
        tone=lambda data: "warn" if data.get("contraindicated") else "ok",
    ),
    Kind("further_exam_note", "Справка", "Справки", "file-search", tone=lambda _: "warn"),
)

notice_kind_declare(
    NoticeKind(
        "referral_issued",
        "Выдано направление на медицинский осмотр",
        "Где, когда и почему - в направлении.",
    )
)
notice_kind_declare(
    NoticeKind("conclusion_given", "Готово заключение по осмотру", "Откройте осмотр, чтобы прочесть его.")
)
openings_declare("exams.conclusion_open", "exams.extract_print")

titles_declare(
    {
        "exams.admissions_refresh": "Пересчитаны допуски",
        "exams.campaign_agree": "Согласован поименный список",
        "exams.campaign_approve": "Утверждён поименный список",
        "exams.campaign_open": "Открыта кампания осмотров",
        "exams.campaign_return": "Список возвращён на доработку",
        "exams.conclusion_give": "Выдано заключение",
        "exams.conclusion_open": "Открыт осмотр для заключения",
        "exams.conclusions_give": "Начата подпись заключений списком",
        "exams.conclusions_print": "Начата печать заключений",
        "exams.exam_not_completed": "Осмотр закрыт незавершённым",
        "exams.exam_not_passed": "Отмечена неявка на осмотр",
        "exams.extract_print": "Напечатана выписка из медицинской карты",
        "exams.exam_plan": "Назначен день осмотра",
        "exams.exam_resume": "Осмотр возобновлён",
        "exams.exam_start": "Начат осмотр",
        "exams.exams_plan": "Назначен день осмотров",
        "exams.final_act_close": "Закрыт заключительный акт",
        "exams.finding_decide": "Решено о противопоказании",
        "exams.further_exam_note_issue": "Выдана справка о дообследовании",
        "exams.incapacity_note": "Внесена справка об утрате трудоспособности",
        "exams.line_add": "Исследование добавлено в объём",
        "exams.line_cancel": "Исследование отменено",
        "exams.line_require": "Исследование назначено",
        "exams.recommendation_mark": "Отмечено исполнение рекомендации",
        "exams.referral_cancel": "Отозвано направление",
        "exams.referral_hand": "Вручено направление",
        "exams.referral_issue": "Выдано направление",
        "exams.applicant_refer": "Выдано направление поступающему на работу",
        "exams.referrals_hand": "Вручены направления",
        "exams.referrals_issue": "Выданы направления по списку",
        "exams.result_record": "Внесён результат",
        "exams.results_record": "Внесены результаты осмотра",
        "exams.roll_build": "Сформирован поименный список",
        "exams.roll_remove": "Работник исключён из списка",
        "exams.roll_restore": "Работник возвращён в список",
    }
)


@job(GIVE)
def conclusions_give(actor: Actor, exams: list[UUID], on: dt.date) -> dict[str, Any]:
    """Conclude one by one; what is refused is named with its cause, the rest goes on."""
    place: dict[str, Any] = {"next": 0, "given": 0, "refused": []} | position()
    while place["next"] < len(exams):
        uid = exams[place["next"]]
        ahead = place | {"next": place["next"] + 1}
        try:
            with together():
                _give(actor, uid, on)
                place = ahead | {"given": place["given"] + 1}
                position_save(place)
        except Refusal as refusal:
            place = ahead | {"refused": [*place["refused"], {"exam": str(uid), "why": str(refusal)}]}
            with together():
                position_save(place)
        progress(place["next"], len(exams), f"подписано {place['given']}, отказано {len(place['refused'])}")
    refused = len(place["refused"])
    text = f"Подписано заключений: {place['given']}. Отказано: {refused}."
    return {"text": text, "given": place["given"], "refused": place["refused"]}


def _give(actor: Actor, uid: UUID, on: dt.date) -> None:
    visit = visits_by_uid(actor, [uid]).get(uid)
    if visit is None:
        raise NotFound("Осмотр не найден: его отозвали. Обновите список.")
    if why := why_not_clear(visit):
        raise Refused(f"Одной кнопкой не подписывается: {why}. Откройте осмотр и примите решение.")
    conclusion_give(actor, exam=uid, given=CLEAR, on=on)


@job(PRINT)
def conclusions_print(actor: Actor, exams: list[UUID]) -> dict[str, Any]:
    """Print the employer's copies into one file."""
    progress(0, len(exams))
    forms = conclusion_forms(actor, exams)
    progress(len(forms), len(exams), "вёрстка")
    if not forms:
        return {"text": "Ни по одному из отмеченных осмотров заключения ещё нет."}
    made = forms_render_many("exams/conclusion.typ", forms)
    progress(len(exams), len(exams))
    text = f"Заключений в файле: {len(forms)}; без заключения: {len(exams) - len(forms)}."
    return {"text": text} | output("Заключения.pdf", "application/pdf", [made])
