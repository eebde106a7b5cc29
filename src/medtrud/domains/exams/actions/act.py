"""Closing the final act: order 29н, пп. 45–47."""

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from uuid import UUID

from medtrud.engines.background.public import publish
from medtrud.engines.journal import public as journal
from medtrud.engines.store.public import action, find, keep, numbers_take
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import chairman_of

from ..models import ActMember, ActMemberMedical, Campaign, FinalAct, Recommendation
from ..queries.act import act_numbers
from ..queries.act_measures import fulfilled_of, marks_by_text, previous_act
from ..queries.act_members import medical_members_of, members_of
from ..types.events import FinalActClosed
from ..types.states import CampaignState, MeasureState

WHY = "the acts of the campaign the actor has just been shown to see"


@action
def final_act_close(
    actor: Actor, *, campaign: UUID, as_of: dt.date, on: dt.date, recommendations: Sequence[str] = ()
) -> FinalAct:
    """Compute all items on the day, keep them with the rows behind them, and number the version.

    Closing again makes the next version; the earlier one stays whole. П. 46: подписывает председатель
    врачебной комиссии.
    """
    found = find(Campaign, actor, campaign)
    row = Campaign.objects.unscoped(WHY).select_for_update(of=("self",)).get(pk=found.pk)
    if row.state not in (CampaignState.AGREED, CampaignState.CLOSED):
        raise Refused(
            "Акт закрывают по согласованной кампании. Согласуйте поименный список и проведите осмотры."
        )
    chair = chairman_of(actor, clinic=row.clinic_id, on=on)
    numbers = act_numbers(row, as_of=as_of)
    act = _next_version(row, on)
    act.as_of, act.chair = as_of, chair
    act.items = {
        **numbers.as_json(),
        "fulfilled": fulfilled_of(previous_act(row)),
        "recommended": [text.strip() for text in recommendations if text.strip()],
    }
    act.digest = _digest(act)
    keep(act)
    ActMember.objects.unscoped("new rows are written").bulk_create(members_of(act, row), batch_size=2000)
    ActMemberMedical.objects.unscoped("new rows are written").bulk_create(
        medical_members_of(act, row), batch_size=2000
    )
    Recommendation.objects.unscoped("new rows are written").bulk_create(_recommended(act))
    row.state = CampaignState.CLOSED
    row.save(update_fields=["state"])
    publish(FinalActClosed(act.uid, row.uid, row.employer_id, row.clinic_id, on, act.version))
    journal.record(actor, "exams.final_act_close", act, version=act.version)
    return act


@action
def recommendation_mark(
    actor: Actor, *, recommendation: UUID, status: str, text: str, on: dt.date
) -> Recommendation:
    """Note what the employer did about a recommendation; the next act reports it in item 27."""
    row = find(Recommendation, actor, recommendation)
    if status not in list(MeasureState):
        raise Refused("Отметьте исполнение одним из предложенных способов.")
    if status != MeasureState.DONE and not text.strip():
        raise Refused("Напишите, что сделано и почему рекомендация не выполнена: это войдёт в следующий акт.")
    if Recommendation.objects.unscoped(WHY).filter(replaces=row).exists():
        raise Refused("Отметку об исполнении только что изменили. Обновите страницу.")
    marked = Recommendation(
        act=row.act,
        employer_id=row.employer_id,
        clinic_id=row.clinic_id,
        order=row.order,
        text=row.text,
        status=status,
        status_text=text.strip(),
        status_on=on,
        replaces=row,
    )
    keep(marked)
    journal.record(actor, "exams.recommendation_mark", marked, status=status)
    return marked


def _recommended(act: FinalAct) -> list[Recommendation]:
    """Make the recommendations of this version; what the employer has marked on the same words stays."""
    marks = marks_by_text(act)
    return [
        Recommendation(
            act=act,
            employer_id=act.employer_id,
            clinic_id=act.clinic_id,
            order=order,
            text=text,
            **marks.get(text, {}),
        )
        for order, text in enumerate(act.items["recommended"], start=1)
    ]


def _next_version(campaign: Campaign, on: dt.date) -> FinalAct:
    last = FinalAct.objects.unscoped(WHY).filter(campaign=campaign).order_by("-version").first()
    return FinalAct(
        campaign=campaign,
        employer_id=campaign.employer_id,
        clinic_id=campaign.clinic_id,
        version=last.version + 1 if last else 1,
        number=last.number if last else numbers_take(f"final act {campaign.clinic_id}", on.year)[0],
        year=last.year if last else on.year,
        signed_on=on,
    )


def _digest(act: FinalAct) -> str:
    content = {
        "campaign": act.campaign_id,
        "version": act.version,
        "as_of": act.as_of.isoformat(),
        "items": act.items,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
