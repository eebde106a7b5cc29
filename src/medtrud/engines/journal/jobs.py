"""What the journal does by itself, and its long jobs."""

import csv
import datetime as dt
import io
import logging
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from medtrud.engines.background.public import every, job, output, progress
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .actions import anchor_set, suspicions_find
from .models import Line
from .queries import lines, title_of, titles_declare, verify
from .rules import canonical

log = logging.getLogger(__name__)
COLUMNS = (
    "номер",
    "когда",
    "кто",
    "рабочее место",
    "организация",
    "код действия",
    "действие",
    "исход",
    "вид предмета",
    "предмет",
    "факты",
    "отпечаток",
)

titles_declare(
    {
        "journal.chain_verify": "Запущена проверка журнала",
        "journal.line_export": "Выгружен журнал",
        "journal.suspicion_close": "Разобрано подозрение",
        "journal.suspicions_find": "Замечено подозрительное",
        "journal.watch_change": "Изменено правило подозрений",
    }
)


@every("0 * * * *")
def anchor(at: dt.datetime) -> None:
    """Note the end of the chain in a table of its own and in the log of the process, which lies elsewhere."""
    noted = anchor_set(Actor.job("отметка журнала по расписанию"))
    if noted is not None:
        log.warning("Журнал действий: строка № %s, отпечаток %s", noted.number, noted.hash)


@every("*/5 * * * *")
def suspicions(at: dt.datetime) -> None:
    """Look for what is suspicious."""
    suspicions_find(Actor.job("правила подозрительных действий"), at=at)


@job("journal.verify")
def verify_chain(actor: Actor) -> dict[str, Any]:
    """Walk the chain; a break is the result, not a fault."""
    check = verify(lambda done, total: progress(done, total, "Проверяю строки"))
    if check.broken:
        raise Refused(check.text)
    return {"text": check.text}


@job("journal.export")
def export(actor: Actor, filters: dict[str, str]) -> dict[str, Any]:
    """Write the lines into a file for the desk that asked."""
    rows = lines(actor, **filters_of(filters)).order_by("number")
    return output("журнал.csv", "text/csv; charset=utf-8", _csv(rows, rows.count()))


def filters_of(typed: dict[str, str]) -> dict[str, Any]:
    """Read filters as the screen sends them; days are those of the installation, the last one included."""
    read: dict[str, Any] = {
        name: typed[name].strip() for name in ("text", "outcome", "role") if typed.get(name)
    }
    for name, shift in (("since", 0), ("until", 1)):
        if typed.get(name):
            try:
                day = dt.date.fromisoformat(typed[name])
            except ValueError as error:
                text = f"Даты «{typed[name]}» нет в календаре. Исправьте день, месяц или год."
                raise Refused(text) from error
            midnight = dt.datetime.combine(day + dt.timedelta(days=shift), dt.time())
            read[name] = timezone.make_aware(midnight)
    return read


def _csv(rows: Any, total: int) -> Iterator[bytes]:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    text.write("\ufeff")
    writer.writerow(COLUMNS)
    for done, line in enumerate(rows.iterator(chunk_size=2000), 1):
        writer.writerow(_cells(line))
        if done % 2000 == 0:
            progress(done, total, "Пишу строки")
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _cells(line: Line) -> list[str]:
    cells = [
        str(line.number),
        timezone.localtime(line.at).isoformat(sep=" ", timespec="seconds"),
        line.name,
        line.role_title,
        str(line.organization or ""),
        line.action,
        title_of(line.action),
        line.outcome_title,
        line.label,
        str(line.object or ""),
        canonical(line.facts),
        line.hash,
    ]
    # A cell that begins like a formula would be run by the spreadsheet of whoever opens the file.
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@") else cell for cell in cells]
