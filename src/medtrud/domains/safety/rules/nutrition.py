"""Who is entitled to milk and therapeutic nutrition, and how much a month takes: pure."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused

from ..types.nutrition import Conditions, Entitled, Ground, Guarantee, Rights, grounds_on


def rights(conditions: Conditions, on: dt.date) -> Decision[Rights]:
    """Answer by line 040 of the card; without a card by the class, and where neither is known say so.

    The lists of factors (291н) and of jobs (298н) are not loaded: a harmful class alone decides nothing.
    Refuses a day for which the grounds are not loaded.
    """
    grounds = grounds_on(on)
    milk, why_milk = _right("Молоко", conditions.milk, conditions.harmful, grounds)
    ration, why_ration = _right(
        "Лечебно-профилактическое питание", conditions.ration, conditions.harmful, grounds
    )
    reasons = [why_milk, why_ration]
    if milk is Entitled.YES and ration is Entitled.YES:
        milk = Entitled.NO
        reasons.append(_reason(grounds["instead"].title, grounds["instead"]))
    return Decision(Rights(milk, ration), tuple(reasons))


def _right(
    name: str,
    said: Guarantee,
    harmful: bool | None,  # noqa: FBT001
    grounds: Mapping[str, Ground],
) -> tuple[Entitled, Reason]:
    if said.needed is not None:
        answer = "предусмотрено" if said.needed else "не предусмотрено"
        why = f": {said.ground}" if said.ground else ""
        text = f"{name}: {answer} картой {said.card}{why}".replace("  ", " ")
        return (Entitled.YES if said.needed else Entitled.NO), _reason(text, grounds["card"])
    by_class = grounds["harmful"]
    if harmful is False:
        return Entitled.NO, _reason(f"{name}: условия труда не вредные", by_class)
    if harmful is None:
        return Entitled.UNKNOWN, _reason(f"{name}: класс условий труда не известен", by_class)
    text = f"{name}: условия вредные, но карта о нём молчит, а перечень факторов не загружен"
    return Entitled.UNKNOWN, _reason(text, by_class)


def _reason(text: str, ground: Ground) -> Reason:
    """Repeat what nobody has compared with the text of the act."""
    return Reason(f"{text} ({ground.caution})" if ground.caution else text, ground.basis)


def month_amount(portion: Decimal, shifts: int, shifts_most: int) -> Decimal:
    """Return how much a month takes: one portion for each shift with at least the share of harmful time."""
    if shifts < 0 or shifts > shifts_most:
        raise Refused(f"Смен {shifts}, а в месяце их не больше {shifts_most}. Исправьте число смен.")
    return portion * shifts
