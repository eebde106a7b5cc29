"""What exams do when work or its conditions change below, and the long work of the employer."""

import datetime as dt
from typing import Any
from uuid import UUID

from medtrud.domains.documents.types import DocumentSigned
from medtrud.domains.hazards.types import FactorsChanged
from medtrud.domains.record.public import (
    curves_declare,
    entry_link_declare,
    facts_declare,
    kind_declare,
    life_lanes_declare,
    measurements_declare,
    openings_declare,
)
from medtrud.domains.record.types import Kind
from medtrud.domains.risk.public import forecasts_make_many, person_links_declare
from medtrud.engines.background.public import (
    every,
    job,
    on,
    on_many,
    output,
    position,
    position_save,
    progress,
)
from medtrud.engines.exchange.public import target_declare
from medtrud.engines.exchange.types import Target
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import kind_declare as notice_kind_declare
from medtrud.engines.messages.types import Kind as NoticeKind
from medtrud.engines.paper.public import form_render, forms_render_many
from medtrud.engines.store.public import today, together
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refusal, Refused
from medtrud.registries.organizations.public import derived_declare, employments_valid_on
from medtrud.registries.organizations.types import EmploymentClosed, EmploymentOpened, EmploymentsOpened

from ..actions.admission import admissions_forget, admissions_refresh
from ..actions.bulk import GIVE, PRINT
from ..actions.campaign import roll_build
from ..actions.conclusion import conclusion_give
from ..actions.contingent import contingent_tallies, contingent_touch
from ..actions.filing import conclusions_file, final_act_file, paper_release
from ..actions.norms import norms_import, norms_undo
from ..actions.referral import referrals_issue
from ..drivers import sheet_write
from ..queries.act_printed import act_form
from ..queries.act_view import act_of
from ..queries.behind import entry_link
from ..queries.commission import visits_by_uid, why_not_clear
from ..queries.employer_papers import (
    admission_form,
    admission_rows,
    contingent_rows,
    referral_forms,
    register_form,
)
from ..queries.filed import conclusion_papers
from ..queries.life import curves, diagnoses_drawn, next_drawn, standing
from ..queries.norms_file import COLUMNS, norms_read
from ..queries.observed import measured
from ..queries.printed import conclusion_forms
from ..queries.rolls import chosen_referrals, registered_referrals
from ..queries.what_if import what_if_links
from ..types.events import ConclusionGiven, FinalActClosed
from ..types.results import NewConclusion
from . import papers, prices

__all__ = ["papers", "prices"]

PORTION = 50  # referrals whose data are gathered between two marks of progress
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ADMISSION_COLUMNS = (
    "Работник", "Подразделение", "Должность", "Допуск", "Осмотр действует по", "Противопоказаны", "Таб. №",
)  # fmt: skip
CONTINGENT_COLUMNS = (
    "Подразделение", "Должность", "Факторы и работы", "Класс условий труда", "Периодичность, мес.", "Человек",
)  # fmt: skip
JOB = Actor.job("изменилась работа или её условия")
PAPERS = Actor.job("документы осмотров")
CLEAR = NewConclusion(health_group="I")

derived_declare(admissions_forget)


@on(FactorsChanged)
def factors_changed(event: FactorsChanged) -> None:
    """Recompute the admission of those who work at the changed workplaces, and only theirs."""
    touched = employments_valid_on(today()).filter(workplace__in=event.workplaces)
    admissions_refresh(JOB, employments=list(touched.values_list("pk", flat=True)), on=today())
    contingent_touch(JOB, employer=event.employer)


@every("*/10 * * * *")
def contingent_counted(due: dt.datetime) -> None:
    """Count the contingent of employers whose work or conditions have changed, a batch of events at once."""
    del due
    contingent_tallies(JOB, on=today())


@every("02:50")
def contingent_by_date(due: dt.datetime) -> None:
    """Periods begin and end by themselves: count everybody once a day."""
    del due
    contingent_touch(JOB)


@on_many(ConclusionGiven)
def conclusion_given(events: list[ConclusionGiven]) -> None:
    """Print what was given together and file it together."""
    conclusions_file(PAPERS, printed=conclusion_papers(PAPERS, [event.conclusion for event in events]))


