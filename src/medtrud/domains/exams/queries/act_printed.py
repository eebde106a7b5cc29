"""The act as a printed form and as a workbook."""

import io
from collections.abc import Iterable
from typing import Any

import xlsxwriter

from medtrud.kernel.actor import Actor
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from ..models import ActMember, FinalAct
from ..rules.decisions import act_items
from ..types.act import ActDisease, ActMeasure, ActPerson, ActSuspicion, Count, FinalActForm
from .act_measures import measures_of
from .act_view import LISTS, members_of_item, opens
from .papers import FORMS, ORDER, Heads, factors_of, signer_of

SHORT_SEX = {"male": "муж.", "female": "жен."}
UNKNOWN = "имя не передано"
HEAD = (
    "№",
    "Фамилия, имя, отчество",
    "Пол",
    "Дата рождения",
    "Подразделение",
    "Должность",
    "Факторы",
    "Результат",
)


def act_form(actor: Actor, act: FinalAct) -> FinalActForm:
    """Return the act as the order lays it out; every addressee gets the same paper."""
    heads = Heads()
    counts = {int(item): Count(**count) for item, count in act.items["counts"].items()}
    rows = list(ActMember.objects.visible_to(actor).filter(act=act, items__overlap=[10, 12, 14, 23]))
    names = names_of(FORMS, {row.person_id for row in rows})
    rows.sort(key=lambda row: names[row.person_id].full)

    def total(item: int) -> int:
        return counts[item].total

    def people(item: int) -> tuple[ActPerson, ...]:
        return tuple(_person(row, names[row.person_id]) for row in rows if item in row.items)

    return FinalActForm(
        number=str(act.number),
        version=act.version,
        replaces=f"версию {act.version - 1}" if act.version > 1 else "",
        basis=f"{ORDER}пп. 45-47",
        period=f"{act.campaign.since:%d.%m.%Y} – {act.as_of:%d.%m.%Y}",
        clinic=heads.party(act.clinic_id, act.signed_on),
        on=act.signed_on,
        employer=heads.party(act.employer_id, act.signed_on),
        staff=counts[4],
        harmful=total(5),
        public_health=counts[6],
        subject=counts[7],
        examined=counts[8],
        coverage=act.items["coverage"],
        examined_list=people(10),
        unfinished=counts[11],
        unfinished_list=people(12),
        absent=counts[13],
        absent_list=people(14),
        fit=total(15),
        unfit=total(16),
        additional=total(17),
        center=total(18),
        outpatient=total(19),
        inpatient=total(20),
        sanatorium=total(21),
        dispensary=total(22),
        suspicions=tuple(_suspicion(row, names[row.person_id], act) for row in rows if 23 in row.items),  # noqa: PLR2004
        chronic=_diseases(act.items["chronic"]),
        occupational=_diseases(act.items["occupational"]),
        infectious=_diseases(act.items["infectious"]),
        fulfilled=tuple(ActMeasure(row["text"], row["state"]) for row in act.items["fulfilled"]),
        recommended=tuple(ActMeasure(row.text) for row in measures_of(act)),
        chairman=signer_of(act.chair),
    )


def _person(row: ActMember, name: PersonName) -> ActPerson:
    return ActPerson(name.full, SHORT_SEX[name.sex], name.birth_date, row.division, row.outcome)


def _suspicion(row: ActMember, name: PersonName, act: FinalAct) -> ActSuspicion:
    factors = factors_of(row.codes, act.as_of)
    return ActSuspicion(name.full, SHORT_SEX[name.sex], name.birth_date, row.division, row.post, factors)


def _diseases(rows: Iterable[dict[str, Any]]) -> tuple[ActDisease, ...]:
    return tuple(ActDisease(row["icd_class"], row["title"], row["count"]) for row in rows)


def act_workbook(actor: Actor, act: FinalAct) -> bytes:
    """Return the lists of the act that this seat may open, one sheet per item."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "dd.mm.yyyy"}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        for item in act_items(act.as_of):
            if opens(item, actor.role) and item.number not in LISTS.values():
                _sheet(book, bold, actor, act, item.number)
    return out.getvalue()


def _sheet(book: Any, bold: Any, actor: Actor, act: FinalAct, number: int) -> None:
    sheet = book.add_worksheet(f"Пункт {number}")
    title = next(item.title for item in act_items(act.as_of) if item.number == number)
    sheet.write(0, 0, f"Пункт {number}. {title}. Акт {act}", bold)
    for column, head in enumerate(HEAD):
        sheet.write(1, column, head, bold)
    sheet.set_column(1, 1, 34)
    sheet.set_column(4, 7, 26)
    rows = list(members_of_item(actor, act, number))
    names = names_of(actor, {row.person_id for row in rows})
    rows.sort(key=lambda row: names[row.person_id].full if row.person_id in names else "")
    for place, row in enumerate(rows, start=1):
        for column, cell in enumerate(_cells(row, names.get(row.person_id)), start=1):
            if isinstance(cell, str):
                sheet.write_string(place + 1, column, cell)  # a text beginning with "=" is no formula
            elif cell:
                sheet.write_datetime(place + 1, column, cell)
        sheet.write_number(place + 1, 0, place)


def _cells(row: Any, name: PersonName | None) -> tuple[Any, ...]:
    who = (name.full, SHORT_SEX[name.sex], name.birth_date) if name else (UNKNOWN, "", None)
    if isinstance(row, ActMember):
        return (*who, row.division, row.post, ", ".join(row.codes), row.outcome)
    return (*who, "", "", "", row.detail)
