"""Events of the main job leave for those who subscribed; a try that failed waits and is made again."""

import datetime as dt

from medtrud.domains.exams.types.events import ConclusionGiven, FinalActClosed, ReferralsIssued
from medtrud.engines.background.public import every, on, on_many
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.types import ContractAccepted

from .actions import sending_record, sendings_queue, sendings_retry
from .drivers import parcel_send
from .queries import parcel_of, sending_locked
from .rules import signature_of
from .types import Answer, HookDue, HookState, SendingState

JOB = Actor.job("события для внешних систем")
OFF = Answer(None, 0, "Подписка остановлена.")


@on(ReferralsIssued)
def referrals_leave(event: ReferralsIssued) -> None:
    """Tell that referrals were issued."""
    facts = {
        "on": event.on.isoformat(),
        "count": event.count,
        "referral": str(event.referral) if event.referral else None,
    }
    _queue("referrals_issued", event.employer, event.clinic, facts)


@on_many(ConclusionGiven)
def conclusion_leaves(events: list[ConclusionGiven]) -> None:
    """Tell that conclusions were given: which, not what they say."""
    for event in events:
        facts = {
            "on": event.on.isoformat(),
            "conclusion": str(event.conclusion),
            "exam": str(event.exam),
            "version": event.version,
        }
        _queue("conclusion_given", event.employer, event.clinic, facts)


@on(FinalActClosed)
def act_leaves(event: FinalActClosed) -> None:
    """Tell that a final act was closed."""
    facts = {"on": event.on.isoformat(), "act": str(event.act), "version": event.version}
    _queue("final_act_closed", event.employer, event.clinic, facts)


@on(ContractAccepted)
def contract_leaves(event: ContractAccepted) -> None:
    """Tell that an employer let a clinic see its staff."""
    _queue("contract_accepted", event.employer, event.clinic, {})


@on(HookDue)
def hook_send(event: HookDue) -> None:
    """Try one sending; how it ended is written whatever it was."""
    row = sending_locked(event.sending)
    if row is None or row.state != SendingState.WAITING:
        return
    at = now()
    answer = OFF
    if row.hook.state == HookState.ACTIVE:
        parcel = parcel_of(row)
        answer = parcel_send(parcel, signature=signature_of(parcel.secret, int(at.timestamp()), parcel.body))
    sending_record(JOB, sending=event.sending, answer=answer, at=at)


@every("* * * * *")
def hooks_retry(at: dt.datetime) -> None:
    """Make the tries whose pause is over."""
    sendings_retry(JOB, at=at)


def _queue(kind: str, employer: int, clinic: int, facts: dict[str, object]) -> None:
    sendings_queue(JOB, kind=kind, parties={"employer": employer, "clinic": clinic}, facts=facts)


titles_declare(
    {
        "webhooks.hook_approve": "Допущена подписка на события",
        "webhooks.hook_decline": "Не допущена подписка на события",
        "webhooks.hook_open": "Заведена подписка на события",
        "webhooks.hook_stop": "Остановлена подписка на события",
        "webhooks.hook_try": "Проверена связь подписки",
        "webhooks.sending_repeat": "Повторена отправка события",
        "webhooks.sending_record": "Записан итог отправки",
        "webhooks.sendings_queue": "События поставлены в очередь",
        "webhooks.sendings_retry": "Повторены отправки по расписанию",
    }
)
