"""Who is entitled to milk and therapeutic nutrition, and how much a month takes: pure."""

import datetime as dt
from decimal import Decimal

from medtrud.kernel.decision import Decision, Reason
from medtrud.kernel.errors import Refused
from medtrud.kernel.law import LegalRef

from ..types.nutrition import Conditions, Entitled, Guarantee, Rights

CARD = LegalRef(
    "Федеральный закон от 28.12.2013 № 426-ФЗ",
    "карта СОУТ, строка 040",
    "nutrition",
    "040",
    dt.date(2014, 1, 1),
)
LABOUR = LegalRef("Трудовой кодекс РФ", "ст. 222", "nutrition", "222", dt.date(2002, 2, 1))


def rights(conditions: Conditions) -> Decision[Rights]:
    """Answer by line 040 of the card; without a card by the class, and where neither is known say so.

    The lists of factors (291н) and of jobs (298н) are not loaded: a harmful class alone decides nothing.
    """
    milk, why_milk = _right("Молоко", conditions.milk, conditions.harmful)
    ration, why_ration = _right("Лечебно-профилактическое питание", conditions.ration, conditions.harmful)
    reasons = [why_milk, why_ration]
    if milk is Entitled.YES and ration is Entitled.YES:
        milk = Entitled.NO
        reasons.append(Reason("Кто получает лечебно-профилактическое питание, молока не получает", LABOUR))
    return Decision(Rights(milk, ration), tuple(reasons))


def _right(name: str, said: Guarantee, harmful: bool | None) -> tuple[Entitled, Reason]:  # noqa: FBT001
    if said.needed is not None:
        answer = "предусмотрено" if said.needed else "не предусмотрено"
        ground = f": {said.ground}" if said.ground else ""
        text = f"{name}: {answer} картой {said.card}{ground}".replace("  ", " ")
        return (Entitled.YES if said.needed else Entitled.NO), Reason(text, CARD)
    if harmful is False:
        return Entitled.NO, Reason(f"{name}: условия труда не вредные", LABOUR)
    if harmful is None:
        return Entitled.UNKNOWN, Reason(f"{name}: класс условий труда не известен", LABOUR)
    text = f"{name}: условия вредные, но карта о нём молчит, а перечень факторов не загружен"
    return Entitled.UNKNOWN, Reason(text, LABOUR)


def month_amount(portion: Decimal, shifts: int, shifts_most: int) -> Decimal:
    """Return how much a month takes: one portion for each shift with at least the share of harmful time."""
    if shifts < 0 or shifts > shifts_most:
        raise Refused(f"Смен {shifts}, а в месяце их не больше {shifts_most}. Исправьте число смен.")
    return portion * shifts
