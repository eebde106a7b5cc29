"""How the papers of exams are called among the documents of the house that prints them."""

import datetime as dt
from collections.abc import Sequence
from uuid import NAMESPACE_URL, UUID, uuid5

from medtrud.domains.documents.public import paper_printed, papers_missing
from medtrud.domains.documents.types import DocumentIn, Paper
from medtrud.engines.signing.public import certificate_of
from medtrud.kernel.actor import Actor

from ..models import Campaign, Conclusion, Exam, FurtherExamNote, Referral
from ..types.states import ExamKindCode
from .employer_papers import referral_forms, roll_form
from .papers import factors_of
from .printed import conclusion_versions

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


def conclusion_document(row: Conclusion) -> DocumentIn:
    """Return a conclusion as a document of the clinic, to the employer and the worker."""
    factors = " ".join(f"{factor.code} {factor.name}" for factor in factors_of(row.codes, row.issued_on))
    return DocumentIn(
        kind="conclusion",
        title=f"Заключение № {row.number} от {row.issued_on:%d.%m.%Y}",
        on=row.issued_on,
        person=row.person_id,
        party=row.employer_id,
        about=row.exam.uid,
        module="exams",
        organization=row.clinic_id,
        words=f"{row.employer} {row.post} {row.division} {factors}",
    )


def conclusion_papers(actor: Actor, uids: Sequence[UUID]) -> list[tuple[UUID, Paper]]:
    """Print versions of conclusions once: these bytes are signed, kept and handed over."""
    made = []
    for row, form in conclusion_versions(actor, uids):
        document = conclusion_document(row)
        name, reason = f"{document.title}.pdf", f"Заключение изменено, версия {row.version}"
        content = paper_printed(document, "exams/conclusion.typ", form, name).content
        signers = (row.chair.account_id,) if row.chair.account_id is not None else ()
        made.append((row.uid, Paper(document, content, name, reason, signers)))
    return made


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
