"""A campaign, its contingent and its named list: order 29н, пп. 21–27."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from medtrud.engines.background.public import progress, publish
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep, numbers_take
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, Refused
from medtrud.registries.organizations.public import clinic_known, contract_between, employments_on
from medtrud.registries.people.public import person_share

from ..models import Campaign, LastingIncapacity, RollEntry
from ..queries.contingent import Planned, planned_entries
from ..types.events import RollApproved
from ..types.states import CampaignState

TELL = 100  # people between two marks of progress
WHY = "the named list of a campaign that the actor has just been shown to own"


@dataclass(frozen=True)
class RollDifference:
    """What building the list again changed: who came in, who left, whose factors changed."""

    entered: int
    left: int
    changed: int
    unchanged: int


@action
def campaign_open(
    actor: Actor, *, clinic: UUID, title: str, since: dt.date, until: dt.date, contract: UUID | None = None
) -> Campaign:
    """Open the periodic examinations of the own organisation in a clinic; the list is empty yet."""
    employer = own_employer(actor)
    chosen = clinic_known(actor, clinic)
    agreement = contract_between(actor, employer=employer, clinic=chosen.pk, contract=contract, on=since)
    earlier = Campaign.objects.unscoped("the previous act of the same employer, whoever made it")
    campaign = Campaign(
        employer_id=employer,
        clinic=chosen,
        contract=agreement,
        title=title,
        since=since,
        until=until,
        previous=earlier.filter(employer_id=employer, state=CampaignState.CLOSED)
        .order_by("-until", "-id")
        .first(),
    )
    campaign.number = f"{since.year}-{numbers_take(f'campaign {employer}', since.year)[0]}"
    keep(campaign)
    journal.record(actor, "exams.campaign_open", campaign, clinic=chosen.pk)
    return campaign


@action
def roll_build(actor: Actor, *, campaign: UUID, on: dt.date) -> RollDifference:
    """Make the named list from the staff of the day, or bring it up to date; who left stays as a removed row.

    Порядок, п. 21–23: in it are those whose workplace has a factor or a work of the annex. A person whose
    factors or programme changed gets a new row, the old one keeps what was prescribed before.
    """
    row = _draft(actor, campaign)
    planned = dict(_told(actor, row, on))
    rows = RollEntry.objects.unscoped(WHY).filter(campaign=row)
    known = {entry.employment_id: entry for entry in rows.filter(removed_on__isnull=True)}
    kept_out = set(rows.filter(removed_as="hand").values_list("employment_id", flat=True))
    changed = [e for e, plan in planned.items() if e in known and plan.differs(known[e])]
    left = [e for e in known if e not in planned]
    entered = [e for e in planned if e not in known and e not in kept_out]
    row.builds, row.built_on = row.builds + 1, on
    row.save(update_fields=["builds", "built_on"])
    _take_out(
        row, [known[e] for e in left], "left", "больше не подлежит осмотру: изменились работа или факторы"
    )
    _take_out(row, [known[e] for e in changed], "changed", "изменились факторы или объём осмотра")
    _put_in(row, {e: planned[e] for e in entered}, on, "entered")
    _put_in(row, {e: planned[e] for e in changed}, on, "changed")
    difference = RollDifference(len(entered), len(left), len(changed), len(known) - len(left) - len(changed))
    journal.record(actor, "exams.roll_build", row, entered=len(entered), left=len(left), changed=len(changed))
    return difference


@action
def roll_remove(actor: Actor, *, entry: UUID, reason: str, on: dt.date) -> RollEntry:
    """Take a person out of the list with a reason; his row stays, building the list again leaves him out."""
    row = find(RollEntry, actor, entry)
    own_employer(actor)
    _removable(row)
    row.removed_on, row.removed_as, row.removed_reason = on, "hand", reason.strip()
    keep(row, "removed_on", "removed_as", "removed_reason")
    journal.record(actor, "exams.roll_remove", row)
    return row


@action
def roll_restore(actor: Actor, *, entry: UUID) -> RollEntry:
    """Take a person back who was removed by hand, while the list is a draft."""
    row = find(RollEntry, actor, entry)
    _draft(actor, row.campaign.uid)
    if row.removed_as != "hand":
        raise Refused("Этого работника исключило новое формирование списка. Сформируйте список ещё раз.")
    row.removed_on, row.removed_as, row.removed_reason = None, "", ""
    keep(row, "removed_on", "removed_as", "removed_reason")
    journal.record(actor, "exams.roll_restore", row)
    return row


@action
def campaign_approve(actor: Actor, *, campaign: UUID, on: dt.date) -> Campaign:
    """Approve the named list for the employer and send it to the clinic (п. 24)."""
    row = _draft(actor, campaign)
    if not RollEntry.objects.unscoped(WHY).filter(campaign=row, removed_on__isnull=True).exists():
        raise Refused(
            "В поименном списке нет ни одного работника. Сформируйте список по штату и утвердите его.",
            basis="приказ № 29н, Порядок, п. 23",
        )
    row.state, row.approved_by_employer_on = CampaignState.APPROVED, on
    row.save(update_fields=["state", "approved_by_employer_on"])
    persons = RollEntry.objects.unscoped(WHY).filter(campaign=row, removed_on__isnull=True)
    persons = persons.values_list("person", flat=True).distinct()
    person_share(actor, persons=list(persons), organization=row.clinic_id)
    publish(RollApproved(row.uid, row.employer_id, on, actor.account))
    journal.record(actor, "exams.campaign_approve", row)
    return row


@action
def campaign_return(actor: Actor, *, campaign: UUID) -> Campaign:
    """Take an approved list back to correct it, as long as no referral was issued."""
    row = find(Campaign, actor, campaign)
    if row.state not in (CampaignState.APPROVED, CampaignState.AGREED) or row.exams.exists():
        raise Refused("Список уже исполняется: направления выданы. Исключите работника из списка поимённо.")
    row.state = CampaignState.DRAFT
    row.approved_by_employer_on = row.approved_by_clinic_on = None
    row.save(update_fields=["state", "approved_by_employer_on", "approved_by_clinic_on"])
    journal.record(actor, "exams.campaign_return", row)
    return row


@action
def campaign_agree(actor: Actor, *, campaign: UUID, on: dt.date) -> Campaign:
    """Accept the named list for the clinic: from now on referrals may be issued."""
    row = find(Campaign, actor, campaign)
    if row.state != CampaignState.APPROVED:
        raise Refused("Клиника согласует список, который утвердил работодатель. Обновите страницу.")
    row.state, row.approved_by_clinic_on = CampaignState.AGREED, on
    row.save(update_fields=["state", "approved_by_clinic_on"])
    journal.record(actor, "exams.campaign_agree", row)
    return row


@action
def incapacity_note(
    actor: Actor, *, person: int, since: dt.date, until: dt.date | None, document: str
) -> LastingIncapacity:
    """Note a lasting loss of working capacity by its document; the act counts such workers apart."""
    row = LastingIncapacity(
        employer_id=own_employer(actor), person_id=person, since=since, until=until, document=document
    )
    keep(row)
    journal.record(actor, "exams.incapacity_note", row)
    return row


def own_employer(actor: Actor) -> int:
    """Return the organisation of an employer's seat; other seats act for no employer."""
    if actor.role is not Role.EMPLOYER or actor.organization is None:
        raise Forbidden(
            "Это делает работодатель. Перейдите на рабочее место работодателя в верхнем левом углу."
        )
    return actor.organization


