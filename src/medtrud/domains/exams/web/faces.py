"""How a worker and his factors are shown on the screens of a visit."""

import datetime as dt
import textwrap
from collections.abc import Sequence

from django.urls import reverse

from medtrud.domains.hazards.public import annex_on
from medtrud.engines.ui.public import Banner, Chip, cells
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import age_on
from medtrud.registries.people.types import PersonName

from ..models import Exam
from ..queries.visit import conclusion_standing
from ..types.states import ExamKindCode

YEARS = "год,года,лет"
SHORT = 44  # letters of a factor in the head of a screen; the page of the visit names it in full


def chips_of(codes: Sequence[str], on: dt.date) -> tuple[Chip, ...]:
    """Return the factors with their names."""
    annex = annex_on(on)
    return tuple(Chip(code, annex[code].short if code in annex else "") for code in codes)


def about(person: PersonName, on: dt.date) -> str:
    """Return «46 лет, м · СНИЛС 112-233-445 95»."""
    sex = "ж" if person.sex == "female" else "м"
    age = cells.counted(age_on(person.birth_date, on), YEARS)
    snils = f" · СНИЛС {person.snils}" if person.snils else " · СНИЛС не указан"
    return f"{age}, {sex}, {person.birth_date:%d.%m.%Y}{snils}"


def banner_of(exam: Exam, person: PersonName, on: dt.date, url: str = "") -> Banner:
    """Return the head of every screen about a visit."""
    referral = exam.referral
    work = f"{referral.post}, {referral.division}" if referral.division else referral.post
    kind = ExamKindCode(exam.kind).title_ru
    facts = [
        (f"{kind} осмотр", f"направление {referral}"),
        (str(exam.employer), work),
    ]
    if referral.sout_class:
        facts.append(("Условия труда", f"класс {referral.sout_class}"))
    chips = tuple(
        Chip(chip.code, textwrap.shorten(chip.name, SHORT, placeholder="…"))
        for chip in chips_of(referral.codes, referral.issued_on)
    )
    record = reverse("record:timeline", args=[person.uid])  # the name leads to the whole life
    return Banner(person.full, about(person, on), tuple(facts), chips, url or record)


def factors_of(exam: Exam) -> list[tuple[str, str]]:
    """Return the factors of a referral with their full names and substances."""
    referral = exam.referral
    annex = annex_on(referral.issued_on)
    named = {item["code"]: ", ".join(item.get("substances") or ()) for item in referral.factors}
    found = []
    for code in referral.codes:
        name = annex[code].name if code in annex else ""
        found.append((code, f"{name}: {named[code]}" if named.get(code) else name))
    return found


def papers_of(actor: Actor, row: Exam) -> list[dict[str, str]]:
    """Return the papers of a visit that exist and that the seat may print."""
    conclusion = conclusion_standing(actor, row)
    found = (
        ("exams.referral_print", "printer", "Направление", "exams:referral_print", row.referral.uid),
        (
            "exams.conclusion_print", "file-certificate", "Заключение", "exams:conclusion_print",
            conclusion and conclusion.uid,
        ),
        (
            "exams.further_exam_print", "file-text", "Справка", "exams:further_exam_print",
            row.uid if hasattr(row, "further_exam_note") else None,
        ),
    )  # fmt: skip
    return [
        {"url": reverse(name, args=[uid]), "icon": icon, "title": title}
        for permission, icon, title, name, uid in found
        if uid and actor.may(permission)
    ]
