"""Accounting in the background: the package of each ended month, a word to those who are late."""

import datetime as dt

from medtrud.engines.background.public import every, job
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.messages.public import kind_declare
from medtrud.engines.messages.types import Kind
from medtrud.engines.store.public import together
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import organization_of

from ..actions import accounting_remind, month_pack
from ..queries.accounting import months_due

kind_declare(
    Kind(
        "documents.accounting_late", "Не переданы в бухгалтерию", "Откройте реестр бухгалтерских документов."
    )
)
titles_declare(
    {
        "documents.accounting_backup": "Записана годовая копия бухгалтерских документов",
        "documents.accounting_month": "Пакет бухгалтерских документов",
        "documents.accounting_remind": "Разосланы напоминания о передаче в бухгалтерию",
        "documents.document_hand": "Документ передан в бухгалтерию, реквизиты закрыты",
        "documents.month_pack": "Собран пакет бухгалтерских документов",
    }
)


@every("04:10")
def months_packed(due: dt.datetime) -> None:
    """Pack every ended month that is not packed; one that was stopped is tried again."""
    actor = Actor.job("месячный архив бухгалтерских документов")
    for organization, year, month in months_due(due.date()):
        with together():
            month_pack(actor, organization=organization, year=year, month=month)


@every("07:35")
def late_told(due: dt.datetime) -> None:
    """Remind those whose documents were not handed over by their day."""
    accounting_remind(Actor.job("передача в бухгалтерию"), on=due.date())


@job("documents.accounting_month", whole=True)
def month_made(actor: Actor, year: int, month: int) -> dict[str, object]:
    """Pack one month of one's own house."""
    made = month_pack(actor, organization=organization_of(actor).pk, year=year, month=month)
    if made.vessel_id is None:
        return {"text": f"{made}: пакет остановлен. {made.note}"}
    return {"text": f"{made}: пакет собран и доказан, документов {made.documents}."}
