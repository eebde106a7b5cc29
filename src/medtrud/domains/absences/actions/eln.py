"""Sick leaves out of exchange XML: read here, then checked, shown and written by the import wizard."""

import csv
import io

from medtrud.engines.exchange.public import Import, import_upload
from medtrud.engines.journal.public import record
from medtrud.engines.store.public import action
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused

from ..drivers import BadFileError, Leaf, eln_read

HEAD = (
    "ФИО", "СНИЛС", "Дата рождения", "Первый день", "Последний день", "Причина", "Дополнительный код",
    "Номер листка", "Первичный или продолжение", "Состояние листка", "Основание",
)  # fmt: skip
DIAGNOSIS = "Диагноз"
NAMED = 10  # faults told at once


@action
def eln_take(actor: Actor, *, content: bytes, name: str, skip_bad: bool = False) -> Import:
    """Hand the sick leaves of an exchange file to the wizard; an employer's part has no diagnosis."""
    try:
        leaves, faults = eln_read(content)
    except BadFileError as fault:
        raise Refused(str(fault)) from None
    if faults and not (skip_bad and leaves):
        told = "; ".join(f"строка {fault.line}: {fault.text}" for fault in faults[:NAMED])
        rest = f" И ещё {len(faults) - NAMED}." if len(faults) > NAMED else ""
        raise Refused(f"В файле {len(faults)} листков с ошибками. {told}{rest} Исправьте их или пропустите.")
    medical = actor.role is not Role.EMPLOYER
    target = "sick_leaves" if medical else "absences"
    stream = io.BytesIO(_table(leaves, name, medical=medical))
    row = import_upload(actor, target=target, stream=stream, name=f"{name}.csv", again=True)
    record(actor, "absences.eln_take", row.uid, leaves=len(leaves), faults=len(faults))
    return row


def _table(leaves: list[Leaf], name: str, *, medical: bool) -> bytes:
    text = io.StringIO()
    out = csv.writer(text, delimiter=";")
    out.writerow([*HEAD, DIAGNOSIS] if medical else HEAD)
    for leaf in leaves:
        line: list[object] = [
            leaf.name,
            leaf.snils,
            f"{leaf.birth:%d.%m.%Y}" if leaf.birth else "",
            f"{leaf.since:%d.%m.%Y}",
            f"{leaf.last:%d.%m.%Y}",
            leaf.reason,
            leaf.more,
            leaf.number,
            "первичный" if leaf.primary else "продолжение",
            "аннулирован" if leaf.cancelled else "продлён" if leaf.open else "закрыт",
            f"ЭЛН, {name}, строка {leaf.line}",
        ]
        out.writerow([*line, leaf.diagnosis] if medical else line)
    return text.getvalue().encode("utf-8-sig")
