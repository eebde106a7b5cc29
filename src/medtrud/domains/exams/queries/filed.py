"""How the papers of exams are called among the documents of the house that prints them."""

import datetime as dt
from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from medtrud.domains.documents.public import paper_printed, papers_missing
from medtrud.domains.documents.types import DocumentIn, Paper
from medtrud.engines.signing.public import certificate_of
from medtrud.kernel.actor import Actor

from ..models import Campaign, Exam, FurtherExamNote, Referral
from ..types.states import ExamKindCode
from .employer_papers import referral_forms, roll_form

WHY = "the papers of what was just issued"
REFERRALS = {ExamKindCode.EXTRAORDINARY.value: "extraordinary_referral"}


def referrals_unfiled(employer: int, day: dt.date, referral: UUID | None) -> list[Referral]:
    """Return the referrals of an employer issued on a day, or one of them, that are no documents yet."""
    rows = Referral.objects.unscoped(WHY).filter(employer=employer, issued_on=day).exclude(state="cancelled")
    rows = rows.filter(uid=referral) if referral else rows
    by_kind: dict[str, list[Referral]] = {}
    for row in rows.select_related("clinic").order_by("pk"):
        by_kind.setdefault(REFERRALS.get(row.kind, "referral"), []).append(row)
    missing = {
        uid for kind, group in by_kind.items() for uid in papers_missing(kind, [row.uid for row in group])
    }
    return [row for group in by_kind.values() for row in group if row.uid in missing]


def referral_document(row: Referral) -> DocumentIn:
    """Return a referral as a document of the employer, to the clinic and the worker."""
    return DocumentIn(
        kind=REFERRALS.get(row.kind, "referral"),
        title=f"Направление на осмотр {row}",
        on=row.issued_on,
        person=row.person_id,
        party=row.clinic_id,
        about=row.uid,
        module="exams",
        organization=row.employer_id,
        words=f"{row.post} {row.division} {row.clinic} {ExamKindCode(row.kind).title_ru}",
    )


def referral_papers(actor: Actor, rows: Sequence[Referral], signers: tuple[int, ...]) -> list[Paper]:
    """Print referrals one by one: each is a document of its own."""
    papers = []
    for row, form in zip(rows, referral_forms(actor, rows), strict=True):
        name = f"Направление {row.number}-{row.year}.pdf"
        paper = paper_printed(referral_document(row), "exams/referral.typ", form, name)
        papers.append(Paper(paper.document, paper.content, name, signers=signers))
    return papers


def roll_document(row: Campaign, on: dt.date) -> DocumentIn:
    """Return the named list of a campaign as a document of the employer."""
    return DocumentIn(
        kind="roll",
        title=f"Поименный список № {row.number}: {row.title}",
        on=row.approved_by_employer_on or on,
        party=row.clinic_id,
        about=row.uid,
        module="exams",
        organization=row.employer_id,
        words=f"{row.clinic} {row.title}",
    )


def roll_paper(actor: Actor, campaign: UUID, on: dt.date, signers: tuple[int, ...]) -> Paper:
    """Print a named list that was approved."""
    row = Campaign.objects.visible_to(actor).get(uid=campaign)
    form = roll_form(actor, row, on)
    document, name = roll_document(row, on), f"Поименный список {row.number}.pdf"
    made = paper_printed(document, "exams/roll.typ", form, name)
    return Paper(document, made.content, name, "список утверждён заново", signers)


def list_document(kind: str, title: str, employer: int, on: dt.date) -> DocumentIn:
    """Return a list of an employer on a day: the same list of the same day is one document."""
    return DocumentIn(
        kind=kind,
        title=title,
        on=on,
        about=uuid5(NAMESPACE_URL, f"exams:{kind}:{employer}:{on}"),
        module="exams",
        organization=employer,
    )


def extract_document(row: Exam, number: str, on: dt.date) -> DocumentIn:
    """Return the extract of a visit: medical, for the worker."""
    return _medical("extract", f"Выписка из медицинской карты № {number}", row, on)


def note_document(note: FurtherExamNote) -> DocumentIn:
    """Return the note on further examination: medical, for the worker."""
    return _medical("further_exam_note", f"Справка о дообследовании {note}", note.exam, note.issued_on)


def signing_account(account: int | None) -> tuple[int, ...]:
    """Return whom to ask for a signature: the account, when it has a certificate to sign with."""
    job = Actor.job("who can sign")
    return (account,) if account and certificate_of(job, account) else ()


def _medical(kind: str, title: str, row: Exam, on: dt.date) -> DocumentIn:
    about: UUID = row.uid
    return DocumentIn(
        kind=kind,
        title=title,
        on=on,
        person=row.person_id,
        party=row.employer_id,
        about=about,
        module="exams",
        organization=row.clinic_id,
    )