@on(FinalActClosed)
def final_act_closed(event: FinalActClosed) -> None:
    """Print an act once, as a conclusion is."""
    form = act_form(PAPERS, act_of(PAPERS, event.act))
    final_act_file(PAPERS, act=event.act, content=form_render("exams/final_act.typ", form))


@on_many(DocumentSigned)
def paper_signed(events: list[DocumentSigned]) -> None:
    """Hand over what has got its last signature."""
    for event in events:
        if event.module == "exams":
            paper_release(PAPERS, document=event.document)


@on(EmploymentOpened)
def employment_opened(event: EmploymentOpened) -> None:
    """A new worker is not admitted until he has been examined."""
    admissions_refresh(JOB, employments=[event.employment], on=today())
    contingent_touch(JOB, employer=event.employer)


@on(EmploymentClosed)
def employment_closed(event: EmploymentClosed) -> None:
    """Nothing is required of a job that has ended."""
    admissions_refresh(JOB, employments=[event.employment], on=today())
    contingent_touch(JOB, employer=event.employer)


@on(EmploymentsOpened)
def employments_opened(event: EmploymentsOpened) -> None:
    """A whole staff list was taken in."""
    staff = employments_valid_on(today()).filter(employer=event.employer)
    admissions_refresh(JOB, employments=list(staff.values_list("pk", flat=True)), on=today())
    contingent_touch(JOB, employer=event.employer)


@on_many(ConclusionGiven)
def forecasts_follow(events: list[ConclusionGiven]) -> None:
    """What was measured at exams changes the forecasts of their people."""
    people = {event.person for event in events}
    forecasts_make_many(Actor.job("прогнозы после осмотра"), persons=people, on=today())


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
    NoticeKind(
        "exams.contingent_changed",
        "Контингент изменился",
        "Приёмы, увольнения или карты изменили контингент. Утвердите изменения или верните их.",
    )
)
notice_kind_declare(
    NoticeKind("conclusion_given", "Готово заключение по осмотру", "Откройте осмотр, чтобы прочесть его.")
)
entry_link_declare("exams", entry_link)
measurements_declare(measured)
person_links_declare(what_if_links)
life_lanes_declare(diagnoses_drawn)
life_lanes_declare(next_drawn)
facts_declare(standing)
curves_declare(*curves())
openings_declare("exams.conclusion_open", "exams.extract_print")


@job("exams.roll_build", whole=True)
def roll_built(actor: Actor, campaign: UUID, on: dt.date) -> dict[str, Any]:
    """Build the named list; the result says what changed."""
    found = roll_build(actor, campaign=campaign, on=on)
    text = f"Вошли: {found.entered}. Изменились: {found.changed}. Выбыли: {found.left}."
    return {"text": f"{text} Без изменений: {found.unchanged}."}


@job("exams.referrals_issue", whole=True)
def referrals_issued(actor: Actor, campaign: UUID, entries: list[UUID], on: dt.date) -> dict[str, Any]:
    """Issue the referrals of a campaign."""
    count = referrals_issue(actor, campaign=campaign, entries=entries, on=on)
    return {"text": f"Выдано направлений: {count}." if count else "Направления есть у всех, новых не выдано."}


@job("exams.referrals_print")
def referrals_printed(
    actor: Actor, referrals: list[UUID], campaign: UUID | None, on: dt.date
) -> dict[str, Any]:
    """Print many referrals into one file."""
    rows = chosen_referrals(actor, referrals, campaign)
    forms = []
    for start in range(0, len(rows), PORTION):
        progress(start, 2 * len(rows), "Собираем данные")
        forms += referral_forms(actor, rows[start : start + PORTION])
    progress(len(rows), 2 * len(rows), "Верстаем страницы")
    made = forms_render_many("exams/referral.typ", forms)
    progress(2 * len(rows), 2 * len(rows))
    return {"text": f"Направлений в файле: {len(rows)}."} | output("Направления.pdf", PDF, [made])


