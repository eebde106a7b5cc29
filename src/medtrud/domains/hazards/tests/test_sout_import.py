"""A report of conditions taken in: new, changed and unchanged cards, classes fed, faults listed, undone."""

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from lxml import etree

from medtrud.domains.hazards.drivers import sout_stream, xsd_problems
from medtrud.domains.hazards.public import (
    classes_valid_on,
    employer_named,
    sout_cards,
    sout_check,
    sout_import,
    sout_undo,
)
from medtrud.domains.hazards.queries import lines_of_card, sout_export
from medtrud.domains.hazards.types import SoutOutcome
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import (
    Organization,
    division_open,
    workplace_open,
    workplaces,
)

from .conftest import engineer, plant
from .sout_xml import SIMILAR, alike, assessed, report
from .test_sout_file import SHARED, schemas

__all__ = ["engineer", "plant"]
ON = dt.date(2026, 3, 1)
APPROVED = dt.date(2025, 11, 20)
Take = Callable[..., SoutOutcome]


@pytest.fixture
def take(engineer: Actor, tmp_path: Path) -> Take:
    def take(text: str, *, write: bool = True, **more: Any) -> SoutOutcome:
        path = tmp_path / "отчёт.xml"
        path.write_text(text)
        if write:
            return sout_import(engineer, path=str(path), employer=None, on=ON, **more)
        return sout_check(engineer, path=str(path), employer=None, on=ON, **more)

    return take


def test_a_check_writes_nothing_and_an_import_says_the_same(engineer: Actor, take: Take) -> None:
    text = report(assessed("2"), assessed("3", value=79, stated="2"))
    checked = take(text, write=False)
    assert not sout_cards(engineer).exists()
    taken = take(text)
    assert checked.counts == taken.counts
    assert taken.counts["new"] == 2
    card = sout_cards(engineer).get(number="2")
    assert (card.stated, card.derived, card.differs, card.unit) == ("3.1", "3.1", False, "Участок")
    assert card.workplace.division
    assert card.workplace.division.path == "Цех / Участок"
    assert card.measured_on == dt.date(2024, 12, 20)


def test_an_equal_file_changes_nothing(engineer: Actor, take: Take) -> None:
    text = report(assessed("2"), assessed("3"))
    take(text)
    again = take(text)
    assert again.counts["unchanged"] == 2
    assert again.saved is None
    assert sout_cards(engineer).count() == 2


def test_a_newer_report_ends_the_former_card_on_its_approval(engineer: Actor, take: Take) -> None:
    take(report(assessed("2"), assessed("3")))
    newer = take(report(assessed("2", value=90, stated="3.2"), approved="2026-02-01"))
    assert (newer.counts["changed"], newer.counts["class_changed"], newer.counts["removed"]) == (1, 1, 1)
    former, card = sout_cards(engineer).filter(number="2").order_by("version")
    assert former.until == card.since == dt.date(2026, 2, 1)
    assert (former.stated, card.stated, card.version) == ("3.1", "3.2", 2)
    assert sout_cards(engineer, on=ON).get(number="3").until is None


def test_a_whole_report_ends_the_cards_it_does_not_name(engineer: Actor, take: Take) -> None:
    take(report(assessed("2"), assessed("3")))
    take(report(assessed("2", value=84), approved="2026-02-01"), whole=True)
    assert sout_cards(engineer).get(number="3").until == dt.date(2026, 2, 1)


def test_an_older_report_replaces_nothing(engineer: Actor, take: Take) -> None:
    take(report(assessed("2"), approved="2026-02-01"))
    older = take(report(assessed("2", value=90, stated="3.2")))
    assert "Прежний отчёт не заменяет новый" in older.problems[-1].text
    assert sout_cards(engineer).count() == 1


def test_the_class_of_a_card_is_the_class_of_its_workplace(engineer: Actor, take: Take) -> None:
    take(report(assessed("2")))
    row = classes_valid_on(ON).get()
    assert (row.sout_class, row.since, row.card_number) == ("3.1", APPROVED, "2")


