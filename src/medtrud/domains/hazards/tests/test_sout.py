"""Classes of conditions by the methodology, through the door."""

import datetime as dt

import pytest

from medtrud.domains.hazards.public import sout_class, sout_factors, vib_level_db
from medtrud.domains.hazards.types import FactorMeasured, Level, Measured
from medtrud.kernel.errors import Refused

DAY = dt.date(2026, 3, 1)
OLD = dt.date(2024, 8, 31)


def noise(value: float, *marks: str, unit: str = "дБА") -> FactorMeasured:
    return FactorMeasured("noise", (Level(indicator="noise_laeq", value=value, unit=unit, marks=marks),))


def test_a_report_stands_under_the_act_of_its_day() -> None:
    old = sout_class(Measured((noise(88),)), on=OLD).outcome
    new = sout_class(Measured((noise(88),)), on=DAY).outcome
    assert (old.act, old.total, new.act, new.total) == ("33н", "3.2", "817н", "3.2")
    assert (old.flags, new.flags) == ((), ("таблица принята по 33н, с 817н не сравнена",))
    with pytest.raises(Refused, match="не действует"):
        sout_class(Measured((noise(88),)), on=DAY, act="33н")


def test_there_are_fourteen_factors_with_their_numbers() -> None:
    assert [row.number for row in sout_factors(DAY)] == list(range(1, 15))


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf"), 400])
def test_an_impossible_level_is_refused(wrong: float) -> None:
    with pytest.raises(Refused, match="Шум"):
        sout_class(Measured((noise(wrong),)), on=DAY)


def test_an_acceleration_is_no_level_until_asked() -> None:
    level = Level(indicator="vib_local", value=2.0, unit="м/с²")
    with pytest.raises(Refused, match="vib_level_db"):
        sout_class(Measured((FactorMeasured("vibration_local", (level,)),)), on=DAY)
    assert vib_level_db(2.0) == pytest.approx(126.02, abs=0.01)
