"""A card typed by hand becomes a valid exchange file: what is missing is named, asked for and written."""

import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from medtrud.domains.hazards.drivers import place_asks, sout_stream, xsd_problems
from medtrud.domains.hazards.public import sout_cards, sout_export, sout_export_check, sout_import
from medtrud.domains.hazards.queries import card_tree
from medtrud.domains.hazards.rules.sout_indicators import indicator_options
from medtrud.domains.hazards.types.sout_file import Ask
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Organization

from .conftest import engineer, office, plant
from .test_sout_file import SHARED, schemas

__all__ = ["engineer", "office", "plant"]
ON = dt.date(2026, 3, 1)
LATIN = re.compile(r"[A-WYa-z]{2}")  # an axis may be called X
HEAD = {
    "places": "1", "assessed": "1", "region": "35", "chairman": "Иванов Иван Иванович",
    "chairman_post": "директор", "assessor": "ООО «Оценка»", "assessor_inn": "7707083893",
    "assessor_ogrn": "1027700132195", "registry": "12", "registry_on": "2016-03-01",
    "assessor_head": "Петров П. П.", "assessor_phone": "1", "assessor_email": "a@example.org",
    "assessor_address": "г. Вологда", "laboratory": "Лаборатория", "certificate": "RA.RU.21АБ12",
    "certificate_on": "2016-04-01", "employer": "ООО «Завод»", "inn": "7707083893", "ogrn": "1027700132195",
    "okpo": "00032537", "okogu": "4100104", "okato": "45293554000", "okved": "24.10",
    "email": "z@example.org", "director": "Сидоров С. С.", "legal_address": "г. Вологда",
    "post_address": "г. Вологда", "expert_0": "Павлов Павел", "expert_post_0": "эксперт",
    "tool_0": "Шумомер", "serial_0": "1", "fund_0": "12345-16", "verified_0": "2027-01-01",
}  # fmt: skip
CARD = {
    "number": "7", "position": "Слесарь", "unit": "Цех", "kind": "assessed", "workers": "2",
    "approved_on": "2026-02-01", "assessor": "ООО «Оценка»", "measured_on": "2026-01-20", "stated": "3.1",
}  # fmt: skip


def answer_for(ask: Ask, field: Any) -> str:
    """Answer a question of the form as somebody with the paper report would."""
    if field.initial not in (None, ""):
        value = field.initial
        return value.isoformat() if isinstance(value, dt.date) else str(value)
    if choices := [code for code, _ in getattr(field, "choices", ()) if code]:
        return str(choices[0])
    return {"day": "2026-01-20", "whole": "1", "number": "1"}.get(ask.kind, "методика")


def complete(office: Client, engineer: Actor, number: str) -> Any:
    card = sout_cards(engineer, on=ON).get(number=number)
    address = f"/hazards/cards/{card.uid}/details/"
    shown = office.get(address)
    assert shown.status_code == 200, shown
    form = shown.context["form"]
    assert [ask.path for ask in form.asks.values()] == [
        ask.path for ask in place_asks(*card_tree(engineer, card))
    ]
    assert not [field.label for field in form.fields.values() if LATIN.search(field.label)]
    answers = {name: answer_for(ask, form.fields[name]) for name, ask in form.asks.items()}
    return office.post(address, answers)


def valid(engineer: Actor, tmp_path: Path) -> Path:
    assert engineer.organization
    path = tmp_path / "выгрузка.xml"
    path.write_text("".join(sout_export(engineer, employer=engineer.organization, on=ON)))
    with sout_stream(path) as stream:
        assert not xsd_problems(stream, SHARED / "Sout_1.0.3.xsd")
    return path


