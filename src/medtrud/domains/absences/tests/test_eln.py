"""Exchange XML of sick leaves: both sides of the exchange are read, faults are named by line."""

import datetime as dt
import re
from pathlib import Path

import pytest
from lxml import etree

from medtrud.domains.absences.actions import eln_take
from medtrud.domains.absences.drivers import BadFileError, eln_read
from medtrud.domains.absences.public import (
    absence_of,
    absences,
    absences_undo,
    days_absent,
    history_of,
    medical_of,
)
from medtrud.domains.record.public import entries_about
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import (
    Import,
    import_commit,
    import_of,
    imports,
    problem_text,
    problems,
)
from medtrud.kernel.errors import Refused

from .conftest import JOB, Plant

SCHEMAS = Path(__file__).parents[6] / "shared/schemas/eln"
official = pytest.mark.skipif(
    not SCHEMAS.is_dir(), reason=f"official schemas not found at {SCHEMAS}: XSD checks skipped"
)
PERIOD = """<treatFullPeriod>
  <treatPeriod><treatDt1>{}</treatDt1><treatDt2>{}</treatDt2></treatPeriod>
</treatFullPeriod>"""
ROW = """
  <row>
    <snils>{snils}</snils><surname>Ивановааб</surname><name>Пётр</name>
    <lnCode>{number}</lnCode>
    <primaryFlag>true</primaryFlag><reason1>01</reason1><birthday>1980-05-01</birthday>
    {diagnosis}
    <treatPeriods>{periods}</treatPeriods>
    <lnState>{state}</lnState>
  </row>"""
SNILS = "11223344595"
SINCE, UNTIL = dt.date(2026, 1, 1), dt.date(2027, 1, 1)


def packet(*rows: str) -> bytes:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<rowset xmlns="urn:any">'
    return f"{head}{''.join(rows)}\n</rowset>".encode()


def row(*, middle: str = "2026-03-06", **facts: str) -> str:
    periods = PERIOD.format("2026-03-02", middle) + PERIOD.format("2026-03-07", "2026-03-10")
    known = {"snils": SNILS, "number": "910000000001", "diagnosis": "", "state": "030", "periods": periods}
    return ROW.format(**(known | facts))


def test_a_packet_of_a_clinic_brings_the_leave_and_its_diagnosis(plant: Plant) -> None:
    man = plant.hire(snils=SNILS)
    doctor = plant.clinic(man)
    made = eln_take(doctor, content=packet(row(diagnosis="<diagnos>J06.9</diagnos>")), name="пакет.xml")
    run_pending()
    import_commit(doctor, uid=made.uid)
    run_pending()
    [found] = absences(doctor)
    assert (str(found.since), str(found.until), found.number) == ("2026-03-02", "2026-03-11", "910000000001")
    assert medical_of(doctor, [found.document])[found.document].diagnosis == "J06.9"


def test_an_employer_who_gets_a_packet_with_a_diagnosis_keeps_none_of_it(plant: Plant) -> None:
    man = plant.hire(snils=SNILS)
    made = eln_take(plant.hr, content=packet(row(diagnosis="<diagnos>J06.9</diagnos>")), name="ответ.xml")
    run_pending()
    import_commit(plant.hr, uid=made.uid)
    run_pending()
    [found] = absences(plant.hr)
    assert found.person_id == man
    assert medical_of(JOB, [found.document]) == {}


def test_faults_are_named_by_line_and_good_leaves_can_go_on_without_them(plant: Plant) -> None:
    plant.hire(snils=SNILS)
    content = packet(
        row(number="12"),
        row(snils="1"),
        row(middle="2026-03-04", number="910000000002"),
        row(number="910000000004"),
    )
    with pytest.raises(Refused) as refusal:
        eln_take(plant.hr, content=content, name="ответ.xml")
    text = refusal.value.text
    assert "строка 3: Номер листка «12»: нужно 12 цифр" in text
    assert re.search(r"строка \d+: Листок 910000000002: между 04.03.2026 и 07.03.2026 разрыв", text)
    assert eln_take(plant.hr, content=content, name="ответ.xml", skip_bad=True)


def taken(plant: Plant, *rows: str) -> Import:
    made = eln_take(plant.hr, content=packet(*rows), name="ответ.xml")
    run_pending()
    import_commit(plant.hr, uid=made.uid)
    run_pending()
    return import_of(plant.hr, made.uid)


def test_an_annulled_leave_is_cancelled_by_a_version_and_another_takes_its_days(plant: Plant) -> None:
    man = plant.hire(snils=SNILS)
    taken(plant, row())
    [document] = [each.document for each in absences(plant.hr)]
    made = taken(plant, row(number="910000000002"), row(state="090"))
    assert made.state == "committed"
    assert [each.number for each in absences(plant.hr)] == ["910000000002"]
    assert [version.state for version in history_of(plant.hr, absence_of(plant.hr, document))] == [
        "cancelled",
        "closed",
    ]
    titles = [entry.title for entry in entries_about(JOB, document).order_by("pk")]
    assert titles[-1] == "Листок нетрудоспособности аннулирован"
    assert days_absent(JOB, persons=[man], since=SINCE, until=UNTIL) == {man: 9}


def test_an_annulment_undone_lets_the_leave_count_again(plant: Plant) -> None:
    man = plant.hire(snils=SNILS)
    taken(plant, row())
    made = taken(plant, row(state="090"))
    assert days_absent(JOB, persons=[man], since=SINCE, until=UNTIL) == {}
    absences_undo(plant.hr, file=made.uid)
    assert days_absent(JOB, persons=[man], since=SINCE, until=UNTIL) == {man: 9}
    [leave] = absences(plant.hr)
    titles = [entry.title for entry in entries_about(JOB, leave.document).order_by("pk")]
    assert titles[-1] == "Листок нетрудоспособности: болезнь, 9 дн."


def test_an_annulment_of_an_unknown_leave_changes_nothing_and_says_so(plant: Plant) -> None:
    plant.hire(snils=SNILS)
    with pytest.raises(Refused, match="записывать нечего"):
        taken(plant, row(state="090"))
    made = imports(plant.hr)[0]
    assert "Аннулировать нечего" in problem_text(made, problems(plant.hr, made)[0])


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"<a><b></a>", "не читается как XML, строка 1"),
        (b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "DOCTYPE"),
        (b"<a/>", "нет листков"),
        (b"", "не читается"),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(content: bytes, text: str) -> None:
    with pytest.raises(BadFileError, match=text):
        eln_read(content)


@official
def test_the_official_sample_of_a_clinic_is_valid_and_read() -> None:
    content = (SCHEMAS / "sample_mo_request.xml").read_bytes()
    etree.XMLSchema(etree.parse(SCHEMAS / "FileOperationsLnMo.xsd")).assertValid(etree.fromstring(content))
    [leaf], faults = eln_read(content)
    assert faults == []
    assert (leaf.number, leaf.diagnosis, leaf.reason, leaf.open) == ("900000000017", "J06.9", "01", True)
    assert (str(leaf.since), str(leaf.last)) == ("2025-03-01", "2025-03-07")


@official
def test_the_answer_to_an_employer_has_no_place_for_a_diagnosis() -> None:
    text = (SCHEMAS / "FileOperationsLnIns.xsd").read_text(encoding="utf8")
    assert "ResponseRow" in text
    assert "diagnos" not in text.lower()


def test_without_the_official_schemas_the_reason_is_told() -> None:
    assert "official schemas not found" in official.kwargs["reason"]
