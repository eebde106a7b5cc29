"""What the archive prints: inventories, the act of acceptance, acts of destruction, labels."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from medtrud.engines.files.public import content_of
from medtrud.engines.paper.public import qr_svg
from medtrud.engines.signing.public import signature_bytes, signature_check, signatures_of
from medtrud.engines.signing.types import Report
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound
from medtrud.kernel.numerals import Gender, counted, in_words

from ..drivers.container import Source
from ..models import Case, CaseCheck, Destruction, Inventory, Medium, MonthPackage, Transfer, Vessel
from ..types.archive import Line
from ..types.registers import day
from ..types.storage import CASES, DOCUMENTS, InventoryForm, LabelForm, TransferState
from .documents import versions_of
from .signing import path_of

MEGABYTE = 1 << 20
CHECKED = (
    "Проверены: отсутствие вирусов, форматы, воспроизводимость, комплектность, подписи, носитель. "
    "Результаты каждой проверки хранятся при деле и в протоколе контейнера."
)
UNITS = ("единица хранения", "единицы хранения", "единиц хранения")
WHOLE = Actor.job("the archive packs what it was given")
HEAD = (
    "№ п/п",
    "Индекс дела",
    "Заголовок дела",
    "Крайние даты",
    "Документов",
    "Объём, МБ",
    "Срок хранения",
    "Примечание",
)
WIDTHS = ("10mm", "20mm", "1fr", "26mm", "20mm", "18mm", "34mm", "34mm")
INNER = ("№ п/п", "Номер документа", "Содержание", "Дата", "Версий", "Объём, байт")
INNER_WIDTHS = ("10mm", "30mm", "1fr", "24mm", "18mm", "26mm")


def megabytes(size: int) -> str:
    """Say a size as an inventory does."""
    return f"{size / MEGABYTE:.2f}".replace(".", ",")


def final_record(lines: int, first: int, last: int, documents: int) -> str:
    """Write the final record (итоговая запись) in figures and words."""
    return (
        f"В данный раздел описи внесено {counted(lines, UNITS, Gender.FEMININE)} с № {first} по № {last}, "
        f"в том числе {counted(documents, DOCUMENTS)}."
    )


def inventory_form(about: Case | Inventory | MonthPackage, lines: Sequence[Line]) -> InventoryForm:
    """Return an inventory as it lies in a container: of a case its documents, of a year its cases."""
    units = sum(line.units for line in lines)
    if not isinstance(about, Inventory):
        return _inner_form(about, lines, units)
    rows = tuple(
        (
            str(r.number), r.index, r.title, f"{day(r.since)} – {day(r.until)}", str(r.units),
            megabytes(r.bytes), r.retention, r.note,
        )
        for r in lines
    )  # fmt: skip
    record = final_record(len(lines), 1, len(lines), units)
    return InventoryForm(f"{about} электронных дел", str(about.organization), HEAD, WIDTHS, rows, record)


def _inner_form(case: Case | MonthPackage, lines: Sequence[Line], units: int) -> InventoryForm:
    record = (
        f"В дело внесено {counted(len(lines), DOCUMENTS)} с № 1 по № {len(lines)}, "
        f"версий {units} ({in_words(units, Gender.FEMININE)})."
    )
    rows = tuple((str(r.number), r.index, r.title, day(r.since), str(r.units), str(r.bytes)) for r in lines)
    title = f"Внутренняя опись дела {case.index} «{case.title}» за {case.year} год"
    return InventoryForm(title, str(case.organization), INNER, INNER_WIDTHS, rows, record)


def inventory_print(inventory: Inventory, cases: Sequence[Case]) -> InventoryForm:
    """Return the inventory of a year as its screen shows it, with room for the signatures."""
    form = inventory_form(inventory, [line_of(case) for case in cases])
    return InventoryForm(
        form.title, form.organization, form.head, form.widths, form.rows, form.record,
        signers=(("Опись составил", inventory.author_name), ("Заведующий архивом", "")),
    )  # fmt: skip


def line_of(case: Case) -> Line:
    """Return a case as a line of the inventory of its year."""
    term = ", ".join(filter(None, (case.term, case.basis)))
    return Line(
        case.number, str(case.uid), case.index, case.title, case.since, case.until, case.documents, case.size,
        f"cases/{case.mark}.zip", term, case.note,
    )  # fmt: skip


def package_line(number: int, case: Case) -> Line:
    """Return a kept case as a line of the package of its year."""
    line = line_of(case)
    sha256 = case.vessel.sha256 if case.vessel else ""
    return Line(**{**vars(line), "number": number, "sha256": sha256})


def vessel_path(vessel: Vessel | None) -> Path:
    """Return where a container lies; the caller has shown it to the seat."""
    if vessel is None:
        raise NotFound("Контейнера у дела ещё нет: он появится после проверок при передаче в архив.")
    return content_of(WHOLE, vessel.file.uid)


def transfer_form(
    transfer: Transfer, packed: Sequence[Case], faults: Iterable[CaseCheck], on: dt.date
) -> InventoryForm:
    """Return the act of acceptance: what is handed over, what was checked, what was stopped and why."""
    rows = tuple(inventory_form(transfer.inventory, [line_of(case) for case in packed]).rows)
    documents = sum(case.documents for case in packed)
    more = [
        CHECKED,
        *(f"Не передаётся: {fault.case}. {fault.text}" for fault in faults),
    ]
    count = len(packed)
    record = (
        f"Сдано и принято {counted(count, CASES, Gender.NEUTER)}, в них {counted(documents, DOCUMENTS)}, "
        f"{megabytes(sum(case.size for case in packed))} МБ."
    )
    return InventoryForm(
        title=f"Акт приёма-передачи электронных дел от {day(on)}",
        organization=f"{transfer.organization}. {transfer.inventory}",
        head=HEAD,
        widths=WIDTHS,
        rows=rows,
        record=record,
        more=tuple(more),
        signers=(("Сдал", transfer.giver_name), ("Принял", transfer.receiver_name)),
    )


def destruction_form(row: Destruction, cases: Sequence[Case], chairman: str, member: str) -> InventoryForm:
    """Return the act of destruction."""
    rows = tuple(inventory_form(cases[0].inventory, [line_of(case) for case in cases]).rows)
    documents = sum(case.documents for case in cases)
    count = len(cases)
    record = (
        f"К уничтожению выделено {counted(count, CASES, Gender.NEUTER)}, "
        f"в них {counted(documents, DOCUMENTS)}. "
        f"Сроки хранения истекли."
    )
    return InventoryForm(
        title=f"Акт № {row.number} о выделении к уничтожению электронных дел, не подлежащих хранению",
        organization=str(row.organization),
        head=HEAD,
        widths=WIDTHS,
        rows=rows,
        record=record,
        more=(
            "Уничтожаются контейнеры дел, файлы документов и копии на носителях. Учётные записи сохраняются.",
        ),
        signers=(("Председатель экспертной комиссии", chairman), ("Член комиссии", member)),
    )


def label_form(medium: Medium, cases: Sequence[Case]) -> LabelForm:
    """Return the label of a medium."""
    copies = {copy.case_id: copy for copy in medium.cases.all() if copy.ended_on is None}
    rows = [(case.index, f"{case.title}, {case.year}", copies[case.pk].sha256[:16]) for case in cases]
    dates = sorted({copy.written_on for copy in copies.values()})
    count = len(rows)
    return LabelForm(
        number=medium.number,
        organization=str(medium.organization),
        kind=", ".join(filter(None, (medium.kind, medium.serial))),
        written=day(dates[-1]) if dates else "",
        rows=tuple(rows),
        record=f"{counted(count, CASES, Gender.NEUTER)}",
        qr=qr_svg(f"medtrud:medium:{medium.uid}"),
    )


def acts_of(inventory: Inventory, at: dt.datetime) -> tuple[list[Source], list[Report]]:
    """Return the signed acts of acceptance of an inventory with their signatures."""
    rows = Transfer.objects.unscoped("of an inventory shown to the seat").filter(
        inventory=inventory, state=TransferState.ACCEPTED, act__isnull=False
    )
    sources: list[Source] = []
    reports = []
    for number, row in enumerate(rows.select_related("act").order_by("pk"), 1):
        if row.act is None:
            continue
        version = versions_of(WHOLE, row.act)[0]
        path, name = path_of(version), f"acts/acceptance-{number}.pdf"
        sources.append(Source(name, "act", path))
        for order, each in enumerate(signatures_of([version.uid]).get(version.uid, []), 1):
            data = signature_bytes(each)
            reports.append(signature_check(data, path, at=at))
            sign = f"acts/acceptance-{number}-{order}.p7s"
            sources.append(Source(sign, "signature", data, signs=name, registered=each.added_at))
    return sources, reports
