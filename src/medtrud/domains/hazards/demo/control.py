"""Invented production control: a programme, protocols of four years, some overdue, some exceeded."""

import datetime as dt
from collections.abc import Iterable
from random import Random

from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Workplace

from ..actions import control_line_set, protocols_record_many
from ..models import WorkplaceFactor
from ..queries.control import control_lines, factors_open
from ..types.control import ControlLineIn, InstrumentIn, ProtocolIn, ValueIn
from ..types.dose import Measure, dose_kind
from .career import PLACE

LEVELS = {"2": 0.9, "3.1": 1.04, "3.2": 1.1, "3.3": 1.16}
METHODS = {
    Measure.NOISE: "ГОСТ Р ИСО 9612",
    Measure.LOCAL: "МИ ПКФ 14-008",
    Measure.WHOLE: "МИ ПКФ 14-008",
    Measure.DUST: "МУК 4.1.2468-09",
}
LABORATORY = "ООО «Испытательный центр «Северная лаборатория»"
MISSED = 5  # every fifth workplace was forgotten this year
YEARS = 3


def control(actor: Actor, *, employer: int, on: dt.date) -> None:
    """Write a programme for what can be measured and a protocol a year."""
    if control_lines(actor, employer=employer).exists():
        return
    rows = factors_open(actor, employer=employer).exclude(
        workplace__number=PLACE
    )  # the life counted by hand stays as it was counted
    rows = rows.select_related("workplace").order_by("workplace", "code_order")
    met = [row for row in rows if dose_kind(row.code).measure is not Measure.CLASSES]
    since = on - dt.timedelta(days=365 * YEARS + 40)
    for row in met:
        kind = dose_kind(row.code)
        line = ControlLineIn(
            row.workplace_id, row.code, 12, method=METHODS[kind.measure],
            basis="программа производственного контроля, утверждена 10.01.2024",
        )  # fmt: skip
        control_line_set(actor, line=line, since=since)
    random = Random(7)
    for back in range(YEARS, -1, -1):
        day = on - dt.timedelta(days=365 * back + 25)
        taken = [row for number, row in enumerate(met) if back or number % MISSED]
        values = tuple(_values(random, taken, back))
        if values:
            until = day + dt.timedelta(days=200)
            instrument = InstrumentIn("Шумомер-виброметр Экофизика-110А", "АВ-120345", "С-ВЗ/15-02", until)
            protocol = ProtocolIn(
                f"ПК-{day:%Y}/1", day, LABORATORY, values, (instrument,),
                issued_on=day + dt.timedelta(days=7), accreditation="RA.RU.000000",
            )  # fmt: skip
            protocols_record_many(actor, protocols=[protocol], on=on)


def _values(random: Random, rows: Iterable[WorkplaceFactor], back: int) -> Iterable[ValueIn]:
    for row in rows:
        measure = dose_kind(row.code).measure
        share = LEVELS.get(row.sout_class or "3.1", 1.0) + back * 0.006
        place: Workplace = row.workplace
        if measure is Measure.NOISE:
            level = round(80 * share + random.uniform(-1.5, 1.5), 1)
            yield ValueIn(place.pk, row.code, level, "дБА", norm_max=80.0, uncertainty=1.6)
        elif measure is Measure.DUST:
            level = round(2 * share + random.uniform(-0.5, 0.4), 2)
            yield ValueIn(
                place.pk, row.code, level, "мг/м³", norm_max=2.0, uncertainty=0.4, category="IIа", shifts=247
            )
        else:
            norm = 2.0 if measure is Measure.LOCAL else 0.56
            level = round(norm * share + random.uniform(-0.2, 0.2) * norm, 2)
            yield ValueIn(place.pk, row.code, level, "м/с²", norm_max=norm, uncertainty=0.1)
