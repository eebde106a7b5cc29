"""The engine against the facts beside the clone: vectors, annex, conditions, contraindications."""

import csv
import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from medtrud.domains.exams.public import answer, investigations_on, programme, specialists_on
from medtrud.domains.exams.types import FactorFacts, Facts, State
from medtrud.domains.hazards.types import annex_on

DAY = dt.date(2026, 3, 1)
SHARED = Path(__file__).parents[6] / "shared/data/order29n"
pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the facts stand beside the clone")
KINDS = {"предварительный": "preliminary", "периодический": "periodic"}
SEX = {"м": "male", "ж": "female"}
LOWER = "цифровая рентгенография легких в двух проекциях"


def facts(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf8") as file:
        return list(csv.DictReader(file, delimiter=";"))


def vectors() -> list[dict[str, Any]]:
    path = SHARED / "test_vectors.json"
    return json.loads(path.read_text(encoding="utf8")) if path.exists() else []


def annex() -> list[dict[str, Any]]:
    path = SHARED / "factors.json"
    rows = json.loads(path.read_text(encoding="utf8")) if path.exists() else []
    return [row for row in rows if row["code"][0].isdigit()]


def asked(given: dict[str, Any]) -> dict[str, Any]:
    markers = given["substance_markers"]
    return {
        "on": DAY.isoformat(),
        "kind": KINDS[given["kind"]],
        "sex": SEX[given["sex"]],
        "birth_date": f"{DAY.year - given['age']}-01-15",
        "factors": [
            {"code": code} if markers is None else {"code": code, "markers": markers}
            for code in given["factors"]
        ],
    }


@pytest.mark.parametrize("vector", vectors(), ids=lambda v: f"{v['input']['factors']} {v['input']['age']}")
def test_a_public_vector_is_answered_as_expected(vector: dict[str, Any]) -> None:
    expected, found = vector["expected"], answer(asked(vector["input"]))
    assert {line["name"] for line in found["specialists"]} == set(expected["specialists"])
    assert {line["name"] for line in found["tests"]} == set(expected["tests"])
    assert found["periodicity_months"] == expected["periodicity_months"]
    assert found["markers"] == expected["markers"]


@pytest.mark.parametrize("row", annex(), ids=lambda row: row["code"])
def test_a_code_gives_its_own_row(row: dict[str, Any]) -> None:
    """The row as the facts hold it, found again in a preliminary examination of a man of 45."""
    facts = Facts("male", dt.date(1980, 6, 1), (FactorFacts(row["code"], markers=""),), kind="preliminary")
    outcome = programme(facts, DAY).outcome
    own = [x for x in outcome.lines if any(why.factor == row["code"] for why in x.reasons)]
    unconditional = {t["test"] for t in row["tests"] if not t["condition"]}
    expected = {(s, "") for s in row["specialists"]} | {(name, "") for name in unconditional}
    expected |= {(t["test"], t["condition"]) for t in row["tests"] if t["test"] not in unconditional}
    assert {(line.name, line.condition) for line in own} == expected
    assert outcome.months == row["periodicity_months"]
    assert all(line.reasons for line in outcome.lines)


@pytest.mark.parametrize("row", annex(), ids=lambda row: row["code"])
def test_a_code_without_named_substance_takes_all_letters_of_its_row(row: dict[str, Any]) -> None:
    facts = Facts("female", dt.date(1980, 6, 1), (FactorFacts(row["code"]),), kind="preliminary")
    outcome = programme(facts, DAY).outcome
    letters = set() if row["group"] else set(row["markers"])
    assert set(outcome.markers) == letters
    assert (LOWER in {line.name for line in outcome.tests}) == bool(letters & {"К", "Ф"})
    warned = {caution.code for caution in outcome.cautions}
    assert ("MARKERS_UNKNOWN_UNION" in warned) == bool(letters)
    assert ("HEADING_CODE" in warned) == (row["group"] or row["code"] == "5.2")


def test_names_are_those_of_the_facts() -> None:
    known = {row["test"] for row in facts("tests_catalog.csv")} | {LOWER} - {LOWER.capitalize()}
    known |= {row["element"] for row in facts("base_scope.csv") if row["kind"] == "test"}
    assert set(investigations_on(DAY).values()) == known - {LOWER[:1].upper() + LOWER[1:]}
    of_rows = {name for row in annex() for name in row["specialists"]}
    of_rows |= {row["element"] for row in facts("base_scope.csv") if row["kind"] == "specialist"}
    assert set(specialists_on(DAY).values()) == of_rows


def conditions() -> Iterator[tuple[str, str, str]]:
    for row in annex():
        for test in row["tests"]:
            if test["condition"]:
                yield test["condition"], row["code"], test["test"]


def test_every_condition_is_judged_in_both_kinds_as_the_facts_say() -> None:
    words = {row["condition"]: row for row in facts("test_conditions.csv")}
    judged = set()
    for condition, code, name in conditions():
        for kind in ("preliminary", "periodic"):
            person = Facts("male", dt.date(1990, 6, 1), (FactorFacts(code),), kind=kind)
            lines = {line.name: line for line in programme(person, DAY).outcome.tests}
            if lines[name].condition == condition:
                judged.add(condition)
                assert lines[name].state in states(words[condition], kind, 35)
    assert judged == set(words)


def states(row: dict[str, str], kind: str, age: int) -> set[State]:
    if (row["age_from"] and age < int(row["age_from"])) or (row["age_to"] and age > int(row["age_to"])):
        return {State.NOT_DUE}
    word = row[kind]
    if word == "no":
        return {State.NOT_DUE}
    if word == "due if exposure":
        return {State.UNKNOWN_EXPOSURE}
    return {State.ON_INDICATION} if word.startswith("on ") else {State.DUE}


def test_all_pairs_of_contraindications_are_reachable_and_no_others() -> None:
    expected: dict[str, set[str]] = {code: set() for code in annex_on(DAY)}
    for row in facts("contraindications_expanded.csv"):
        expected[row["factor_code"]].add(row["item"])
    pairs = 0
    for code, items in expected.items():
        found = set()
        for sex in ("male", "female"):
            for kind in ("preliminary", "periodic"):
                person = Facts(sex, dt.date(1980, 6, 1), (FactorFacts(code),), kind=kind)
                found |= {item.item for item in programme(person, DAY).outcome.contraindications}
        assert found == items, code
        pairs += len(found)
    assert pairs == 9_788
