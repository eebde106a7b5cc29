"""One factor or the class of one workplace, by hand."""

import datetime as dt
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import workplace_of

from ..queries import factors_of
from ..types import FactorIn, WorkplaceFactors, code_clean
from .factors import said, write_factors


@action
def factor_set(actor: Actor, *, workplace: UUID, factor: FactorIn, since: dt.date, basis: str = "") -> None:
    """Record a factor of a workplace from a day on, in place of what was said of this code before."""
    place = workplace_of(actor, workplace)
    code = code_clean(factor.code)
    others = [each for each in _now(actor, place.pk) if each.code != code]
    row = WorkplaceFactors(place.pk, (*others, factor))
    if not write_factors(actor, [row], since=since, basis=basis):
        raise Refused(f"Фактор {code} уже записан так. Измените вещества, класс или дату.")
    record(actor, "hazards.factor_set", place, code=code, since=since)


@action
def factor_end(actor: Actor, *, workplace: UUID, code: str, since: dt.date, basis: str = "") -> None:
    """Record that a workplace has a factor no longer from a day on."""
    place = workplace_of(actor, workplace)
    now = _now(actor, place.pk)
    others = tuple(each for each in now if each.code != code)
    if len(others) == len(now):
        raise Refused(f"Фактора {code} у рабочего места нет. Обновите страницу.")
    write_factors(actor, [WorkplaceFactors(place.pk, others)], since=since, basis=basis)
    record(actor, "hazards.factor_end", place, code=code, since=since)


@action
def class_set(
    actor: Actor, *, workplace: UUID, sout_class: str, card_number: str = "", since: dt.date, basis: str = ""
) -> None:
    """Record the total class of conditions of a workplace from a day on."""
    place = workplace_of(actor, workplace)
    row = WorkplaceFactors(place.pk, None, sout_class, card_number)
    if not write_factors(actor, [row], since=since, basis=basis):
        raise Refused("Этот класс и эта карта уже записаны. Измените класс, номер карты или дату.")
    record(actor, "hazards.class_set", place, sout_class=sout_class, since=since)


def _now(actor: Actor, workplace: int) -> list[FactorIn]:
    return [said(row) for row in factors_of(actor, workplace=workplace).filter(until__isnull=True)]
