"""The conclusion of the commission's chairman: order 29н, пп. 14–17, 32–34."""

import datetime as dt
from uuid import UUID

from medtrud.domains.record.public import entries_about, entry_add
from medtrud.domains.record.types import NewEntry
from medtrud.engines.background.public import publish
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send
from medtrud.engines.store.public import action, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import chairman_of

from ..models import Conclusion, ConclusionMedical, Exam
from ..queries.checks import checks_of, stop_without_reason
from ..queries.programme import next_due
from ..queries.rows import exam_of
from ..rules.decisions import group_require
from ..types.events import ConclusionGiven
from ..types.results import NewConclusion
from ..types.states import ExamState, ReferralState
from .admission import admissions_refresh
from .exam import locked

WHY = "the conclusions of the visit the actor has just been shown to see"
FLAGS = ("further_exam", "center", "outpatient", "inpatient", "sanatorium", "dispensary")


@action
def conclusion_give(actor: Actor, *, exam: UUID, given: NewConclusion, on: dt.date) -> Conclusion:
    """Sign the conclusion of a visit; signing again makes the next version, the earlier one stays.

    П. 16, 46: подписывает председатель врачебной комиссии. A decision against a hint needs a reason.
    """
    row = locked(actor, exam)
    if row.state not in (ExamState.READY, ExamState.CONCLUDED):
        raise Refused(
            "Заключение дают, когда выполнен весь объём осмотра. Невыполненные строки отмечены в осмотре.",
            basis="приказ № 29н, Порядок, пп. 14, 32",
        )
    if row.state == ExamState.CONCLUDED and not given.change_reason.strip():
        raise Refused(
            "Заключение уже выдано. Напишите, почему выдаётся новая версия: прежняя останется в истории."
        )
    chair = chairman_of(actor, clinic=row.clinic_id, on=on)
    group_require(given.health_group, on)
    checks = checks_of(row, given)
    stop_without_reason(checks, given.override_reason)
    conclusion = _next_version(row, given, on)
    conclusion.chair = chair
    keep(conclusion)
    ConclusionMedical(
        conclusion=conclusion,
        exam=row,
        clinic_id=row.clinic_id,
        person_id=row.person_id,
        advice=given.advice.strip(),
        checks=[check.as_json() for check in checks],
        override_reason=given.override_reason.strip(),
        change_reason=given.change_reason.strip(),
        **{name: getattr(given, name) for name in FLAGS},
    ).save()
    row.state, row.finished_on, row.barred = ExamState.CONCLUDED, on, bool(conclusion.contraindicated)
    row.save(update_fields=["state", "finished_on", "barred"])
    row.referral.state = ReferralState.USED
    row.referral.save(update_fields=["state"])
    if row.employment_id:
        admissions_refresh(actor, employments=[row.employment_id], on=on)
    _announce(actor, row, conclusion)
    journal.record(actor, "exams.conclusion_give", conclusion, version=conclusion.version)
    return conclusion


@action
def conclusion_open(actor: Actor, *, exam: UUID) -> Exam:
    """Open the medical part of a visit for a decision: the worker will see who looked and when (R9)."""
    row = exam_of(actor, exam)
    journal.record(actor, "exams.conclusion_open", row, person=row.person_id)
    return row


@action
def extract_print(actor: Actor, *, exam: UUID) -> Exam:
    """Take the extract (выписка) of a visit out: the paper holds diagnoses, so it is journaled (п. 36)."""
    row = exam_of(actor, exam)
    journal.record(actor, "exams.extract_print", row, person=row.person_id)
    return row


def _next_version(exam: Exam, given: NewConclusion, on: dt.date) -> Conclusion:
    earlier = Conclusion.objects.unscoped(WHY).filter(exam=exam)
    last = earlier.filter(current=True).first()
    if last is not None:
        earlier.filter(current=True).update(current=False)
    referral = exam.referral
    return Conclusion(
        exam=exam,
        campaign_id=exam.campaign_id,
        version=last.version + 1 if last else 1,
        number=last.number if last else numbers_take(f"conclusion {exam.clinic_id}", on.year)[0],
        year=last.year if last else on.year,
        employer_id=exam.employer_id,
        clinic_id=exam.clinic_id,
        person_id=exam.person_id,
        employment_id=exam.employment_id,
        issued_on=on,
        division=referral.division,
        post=referral.post,
        codes=referral.codes,
        contraindicated=sorted(set(given.contraindicated)),
        health_group=given.health_group,
        valid_until=next_due(exam, on),
        programme=exam.programme,
    )


def _announce(actor: Actor, exam: Exam, conclusion: Conclusion) -> None:
    publish(
        ConclusionGiven(
            conclusion.uid,
            exam.uid,
            exam.person_id,
            exam.employer_id,
            exam.clinic_id,
            conclusion.issued_on,
            conclusion.version,
        )
    )
    result = "выявлены противопоказания" if conclusion.contraindicated else "противопоказания не выявлены"
    entry = NewEntry(
        person=exam.person_id,
        kind="conclusion",
        on=conclusion.issued_on,
        title=f"Заключение {conclusion}: {result}",
        source=exam.uid,
        module="exams",
        organization=exam.clinic_id,
        data={
            "conclusion": str(conclusion.uid),
            "version": conclusion.version,
            "health_group": conclusion.health_group,
            "contraindicated": conclusion.contraindicated,
        },
    )
    earlier = None
    if conclusion.version > 1:
        replaced = entries_about(Actor.job("a new version replaces the entry of the old one"), exam.uid)
        earlier = replaced.filter(kind="conclusion", replaced_by__isnull=True).first()
    entry_add(actor, entry=entry, replaces=earlier)
    message_send(
        actor,
        person=exam.person_id,
        kind="conclusion_given",
        text=f"Готово заключение {conclusion} по вашему медицинскому осмотру: {result}.",
        link=f"/worker/exams/{exam.uid}/",
        about=conclusion.uid,
    )
