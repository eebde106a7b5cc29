"""The archive in the background: transfers, packages, signed acts, and the care of what is kept."""

import datetime as dt
from uuid import UUID

from medtrud.engines.background.public import every, job, on, position, position_save, progress
from medtrud.engines.journal.public import titles_declare
from medtrud.engines.store.public import find, today, together
from medtrud.kernel.actor import Actor

from ..actions import (
    case_pack,
    destruction_approve,
    package_make,
    transfer_accept,
    transfer_checked,
    vessel_check,
    vessels_stamp,
)
from ..models import Transfer
from ..queries.archive import cases_in, vessels_before, vessels_stamped_before
from ..types import DocumentSigned
from ..types.storage import CaseState, TransferState, term

PORTION = 50  # containers proved in a night
STAMPED = 5000  # containers under one time stamp

titles_declare(
    {
        "documents.case_destroy": "Уничтожено дело",
        "documents.case_pack": "Проверено и собрано дело",
        "documents.container_open": "Выдан контейнер архива",
        "documents.destruction_approve": "Утверждён акт об уничтожении",
        "documents.destruction_carry_out": "Исполнен акт об уничтожении",
        "documents.destruction_open": "Составлен акт об уничтожении",
        "documents.heading_drop": "Убрана строка номенклатуры дел",
        "documents.heading_set": "Изменена строка номенклатуры дел",
        "documents.hold_end": "Снят запрет уничтожения дела",
        "documents.hold_set": "Наложен запрет уничтожения дела",
        "documents.issue_make": "Выдана архивная копия или справка",
        "documents.issue_open": "Открыта выданная копия или справка",
        "documents.items_find": "Искали документы человека в архиве",
        "documents.medium_add": "Принят на учёт носитель архива",
        "documents.medium_check": "Проверен носитель архива",
        "documents.medium_end": "Списан носитель архива",
        "documents.medium_move": "Перемещён носитель архива",
        "documents.medium_write": "Записан носитель архива",
        "documents.nomenclature_approve": "Утверждена номенклатура дел",
        "documents.nomenclature_open": "Составлена номенклатура дел",
        "documents.package_make": "Собран пакет года",
        "documents.transfer_accept": "Приняты дела в архив",
        "documents.transfer_checked": "Закончены проверки при передаче",
        "documents.transfer_offer": "Составлен акт приёма-передачи",
        "documents.transfer_open": "Начата передача дел в архив",
        "documents.transfer_run": "Передача дел в архив",
        "documents.vessel_check": "Доказан хранимый контейнер",
        "documents.vessels_stamp": "Обновлены отметки времени контейнеров",
        "documents.year_close": "Закрыт год: документы разложены в дела",
    }
)


@job("documents.transfer_run")
def transfer_run(actor: Actor, transfer: UUID) -> dict[str, object]:
    """Check and pack every case of a transfer; after a stop it goes on with the next one."""
    row = find(Transfer, actor, transfer)
    if row.state != TransferState.CHECKING:
        return {"text": "Передача уже проверена."}
    rows = cases_in(actor, row.inventory)
    done = set(position().get("done", []))
    total = (
        len(done) + rows.filter(state__in=(CaseState.CLOSED, CaseState.STOPPED)).exclude(uid__in=done).count()
    )
    for case in rows.filter(state__in=(CaseState.CLOSED, CaseState.STOPPED)).exclude(uid__in=done):
        progress(len(done), total, f"Проверяю и собираю: {case}")
        with together():
            case_pack(actor, transfer=transfer, case=case.uid)
            done.add(str(case.uid))
            position_save({"done": sorted(done)})
    progress(total, total, "Проверки закончены")
    ended = transfer_checked(actor, transfer=transfer)
    stopped = cases_in(actor, ended.inventory).filter(state=CaseState.STOPPED).count()
    said = f"Проверено дел: {len(done)}."
    return {"text": f"{said} Остановлено: {stopped}." if stopped else f"{said} Все годны к передаче."}


@job("documents.package_make", whole=True)
def package(actor: Actor, transfer: UUID) -> dict[str, object]:
    """Make the package of a year."""
    made = package_make(actor, transfer=transfer)
    return {"text": f"Пакет года готов: {made}."}


@on(DocumentSigned)
def archive_signed(event: DocumentSigned) -> None:
    """An act of the archive has been signed by everybody it was sent to."""
    if event.module == "archive":
        transfer_accept(Actor.job("акт приёма-передачи подписан"), act=event.document, on=event.on)
        destruction_approve(Actor.job("акт об уничтожении подписан"), act=event.document)


@every("03:40")
def vessels_care(due: dt.datetime) -> None:
    """Prove again the containers nobody has proved for long, and renew old time stamps in one batch."""
    actor, on_day = Actor.job("уход за архивом"), today()
    for vessel in vessels_before(due - dt.timedelta(days=term("proof_days", on_day)))[:PORTION]:
        with together():
            vessel_check(actor, vessel=vessel)
    old = list(vessels_stamped_before(due - dt.timedelta(days=term("stamp_days", on_day)))[:STAMPED])
    if old:
        with together():
            vessels_stamp(actor, vessels=old)
