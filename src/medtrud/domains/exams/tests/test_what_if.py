"""Risk at a visit and what-if: models answer, the career is that of hazards, nothing assumed is kept."""

import datetime as dt
from dataclasses import replace

import pytest

from medtrud.domains.hazards.types import Exposure
from medtrud.domains.hazards.types.dose import Measure
from medtrud.domains.risk.public import forecasts_of, gathered, model_of, personal
from medtrud.engines.background.public import run_pending

from ..actions.line import results_record
from ..models import ExamLine
from ..queries.entry import entry_desk
from ..queries.score import scored
from ..queries.what_if import Level, Past, Side, _class_of, _doses, _periods, _risks, what_if
from ..types.results import NewDiagnosis, NewResult
from ..types.what_if import Assumed
from .desk import Commission, client_of
from .world import DAY, HEIGHT, NOISE, World, normal_values

MADE = ("findrisc", "score2", "phenoage", "voitenko_v4", "gorelkin_pinhasov", "score_29n")
pytestmark = pytest.mark.django_db


def side(level: float | None, reduction: float = 0.0) -> Side:
    levels = {Measure.NOISE: Level(level)} if level is not None else {}
    return Side("x", Exposure(), levels, reduction, DAY, None)


def test_a_quieter_place_lowers_the_mean_of_the_career_and_protection_is_taken_off() -> None:
    past = Past(noise=(90.0, 20.0))
    (row,) = _doses(past, side(90.0), side(80.0), 10.0)
    assert (row.now, row.then) == ("90,0 дБА", "88,5 дБА"), "20 years of 90 and 10 of 80, by energy"
    (row,) = _doses(past, side(90.0), side(90.0, reduction=20.0), 10.0)
    assert row.then == "88,3 дБА"
    assert _periods(past, side(None), 10.0)["noise"] == [[90.0, 20.0]], "nothing known: only the past counts"
    office = replace(side(None), exposure=Exposure(sout_class="2"))
    (row,) = _doses(past, side(85.0), office, 10.0)
    assert (row.now, row.then) == ("88,9 дБА", "88,2 дБА"), "years without the factor are years of quiet"


def test_hearing_is_said_by_the_model_and_outside_its_range_the_range_is_named() -> None:
    world = Commission()
    job = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    found = what_if(world.chair, job, Assumed(DAY), on=DAY)
    rows = list(_risks(found.person, Past(noise=(95.0, 20.0)), side(95.0), side(80.0), 10.0, DAY))
    assert len(rows) == 3
    assert all(row.changed for row in rows)
    loud = list(_risks(found.person, Past(noise=(104.0, 20.0)), side(104.0), side(80.0), 1.0, DAY))
    assert "метод проверен только для" in loud[0].now, "the model refuses, nothing is clamped"


def test_a_level_of_each_measure_tells_its_class_by_the_methodology() -> None:
    assert [_class_of(Measure.NOISE, Level(value), "high") for value in (80.0, 80.1, 96.0)] == [
        "2",
        "3.1",
        "3.3",
    ]
    assert [_class_of(Measure.LOCAL, Level(value), "high") for value in (1.9, 2.0, 8.0)] == ["2", "3.1", "4"]
    dust = [_class_of(Measure.DUST, Level(value, 2.0), "high") for value in (2.0, 4.0, 21.0)]
    assert dust == ["2", "3.1", "3.4"]
    assert _class_of(Measure.DUST, Level(4.0), "high") == "", "without the norm the level alone tells nothing"
    assert _class_of(Measure.LOCAL, Level(0.0), "high") == "", "no vibration has no level in decibels"


def test_another_place_changes_factors_programme_and_periodicity_and_nothing_is_stored() -> None:
    world = Commission()
    noisy, _ = world.place("Токарь", NOISE), world.place("Монтажник", HEIGHT)
    job = world.worker("Громов", noisy)
    world.campaign()
    client = client_of(world.chair)
    url = f"/exams/jobs/{job.uid}/what-if/"
    (offered,) = client.get(f"{url}places/?q=монтаж").json()
    assert client.get(f"{url}places/?q=токарь").json() == [], "where he works already he cannot be moved"
    page = client.get(url, {"workplace": offered["value"], "years": 10}).content.decode()
    for said in ("Что изменить", "Факторы и работы", "Периодичность", "Добавятся"):
        assert said in page
    strange = client.get(url, {"workplace": "Космодром"}).content.decode()
    assert "Рабочего места «Космодром» у этого работодателя нет" in strange
    louder = client.get(f"/exams/jobs/{job.uid}/what-if/?noise=96").content.decode()
    assert "3.3" in louder, "the class of the assumed level"
    late = client.get(f"/exams/jobs/{job.uid}/what-if/?on=01.05.2030").content.decode()
    assert "На выбранный день" in late, "no edition is in force: it is said, the last one is not stretched"
    assert "Не понадобятся" not in late, "and no examination is called needless"
    assert not forecasts_of(world.chair, [job.person_id])
    theirs = client_of(world.hr).get(f"/exams/jobs/{job.uid}/what-if/?noise=96").content.decode()
    assert "Периодичность" in theirs
    for hidden in ("Риск через", "Слух", "/risk/persons/"):
        assert hidden not in theirs, "the employer sees no forecast of a man's health"


