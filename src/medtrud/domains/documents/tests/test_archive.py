"""The archive: a year is closed, checked, sealed, accepted by both sides, kept, and destroyed by an act."""

import datetime as dt
import io
import json
import zipfile
from pathlib import Path
from uuid import UUID

import pytest

from medtrud.domains.documents import actions
from medtrud.domains.documents.actions import headings
from medtrud.domains.documents.drivers.proof import prove
from medtrud.domains.documents.models import Inventory, MediumLine, Transfer
from medtrud.domains.documents.public import (
    document_annul,
    document_create,
    document_open,
    requests_sign,
    requests_waiting,
    version_add,
)
from medtrud.domains.documents.queries import archive, packing
from medtrud.domains.documents.types import Content, DocumentIn, Flow
from medtrud.domains.documents.types.storage import HeadingIn, IssueKind
from medtrud.engines.background.public import run_pending
from medtrud.engines.files.public import content_of
from medtrud.engines.files.types import Look
from medtrud.engines.signing.public import Offline
from medtrud.engines.store.public import now
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused

from .houses import JOB, House, text
from .shelves import CLOSED, LATE, YEAR, closed, kept_case, letters, memo, proved, transferred

pytestmark = pytest.mark.django_db


def test_a_year_goes_into_the_archive_and_proves_itself(
    plant: House, archivist: Actor, tmp_path: Path
) -> None:
    letters(plant)
    memo(plant)
    memo(plant, signed=False)
    inventory = closed(archivist)
    assert [(c.index, c.documents) for c in archive.cases_in(archivist, inventory)] == [
        ("01-03", 3),
        ("01-05", 1),
    ]
    transfer = transferred(plant, archivist, inventory)
    assert transfer.state == "accepted"
    rows = list(archive.cases_in(archivist, inventory))
    assert {row.state for row in rows} == {"kept"}
    assert [{check.code for check in archive.checks_of(archivist, row)} for row in rows] == [
        {"viruses", "formats", "reproducibility", "completeness", "signatures", "media"}
    ] * 2
    assert all(proved(row.vessel) for row in rows)
    inventory.refresh_from_db()
    opened = actions.container_open(archivist, inventory=inventory.uid)
    found = prove(Path(opened.path), Offline(), now())
    assert found.whole
    assert [case.facts["lines"] for case in found.cases] == [3, 1]
    assert len([one for one in found.signatures if one["signs"].startswith("acts/")]) == 2
    with zipfile.ZipFile(content_of(JOB, rows[0].vessel.file.uid)) as box:  # type: ignore[union-attr]
        assert box.read("documents/0002/v1/content.txt").decode() == "письмо 2"
        assert box.read("documents/0002/v2/content.txt").decode() == "исправлено"
        assert box.read("documents/0001/v1/copy.pdf").startswith(b"%PDF")


def test_an_accepted_document_is_not_changed_any_more(plant: House, archivist: Actor) -> None:
    row, *_ = letters(plant)
    transferred(plant, archivist, closed(archivist))
    with pytest.raises(Refused, match="сдан в архив"):
        document_annul(plant.actor, document=row.uid, reason="ошибка")


def test_what_fails_a_check_is_named_and_the_good_cases_go_on(plant: House, archivist: Actor) -> None:
    letters(plant)
    facts = DocumentIn(kind="protocol", title="Замеры", on=dt.date(YEAR, 6, 1), flow=Flow.INCOMING)
    bad = Content(io.BytesIO(b"\0\1\2\3" * 50), "замеры.bin")
    row = document_create(plant.actor, document=facts, content=bad)
    inventory = closed(archivist)
    transfer = transferred(plant, archivist, inventory)
    states = {case.index: case.state for case in archive.cases_in(archivist, inventory)}
    assert states == {"01-03": "kept", "02-05": "stopped"}
    (fault,) = archive.faults_of(archivist, transfer)
    assert fault.code == "formats"
    assert "Замеры" in fault.text
    version_add(plant.actor, document=row.uid, content=text("замеры"), reason="в открытом формате")
    again = actions.transfer_open(
        archivist, inventory=inventory.uid, giver=plant.actor.account or 0, receiver=archivist.account or 0
    )
    run_pending()
    again.refresh_from_db()
    assert again.state == "checked"
    assert again.checks.get(code="formats").text.endswith("сохранены как есть: 1.")
    case = archive.cases_in(archivist, inventory).get(index="02-05")
    assert proved(case.vessel)
    with zipfile.ZipFile(content_of(JOB, case.vessel.file.uid)) as box:  # type: ignore[union-attr]
        assert box.read("documents/0001/v1/content.bin").startswith(b"\0\1\2\3")


