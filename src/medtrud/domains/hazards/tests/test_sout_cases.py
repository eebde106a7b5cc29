"""The methodology of СОУТ: cases counted by hand, the public vectors, what must always hold."""

import datetime as dt
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from medtrud.domains.hazards.rules import sout_answers

HERE = Path(__file__).parent
DAY = dt.date(2026, 3, 1)
SHARED = Path(__file__).parents[6] / "shared/data/acts"
shared = pytest.mark.skipif(not SHARED.exists(), reason=f"the facts of acts were not found at {SHARED}")
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "cases/sout.yaml").read_text(encoding="utf8"))
ORDER = ["1", "2", "3.1", "3.2", "3.3", "3.4", "4"]
CLASSES = st.sampled_from(ORDER)
NUMBERS = st.floats(0, 200, allow_nan=False).map(lambda value: round(value, 2))


def ask(raw: dict[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = sout_answers(json.loads(json.dumps(raw, default=str)), DAY)
    return answer


def rank(answer: dict[str, Any]) -> int:
    return ORDER.index(answer["class"])


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_counted_by_hand(case: dict[str, Any]) -> None:
    answer = ask(case["ask"])
    assert case.get("error", "") in answer.get("error", "")
    assert ("error" in case) == ("error" in answer), answer
    for key in ("class", "total", "total_ppe"):
        assert case.get(key, answer.get(key)) == answer.get(key)
    for factor, found in case.get("factors", {}).items():
        assert answer["factors"][factor]["class"] == found
    assert case.get("says", "") in json.dumps(answer, ensure_ascii=False)


def test_every_reason_names_its_row_and_what_was_not_compared() -> None:
    answer = ask({"factors": {"light": {"value": 100, "norm": 300, "unit": "лк"}}})
    why = answer["factors"]["light"]["reasons"][0]
    assert (why["table"], why["row"], why["point"]) == ("sout_light", "illuminance", "приложение № 16")
    assert why["text"].endswith("(таблица принята по 33н, с 817н не сравнена)")
    assert answer["factors"]["light"]["lines"][0]["bound"] == 150


@shared
def test_the_public_vectors_pass() -> None:
    vectors = json.loads((SHARED / "sout_test_vectors.json").read_text(encoding="utf8"))["vectors"]
    assert len(vectors) == 59
    got = [(vector, sout_answers(vector, DAY).get("class")) for vector in vectors]
    assert [vector for vector, found in got if found != vector["expect"]] == []


@shared
def test_the_public_vectors_pass_through_the_command() -> None:
    vectors = json.loads((SHARED / "sout_test_vectors.json").read_text(encoding="utf8"))["vectors"]
    done = command(json.dumps(vectors, ensure_ascii=False), "--json")
    assert [each["class"] for each in json.loads(done.stdout)] == [vector["expect"] for vector in vectors]
    assert done.returncode == 0


def test_a_refused_element_does_not_stop_the_others() -> None:
    done = command('[{"rule":"noise","args":[NaN]},{"id":7,"rule":"noise","args":[80]}]', "--json")
    refused, answered = json.loads(done.stdout)
    assert ("не число" in refused["error"], answered["id"], answered["class"], done.returncode) == (
        True,
        7,
        "2",
        2,
    )


def test_the_command_speaks_to_people_and_explains_itself() -> None:
    told = command('{"factors":{"noise":{"value":88,"unit":"дБА"}}}').stdout
    assert "Итоговый класс: 3.2" in told
    assert "docs/sout-class.md" in command("", "--help").stdout
    assert "Слово «--what»" in command("", "--what").stderr


def command(text: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "medtrud.project", "sout-class", *words],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf8",
        check=False,
    )


@given(NUMBERS, NUMBERS, st.sampled_from(["noise", "local_vib", "overall_vib", "infrasound", "ultrasound"]))
def test_a_higher_level_is_never_milder(one: float, other: float, rule: str) -> None:
    low, high = sorted([one, other])
    mild, harsh = (ask({"rule": rule, "args": [each]}) for each in (low, high))
    assert rank(mild) <= rank(harsh)


@given(
    NUMBERS, NUMBERS, st.sampled_from(["chem_general_max", "chem_allergen_high", "apfd_low", "emf_50hz_e"])
)
def test_a_higher_multiple_is_never_milder(one: float, other: float, row: str) -> None:
    low, high = sorted([one, other])
    mild, harsh = (ask({"rule": "ratio", "args": [row, each]}) for each in (low, high))
    assert rank(mild) <= rank(harsh)


@given(st.lists(CLASSES, min_size=1, max_size=6), CLASSES)
def test_the_total_is_not_below_its_worst_and_a_further_factor_never_lowers_it(
    found: list[str], more: str
) -> None:
    factors = {str(number): each for number, each in enumerate(found)}
    total = ask({"rule": "total", "args": [factors]})
    assert rank(total) >= max(map(ORDER.index, found))
    assert rank(ask({"rule": "total", "args": [factors | {"more": more}]})) >= rank(total)


@given(st.lists(CLASSES, min_size=1, max_size=6), CLASSES, st.sampled_from(["nonion", "heaviness"]))
def test_a_further_indicator_never_lowers_the_factor(found: list[str], more: str, rule: str) -> None:
    plain = ask({"rule": rule, "args": [found]})
    assert rank(plain) >= max(map(ORDER.index, found))
    assert rank(ask({"rule": rule, "args": [[*found, more]]})) >= rank(plain)


@given(st.lists(st.floats(0, 30).map(lambda x: round(x, 2)), min_size=1, max_size=5), st.floats(0, 30))
def test_a_further_substance_never_lowers_the_chemical_factor(times: list[float], more: float) -> None:
    substances = [[["chem_general_max", each]] for each in times]
    plain = ask({"rule": "chem", "args": [substances]})
    wider = ask({"rule": "chem", "args": [[*substances, [["chem_general_max", round(more, 2)]]]]})
    assert rank(wider) >= rank(plain)


@given(st.floats(86, 110).map(lambda x: round(x, 1)), st.integers(1, 3))
def test_protection_never_raises_the_class(level: float, steps: int) -> None:
    answer = ask(
        {
            "factors": {"noise": {"value": level, "unit": "дБА"}},
            "ppe": {"noise": {"steps": steps, "conclusion": True, "agreed": True}},
        }
    )
    noise = answer["factors"]["noise"]
    assert ORDER.index("2") <= ORDER.index(noise["class_ppe"]) <= ORDER.index(noise["class"])
    assert ORDER.index(answer["total_ppe"]) <= ORDER.index(answer["total"])
