"""The personal card of equipment as it is printed."""

import datetime as dt

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import name_of

from ..rules.ppe import amount
from ..types.ppe import PpeMoveKind
from ..types.ppe_card import CardForm
from .ppe import moves_of, norms_on, ppe_issues, sizes_of

SEX = {"male": "мужской", "female": "женский"}


def card_form(actor: Actor, job: Employment, on: dt.date) -> CardForm:
    """Return the card of a worker at one of his jobs: sizes, norms, issues with what became of them."""
    who, sizes = name_of(actor, job.person_id), sizes_of(actor, job.person_id)
    issued = list(ppe_issues(actor).filter(person=job.person_id).order_by("on", "pk"))
    moves = moves_of(actor, [row.pk for row in issued])
    return CardForm(
        employer=str(job.employer),
        name=who.full,
        sex=SEX.get(who.sex, ""),
        number=job.personnel_number,
        division=str(job.division or ""),
        post=str(job.post or ""),
        since=job.since,
        sizes=tuple(
            (title, getattr(sizes, name) if sizes else "")
            for name, title in (
                ("height", "Рост"),
                ("clothes", "Одежда"),
                ("shoes", "Обувь"),
                ("head", "Головной убор"),
                ("respirator", "СИЗОД"),
                ("gloves", "СИЗ рук"),
            )
        ),
        norms=tuple(
            (
                row.item.title,
                ", ".join(filter(None, (row.item.point, row.basis))),
                row.item.unit,
                amount(row.quantity),
                f"{row.months} мес." if row.months else "до износа",
            )
            for row in norms_on(actor, job, on)
        ),
        issues=tuple(
            (
                ", ".join(filter(None, (row.item.title, row.model, row.size))),
                f"{row.on:%d.%m.%Y}",
                amount(row.quantity),
                row.certificate.number,
                "; ".join(
                    f"{PpeMoveKind(move.kind).title_ru.lower()} {move.on:%d.%m.%Y}, {amount(move.quantity)}"
                    for move in moves.get(row.pk, [])
                ),
            )
            for row in issued
        ),
    )
