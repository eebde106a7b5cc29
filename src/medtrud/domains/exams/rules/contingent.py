"""Who is subject to examinations: which assigned factors count under the class of conditions."""

import datetime as dt

from medtrud.domains.hazards.types import annex_on, classes
from medtrud.kernel.decision import Decision

from ..types import FactorFacts, Facts, Why
from .law import policies, policy_ref, tables_on

EVERY = "all_codes"


def counted_factors(facts: Facts, on: dt.date) -> Decision[tuple[FactorFacts, ...]]:
    """Какие из назначенных кодов вводят работника в контингент.

    Приказ № 29н, Порядок, пп. 10, 21, порога класса условий труда не называют: действует правило
    contingent_policy. Неизвестный класс считается вредным: ошибка в сторону осмотра.
    """
    tables, annex = tables_on(on), annex_on(on)
    choice = policies(on, facts.policy)["contingent_policy"]
    known_classes = classes()
    kept: list[FactorFacts] = []
    reasons = []
    for factor in facts.factors:
        row = annex.get(factor.code)
        known = known_classes.get(factor.sout_class or facts.sout_class)
        harmless = known is not None and not known.harmful
        drops = choice.value != EVERY and row is not None and row.production and harmless
        if drops and known and row:
            text = f"Фактор {row}: класс условий труда {known.code}, в контингент по нему не входит"
        else:
            kept.append(factor)
            text = f"Код {row or factor.code} вводит работника в контингент"
        reasons.append(
            Why(text, policy_ref(tables, choice), factor.code, rule="contingent", note=choice.basis)
        )
    return Decision(tuple(kept), tuple(reasons))


def in_contingent(facts: Facts, on: dt.date) -> Decision[bool]:
    """Подлежит ли работник обязательным осмотрам (пп. 1, 20, 21)."""
    counted = counted_factors(facts, on)
    return Decision(bool(counted.outcome), counted.reasons)
