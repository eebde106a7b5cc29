"""What a card has measured becomes the level of its workplace, and goes when the card is undone."""

import datetime as dt
from pathlib import Path

import pytest

from medtrud.domains.hazards.public import sout_cards, sout_import, sout_undo
from medtrud.domains.hazards.queries import levels_on
from medtrud.domains.hazards.rules.card_levels import card_values
from medtrud.domains.hazards.types.sout import FactorMeasured, Level
from medtrud.engines.background.public import run_pending
from medtrud.kernel.actor import Actor

from .conftest import engineer, plant
from .sout_xml import assessed, report

__all__ = ["engineer", "plant"]
ON = dt.date(2026, 3, 1)


def test_the_noise_of_a_card_is_the_level_of_its_workplace_until_the_report_is_undone(
    engineer: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "отчёт.xml"
    path.write_text(report(assessed("2", value=84)))
    taken = sout_import(engineer, path=str(path), employer=None, on=ON)
    run_pending()
    card = sout_cards(engineer).get(number="2")
    level = levels_on(engineer, workplace=card.workplace_id, code="4.4").get()
    assert (level.value, level.unit, level.origin, level.about) == (84.0, "дБА", "card", card.uid)
    assert level.since == card.measured_on
    assert level.exceeded
    sout_undo(engineer, uid=taken.uid)
    run_pending()
    assert not levels_on(engineer, workplace=card.workplace_id, code="4.4").exists()


def test_axes_in_decibels_become_one_acceleration() -> None:
    local = FactorMeasured(
        "vibration_local",
        tuple(Level(indicator="vib_local", value=126.0, unit="дБ", place=axis) for axis in "XYZ"),
    )
    value = next(iter(card_values(local, {})))
    assert value.code == "4.3.1"
    assert value.value == pytest.approx(1.99526 * 3**0.5, rel=1e-4)
    across = Level(indicator="vib_x", value=109.0, unit="дБ")
    whole = FactorMeasured("vibration_whole", (across, Level(indicator="vib_z", value=115.0, unit="дБ")))
    assert next(iter(card_values(whole, {}))).value == pytest.approx(0.5623, rel=1e-3)


def test_dust_waits_for_a_confirmed_code() -> None:
    dust = FactorMeasured(
        "dust", (Level(indicator="dust_ss", value=3.0, unit="мг/м³", norm=2.0, subject="кварц"),)
    )
    assert not list(card_values(dust, {}))
    value = next(iter(card_values(dust, {"кварц": "3.1.4"})))
    assert (value.code, value.value, value.norm) == ("3.1.4", 3.0, 2.0)