def measured(world: World, values: dict[str, dict[str, str]]) -> tuple[World, ExamLine]:
    place = world.place("Токарь", NOISE)
    job = world.worker("Громов", place, born=dt.date(1970, 1, 1))
    world.campaign()
    exam = world.start(job)
    lines = {line.title: line for line in ExamLine.objects.unscoped("test").filter(exam=exam)}
    results = [
        NewResult(
            DAY, normal_values(title, "male", DAY) | given, kind=lines[title].kind, code=lines[title].code
        )
        for title, given in values.items()
    ]
    if results:
        results_record(world.doctor, exam=exam.uid, results=results)
    return world, lines["абсолютный сердечно-сосудистый риск"]


def test_the_score_of_a_visit_is_offered_by_the_model_with_what_it_took() -> None:
    given = {
        "АД": {"pressure": "150/95"},
        "общий холестерин": {"cholesterol": "6,4"},
        "анкетирование": {"smoking": "да"},
    }
    world, line = measured(World(), given)
    said = scored(entry_desk(world.doctor, line.exam, None, ["therapist"], DAY))
    assert said.values == {f"l{line.order}_score": 8, f"l{line.order}_category": "высокий"}
    assert "150/95 мм рт. ст." in said.text
    run_pending()


def test_without_cholesterol_nothing_is_offered_and_what_is_missing_is_named() -> None:
    world, line = measured(World(), {"АД": {"pressure": "150/95"}})
    said = scored(entry_desk(world.doctor, line.exam, None, ["therapist"], DAY))
    assert said.values == {}
    assert "Общий холестерин" in said.text
    assert "Курит сейчас" in said.text


def test_a_visit_with_every_answer_gives_the_inputs_of_the_forecasts_with_their_dates() -> None:
    given = {
        "АД": {"pressure": "150/95"},
        "общий холестерин": {"cholesterol": "6,4", "hdl": "1,1"},
        "анкетирование": {"smoking": "да", "family_diabetes": "родители, братья, сёстры, дети"}
        | {"greens": "не каждый день", "activity": "низкая", "pills": "да", "self_rating": "12"},
        "антропометрия (ИМТ)": {"height": "178", "weight": "96", "waist": "104", "hip": "108"}
        | {"breath_hold": "40", "balance": "15"},
        "общий анализ крови": {"leukocytes": "6,1", "lymphocytes": "30", "mcv": "90", "rdw": "13,2"},
        "глюкоза натощак": {"glucose": "5,4", "albumin": "44", "creatinine": "85", "crp": "2", "alp": "70"},
    }
    world, line = measured(World(), given)
    person = line.exam.person_id
    known = gathered(world.doctor, [person], on=DAY)[person]
    made = {code: personal(model_of(code), known, DAY) for code in MADE}
    assert {code: found and found.result.status for code, found in made.items()} == dict.fromkeys(
        MADE, "computed"
    )
    asked = made["findrisc"]
    assert asked is not None
    family = next(each for each in asked.inputs if each["code"] == "family_points")
    assert (family["value"], family["on"]) == (5, DAY.isoformat())
    protein = next(each for each in made["phenoage"].inputs if each["code"] == "crp_mgdL")  # type: ignore[union-attr]
    assert (protein["value"], protein["original"]) == (0.2, "2 мг/л")


@pytest.mark.usefixtures("icd10")
def test_a_diagnosis_stands_against_a_later_answer_of_the_questionnaire() -> None:
    world, line = measured(World(), {"анкетирование": {"diabetes": "нет"}})
    person = line.exam.person_id
    assert gathered(world.doctor, [person], on=DAY)[person]["diabetes"].value == 0
    found = NewResult(
        DAY, normal_values("врач-терапевт", "male", DAY), "", (NewDiagnosis("E11.9"),),
        kind="specialist", code="therapist",
    )  # fmt: skip
    results_record(world.doctor, exam=line.exam.uid, results=[found])
    known = gathered(world.doctor, [person], on=DAY + dt.timedelta(days=1))[person]["diabetes"]
    assert (known.value, known.original) == (1, "диагноз E11.9")
