"""Prices of the clinic, and what the services of a campaign come to."""

import datetime as dt
from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import contract_on, requisites_on
from medtrud.registries.people.public import names_of

from ..models import Campaign, Exam, ExamLine, ServicePrice
from ..rules.services import billed
from ..types.services import (
    AccountingPaper,
    Performed,
    Price,
    ServiceLine,
    Services,
    ServicesForm,
    Side,
    rubles,
    sum_in_words,
)
from .papers import FORMS

DONE = "done"  # credited results of other places are not paid for
WHOLE = ("№", "Услуга", "Количество", "Цена, руб.", "Сумма, руб.")
WIDTHS = ("11mm", "1fr", "24mm", "28mm", "32mm")
PEOPLE = ("№", "Фамилия, имя, отчество", "Должность", "Завершён", "Услуг", "Сумма, руб.")
PEOPLE_WIDTHS = ("11mm", "1fr", "58mm", "22mm", "16mm", "28mm")


def prices(actor: Actor) -> QuerySet[ServicePrice]:
    """Return the price lists of the clinic, earlier prices too."""
    rows: QuerySet[ServicePrice] = ServicePrice.objects.visible_to(actor)
    return rows.filter(cancelled=False).select_related("contract__employer")


def price_of(actor: Actor, uid: UUID) -> ServicePrice:
    """Return one price; a stranger gets 404."""
    return find(ServicePrice, actor, uid)


def contract_of(actor: Actor, campaign: Campaign) -> Any:
    """Return the contract of a campaign: the one it names, or the one in force when it began."""
    if campaign.contract_id is not None:
        return campaign.contract
    return contract_on(actor, employer=campaign.employer_id, clinic=campaign.clinic_id, on=campaign.since)


def services_of(actor: Actor, campaign: Campaign) -> Services:
    """Return what was performed at the visits of a campaign, with the prices of the days of the services."""
    lines = ExamLine.objects.visible_to(actor).filter(exam__campaign=campaign, state=DONE)
    done = lines.values_list("exam", "kind", "code", "title", "done_on").order_by("pk")
    return billed((Performed(*row) for row in done), _prices(actor, contract_of(actor, campaign)))


def _prices(actor: Actor, contract: Any) -> list[Price]:
    key = contract.pk if contract else None
    rows = prices(actor).filter(Q(contract=None) | Q(contract=key)).order_by("pk")
    return [
        Price(row.kind, row.code, row.price_kopecks, row.since, row.until, row.contract_id is not None)
        for row in rows
    ]


def services_form(
    actor: Actor, campaign: Campaign, found: Services, kind: AccountingPaper, on: dt.date
) -> ServicesForm:
    """Return a paper of accounting of a campaign as it is printed."""
    people = kind is AccountingPaper.REGISTER
    contract = contract_of(actor, campaign)
    since, last = found.since or campaign.since, found.last or on
    return ServicesForm(
        title=kind.title_ru,
        subtitle=f"{campaign.title}, № {campaign.number}; услуги оказаны {since:%d.%m.%Y} – {last:%d.%m.%Y}",
        clinic=_side(campaign.clinic_id, on),
        employer=_side(campaign.employer_id, on),
        contract=f"договор {contract}" if contract else "",
        head=PEOPLE if people else WHOLE,
        widths=PEOPLE_WIDTHS if people else WIDTHS,
        rows=_people(actor, found) if people else tuple(map(_row, enumerate(found.lines, 1))),
        total=rubles(found.kopecks),
        words=sum_in_words(found.kopecks),
        basis=f"Составлено {on:%d.%m.%Y} по картам осмотров: учтены выполненные услуги, зачтённые результаты "
        "других организаций не учтены.",
    )


def _row(numbered: tuple[int, ServiceLine]) -> tuple[str, ...]:
    number, line = numbered
    return str(number), line.title, str(line.count), rubles(line.kopecks), rubles(line.total)


def _people(actor: Actor, found: Services) -> tuple[tuple[str, ...], ...]:
    visits = _visits(actor, found.by_exam)
    names = names_of(FORMS, [row.person_id for row in visits])
    return tuple(
        (
            str(number),
            names[row.person_id].full if row.person_id in names else "",
            row.referral.post,
            f"{row.finished_on:%d.%m.%Y}" if row.finished_on else "",
            str(found.by_exam[row.pk][0]),
            rubles(found.by_exam[row.pk][1]),
        )
        for number, row in enumerate(visits, 1)
    )


def _visits(actor: Actor, exams: Collection[int]) -> list[Exam]:
    rows = Exam.objects.visible_to(actor).filter(pk__in=list(exams)).select_related("referral")
    return list(rows.order_by("person__name_rank", "pk"))


def _side(organization: int, on: dt.date) -> Side:
    found = requisites_on(FORMS, organization, on=on)
    told = (
        f"ИНН {found.inn}" if found.inn else "",
        f"КПП {found.kpp}" if found.kpp else "",
        f"ОГРН {found.ogrn}" if found.ogrn else "",
        found.address,
    )
    return Side(found.name, ", ".join(filter(None, told)))