def _draft(actor: Actor, campaign: UUID) -> Campaign:
    row = find(Campaign, actor, campaign)
    if row.state != CampaignState.DRAFT:
        raise Refused(
            f"Список кампании «{row.title}» уже утверждён. Чтобы изменить его, верните его на доработку."
        )
    return row


def _removable(entry: RollEntry) -> None:
    campaign = entry.campaign
    if entry.removed_on is not None:
        raise Refused("Этот работник уже исключён из списка. Обновите страницу.")
    if campaign.state == CampaignState.CLOSED:
        raise Refused(f"По кампании «{campaign.title}» закрыт акт, её список не меняется.")
    sent = entry.referrals.exclude(state="cancelled").first()
    if sent is not None:
        raise Refused(
            f"Работнику выдано направление {sent}. Отзовите направление, затем исключите работника."
        )


def _told(actor: Actor, campaign: Campaign, on: dt.date) -> Iterator[tuple[int, Planned]]:
    total = employments_on(actor, employer=campaign.employer_id, on=on).count()
    done = 0
    for done, plan in enumerate(planned_entries(actor, campaign, on), start=1):
        if done % TELL == 0:
            progress(done, max(total, done), "Считаем объём осмотров")
        if plan.employment is not None:
            yield plan.employment, plan
    progress(done, done, "Сохраняем список")


def _take_out(campaign: Campaign, entries: list[RollEntry], how: str, reason: str) -> None:
    rows = RollEntry.objects.unscoped(WHY).filter(pk__in=[entry.pk for entry in entries])
    rows.update(
        removed_on=campaign.built_on,
        removed_build=campaign.builds,
        removed_as=how,
        removed_reason=reason,
    )


def _put_in(campaign: Campaign, plans: dict[int, Planned], on: dt.date, how: str) -> None:
    RollEntry.objects.unscoped(WHY).bulk_create(
        [
            RollEntry(
                campaign=campaign,
                employer_id=campaign.employer_id,
                clinic_id=campaign.clinic_id,
                person_id=plan.person,
                employment_id=employment,
                division=plan.division,
                post=plan.post,
                seniority_months=plan.seniority_months,
                factors=plan.factors,
                codes=plan.codes,
                sout_class=plan.sout_class,
                programme_id=plan.programme,
                last_exam_on=plan.last_exam_on,
                due_on=plan.due_on,
                added_on=on,
                added_build=campaign.builds,
                added_as=how,
            )
            for employment, plan in plans.items()
        ],
        batch_size=2000,
    )