def test_a_stated_class_that_does_not_follow_is_marked_not_changed(engineer: Actor, take: Take) -> None:
    taken = take(report(assessed("2", value=88.4, stated="3.1")))
    assert taken.counts["differs"] == 1
    card = sout_cards(engineer).get()
    line = lines_of_card(engineer, card)[0]
    assert (line.stated, line.derived, line.differs) == ("3.1", "3.2", True)
    assert "88,4" in line.reasons[0]["text"]
    assert line.reasons[0]["table"] == "sout_vibroacoustic"
    assert card.derivation["differs"][0] == "шум: в отчёте 3.1, по измерениям 3.2"
    assert classes_valid_on(ON).get().sout_class == "3.1"


def test_a_total_that_does_not_follow_from_its_factors_is_marked(engineer: Actor, take: Take) -> None:
    take(report(assessed("2", stated="3.1", total="3.2")))
    card = sout_cards(engineer).get()
    assert card.differs
    assert card.derivation["follows"] == "3.1"


def test_good_workplaces_are_kept_and_bad_ones_are_listed(engineer: Actor, take: Take) -> None:
    bad = assessed("3").replace("<Position>Токарь</Position>", "")
    taken = take(report(assessed("2"), bad, assessed("4", tool="T9")))
    assert (taken.counts["new"], taken.counts["bad"]) == (1, 2)
    texts = [problem.text for problem in taken.problems]
    assert "Нет обязательного элемента «Position»." in texts
    assert "шум: средства измерений «T9» в списке лаборатории нет." in texts


def test_a_level_below_zero_keeps_the_workplace_out(take: Take) -> None:
    taken = take(report(assessed("2", value=-88.4)), write=False)
    assert (taken.counts["new"], taken.counts["bad"]) == (0, 1)
    assert taken.problems[0].text == "Значение «-88.4» не подходит: отрицательным оно не бывает."


def test_a_unit_of_another_kind_and_an_impossible_level_are_told(take: Take) -> None:
    other = assessed("2").replace('<Value Unit="дБА">', '<Value Unit="м/с2">', 1)
    taken = take(report(other, assessed("3", value=888)), write=False)
    texts = [problem.text for problem in taken.problems if problem.level == "warning"]
    assert any("единица «м/с2», нужна дБА" in text for text in texts)
    assert any("888 больше 250, так не бывает" in text for text in texts)


def test_an_instrument_whose_verification_has_ended_is_named(take: Take) -> None:
    taken = take(report(assessed("2", measured="2025-11-01")), write=False)
    assert "поверка которого кончилась 01.01.2025" in taken.problems[0].text
    assert taken.counts["bad"] == 0


def test_a_similar_workplace_inherits_the_lines_of_its_group(engineer: Actor, take: Take) -> None:
    take(report(alike("2", "5А"), SIMILAR.format(number="5А", stated="3.1"), assessed("2")))
    card = sout_cards(engineer).get(number="5А")
    assert card.kind == "similar"
    assert [line.factor for line in lines_of_card(engineer, card)] == ["noise"]


def test_factors_that_repeat_are_one_line(engineer: Actor, take: Take) -> None:
    twice = assessed("2").replace("</Factors>", "</Factors><Factors/>")
    take(report(twice))
    assert len(lines_of_card(engineer, sout_cards(engineer).get())) == 1


def test_a_workplace_known_by_division_and_title_is_found(
    engineer: Actor, plant: Organization, take: Take
) -> None:
    shop = division_open(engineer, employer=plant.pk, title="Цех", parent=None)
    section = division_open(engineer, employer=plant.pk, title="Участок", parent=shop.uid)
    place = workplace_open(engineer, employer=plant.pk, title="Токарь", division=section.uid)
    take(report(assessed("2")))
    assert sout_cards(engineer).get().workplace_id == place.pk
    assert workplaces(engineer, employer=plant.pk).count() == 1


