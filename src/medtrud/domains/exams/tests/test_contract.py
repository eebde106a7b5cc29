"""The command line: JSON in, JSON out, without Django and without a database."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medtrud.domains.exams.public import answer, answers
from medtrud.kernel.errors import Refused

SOURCE = Path(__file__).parents[4]
EXAMPLE: dict[str, Any] = {
    "on": "2026-03-01",
    "kind": "periodic",
    "sex": "male",
    "birth_date": "1980-01-01",
    "factors": [
        {"code": "1.3", "substances": ["формальдегид"]},
        {"code": "1.6", "markers": "АКР"},
        {"code": "4.4"},
    ],
    "conditions_class": "3.2",
    "harmful_since": "2014-02-01",
    "earlier": [{"test": "общий анализ крови", "date": "2025-09-01", "source": "диспансеризация"}],
}


def run(text: str | bytes, *words: str) -> tuple[int, Any]:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-X", "importtime", "-m", "medtrud.project", "programme", *words],
        input=text.encode() if isinstance(text, str) else text,
        capture_output=True,
        check=False,
        cwd=SOURCE,
        env={"PATH": "", "PYTHONPATH": str(SOURCE), "DATABASE_URL": "postgres://nobody@localhost:1/none"},
    )
    assert b"django" not in done.stderr, "the command must not start Django"
    assert b"Traceback" not in done.stderr
    return done.returncode, json.loads(done.stdout) if "--json" in words else done.stdout.decode()


def test_the_example_of_the_contract_has_its_shape() -> None:
    status, found = run(json.dumps(EXAMPLE), "--json")
    assert status == 0
    assert found["edition"].endswith("редакции от 02.10.2024")
    assert found["periodicity_months"] == 12
    assert found["next_due"] == "2027-03-01"
    assert found["center"]["required"] is True
    assert found["center"]["due"] == "2019-02-01"
    for line in (*found["specialists"], *found["tests"], *found["contraindications"], found["center"]):
        assert line["reasons"]
        assert all({"act", "point", "factor", "text"} == reason.keys() for reason in line["reasons"])
    tests = {line["name"]: line for line in found["tests"]}
    assert tests["общий анализ крови"]["reused"] == {"date": "2025-09-01", "source": "диспансеризация"}
    assert tests["Тональная пороговая аудиометрия"]["reused"] is None
    assert {"item", "name", "icd10", "reasons"} == found["contraindications"][0].keys()


def test_a_substance_that_is_not_named_is_said_in_the_reason() -> None:
    found = answer({**EXAMPLE, "factors": [{"code": "1.3"}]})
    surgeon = next(line for line in found["specialists"] if line["name"] == "врач-хирург")
    assert "не названо" in surgeon["reasons"][0]["text"]
    assert surgeon["reasons"][0]["factor"] == "1.3"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"on": "2026-02-30"}, "2026-02-30 не существует"),
        ({"on": "2027-04-01"}, "01.04.2027 нет действующего"),
        ({"on": "2021-03-31"}, "31.03.2021 нет действующего"),
        ({"on": None}, "нет ключа «on»"),
        ({"on": 20260301}, "в виде 2026-03-01"),
        ({"birth_date": "1980-13-01"}, "не существует"),
        ({"birth_date": "2026-03-02"}, "позже дня осмотра"),
        ({"birth_date": "1830-01-01"}, "возраст 196"),
        ({"sex": "other"}, "Пол"),
        ({"sex": ["male"]}, "Пол"),
        ({"kind": "weekly"}, "preliminary"),
        ({"factors": [{"code": "4.11"}]}, "Похожие коды"),
        ({"factors": [{"code": 4.4}]}, "строкой в кавычках"),
        ({"factors": [{"code": "шум"}]}, "нет в перечне"),
        ({"factors": [{}]}, "Код фактора"),
        ({"factors": [7]}, "объект"),
        ({"factors": "4.4"}, "список"),
        ({"factors": [{"code": "1.3", "markers": "AKP"}]}, "латиницей"),
        ({"factors": [{"code": "1.3", "markers": 5}]}, "markers"),
        ({"factors": [{"code": "1.3", "substances": [5]}]}, "Вещество"),
        ({"factors": [{"code": "1.3", "substanses": ["хлор"]}]}, "substanses"),
        ({"factors": [{"code": "3.1.7", "exposures": {"fluor": True}}]}, "fluor"),
        ({"conditions_class": "5"}, "Класса условий труда «5» нет"),
        ({"conditions_class": 3.2}, "строкой"),
        ({"harmful_since": "вчера"}, "вредных условиях"),
        ({"earlier": [{"date": "2025-01-01"}]}, "нет названия"),
        ({"earlier": [{"test": "АД", "date": "2025-02-29"}]}, "не существует"),
        ({"earlier": {"test": "АД"}}, "список"),
    ],
)
def test_bad_input_is_refused_with_the_cause_and_the_next_step(change: dict[str, Any], says: str) -> None:
    with pytest.raises(Refused) as refusal:
        answer({**EXAMPLE, **change})
    assert says in str(refusal.value)


@pytest.mark.parametrize(
    "text", ["", "{", "[1,", b"\xff\xfe", "[" * 100_000, "5", "null", '{"factors": []}', "NaN", "1" * 5000]
)
def test_what_is_not_a_question_gives_status_two_and_an_error(text: str | bytes) -> None:
    status, found = run(text, "--json")
    assert status == 2
    assert found.keys() == {"error"}
    assert any(step in found["error"] for step in ("ужен", "Укажите", "Сохраните"))


def test_a_bad_element_of_an_array_carries_its_error_and_the_others_are_answered() -> None:
    status, found = run(json.dumps([EXAMPLE, {**EXAMPLE, "on": "2027-04-01"}, 5, EXAMPLE]), "--json")
    assert status == 0
    assert [sorted(x.keys() & {"error", "tests"}) for x in found] == [
        ["tests"],
        ["error"],
        ["error"],
        ["tests"],
    ]


def test_an_empty_array_is_answered_with_an_empty_array() -> None:
    assert answers([]) == []


def test_an_unknown_key_is_answered_and_named() -> None:
    found = answer({**EXAMPLE, "harmfull_since": "2010-01-01"})
    assert "UNKNOWN_KEY" in {warning["code"] for warning in found["warnings"]}


def test_without_json_the_programme_is_told_in_words() -> None:
    status, text = run(json.dumps(EXAMPLE))
    assert status == 0
    assert "врач-оториноларинголог" in text
    assert "п. 4.4" in text
