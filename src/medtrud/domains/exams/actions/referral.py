"""Referrals: order 29н, пп. 8, 9, 19, 25."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from medtrud.domains.record.public import entries_add_many, entry_add
from medtrud.domains.record.types import NewEntry
from medtrud.engines.background.public import progress, publish
from medtrud.engines.journal import public as journal
from medtrud.engines.messages.public import message_send_many
from medtrud.engines.messages.types import NewNotice
from medtrud.engines.store.public import action, find, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import clinic_known, workplace_of
from medtrud.registries.people.public import person_register, person_share
from medtrud.registries.people.types import PersonRow

from ..models import Campaign, Exam, Referral, RollEntry
from ..queries.contingent import Planned, planned_at, planned_for
from ..types.events import ReferralsIssued
from ..types.states import CampaignState, ExamKindCode, ExamState, ReferralState
from .campaign import own_employer

NOTICE = "referral_issued"
WHY = "the rows of the referral the actor has just been shown to own"


@action
def referral_issue(
    actor: Actor, *, employment: UUID, clinic: UUID, kind: ExamKindCode, on: dt.date, basis: str = ""
) -> Referral:
    """Send one worker to a clinic outside a campaign: before work, out of turn, or on his own date."""
    employer = own_employer(actor)
    chosen = clinic_known(actor, clinic)
    plan = planned_for(actor, employment, kind=kind, on=on)
    _no_other_open(plan, kind)
    return _send(
        actor, _row(plan, employer=employer, clinic=chosen.pk, kind=kind, on=on, basis=basis.strip())
    )


@action
def applicant_refer(
    actor: Actor,
    *,
    person: PersonRow,
    workplace: UUID,
    clinic: UUID,
    on: dt.date,
    confirmed: bool = False,
) -> Referral:
    """Send somebody who is not hired yet to the preliminary examination for a workplace (пп. 2, 8–10)."""
    employer = own_employer(actor)
    chosen = clinic_known(actor, clinic)
    place = workplace_of(actor, workplace)
    card = person_register(actor, **person._asdict(), confirmed=confirmed)
    plan = planned_at(actor, place, person=card.pk, on=on)
    _no_other_open(plan, ExamKindCode.PRELIMINARY)
    return _send(
        actor, _row(plan, employer=employer, clinic=chosen.pk, kind=ExamKindCode.PRELIMINARY, on=on, basis="")
    )


@action
def referrals_issue(actor: Actor, *, campaign: UUID, on: dt.date, entries: Sequence[UUID] = ()) -> int:
    """Issue the referrals of a campaign to the chosen people, or to all who have none; return how many."""
    row = find(Campaign, actor, campaign)
    own_employer(actor)
    if row.state != CampaignState.AGREED:
        raise Refused(
            "Направления выдают после того, как клиника согласовала список. Дождитесь согласования.",
            basis="приказ № 29н, Порядок, пп. 24–27",
        )
    waiting = RollEntry.objects.unscoped(WHY).filter(campaign=row, removed_on__isnull=True)
    waiting = waiting.exclude(referrals__state__in=[ReferralState.ISSUED, ReferralState.USED])
    if entries:
        waiting = waiting.filter(uid__in=entries)
    chosen = list(waiting.order_by("division", "post", "person__name_rank", "pk"))
    if not chosen:
        return 0
    rows = [_from_roll(entry, row, on) for entry in chosen]
    progress(0, len(rows), "Выдаём направления")
    for number, referral in zip(
        numbers_take(f"referral {row.employer_id}", on.year, count=len(rows)), rows, strict=True
    ):
        referral.number = number
    Referral.objects.unscoped("new rows are written").bulk_create(rows, batch_size=2000)
    visits = [_visit(referral, row) for referral in rows]
    Exam.objects.unscoped("new rows are written").bulk_create(visits, batch_size=2000)
    person_share(actor, persons=[referral.person_id for referral in rows], organization=row.clinic_id)
    publish(ReferralsIssued(row.employer_id, row.clinic_id, on, len(rows), account=actor.account))
    entries_add_many(actor, entries=[_entry(referral) for referral in rows])
    progress(len(rows), len(rows), "Отправляем сообщения работникам")
    message_send_many(actor, kind=NOTICE, letters=[_letter(referral) for referral in rows])
    journal.record(actor, "exams.referrals_issue", row, referrals=len(rows))
    return len(rows)


@action
def referral_hand(actor: Actor, *, referral: UUID, on: dt.date) -> Referral:
    """Note that the worker has received the referral under his signature (п. 25)."""
    row = _issued(actor, referral)
    row.handed_on = on
    row.save(update_fields=["handed_on"])
    journal.record(actor, "exams.referral_hand", row)
    return row


@action
def referrals_hand(actor: Actor, *, referrals: Sequence[UUID], on: dt.date) -> int:
    """Note that these workers have received their referrals; who has got his before keeps his day."""
    own_employer(actor)
    rows = Referral.objects.visible_to(actor).filter(
        uid__in=referrals, state=ReferralState.ISSUED, handed_on__isnull=True
    )
    keys = list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if not keys:
        raise Refused("Среди отмеченных нет направлений, которые ждут вручения. Обновите список.")
    rows.filter(pk__in=keys).update(handed_on=on)
    journal.record(actor, "exams.referrals_hand", None, referrals=len(keys))
    return len(keys)


@action
def referral_cancel(actor: Actor, *, referral: UUID, reason: str) -> Referral:
    """Take a referral back while the exam has not begun; the number stays used."""
    row = _issued(actor, referral)
    if not reason.strip():
        raise Refused("Отзыв направления объясняют. Укажите причину.")
    visit = Exam.objects.unscoped(WHY).select_for_update(of=("self",)).get(referral=row)
    if visit.state != ExamState.PLANNED:
        raise Refused("Осмотр по этому направлению уже начат, отозвать его нельзя. Свяжитесь с клиникой.")
    row.state, row.cancelled_reason = ReferralState.CANCELLED, reason.strip()
    row.save(update_fields=["state", "cancelled_reason"])
    visit.state = ExamState.CANCELLED
    visit.save(update_fields=["state"])
    journal.record(actor, "exams.referral_cancel", row)
    return row


def _issued(actor: Actor, referral: UUID) -> Referral:
    own_employer(actor)
    row = find(Referral, actor, referral)
    if row.state != ReferralState.ISSUED:
        raise Refused(
            f"Направление {row} уже {ReferralState(row.state).title_ru.lower()}. Обновите страницу."
        )
    return row


def _send(actor: Actor, row: Referral) -> Referral:
    row.number = numbers_take(f"referral {row.employer_id}", row.year)[0]
    keep(row)
    _visit(row).save()
    person_share(actor, persons=[row.person_id], organization=row.clinic_id)
    publish(
        ReferralsIssued(
            row.employer_id, row.clinic_id, row.issued_on, 1, row.person_id, row.uid, actor.account
        )
    )
    entry_add(actor, entry=_entry(row))
    message_send_many(actor, kind=NOTICE, letters=[_letter(row)])
    journal.record(actor, "exams.referral_issue", row, kind=row.kind)
    return row


def _no_other_open(plan: Planned, kind: str) -> None:
    same = Referral.objects.unscoped(WHY).filter(
        person_id=plan.person, employment_id=plan.employment, kind=kind, state=ReferralState.ISSUED
    )
    if plan.employment is None:
        same = same.filter(workplace_id=plan.workplace)
    if (other := same.first()) is not None:
        raise Refused(
            f"Работник уже направлен на такой осмотр: направление {other}. Отзовите его или ждите осмотра."
        )


def _row(plan: Planned, *, employer: int, clinic: int, kind: str, on: dt.date, basis: str) -> Referral:
    return Referral(
        employer_id=employer,
        clinic_id=clinic,
        kind=kind,
        basis=basis,
        issued_on=on,
        year=on.year,
        person_id=plan.person,
        employment_id=plan.employment,
        workplace_id=plan.workplace,
        division=plan.division,
        post=plan.post,
        factors=plan.factors,
        codes=plan.codes,
        sout_class=plan.sout_class,
        programme_id=plan.programme,
    )


def _from_roll(entry: RollEntry, campaign: Campaign, on: dt.date) -> Referral:
    return Referral(
        employer_id=entry.employer_id,
        clinic_id=entry.clinic_id,
        kind=campaign.kind,
        issued_on=on,
        year=on.year,
        person_id=entry.person_id,
        employment_id=entry.employment_id,
        roll_entry=entry,
        division=entry.division,
        post=entry.post,
        factors=entry.factors,
        codes=entry.codes,
        sout_class=entry.sout_class,
        programme_id=entry.programme_id,
    )


def _visit(referral: Referral, campaign: Campaign | None = None) -> Exam:
    return Exam(
        referral=referral,
        campaign=campaign,
        roll_entry=referral.roll_entry,
        employer_id=referral.employer_id,
        clinic_id=referral.clinic_id,
        person_id=referral.person_id,
        employment_id=referral.employment_id,
        kind=referral.kind,
        programme_id=referral.programme_id,
    )


def _entry(referral: Referral) -> NewEntry:
    kind = ExamKindCode(referral.kind).title_ru.lower()
    return NewEntry(
        person=referral.person_id,
        kind="referral",
        on=referral.issued_on,
        title=f"Направление {referral}: {kind} осмотр",
        source=referral.uid,
        module="exams",
        organization=referral.employer_id,
        data={"codes": referral.codes, "post": referral.post, "division": referral.division},
    )


def _letter(referral: Referral) -> NewNotice:
    return NewNotice(
        person=referral.person_id,
        text=f"Вам выдано направление {referral} на медицинский осмотр. Объём и причины — по ссылке.",
        link=f"/worker/referrals/{referral.uid}/",
        about=referral.uid,
    )
