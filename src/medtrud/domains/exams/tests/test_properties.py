"""What must hold for every worker, whatever his factors."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from medtrud.domains.exams.public import answer, explain, explain_to_worker, programme
from medtrud.domains.exams.types import Earlier, FactorFacts, Facts, Line, Programme, Service, State
from medtrud.domains.hazards.types import annex_on
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import Refused

DAY = dt.date(2026, 3, 1)
STRENGTH = [State.NOT_DUE, State.ON_INDICATION, State.UNKNOWN_EXPOSURE, State.DUE]
EDGES = (18, 21, 40, 41)
OF_EDGE = {
    18: {"anthropometry", "ecg_rest", "blood_pressure", "cholesterol", "glucose_fasting"}
    | {"cv_risk_relative", "chest_image"},
    21: set[str](),
    40: {"eye_pressure", "cholesterol_blood", "ultrasound_prostate", "bicycle_ergometry"},
    41: {"cv_risk_relative", "cv_risk_absolute", "mammography"},
}

letters = st.none() | st.sets(st.sampled_from("АКРФО")).map(lambda s: "".join(x for x in "АКРФО" if x in s))
factors = st.builds(
    FactorFacts,
    code=st.sampled_from(sorted(annex_on(DAY))),
    substances=st.just(()),
    markers=letters,
    exposures=st.sampled_from(
        [(), (("fluorine", True),), (("depth_over_40", False), ("gas_mixtures", True))]
    ),
)
earlier = st.builds(
    Earlier,
    name=st.sampled_from(["флюорография", "Визометрия", "врач-терапевт", "Эзофагогастродуоденоскопия"]),
    on=st.dates(dt.date(2020, 1, 1), dt.date(2026, 6, 1)),
    source=st.sampled_from(["", "диспансеризация"]),
)
people = st.builds(
    Facts,
    sex=st.sampled_from(["male", "female"]),
    birth_date=st.dates(dt.date(1940, 1, 1), dt.date(2012, 1, 1)),
    factors=st.lists(factors, min_size=1, max_size=5).map(tuple),
    kind=st.sampled_from(["preliminary", "periodic", "extraordinary"]),
    sout_class=st.sampled_from(["", "2", "3.1", "4"]),
    service=st.lists(
        st.builds(
            Service, since=st.dates(dt.date(2000, 1, 1), DAY), sout_class=st.sampled_from(["2", "3.1"])
        ),
        max_size=2,
    ).map(tuple),
    earlier=st.lists(earlier, max_size=3).map(tuple),
)


def computed(person: Facts, on: dt.date = DAY) -> Programme:
    return programme(person, on).outcome


def with_factors(person: Facts, *more: FactorFacts, results: bool = True) -> Facts:
    return Facts(
        person.sex,
        person.birth_date,
        person.factors + more,
        person.kind,
        person.sout_class,
        person.service,
        earlier=person.earlier if results else (),
    )


@given(people, factors)
def test_one_more_code_never_removes_or_weakens_a_line_nor_lengthens_the_period(
    person: Facts, more: FactorFacts
) -> None:
    before, after = (computed(with_factors(person, *codes, results=False)) for codes in ((), (more,)))
    lines = {line.code: line for line in after.lines}
    for line in before.lines:
        assert STRENGTH.index(lines[line.code].state) >= STRENGTH.index(line.state)
        assert {why.text for why in line.reasons} <= {why.text for why in lines[line.code].reasons}
    if before.months is not None:
        assert after.months is not None
        assert after.months <= before.months
    assert {i.item for i in before.contraindications} <= {i.item for i in after.contraindications}


@given(people)
def test_every_line_and_every_item_has_a_reason_with_its_place(person: Facts) -> None:
    outcome = computed(person)
    for whys in (*(x.reasons for x in outcome.lines), *(i.reasons for i in outcome.contraindications)):
        assert whys
        assert all(why.text and why.ref.act and why.ref.point for why in whys)
    assert (outcome.months is None) == (outcome.next_due is None)
    assert outcome.months is None or outcome.months_reasons


@given(people)
def test_each_line_stands_once_and_the_order_of_factors_does_not_matter(person: Facts) -> None:
    outcome = computed(person)
    codes = [line.code for line in outcome.lines]
    assert len(codes) == len(set(codes))
    turned = Facts(
        person.sex,
        person.birth_date,
        person.factors[::-1],
        person.kind,
        person.sout_class,
        person.service,
        earlier=person.earlier,
    )
    again = computed(turned)
    assert {simple(x) for x in again.lines} == {simple(x) for x in outcome.lines}
    assert (again.months, again.markers, again.center) == (outcome.months, outcome.markers, outcome.center)


def simple(line: Line) -> tuple[str, State, str, frozenset[str]]:
    return line.code, line.state, line.condition, frozenset(why.text for why in line.reasons)


@given(people, st.sampled_from(EDGES))
def test_a_day_over_an_edge_of_age_changes_only_the_lines_of_that_edge(person: Facts, edge: int) -> None:
    birthday = add_months(DAY, -12 * edge)
    born = Facts(person.sex, birthday, person.factors, person.kind)
    before, after = computed(born, DAY - dt.timedelta(days=1)), computed(born, DAY)
    changed = {simple(x)[:3] for x in before.lines} ^ {simple(x)[:3] for x in after.lines}
    assert {code for code, *_ in changed} <= OF_EDGE[edge]
    assert before.months == after.months or edge == 21
    assert before.contraindications == after.contraindications


@given(people)
def test_the_same_facts_give_the_same_answer(person: Facts) -> None:
    assert programme(person, DAY)[0][:11] == programme(person, DAY)[0][:11]


@settings(max_examples=50)
@given(people)
def test_a_programme_is_told_in_words_without_gaps(person: Facts) -> None:
    outcome = computed(person)
    told = explain(outcome)
    assert [x.code for x in told] == [line.code for line in outcome.lines]
    assert all(x.state_text and x.why and all("29н" in text for text in x.why) for x in told)
    plain = explain_to_worker(outcome)
    assert {x.code for x in plain} == {x.code for x in outcome.lines if x.state is not State.NOT_DUE}
    assert all(x.why[0].endswith(".") for x in plain)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
GOOD = {
    "on": "2026-03-01",
    "kind": "periodic",
    "sex": "male",
    "birth_date": "1980-01-01",
    "factors": [{"code": "4.4"}],
}
KEYS = [*GOOD, "conditions_class", "harmful_since", "earlier"]


@given(st.sampled_from(KEYS), json_values)
def test_any_value_under_any_key_is_answered_or_refused_in_words(key: str, value: object) -> None:
    answered_or_refused({**GOOD, key: value})


@given(st.sampled_from(["code", "substances", "markers", "exposures"]), json_values)
def test_any_value_within_a_factor_is_answered_or_refused_in_words(key: str, value: object) -> None:
    answered_or_refused({**GOOD, "factors": [{"code": "1.3", key: value}]})


@given(st.sampled_from(["test", "date", "source"]), json_values)
def test_any_value_within_a_result_is_answered_or_refused_in_words(key: str, value: object) -> None:
    result = {"test": "АД", "date": "2025-09-01", "source": "диспансеризация"}
    answered_or_refused({**GOOD, "earlier": [{**result, key: value}]})


def answered_or_refused(raw: dict[str, object]) -> None:
    try:
        said = answer(raw)["edition"]
    except Refused as refusal:
        said = refusal.text
    assert said.strip()