def test_a_stranger_s_report_is_refused(take: Take) -> None:
    with pytest.raises(Refused, match="отчёт другого работодателя"):
        take(report(assessed("2"), inn="0098765437"))


def test_a_report_before_any_methodology_is_refused(take: Take) -> None:
    with pytest.raises(Refused, match="нет действующей методики"):
        take(report(assessed("2"), approved="2010-01-01"))


def test_an_import_is_undone_whole(engineer: Actor, plant: Organization, take: Take) -> None:
    first = take(report(assessed("2")))
    second = take(report(assessed("2", value=90, stated="3.2"), assessed("9"), approved="2026-02-01"))
    sout_undo(engineer, uid=second.uid)
    card = sout_cards(engineer).get()
    assert (card.number, card.until, card.stated) == ("2", None, "3.1")
    assert classes_valid_on(ON).get().sout_class == "3.1"
    sout_undo(engineer, uid=first.uid)
    assert not sout_cards(engineer).exists()
    assert not workplaces(engineer, employer=plant.pk).exists()
    assert not classes_valid_on(ON).exists()


def test_an_import_that_later_cards_replaced_is_not_undone(engineer: Actor, take: Take) -> None:
    first = take(report(assessed("2")))
    take(report(assessed("2", value=90, stated="3.2"), approved="2026-02-01"))
    with pytest.raises(Refused, match="уже заменены"):
        sout_undo(engineer, uid=first.uid)


def test_numbers_of_workers_are_sealed(engineer: Actor, take: Take) -> None:
    take(report(assessed("2", snils="900-000-059 00")))
    card = sout_cards(engineer).get()
    assert b"900-000-059" not in bytes(card.box)


@schemas
def test_what_is_written_out_is_valid_and_equal(engineer: Actor, take: Take, tmp_path: Path) -> None:
    text = report(
        alike("2", "5А"), SIMILAR.format(number="5А", stated="3.1"), assessed("2", snils="900-000-059 00")
    )
    take(text)
    assert engineer.organization
    path = tmp_path / "назад.xml"
    path.write_text("".join(sout_export(engineer, employer=engineer.organization, on=ON)))
    with sout_stream(path) as stream:
        assert not xsd_problems(stream, SHARED / "Sout_1.0.3.xsd")
    assert canonical(path.read_bytes()) == canonical(text.encode())


def canonical(text: bytes) -> bytes:
    return etree.tostring(
        etree.fromstring(text, etree.XMLParser(remove_blank_text=True)), method="c14n"
    )  # fmt: skip


def told(*words: str) -> tuple[dict[str, Any], int]:
    out, status = io.StringIO(), 0
    try:
        call_command(*words, stdout=out, stderr=io.StringIO())
    except SystemExit as stop:
        status = int(stop.code or 0)
    return json.loads(out.getvalue()), status


def test_the_command_counts_and_names_faults_by_line(plant: Organization, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(report(assessed("2"), assessed("3").replace("<Position>Токарь</Position>", "")))
    said, status = told("sout_import", str(path), "--dry-run", "--json")
    assert (said["counts"]["new"], said["counts"]["bad"], status) == (1, 1, 0)
    assert said["errors"][-1]["line"] > 20
    path.write_text("<a/>")
    said, status = told("sout_import", str(path), "--dry-run", "--json")
    assert "корнем Attestation" in said["refused"]
    assert said["errors"][0]["text"] == said["refused"]
    assert (said["counts"]["errors"], status) == (1, 2)
    missing, status = told("sout_import", str(tmp_path / "нет.xml"), "--dry-run", "--json")
    assert status == 2
    assert "не открывается" in missing["refused"]


def test_nothing_named_is_no_employer(plant: Organization) -> None:
    with pytest.raises(Refused, match="Работодателя «» нет"):
        employer_named(Actor.job("проверка"), "")


def test_a_worker_sees_the_card_of_his_own_place_only(engineer: Actor, take: Take) -> None:
    take(report(assessed("2")))
    worker = Actor(role=Role.WORKER, name="работник", person=10**9)
    assert not sout_cards(worker).exists()
