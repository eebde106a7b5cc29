"""When exposure is counted again, and for whom."""

import datetime as dt
from collections.abc import Collection

from medtrud.domains.absences.types import AbsenceChanged
from medtrud.engines.background.public import every, job, job_start, on, on_many, progress
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.types import EmploymentClosed, EmploymentOpened, EmploymentsOpened
from medtrud.registries.people.types import PersonsMerged, PersonsUnmerged

from ..actions.card_levels import card_levels_take
from ..actions.exposure import exposures_advance, exposures_recount
from ..queries.exposure_facts import persons_at, persons_of_employer, persons_touched
from ..types import FactorsChanged
from ..types.dose import LevelsChanged
from ..types.sout_card import SoutImported

MANY = 3000  # so many people are counted while an event is delivered; more are a job of their own
COUNTING = Actor.job("подсчёт экспозиции")


@on(FactorsChanged)
def conditions_changed(event: FactorsChanged) -> None:
    """Take the levels of new cards, and count those who work or worked at the workplaces."""
    card_levels_take(COUNTING, workplaces=event.workplaces)
    _recount(persons_at(event.workplaces), "условия труда рабочего места", event.employer)


@on(SoutImported)
def cards_imported(event: SoutImported) -> None:
    """Take the levels of the cards of a report."""
    card_levels_take(COUNTING, report=event.report)


@on(LevelsChanged)
def levels_changed(event: LevelsChanged) -> None:
    """Count those who work or worked where it was measured."""
    _recount(persons_at(event.workplaces), event.cause, event.employer)


@on(EmploymentOpened)
def hired(event: EmploymentOpened) -> None:
    """Count the person."""
    _recount(persons_touched([event.person]), "приём на работу или перевод", event.employer)


@on(EmploymentClosed)
def left(event: EmploymentClosed) -> None:
    """Count the person."""
    _recount(persons_touched([event.person]), "окончание работы", event.employer)


@on(EmploymentsOpened)
def list_taken(event: EmploymentsOpened) -> None:
    """Count the people of the list."""
    _recount(persons_of_employer(event.employer, event.source), "список работников", event.employer)


@on_many(AbsenceChanged)
def absence_changed(events: list[AbsenceChanged]) -> None:
    """Count the people: days away are taken off."""
    _recount(persons_touched({event.person for event in events}), "нерабочее время")


@on(PersonsMerged)
def merged(event: PersonsMerged) -> None:
    """Count the surviving card; the other has no figures of its own any more."""
    _recount({event.gone} | persons_touched([event.kept]), "объединение карт")


@on(PersonsUnmerged)
def unmerged(event: PersonsUnmerged) -> None:
    """Count both cards again."""
    _recount(persons_touched([event.kept, event.gone]), "разъединение карт")


def _recount(persons: Collection[int], cause: str, employer: int | None = None) -> None:
    if len(persons) > MANY and employer is not None:
        job_start(
            COUNTING, job="hazards.exposures_recount", title="Подсчёт экспозиции работников",
            employer=employer, cause=cause,
        )  # fmt: skip
    elif persons:
        exposures_recount(COUNTING, persons=persons, on=today(), cause=cause)


@job("hazards.exposures_recount", whole=True)
def recount(actor: Actor, employer: int | None, cause: str) -> dict[str, object]:
    """Count everybody of an employer, or everybody."""
    persons = None if employer is None else persons_of_employer(employer, None)
    count = exposures_recount(COUNTING, persons=persons, on=today(), cause=cause, told=progress)
    return {"text": f"Новых версий экспозиции: {count}."}


@every("0 3 1 * *")
def moved_forward(due: dt.datetime) -> None:
    """Once a month count those whose conditions simply go on: stored figures keep up with the calendar."""
    del due
    exposures_advance(COUNTING, on=today())


titles_declare(
    {
        "hazards.card_levels_take": "Взяты уровни из карт СОУТ",
        "hazards.control_line_end": "Исключена строка программы производственного контроля",
        "hazards.control_line_set": "Записана строка программы производственного контроля",
        "hazards.control_lines_import": "Загружена программа производственного контроля",
        "hazards.control_lines_undo": "Отменена загрузка программы производственного контроля",
        "hazards.exposures_advance": "Экспозиция продвинута на текущий день",
        "hazards.exposures_recount": "Пересчитана экспозиция",
        "hazards.past_job_add": "Внесена прежняя работа по документу",
        "hazards.past_job_change": "Исправлена прежняя работа",
        "hazards.past_job_withdraw": "Снята запись о прежней работе",
        "hazards.protection_set": "Записана защита от фактора рабочего места",
        "hazards.protocol_record": "Записан протокол измерений",
        "hazards.protocol_withdraw": "Отозван протокол измерений",
        "hazards.protocols_record_many": "Загружены протоколы измерений",
        "hazards.protocols_undo": "Отменена загрузка протоколов",
    }
)
