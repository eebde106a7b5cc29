"""Every model by its own cases, by the public ones, and through the command line."""

import csv
import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from medtrud.kernel.law import strict_yaml

from ..kinds import model_of, models
from ..rules import answer, ask

PUBLIC = Path(__file__).parents[6] / "shared/data/risk/cases_public.csv"
OWN = [
    pytest.param(model.code, case, id=f"{model.code}: {case['name']}")
    for model in models().values()
    if (model.folder / "cases.yaml").exists()
    for case in strict_yaml(model.folder / "cases.yaml")
]


def agrees(wanted: Any, got: Any, tolerance: float) -> bool:
    if wanted is None or isinstance(wanted, bool | str):
        return wanted == got and type(wanted) is type(got)
    if isinstance(wanted, int | float):
        number = isinstance(got, int | float) and not isinstance(got, bool) and math.isfinite(got)
        return number and abs(wanted - got) <= tolerance + 1e-9
    if isinstance(wanted, list):
        return (
            isinstance(got, list)
            and len(got) == len(wanted)
            and all(agrees(a, b, tolerance) for a, b in zip(wanted, got, strict=True))
        )
    return isinstance(got, dict) and all(k in got and agrees(v, got[k], tolerance) for k, v in wanted.items())


@pytest.mark.parametrize(("code", "case"), OWN)
def test_a_model_answers_its_own_case(code: str, case: dict[str, Any]) -> None:
    found = ask(models()[code], case["inputs"])
    if "refused" in case:
        assert found.refused["input"].split("[")[0] == case["refused"]
        assert found.refused["range"]
        assert found.value is None
    elif "missing" in case:
        assert list(found.missing) == case["missing"]
        assert found.value is None
    else:
        assert agrees(case["expect"], found.value, case.get("tolerance", 1e-9)), (found.value, found.error)
        assert case.get("category", found.category) == found.category


@pytest.mark.parametrize("code", sorted(models()))
def test_a_declaration_says_all_that_a_person_must_know(code: str) -> None:
    said = models()[code].declared
    assert said.title
    assert said.validity
    assert said.references
    assert said.licence.text
    assert models()[code].fingerprint
    assert models()[code].tables is not None
    if said.status == "loadable":
        assert said.edition.waits, "an empty model says what it waits for"
    else:
        assert (models()[code].folder / "cases.yaml").exists(), "a model brings its own cases"


def public() -> list[dict[str, str]]:
    if not PUBLIC.exists():
        pytest.skip(f"NOT CHECKED: the public risk cases are not mounted at {PUBLIC}")
    with PUBLIC.open(encoding="utf8") as file:
        return list(csv.DictReader(file))


# One process answers everything that is asked of the command: an interpreter per question would take seconds.
ASK = """
import io, json, sys
from medtrud.project import risk
for line in sys.stdin.read().splitlines():
    words, body = json.loads(line)
    sys.stdin = io.TextIOWrapper(io.BytesIO(body.encode("latin-1")))
    print("STATUS", risk.run(words), flush=True)
"""


def told(*questions: tuple[list[str], Any]) -> list[tuple[int, Any]]:
    """Ask the command; return the status and what it printed, for each question."""
    lines = "".join(
        json.dumps([words, body.decode("latin-1") if isinstance(body, bytes) else json.dumps(body)]) + "\n"
        for words, body in questions
    )
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", ASK], input=lines.encode(), capture_output=True, check=True
    )
    *parts, rest = done.stdout.decode().split("STATUS ")
    statuses = [int(part.split("\n", 1)[0]) for part in (*parts[1:], rest)]
    printed = [parts[0], *(part.split("\n", 1)[1] for part in parts[1:])]
    return [(status, json.loads(text or "null")) for status, text in zip(statuses, printed, strict=True)]


def test_the_public_cases_pass_through_the_command() -> None:
    by_model: dict[str, list[dict[str, str]]] = {}
    for case in public():
        by_model.setdefault(case["model"], []).append(case)
    known = [code for code in by_model if code in models()]
    asked = [([code, "--json"], [json.loads(case["inputs"]) for case in by_model[code]]) for code in known]
    wrong, counted = [], 0
    for code, (status, answers) in zip(known, told(*asked), strict=True):
        assert status == 0, code
        for case, found in zip(by_model[code], answers, strict=True):
            good = "value" in found and agrees(
                json.loads(case["expected"]), found["value"], float(case["tolerance"])
            )
            counted += good
            if not good:
                wrong.append((case["id"], code, case["expected"], found.get("value"), found.get("error")))
    assert not wrong
    assert counted == 283


def test_an_array_answers_the_others_beside_a_refusal() -> None:
    good = {"sex": "M", "age": 52, "smoker": 0, "sbp": 150, "tchol": 6.4}
    asked = [good, {**good, "age": 30}, {"sex": "M"}, [], good]
    ((status, found),) = told((["score2003_chart", "--json"], asked))
    assert status == 2
    assert [each.get("value") for each in found] == [2, None, None, None, 2]
    assert found[1]["refused"]["input"] == "age"
    assert "40" in found[1]["refused"]["range"]
    assert found[2]["missing"] == ["age", "smoker", "sbp", "tchol"]
    assert all(found[n]["error"] for n in (1, 2, 3))