@schemas
def test_a_card_by_hand_is_completed_written_out_valid_and_read_back_equal(
    office: Client, engineer: Actor, tmp_path: Path
) -> None:
    typed = {"indicator_0": "noise_laeq", "value_0": "83.4", "norm_0": "80", "class_0": "3.1"}
    assert office.post("/hazards/cards/new/", CARD | typed).status_code == 302
    shown = office.get("/hazards/cards/export/").content.decode().replace("\xa0", " ")
    assert "Не хватает сведений об отчёте и у 1 карты" in shown
    for said in ("председатель комиссии", "место измерения", "временной характер", "строка 040"):
        assert said in shown
    assert office.get("/hazards/cards/export/file/").status_code == 409
    report = sout_cards(engineer).get().report
    assert office.get(f"/hazards/cards/{sout_cards(engineer).get().uid}/details/").status_code == 302
    assert office.post(f"/hazards/reports/{report.uid}/head/", HEAD).status_code == 302
    assert complete(office, engineer, "7").status_code == 302
    assert "Файл готов" in office.get("/hazards/cards/export/").content.decode()
    card = sout_cards(engineer, on=ON).get()
    assert (card.version, card.stated, card.derived, card.report_id) == (2, "3.1", "3.1", report.pk)
    path = valid(engineer, tmp_path)
    downloaded = b"".join(office.get("/hazards/cards/export/file/"))
    assert downloaded == path.read_bytes()
    taken = sout_import(engineer, path=str(path), employer=None, on=ON)
    assert (taken.counts["unchanged"], taken.counts["changed"], taken.counts["new"]) == (1, 0, 0)
    assert not [each for each in taken.problems if each.level == "error"]


@schemas
@pytest.mark.parametrize("start", range(0, len(indicator_options()), 10))
def test_every_indicator_of_the_form_reaches_a_valid_file(
    start: int, office: Client, engineer: Actor, tmp_path: Path
) -> None:
    options = [code for code, _ in indicator_options()][start : start + 10]
    typed = {
        f"{name}_{number}": text
        for number, code in enumerate(options)
        for name, text in (("indicator", code), ("value", "3"), ("norm", "2"), ("class", "3.1"),
                           ("subject", "Ацетон, технический"))
    }  # fmt: skip
    answer = office.post("/hazards/cards/new/", CARD | typed)
    assert answer.status_code == 302, answer.content.decode()
    report = sout_cards(engineer).get().report
    assert office.post(f"/hazards/reports/{report.uid}/head/", HEAD).status_code == 302
    answer = complete(office, engineer, "7")
    assert answer.status_code == 302, answer.content.decode()
    text = valid(engineer, tmp_path).read_text()
    factors = {line.factor for line in sout_cards(engineer, on=ON).get().lines.all()}
    assert len(factors) == sum(f"<{tag}>" in text for tag in TAGS)


TAGS = (
    "ChemicalFactors", "BiologicalFactors", "Aerosol", "Noise", "Infrasound", "Ultrasound", "LocalVibration",
    "OverallVibration", "NonionizingRadiation", "IonizingRadiation", "Microclimate", "LightEnvironment",
    "LabourSeverity", "LabourIntensity",
)  # fmt: skip


def test_the_command_names_each_card_and_detail_and_writes_nothing(
    office: Client, plant: Organization, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    office.post("/hazards/cards/new/", CARD | {"indicator_0": "noise_laeq", "value_0": "83.4"})
    errors = io.StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("sout_export", plant.inn, stderr=errors)
    assert stop.value.code == 2
    assert "Карта № 7, Слесарь: не хватает для выгрузки — " in errors.getvalue()
    assert "Отчёт СОУТ от 01.02.2026: не хватает для выгрузки — " in errors.getvalue()
    assert b"<" not in capfdbinary.readouterr().out


def test_a_head_with_a_wrong_number_is_refused_with_its_name(office: Client, engineer: Actor) -> None:
    office.post("/hazards/cards/new/", CARD)
    report = sout_cards(engineer).get().report
    answer = office.post(f"/hazards/reports/{report.uid}/head/", HEAD | {"certificate": "12/7"})
    assert answer.status_code == 422
    assert "номер аттестата (запись не той формы)" in answer.content.decode()
    answer = office.post(f"/hazards/reports/{report.uid}/head/", HEAD | {"inn": "7707083894"})
    assert "не сходится контрольное число" in answer.content.decode()


def test_what_a_former_version_lacks_is_not_asked(office: Client, engineer: Actor) -> None:
    assert engineer.organization
    with pytest.raises(Refused, match="нет действующих карт"):
        sout_export_check(engineer, employer=engineer.organization, on=ON)
