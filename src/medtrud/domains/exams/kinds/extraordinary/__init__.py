"""Extraordinary examination (внеочередной осмотр)."""

import datetime as dt
from dataclasses import replace

from medtrud.kernel.decision import Decision

from ...rules import programme
from ...types import ExamKind, Facts

CODE = "extraordinary"


def due(facts: Facts, on: dt.date) -> Decision[dt.date | None]:
    """По направлению работодателя при рекомендации врачей или после нетрудоспособности (п. 19 Порядка).

    Срока приказ не называет: день, на который выдано направление.
    """
    decision = programme(replace(facts, kind=CODE), on)
    return Decision(on if decision.outcome.lines else None, decision.reasons)


KIND = ExamKind(code=CODE, title="Внеочередной осмотр", due=due)
