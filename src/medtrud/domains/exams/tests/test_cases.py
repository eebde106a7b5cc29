"""Cases written from the text of the order: a sentence, the facts, what must come out."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from medtrud.domains.exams.public import programme
from medtrud.domains.exams.types import Earlier, FactorFacts, Facts, PolicyChoice, Repeat, Service

FOLDER = Path(__file__).parent / "cases"
CASES = [
    case
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf8"), Loader=yaml.CSafeLoader)
]
GIVEN = {"name", "day", "born", "sex", "kind", "factors", "class", "service", "earlier", "flags"}
GIVEN |= {"indications", "repeats", "policy", "accident", "last_center"}
EXPECTED = {"lines", "absent", "months", "markers", "cautions", "center", "because", "items", "no_items"}


def factor_of(raw: Any) -> FactorFacts:
    if isinstance(raw, str):
        return FactorFacts(raw)
    exposures = tuple(sorted(raw.get("exposures", {}).items()))
    return FactorFacts(raw["code"], tuple(raw.get("substances", ())), raw.get("markers"), exposures)


def facts_of(case: dict[str, Any]) -> Facts:
    return Facts(
        sex=case.get("sex", "male"),
        birth_date=case["born"],
        factors=tuple(map(factor_of, case["factors"])),
        kind=case.get("kind", "periodic"),
        sout_class=case.get("class", ""),
        service=tuple(Service(*period) for period in case.get("service", ())),
        accident_on=case.get("accident"),
        last_center=case.get("last_center"),
        earlier=tuple(Earlier(*result) for result in case.get("earlier", ())),
        indications=frozenset(case.get("indications", ())),
        repeats=tuple(Repeat(*repeat) for repeat in case.get("repeats", ())),
        flags=frozenset(case.get("flags", ())),
        policy=tuple(
            PolicyChoice(n, v, "клиника", dt.date(2026, 1, 1), "приказ № 1")
            for n, v in case.get("policy", ())
        ),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_case(case: dict[str, Any]) -> None:
    assert case.keys() <= GIVEN | EXPECTED, "a misspelt key would prove nothing"
    outcome = programme(facts_of(case), case["day"]).outcome
    lines = {line.code: line for line in outcome.lines}
    assert {
        code: lines[code].state.value if code in lines else "absent" for code in case.get("lines", {})
    } == (case.get("lines", {}))
    assert not set(case.get("absent", ())) & lines.keys()
    for key, found in (("months", outcome.months), ("markers", outcome.markers)):
        assert found == case.get(key, found)
    assert set(case.get("cautions", ())) <= {caution.code for caution in outcome.cautions}
    center = outcome.center._asdict()
    assert {key: center[key] for key in case.get("center", {})} == case.get("center", {})
    for code, points in case.get("because", {}).items():
        assert [why.ref.point for why in lines[code].reasons] == points
    items = {item.item for item in outcome.contraindications}
    assert set(case.get("items", ())) <= items
    assert not set(case.get("no_items", ())) & items


def test_names_of_cases_are_different() -> None:
    names = [case["name"] for case in CASES]
    assert len(names) == len(set(names))
