"""Referrals and lists of an employer become documents: printed once, kept, sent to be signed."""

import datetime as dt
from typing import Any
from uuid import UUID

from medtrud.domains.documents.public import paper_printed, papers_file
from medtrud.domains.documents.types import kind_of
from medtrud.engines.background.public import job, job_start, on, progress
from medtrud.kernel.actor import Actor

from ..queries.filed import (
    list_document,
    referral_papers,
    referrals_unfiled,
    roll_paper,
    signing_account,
)
from ..types.events import ReferralsIssued, RollApproved

PAPERS = Actor.job("документы осмотров")
JOB = "exams.referrals_file"
PORTION = 50  # referrals printed and kept in one transaction


@on(ReferralsIssued)
def referrals_become_documents(event: ReferralsIssued) -> None:
    """Leave it to a job: a whole list takes a minute."""
    job_start(
        PAPERS,
        job=JOB,
        title="Направления становятся документами",
        employer=event.employer,
        day=event.on,
        referral=event.referral,
        account=event.account,
    )


@on(RollApproved)
def roll_approved(event: RollApproved) -> None:
    """Keep the list as it was approved; approved again it is the next version."""
    paper = roll_paper(PAPERS, event.campaign, event.on, signing_account(event.account))
    papers_file(PAPERS, papers=[paper])


@job(JOB)
def referrals_filed(
    actor: Actor, employer: int, day: dt.date, referral: UUID | None, account: int | None
) -> dict[str, Any]:
    """Print and keep what is not kept yet, a portion at a time: begun again, it goes on."""
    waiting = referrals_unfiled(employer, day, referral)
    signers = signing_account(account)
    for start in range(0, len(waiting), PORTION):
        progress(start, len(waiting), "Печатаем и храним")
        papers_file(actor, papers=referral_papers(actor, waiting[start : start + PORTION], signers))
    progress(len(waiting), len(waiting))
    return {"text": f"Направлений среди документов прибавилось: {len(waiting)}."}


def kept(actor: Actor, kind: str, template: str, form: Any, on: dt.date) -> bytes:
    """Print a list of the employer and keep it; others than the employer only get the file."""
    house = actor.organization or 0
    title = f"{kind_of(kind, on).title} на {on:%d.%m.%Y}"
    paper = paper_printed(list_document(kind, title, house, on), template, form, f"{title}.pdf")
    if actor.may("documents.papers_file"):
        papers_file(actor, papers=[paper])
    return paper.content