def test_a_heavy_case_is_split_into_volumes_and_each_proves_itself(
    plant: House, archivist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(plant, 4)
    monkeypatch.setattr(headings, "LARGEST", 40)  # bytes: two short letters, and the corrected one alone
    inventory = closed(archivist)
    transferred(plant, archivist, inventory)
    rows = list(archive.cases_in(archivist, inventory))
    assert [(row.number, row.volume, row.documents) for row in rows] == [(1, 1, 1), (2, 2, 1), (3, 3, 2)]
    assert str(rows[1]) == "Дело 01-03, том 2, за 2025 год"
    inventory.refresh_from_db()
    opened = actions.container_open(archivist, inventory=inventory.uid)
    found = prove(Path(opened.path), Offline(), now())
    assert found.whole
    assert len(found.cases) == 3
    with zipfile.ZipFile(opened.path) as box:
        assert "cases/01-03-tom-2.zip" in box.namelist()


def test_a_document_heavier_than_a_volume_is_named(
    plant: House, archivist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(plant, 2)
    monkeypatch.setattr(headings, "LARGEST", 1)
    with pytest.raises(Refused, match="«О шуме 1» один больше"):
        closed(archivist)


def test_a_silent_scanner_stops_the_case_and_a_long_file_is_told(
    plant: House, archivist: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    letters(plant, 2)
    inventory = closed(archivist)

    def silent(_: Path) -> Look:
        raise Refused("Антивирус не отвечает.")

    monkeypatch.setattr(packing, "content_look", silent)
    stopped = transfer_open(plant, archivist, inventory)
    assert stopped.state == "dropped"
    (fault,) = archive.faults_of(archivist, stopped)
    assert "версия 1: не проверено. Антивирус не отвечает" in fault.text
    monkeypatch.setattr(packing, "content_look", lambda _: Look("", 1, partly=True))
    checked = transfer_open(plant, archivist, inventory)
    assert checked.state == "checked"
    viruses = checked.checks.get(code="viruses")
    assert "Не проверено целиком, только по частям (длиннее, чем берёт антивирус): «О шуме 1»" in viruses.text


def transfer_open(plant: House, archivist: Actor, inventory: Inventory) -> Transfer:
    sides = {"giver": plant.actor.account or 0, "receiver": archivist.account or 0}
    row = actions.transfer_open(archivist, inventory=inventory.uid, **sides)
    run_pending()
    row.refresh_from_db()
    return row


def test_a_lost_byte_stops_the_transfer(plant: House, archivist: Actor) -> None:
    row = memo(plant)
    inventory = closed(archivist)
    path = Path(document_open(plant.actor, document=row.uid).path)
    kept = path.read_bytes()
    path.write_bytes(b"x" + kept[1:])
    try:
        transfer = actions.transfer_open(
            archivist,
            inventory=inventory.uid,
            giver=plant.actor.account or 0,
            receiver=archivist.account or 0,
        )
        run_pending()
    finally:
        path.write_bytes(kept)
    transfer.refresh_from_db()
    assert transfer.state == "dropped"
    assert {fault.code for fault in archive.faults_of(archivist, transfer)} == {"signatures"}


def test_both_sides_are_two_people(plant: House, archivist: Actor) -> None:
    letters(plant)
    inventory = closed(archivist)
    one = archivist.account or 0
    with pytest.raises(Refused, match="не один человек"):
        actions.transfer_open(archivist, inventory=inventory.uid, giver=one, receiver=one)


def test_a_year_is_closed_by_an_approved_list_only(plant: House, archivist: Actor) -> None:
    letters(plant)
    actions.nomenclature_open(archivist, year=YEAR)
    with pytest.raises(Refused, match="не утверждена"):
        actions.year_close(archivist, year=YEAR, on=CLOSED)
    line = HeadingIn("09-01", "Прочее", ("letter_in",))
    with pytest.raises(Refused, match="уже идут в дело"):
        actions.heading_set(archivist, year=YEAR, line=line)
    with pytest.raises(Refused, match="с основанием"):
        actions.heading_set(archivist, year=YEAR, line=HeadingIn("09-01", "Прочее", ("roll",), years=5))
    actions.nomenclature_approve(archivist, year=YEAR, on=CLOSED)
    with pytest.raises(Refused, match="ещё не кончился"):
        actions.year_close(archivist, year=YEAR, on=dt.date(2025, 12, 31))
    actions.year_close(archivist, year=YEAR, on=CLOSED)
    with pytest.raises(Refused, match="Закрывать нечего"):
        actions.year_close(archivist, year=YEAR, on=CLOSED)


def test_destruction_waits_for_the_term_the_hold_and_the_commission(plant: House, archivist: Actor) -> None:
    case = kept_case(plant, archivist)
    commission = {"chairman": plant.actor.account or 0, "member": archivist.account or 0}
    with pytest.raises(Refused, match="срок хранения не истёк"):
        actions.destruction_open(archivist, cases=[case.uid], **commission, on=dt.date(2030, 12, 31))
    actions.hold_set(archivist, case=case.uid, reason="запрос суда", on=LATE)
    with pytest.raises(Refused, match="запрет"):
        actions.destruction_open(archivist, cases=[case.uid], **commission, on=LATE)
    actions.hold_end(archivist, case=case.uid, reason="дело кончено", on=LATE)
    row = actions.destruction_open(archivist, cases=[case.uid], **commission, on=LATE)
    with pytest.raises(Refused, match="подписала вся комиссия"):
        actions.destruction_carry_out(archivist, destruction=row.uid, on=LATE)
    for signer in (plant.actor, archivist):
        requests_sign(signer, requests=[one.uid for one in requests_waiting(signer)])
    run_pending()
    actions.destruction_carry_out(archivist, destruction=row.uid, on=LATE)
    case.refresh_from_db()
    assert case.state == "destroyed"
    with pytest.raises(Refused, match="уничтожено по акту"):
        actions.container_open(archivist, case=case.uid)
    item = archive.items(archivist).first()
    assert item is not None
    with pytest.raises(NotFound, match="Акт № 1 о выделении"):
        document_open(plant.actor, document=item.document.uid)


def test_a_hold_set_after_the_act_keeps_the_case(plant: House, archivist: Actor) -> None:
    case = kept_case(plant, archivist)
    row = actions.destruction_open(
        archivist, cases=[case.uid], chairman=plant.actor.account or 0, member=archivist.account or 0, on=LATE
    )
    for signer in (plant.actor, archivist):
        requests_sign(signer, requests=[one.uid for one in requests_waiting(signer)])
    run_pending()
    actions.hold_set(archivist, case=case.uid, reason="проверка", on=LATE)
    actions.destruction_carry_out(archivist, destruction=row.uid, on=LATE)
    case.refresh_from_db()
    assert case.state == "kept"
    assert proved(case.vessel)


def test_media_are_written_checked_by_the_answer_of_the_command_and_written_off(
    plant: House, archivist: Actor
) -> None:
    case = kept_case(plant, archivist)
    medium = actions.medium_add(archivist, number="М-1", kind="M-Disc", serial="1", place="Сейф", on=CLOSED)
    actions.medium_write(archivist, medium=medium.uid, inventory=case.inventory.uid, on=CLOSED)
    assert archive.medium_of(archivist, medium.uid).due_on == dt.date(2031, 1, 15)
    assert case.vessel is not None
    answer = prove(content_of(JOB, case.vessel.file.uid), Offline(), now()).as_json()
    report = json.dumps(answer).encode()
    actions.medium_check(archivist, medium=medium.uid, on=LATE, ok=True, text="", report=report)
    answer["valid"] = False
    report = json.dumps(answer).encode()
    row = actions.medium_check(archivist, medium=medium.uid, on=LATE, ok=True, text="", report=report)
    assert row.state == "faulty"
    answer["facts"]["uid"] = str(UUID(int=0))
    for wrong in (b"{}", b"garbage", json.dumps(answer).encode()):
        with pytest.raises(Refused):
            actions.medium_check(archivist, medium=medium.uid, on=LATE, ok=True, text="", report=wrong)
    lines = MediumLine.objects.visible_to(archivist).values_list("deed", "ok")
    assert list(lines) == [("added", None), ("written", True), ("checked", True), ("checked", False)]


def test_the_archive_looks_after_its_containers(plant: House, archivist: Actor) -> None:
    case = kept_case(plant, archivist)
    rows = list(archive.vessels_stamped_before(now() + dt.timedelta(days=800)))
    assert len(rows) == 2  # the case and the package of the year
    actions.vessels_stamp(JOB, vessels=rows)
    actions.vessels_stamp(JOB, vessels=rows)
    opened = actions.container_open(archivist, case=case.uid)
    found = prove(Path(opened.path), Offline(), now())
    assert found.whole
    assert found.facts["renewals"] == 2
    data = bytearray(Path(opened.path).read_bytes())
    data[data.rindex(b"<near") if b"<near" in data else data.rindex(b"renewal")] ^= 1
    Path(opened.path).write_bytes(bytes(data))
    assert not prove(Path(opened.path), Offline(), now()).whole
    Path(opened.path).unlink()
    (vessel,) = archive.vessels_before(now() + dt.timedelta(days=1))
    assert actions.vessel_check(JOB, vessel=vessel).ok


def test_a_copy_and_a_certificate_are_issued_and_noted(plant: House, archivist: Actor) -> None:
    kept_case(plant, archivist)
    item = archive.items_found(archive.items(archivist), "шум").first()
    assert item is not None
    for kind in IssueKind:
        row = actions.issue_make(
            archivist, item=item.uid, kind=kind, asked_by="Иванов И. И.", basis="запрос № 5", on=CLOSED
        )
        assert row.sealed
        assert Path(actions.issue_open(archivist, issue=row.uid).path).read_bytes().startswith(b"%PDF")
    assert [row.number for row in archive.issues(archivist)] == [2, 1]
    with pytest.raises(Refused, match="кто запросил"):
        actions.issue_make(archivist, item=item.uid, kind=IssueKind.COPY, asked_by="", basis="", on=CLOSED)


def test_another_house_sees_nothing_of_the_archive(plant: House, clinic: House, archivist: Actor) -> None:
    case = kept_case(plant, archivist)
    assert not archive.cases(clinic.actor).exists()
    with pytest.raises(NotFound):
        archive.case_of(clinic.actor, case.uid)
