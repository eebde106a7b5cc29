"""Data of the papers an employer prints: referrals, their register, the lists, the journal of admission."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from medtrud.engines.messages.public import site_address
from medtrud.engines.paper.public import qr_svg
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.law import Row
from medtrud.registries.organizations.public import employments_on, workplaces
from medtrud.registries.people.public import names_of, policies_of

from ..models import Campaign, Exam, Referral, RollEntry
from ..rules.papers import paper_law
from ..types.paper import (
    AdmissionForm,
    AdmissionRow,
    ContingentForm,
    ContingentRow,
    Factor,
    ReferralForm,
    RegisterForm,
    RegisterRow,
    RollForm,
    RollRow,
    Signer,
)
from ..types.states import AdmissionState, ExamKindCode
from .admission import admissions_at_work
from .papers import Heads, subject_of
from .why import months_at

MONTHS_A_YEAR = 12
HINT = "Предъявите код в регистратуре"


def signer_of(actor: Actor) -> Signer:
    """Return who prints; the position is written by hand. Others than the employer sign nothing."""
    if actor.person is None or actor.role is not Role.EMPLOYER:
        return Signer()
    found = names_of(actor, [actor.person]).get(actor.person)
    return Signer("", found.short if found else "")


def referral_forms(actor: Actor, rows: Sequence[Referral]) -> list[ReferralForm]:
    """Return these referrals as they are printed; names and policies are asked once."""
    persons = [row.person_id for row in rows]
    names, policies, signer = names_of(actor, persons), policies_of(actor, persons), signer_of(actor)
    planned, site = _planned(rows), site_address()
    heads = Heads()
    found = []
    for row in rows:
        law = paper_law(f"referral_{row.kind}", row.issued_on)
        policy = policies.get(row.person_id, "")
        found.append(
            ReferralForm(
                number=str(row.number),
                issued_on=row.issued_on,
                kind=ExamKindCode(row.kind).title_ru.lower(),
                basis=_basis(law) if not row.basis else f"{row.basis}; {law.ref}",
                employer=heads.party(row.employer_id, row.issued_on),
                clinic=heads.party(row.clinic_id, row.issued_on),
                person=subject_of(names[row.person_id]),
                division=row.division,
                post=row.post,
                factors=factors_json_of(row.factors),
                policies=(f"ОМС {policy}",) if policy else (),
                signer=signer,
                come=planned.get(row.pk, ""),
                bring=law.values["bring"],
                qr=qr_svg(f"{site}/exams/r/{row.uid}/"),
                qr_hint=HINT,
            )
        )
    return found


def register_form(actor: Actor, rows: Sequence[Referral], *, employer: int, on: dt.date) -> RegisterForm:
    """Return the register of issued referrals over these rows."""
    names = names_of(actor, [row.person_id for row in rows])
    days = sorted(row.issued_on for row in rows)
    return RegisterForm(
        employer=Heads().party(employer, on),
        period=f"с {days[0]:%d.%m.%Y} по {days[-1]:%d.%m.%Y}" if days else f"на {on:%d.%m.%Y}",
        basis=_basis(paper_law("referral_register", on)),
        rows=tuple(
            RegisterRow(
                str(row.number),
                row.issued_on,
                names[row.person_id].full,
                names[row.person_id].birth_date,
                ", ".join(part for part in (row.division, row.post) if part),
                ExamKindCode(row.kind).title_ru.lower(),
                str(row.clinic),
                f"{row.handed_on:%d.%m.%Y}" if row.handed_on else "",
            )
            for row in rows
        ),
        keeper=signer_of(actor),
    )


def roll_form(actor: Actor, campaign: Campaign, on: dt.date) -> RollForm:
    """Return the named list of a campaign in the order of divisions and names."""
    rows = list(roll_rows(actor, campaign))
    names = names_of(actor, [row.person_id for row in rows])
    last = campaign.until - dt.timedelta(days=1)
    return RollForm(
        number=campaign.number,
        on=campaign.approved_by_employer_on or on,
        basis=_basis(paper_law("roll", campaign.since)),
        employer=Heads().party(campaign.employer_id, on),
        clinic=Heads().party(campaign.clinic_id, on),
        period=f"с {campaign.since:%d.%m.%Y} по {last:%d.%m.%Y}",
        rows=tuple(
            RollRow(
                names[row.person_id].full,
                row.post,
                term(row.seniority_months),
                row.division,
                factors_json_of(row.factors),
            )
            for row in rows
        ),
        approver=Signer(),
        author=signer_of(actor),
    )


def roll_rows(actor: Actor, campaign: Campaign) -> QuerySet[RollEntry]:
    """Return who stands in the list."""
    rows: QuerySet[RollEntry] = RollEntry.objects.visible_to(actor)
    rows = rows.filter(campaign=campaign, removed_on__isnull=True)
    return rows.order_by("division", "person__name_rank", "pk")


def contingent_form(actor: Actor, *, employer: int, on: dt.date) -> ContingentForm:
    """Return the list of п. 21: professions with what obliges them to be examined."""
    rows = [
        ContingentRow(
            division,
            post,
            factors,
            f"класс {sout_class}" if sout_class else "",
            str(months) if months else "",
        )
        for division, post, factors, sout_class, months, _ in contingent_rows(actor, employer=employer, on=on)
    ]
    law = paper_law("contingent", on)
    return ContingentForm(
        heading=law.values["title"],
        number=f"{on:%Y}",
        on=on,
        basis=_basis(law),
        employer=Heads().party(employer, on),
        rows=tuple(rows),
        approver=Signer(),
        author=signer_of(actor),
    )


Contingent = tuple[str, str, tuple[Factor, ...], str, int | None, int]


def contingent_rows(actor: Actor, *, employer: int, on: dt.date) -> list[Contingent]:
    """Return professions in the contingent on a day: equal workplaces of a post become one row."""
    places = list(workplaces(actor, employer=employer))
    needs = months_at(actor, [place.pk for place in places], on=on)
    people: dict[int, int] = {}
    for key in employments_on(actor, employer=employer, on=on).values_list("workplace", flat=True):
        if key is not None:
            people[key] = people.get(key, 0) + 1
    lines = []
    for place in places:
        need = needs.get(place.pk)
        if need is None or not need.obliging:
            continue
        factors = tuple(
            Factor(f.code, _named(f.title, f.substances))
            for f in need.exposure.factors
            if f.code in need.obliging
        )
        post = str(place.post or place.title)
        line = (str(place.division or ""), post, factors, need.exposure.sout_class, need.months)
        lines.append((line, people.get(place.pk, 0)))
    lines.sort(key=lambda pair: (pair[0][0], pair[0][1], [f.code for f in pair[0][2]], pair[0][3]))
    return [(*line, sum(n for _, n in same)) for line, same in groupby(lines, key=lambda pair: pair[0])]


def admission_form(actor: Actor, *, employer: int, on: dt.date) -> AdmissionForm:
    """Return the journal of admission on a day."""
    return AdmissionForm(
        employer=Heads().party(employer, on),
        on=on,
        basis=_basis(paper_law("admission", on)),
        rows=tuple(AdmissionRow(*row[:6]) for row in admission_rows(actor, on=on)),
        keeper=signer_of(actor),
    )


def admission_rows(actor: Actor, *, on: dt.date) -> list[tuple[Any, ...]]:
    """Return who is admitted on a day: name, division, post, state, last day, what is forbidden."""
    rows = list(admissions_at_work(actor, on=on).order_by("person__name_rank", "pk"))
    names = names_of(actor, [row.person_id for row in rows])
    return [
        (
            names[row.person_id].full,
            str(row.employment.division or ""),
            str(row.employment.post),
            AdmissionState(row.state).title_ru,
            row.valid_until,
            ", ".join(row.barred),
            row.employment.personnel_number,
        )
        for row in rows
        if row.person_id in names
    ]


def factors_json_of(factors: Iterable[dict[str, Any]]) -> tuple[Factor, ...]:
    """Return the factors of a kept row as a form prints them."""
    return tuple(Factor(f["code"], _named(f["title"], f["substances"])) for f in factors)


def term(months: int | None) -> str:
    """Write a length of service."""
    if months is None:
        return ""
    years, rest = divmod(months, MONTHS_A_YEAR)
    return " ".join(part for part in (f"{years} л." if years else "", f"{rest} мес." if rest else "") if part)


def _named(title: str, substances: Sequence[str]) -> str:
    return f"{title}: {', '.join(substances)}" if substances else title


def _basis(law: Row) -> str:
    return f"Основание: {law.ref}"


def _planned(rows: Sequence[Referral]) -> dict[int, str]:
    """Return the days the people are invited for, by referral."""
    visits = Exam.objects.unscoped("the day of the visit is part of its referral").filter(
        referral__in=[row.pk for row in rows], planned_on__isnull=False
    )
    return {referral: f"{day:%d.%m.%Y}" for referral, day in visits.values_list("referral", "planned_on")}
