import datetime as dt
from decimal import Decimal

import pytest
from django import forms

from medtrud.engines.ui.public import (
    ChoiceField,
    DayField,
    NumberField,
    PressureField,
    Section,
    TextField,
    attempt,
    cells,
)
from medtrud.kernel.errors import Refused

DAY = dt.date(2026, 1, 26)


@pytest.mark.parametrize(
    "typed",
    [
        "26.01.2026",
        "26.1.26",
        "26012026",
        "260126",
        "26 01 2026",
        "26/1/2026",
        "2026-01-26",
        "26 января 2026 г.",
    ],
)
def test_a_date_is_read_in_any_usual_spelling(typed: str) -> None:
    assert DayField(label="Дата").clean(typed) == DAY


def test_a_day_that_is_not_in_the_calendar_is_named() -> None:
    with pytest.raises(forms.ValidationError, match=r"Дата рождения: дня «31.02.1990» в календаре нет"):
        DayField(label="Дата рождения").clean("31.02.1990")


@pytest.mark.parametrize("typed", ["120/80", "12080", "120 80", "120-80"])
def test_pressure_is_one_field(typed: str) -> None:
    assert PressureField(label="АД").clean(typed) == "120/80"


def test_a_low_pressure_needs_no_slash() -> None:
    assert PressureField(label="АД").clean("9060") == "90/60"


@pytest.mark.parametrize(
    ("typed", "says"), [("80/120", "меньше верхнего"), ("300/90", "вне возможного"), ("x", "два числа")]
)
def test_an_impossible_pressure_is_refused(typed: str, says: str) -> None:
    with pytest.raises(forms.ValidationError, match=says):
        PressureField(label="АД").clean(typed)


def test_a_number_is_read_with_a_comma_and_written_back_with_one() -> None:
    field = NumberField(label="Масса тела", low=30, high=250, digits=1)
    assert field.clean("82,5") == Decimal("82.5")
    assert field.prepare_value(Decimal("82.5")) == "82,5"
    with pytest.raises(forms.ValidationError, match=r"больше возможного, допустимо от 30 до 250"):
        field.clean("1 000")


def test_up_to_five_choices_lie_side_by_side() -> None:
    few = ChoiceField(label="Хрипы", choices=[("a", "нет"), ("b", "есть")])
    many = ChoiceField(label="Вид", choices=[(str(n), str(n)) for n in range(6)])
    assert isinstance(few.widget, forms.RadioSelect)
    assert isinstance(many.widget, forms.Select)


class Sample(forms.Form):
    sections = (Section("Часть", ("name",)),)
    name = TextField(label="Имя")


def test_what_an_action_refuses_comes_back_as_an_error_of_the_form() -> None:
    def action(facts: dict[str, str]) -> str:
        raise Refused("Имя занято.", basis="положение")

    form = Sample({"name": "x"})
    assert attempt(form, action) is None
    assert form.non_field_errors() == ["Имя занято. Основание: положение."]
    assert attempt(Sample({"name": "x"}), lambda facts: facts["name"]) == "x"
    assert attempt(Sample(), action) is None


@pytest.mark.parametrize(
    ("count", "form"), [(1, "осмотр"), (2, "осмотра"), (5, "осмотров"), (11, "осмотров"), (21, "осмотр")]
)
def test_nouns_follow_their_numbers(count: int, form: str) -> None:
    assert cells.plural(count, "осмотр,осмотра,осмотров") == form


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (10000, "10\u202f000"),
        (9999, "9999"),
        (36.6, "36,6"),
        (1234567.5, "1\u202f234\u202f567,5"),
        (Decimal("2E+1"), "20"),
        (Decimal("0.50"), "0,50"),
    ],
)
def test_numbers_are_written_the_russian_way(value: float | Decimal, written: str) -> None:
    assert cells.number(value) == written


def test_cells_escape_what_they_are_given() -> None:
    assert "<b>" not in cells.tag("<b>", "ok") + cells.chip("<b>", "<b>") + cells.link(
        "<b>", "/"
    ) + cells.muted("<b>")
