"""Work before order 29n: its factors are named by today's codes, and the mark says so."""

import datetime as dt

import pytest

from medtrud.domains.hazards.public import exposure_at, factors_of, factors_set
from medtrud.domains.hazards.types import FactorIn, annex_on, coded_later
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Organization, workplace_open

from .conftest import engineer, plant

__all__ = ["engineer", "plant"]
EARLY, LAST, FIRST = dt.date(1999, 5, 4), dt.date(2021, 3, 31), dt.date(2021, 4, 1)


def test_a_period_of_1999_is_recorded_with_a_mark(engineer: Actor, plant: Organization) -> None:
    place = workplace_open(engineer, employer=plant.pk, title="Кузнец")
    factors_set(engineer, workplace=place.uid, factors=[FactorIn("4.4", sout_class="3.2")], since=EARLY)
    row = factors_of(engineer, workplace=place.pk).get()
    assert row.mark == "код по приложению, действующему с 01.04.2021"
    found = exposure_at(engineer, [place.pk], on=dt.date(2005, 1, 1))[place.pk]
    assert found.factors[0].title.startswith("Шум")


def test_the_mark_ends_with_the_first_day_of_the_annex() -> None:
    assert coded_later(LAST)
    assert not coded_later(FIRST)


def test_a_code_the_annex_does_not_have_is_refused_for_an_early_period_too(
    engineer: Actor, plant: Organization
) -> None:
    place = workplace_open(engineer, employer=plant.pk, title="Кузнец")
    with pytest.raises(Refused, match="нет в перечне"):
        factors_set(engineer, workplace=place.uid, factors=[FactorIn("4.99")], since=EARLY)


def test_the_rules_of_examinations_still_refuse_such_a_day() -> None:
    with pytest.raises(Refused):
        annex_on(LAST)