@job("exams.register_print")
def register_printed(
    actor: Actor, referrals: list[UUID], campaign: UUID | None, on: dt.date
) -> dict[str, Any]:
    """Print the register of issued referrals."""
    rows = registered_referrals(actor, referrals)
    progress(0, len(rows), "Верстаем журнал")
    form = register_form(actor, rows, employer=actor.organization or 0, on=on)
    made = papers.kept(actor, "referral_register", "exams/register.typ", form, on)
    return {"text": f"Записей: {len(rows)}."} | output("Журнал направлений.pdf", PDF, [made])


@job("exams.admission_journal")
def admission_journal(actor: Actor, on: dt.date) -> dict[str, Any]:
    """Print the journal of admission."""
    form = admission_form(actor, employer=actor.organization or 0, on=on)
    progress(0, len(form.rows), "Верстаем журнал")
    made = papers.kept(actor, "admission_journal", "exams/admission.typ", form, on)
    return {"text": f"Работников: {len(form.rows)}."} | output(f"Допуск {on:%d.%m.%Y}.pdf", PDF, [made])


@job("exams.admission_table")
def admission_table(actor: Actor, on: dt.date) -> dict[str, Any]:
    """Write the table of admission."""
    rows = admission_rows(actor, on=on)
    made = sheet_write(f"Допуск к работе на {on:%d.%m.%Y}", ADMISSION_COLUMNS, rows)
    return {"text": f"Строк: {len(rows)}."} | output(f"Допуск {on:%d.%m.%Y}.xlsx", XLSX, [made])


@job("exams.contingent_table")
def contingent_table(actor: Actor, on: dt.date) -> dict[str, Any]:
    """Write the table of the contingent."""
    found = contingent_rows(actor, employer=actor.organization or 0, on=on)
    rows = [
        (division, post, "; ".join(f"{f.code} {f.name}" for f in factors), sout_class, months, people)
        for division, post, factors, sout_class, months, people in found
    ]
    made = sheet_write(f"Контингент на {on:%d.%m.%Y}", CONTINGENT_COLUMNS, rows)
    return {"text": f"Строк: {len(rows)}."} | output(f"Контингент {on:%d.%m.%Y}.xlsx", XLSX, [made])


target_declare(
    Target(
        code="norms",
        title="Нормы лабораторий",
        permission="exams.norms_import",
        columns=COLUMNS,
        check=lambda actor, source: norms_read(actor, source).outcome,
        commit=lambda actor, source: norms_import(actor, source=source),
        undo=lambda actor, taken: norms_undo(actor, taken=taken),
        about="Границы норм клиники по лаборатории, полу и возрасту. Прежние остаются в истории.",
        done_url="exams:norm_list",
    )
)

titles_declare(
    {
        "exams.contingent_approve": "Утверждены изменения контингента",
        "exams.contingent_tallies": "Посчитаны изменения контингентов",
        "exams.contingent_return": "Возвращены изменения контингента",
        "exams.admissions_refresh": "Пересчитаны допуски",
        "exams.campaign_agree": "Согласован поименный список",
        "exams.campaign_approve": "Утверждён поименный список",
        "exams.campaign_open": "Открыта кампания осмотров",
        "exams.campaign_return": "Список возвращён на доработку",
        "exams.conclusion_file": "Заключение внесено в документы",  # lines of earlier versions
        "exams.conclusions_file": "Заключение внесено в документы",
        "exams.final_act_file": "Заключительный акт внесён в документы",
        "exams.paper_release": "Подписанный документ осмотра передан",
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
        "exams.exams_spread": "Осмотры разложены по дням",
        "exams.final_act_close": "Закрыт заключительный акт",
        "exams.finding_decide": "Решено о противопоказании",
        "exams.further_exam_note_issue": "Выдана справка о дообследовании",
        "exams.further_exam_print": "Напечатана справка о дообследовании",
        "exams.referral_print": "Напечатано направление",
        "exams.incapacity_note": "Внесена справка об утрате трудоспособности",
        "exams.line_add": "Исследование добавлено в объём",
        "exams.line_cancel": "Исследование отменено",
        "exams.line_require": "Исследование назначено",
        "exams.norm_end": "Завершена норма клиники",
        "exams.norm_set": "Задана норма клиники",
        "exams.norms_import": "Загружены нормы клиники",
        "exams.norms_undo": "Отменена загрузка норм клиники",
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