def test_an_answer_has_the_keys_of_the_contract() -> None:
    found = answer(models()["lex8h"], {"laeq": 90, "hours": 4, "typo": 1})
    wanted = {"value", "unit", "interval", "category", "edition", "variant", "formula", "inputs", "missing"}
    assert wanted | {"flags"} <= found.keys()
    assert found["status"] == "computed_with_flags", "a key that nobody read is said"
    found = answer(models()["lex8h_tasks"], {"tasks": [{"samples": [80], "hours": 8, "hour": 1}]})
    assert "tasks[1].hour" in found["flags"][0], "so is one inside a row"


def test_the_russian_sum_of_age_and_noise_names_its_variant() -> None:
    given = {"lex8h": 95, "age": 40, "years": 20, "sex": "M", "fractile": 0.9}
    found = answer(models()["htlan_mean_ru"], given)
    assert found["variant"] == "iso1999:2013/dbA-2000/compress>40"
    assert found["edition"] == "ISO 1999:2013 + ISO 7029:2000"


@pytest.mark.parametrize("value", ["45", True, float("nan"), float("inf"), [], {}, -1, 1e308])
def test_what_is_not_a_value_is_refused_and_never_computed(value: Any) -> None:
    found = ask(models()["lex8h"], {"laeq": 90, "hours": value})
    assert found.refused or found.missing
    assert found.value is None


JUNK: list[Any] = [
    *(None, "", "x", True, -1, 0, 0.0, 1e-320, 1e299, 10**400, float("nan"), float("inf")),
    *([], [None], [[]], [{}], {}, [1], [[1, 2]], [[0, 0]], [0, 0, 0]),
]


@pytest.mark.parametrize("code", sorted(models()))
def test_whatever_is_given_the_answer_is_a_figure_or_a_refusal(code: str) -> None:
    model = models()[code]
    path = model.folder / "cases.yaml"
    cases: Any = strict_yaml(path) if path.exists() else [{"inputs": {}}]
    for case in cases:
        for key in {*case["inputs"], *(wanted.code for wanted in model.declared.inputs)}:
            for junk in JUNK:
                found = answer(model, {**case["inputs"], key: junk})
                assert ("value" in found) != ("error" in found)
                json.dumps(found, allow_nan=False)


def test_a_request_that_is_not_json_is_explained() -> None:
    bodies = [b"{", b"\xff", b"", b"[" * 100_000]
    asked = told(*((["lex8h", "--json"], body) for body in bodies))
    for status, found in asked:
        assert status == 2
        assert found["error"]
    assert all('"laeq":…' in found["error"] for _, found in (asked[0], asked[2], asked[3]))


@pytest.mark.parametrize(("given", "said"), [
    ({"laeq": "90", "hours": 4}, "нужно: число от 0 до 160 дБА; дано: строка «90»"),
    ({"laeq": True, "hours": 4}, "нужно: число от 0 до 160 дБА; дано: true"),
    ({"laeq": float("nan"), "hours": 4}, "дано: не число"),
    ({"laeq": [90], "hours": 4}, "дано: [90]"),
    (5, "Нужно: объект с ключами laeq, hours; дано: 5"),
    ({"laeq": 90, "hours": float("inf")}, "= бесконечность"),
])  # fmt: skip
def test_what_has_a_wrong_shape_is_named_apart_from_what_is_out_of_range(given: Any, said: str) -> None:
    found = answer(models()["lex8h"], given)
    assert said in found["error"]
    json.dumps(found, allow_nan=False)


def test_the_list_names_source_edition_range_and_licence() -> None:
    ((status, found),) = told((["--list", "--json"], None))
    assert status == 0
    assert len(found) == len(models())
    assert all(
        line[key] for line in found for key in ("id", "title", "source", "edition", "range", "licence")
    )


def test_an_unknown_model_names_the_near_ones() -> None:
    ((status, found),) = told((["score9", "--json"], {}))
    assert status == 2
    assert "--list" in found["error"] or "score2" in found["error"]


@pytest.mark.parametrize(("code", "given", "said"), [
    ("score2003_chart", {"age": 30}, "от 40 до 65 лет"),
    ("score2003_chart", {"age": 130}, "от 40 до 65 лет"),
    ("score2003_chart", {"age": 66}, "от 40 до 65 лет"),
    ("score2", {"age": 70}, "от 40 и меньше 70 лет"),
    ("gorelkin_pinhasov", {"age": 10}, "мужчины от 21 до 120 лет"),
])  # fmt: skip
def test_a_refusal_names_the_range_the_model_really_has(code: str, given: dict[str, Any], said: str) -> None:
    whole = {"sex": "M", "smoker": 0, "sbp": 150, "tchol": 6.4, "hdl": 1.2, "diabetes": 0}
    body = {"waist": 90, "weight": 80, "hip": 95, "height_m": 1.8}
    model = model_of(code)
    known = {wanted.code for wanted in model.declared.inputs}
    found = answer(model, {k: v for k, v in (whole | body | given).items() if k in known})
    assert said in found["refused"]["range"]
