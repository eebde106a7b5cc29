"""Reading exchange XML of the sick leave (ЭЛН 2.0): answers to an employer, packets of a clinic.

Elements are known by their local names: the two sides use different namespaces for the same row, and later
versions of the exchange may use others. Nothing outside the file is ever fetched.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

CODE, SNILS, DECLARED = 12, 11, 4096
OPEN, CANCELLED = ("010", "020"), "090"


class BadFileError(ValueError):
    """The file as a whole cannot be read; the text is for a person."""


@dataclass(frozen=True)
class Leaf:
    """One sick leave of the file."""

    line: int
    name: str
    snils: str
    birth: dt.date | None
    number: str
    reason: str
    more: str
    primary: bool
    since: dt.date
    last: dt.date
    open: bool
    cancelled: bool
    diagnosis: str  # a clinic's packet has it, an employer's answer never does


@dataclass(frozen=True)
class Fault:
    """What is wrong with one sick leave of the file."""

    line: int
    text: str


def eln_read(content: bytes) -> tuple[list[Leaf], list[Fault]]:
    """Return the sick leaves of a file and the faults of those that cannot be taken."""
    leaves: list[Leaf] = []
    faults: list[Fault] = []
    for row in _rows(_root(content)):
        try:
            leaves.append(_leaf(row))
        except ValueError as fault:
            faults.append(Fault(_line(row), str(fault)))
    if not leaves and not faults:
        raise BadFileError(
            "В файле нет листков нетрудоспособности (элементов lnCode с treatPeriods). Проверьте, тот "
            "ли это файл."
        )
    return leaves, faults


def _root(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as fault:
        line = fault.position[0] if fault.position else 0
        raise BadFileError(f"Файл не читается как XML, строка {line}. Выгрузите его заново.") from None
    if b"<!DOCTYPE" in content[:DECLARED]:
        raise BadFileError(
            "В файле есть описание DOCTYPE: такие файлы не принимаются. Выгрузите его без описания."
        )
    return root


def _rows(root: etree._Element) -> Iterator[etree._Element]:
    for element in root.iter(etree.Element):
        if _child(element, "lnCode") is not None and _child(element, "treatPeriods") is not None:
            yield element


def _line(row: etree._Element) -> int:
    return int(str(row.sourceline or 0))


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if _local(child) == name), None)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: etree._Element, name: str) -> str:
    child = _child(element, name)
    return (child.text or "").strip() if child is not None else ""


def _leaf(row: etree._Element) -> Leaf:
    number, snils, state = _text(row, "lnCode"), _text(row, "snils"), _text(row, "lnState")
    if len(number) != CODE or not number.isdigit():
        raise ValueError(f"Номер листка «{number}»: нужно 12 цифр.")
    if len(snils) != SNILS or not snils.isdigit():
        raise ValueError(f"Листок {number}: СНИЛС «{snils}», нужно 11 цифр без разделителей.")
    since, last = _period(row, number)
    reason = _text(row, "reason1")
    if not reason:
        raise ValueError(f"Листок {number}: не указан код причины reason1.")
    return Leaf(
        line=_line(row),
        name=" ".join(filter(None, (_text(row, part) for part in ("surname", "name", "patronymic")))),
        snils=snils,
        birth=_day(_text(row, "birthday"), number) if _text(row, "birthday") else None,
        number=number,
        reason=_text(row, "reason3") or reason,
        more=_text(row, "reason2"),
        primary=_text(row, "primaryFlag") in {"true", "1"},
        since=since,
        last=last,
        open=state in OPEN,
        cancelled=state == CANCELLED,
        diagnosis=_text(row, "diagnos"),
    )


def _period(row: etree._Element, number: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of the treatment periods; they leave no gap."""
    days = sorted(
        (_day(_text(each, "treatDt1"), number), _day(_text(each, "treatDt2"), number))
        for each in row.iter(etree.Element)
        if _local(each) == "treatPeriod"
    )
    if not days:
        raise ValueError(f"Листок {number}: нет ни одного периода лечения.")
    for since, last in days:
        if last < since:
            raise ValueError(f"Листок {number}: период с {since:%d.%m.%Y} кончается раньше, {last:%d.%m.%Y}.")
    for (_, last), (since, _) in pairwise(days):
        if since != last + dt.timedelta(days=1):
            raise ValueError(
                f"Листок {number}: между {last:%d.%m.%Y} и {since:%d.%m.%Y} разрыв или пересечение."
            )
    return days[0][0], days[-1][1]


def _day(text: str, number: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"Листок {number}: «{text}» - не дата вида ГГГГ-ММ-ДД.") from None
