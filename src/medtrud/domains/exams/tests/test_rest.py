"""The main job done by other systems: from the named list to the act, with keys only."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from medtrud.domains.exams.models import Finding, LineResult
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import Employment
from medtrud.registries.people.public import name_of

from .outside import Outside
from .world import DAY, HEIGHT, JOB, NOISE, World, normal_values

pytestmark = pytest.mark.django_db
ON = {"on": "2026-02-02"}
MEDICAL = ("diagnos", "МКБ", "flags", "values", "finding", "advice", "icd10", "I10", "J45", "G40", "normal")


class Sides:
    """A plant, its clinic and the chairman, each with a system of its own."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plant = Outside("plant", Role.EMPLOYER, world.plant.pk)
        self.clinic = Outside("clinic", Role.CLINIC, world.clinic.pk, world.doctor.person)
        self.chair = Outside("chair", Role.COMMISSION, world.clinic.pk, world.chair.person)

    def campaign(self) -> str:
        """Bring a campaign to the referrals."""
        facts = {"clinic": str(self.world.clinic.uid), "title": "2026", "since": "2026-02-02"}
        row = self.plant.post("/campaigns", facts | {"until": "2026-04-01"}, 201)
        path = f"/campaigns/{row['uid']}"
        self.plant.post(f"{path}/build", ON)
        self.plant.post(f"{path}/approve", ON)
        self.clinic.post(f"{path}/agree", ON)
        self.plant.post(f"{path}/referrals", ON)
        return str(row["uid"])

    def exam_of(self, employment: Employment) -> str:
        """Find the visit of a worker by the number of his referral, as a registrar's system does."""
        name = name_of(JOB, employment.person_id).full
        (mine,) = [row for row in self.clinic.get("/referrals")["items"] if row["person"]["name"] == name]
        (row,) = self.clinic.get("/exams", referral_number=mine["number"])["items"]
        return str(row["uid"])

    def fill(self, exam: str, sex: str, *diagnoses: dict[str, Any]) -> Any:
        """Read the forms and hand in a normal result for every open line."""
        lines = self.clinic.get(f"/exams/{exam}/lines")
        results = [
            {
                "kind": line["kind"],
                "code": line["code"],
                "performed_on": "2026-02-02",
                "values": normal_values(line["title"], sex, DAY),
            }
            for line in lines
            if line["state"] in ("due", "unknown_exposure")
        ]
        results[0]["diagnoses"] = list(diagnoses)
        return self.clinic.post(f"/exams/{exam}/results", {"results": results})


@pytest.fixture
def world(icd10: None) -> World:
    return World()


@pytest.fixture
def sides(world: World) -> Sides:
    return Sides(world)


def test_a_programme_is_answered_as_on_the_command_line(sides: Sides) -> None:
    asked = {
        "on": "2026-03-01", "kind": "periodic", "sex": "male", "birth_date": "1980-01-01",
        "factors": [{"code": "4.4"}], "conditions_class": "3.2",
    }  # fmt: skip
    one = sides.plant.post("/programme", asked)
    assert "врач-оториноларинголог" in {line["name"] for line in one["specialists"]}
    first, second = sides.plant.post("/programme", [asked, asked | {"factors": [{"code": "99"}]}])
    assert first == one
    assert "99" in second["error"]
    refused = sides.plant.post("/programme", asked | {"on": "2031-03-01"}, 409)
    assert "2031" in refused["detail"]


def test_another_system_does_the_whole_job(sides: Sides, world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    campaign = sides.campaign()
    (entry,) = sides.plant.get(f"/campaigns/{campaign}/roll")["items"]
    assert (entry["post"], entry["factors"][0]["code"]) == ("Токарь", "4.4")
    exam = sides.exam_of(turner)
    started = sides.clinic.post(f"/exams/{exam}/start", ON)
    assert (started["state"], started["lines_done"]) == ("started", 0)
    sides.fill(exam, "male", {"code": "I10", "first_time": True, "chronic": True})
    for finding in sides.chair.get(f"/exams/{exam}/findings"):
        decision = {"decision": "rejected", "reason": "I степень"}
        assert sides.chair.post(f"/findings/{finding['uid']}/decide", decision)["decision"] == "rejected"
    assert sides.chair.post(f"/exams/{exam}/conclusion/checks", {"health_group": "II"}) == []
    given = sides.chair.post(f"/exams/{exam}/conclusion", {"health_group": "II", **ON}, 201)
    told = {"health_group": "I", "change_reason": "опечатка", **ON}
    again = sides.chair.post(f"/exams/{exam}/conclusion", told, 201)
    assert (given["version"], again["version"], given["valid_until"]) == (1, 2, "2027-02-02")
    assert [row["current"] for row in sides.plant.get(f"/exams/{exam}/conclusions")] == [False, True]
    assert len(sides.clinic.get(f"/exams/{exam}/conclusions/medical")) == 2
    (admitted,) = sides.plant.get("/admissions", on="2026-02-03")["items"]
    assert admitted["state"] == "admitted"
    preview = sides.chair.get(f"/campaigns/{campaign}/act/preview", as_of="2026-03-31")
    closed = sides.chair.post(
        f"/campaigns/{campaign}/act", {"as_of": "2026-03-31", "recommendations": ["Шум"], **ON}, 201
    )
    assert closed["items"]["counts"] == preview["counts"]
    assert (closed["version"], closed["items"]["counts"]["8"]["total"]) == (1, 1)
    (act,) = sides.plant.get(f"/campaigns/{campaign}/acts")
    (member,) = sides.plant.get(f"/acts/{act['uid']}/members", item=8)["items"]
    assert member["person"]["name"].startswith("Громов")
    (said,) = sides.plant.get(f"/acts/{act['uid']}")["recommendations"]
    marked = sides.plant.post(f"/recommendations/{said['uid']}/mark", {"status": "done"})
    assert (marked["status"], marked["order"]) == ("done", 1)


def test_one_line_is_written_corrected_and_taken_out(sides: Sides, world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    sides.campaign()
    exam = sides.exam_of(turner)
    sides.clinic.post(f"/exams/{exam}/start", ON)
    first, second, *_ = [line for line in sides.clinic.get(f"/exams/{exam}/lines") if line["state"] == "due"]
    result = {"performed_on": "2026-02-02", "values": normal_values(first["title"], "male", DAY)}
    for version in (1, 2):
        written = sides.clinic.post(f"/lines/{first['uid']}/results", result, 201)
        assert (written["version"], written["normal"]) == (version, True)
    assert len(sides.clinic.get(f"/exams/{exam}/lines")[0]["results"]) == 2
    assert LineResult.objects.unscoped("test").filter(source="api").count() == 2
    sides.clinic.post(f"/lines/{second['uid']}/cancel", {"reason": "противопоказано"})
    sides.clinic.post(f"/lines/{second['uid']}/require", {"reason": "состояние улучшилось"})
    added = {"kind": "test", "code": "fluorography", "reason": "x"}
    assert "Проверьте код" in sides.clinic.post(f"/exams/{exam}/lines", added, 404)["detail"]
    wrong = {"performed_on": "2026-02-02", "values": {"нет такого": 1}}
    assert "нет полей" in sides.clinic.post(f"/lines/{second['uid']}/results", wrong, 409)["detail"]


def test_nothing_has_happened_tomorrow(sides: Sides, world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    sides.campaign()
    refused = sides.clinic.post(f"/exams/{sides.exam_of(turner)}/start", {"on": "2199-01-01"}, 409)
    assert "не наступил" in refused["detail"]


def test_a_repeated_request_is_done_once(sides: Sides, world: World) -> None:
    job = world.worker("Громов", world.place("Токарь", NOISE))
    asked = {"employment": str(job.uid), "clinic": str(world.clinic.uid), "kind": "periodic", **ON}
    key = {"Idempotency-Key": "one"}
    first = sides.plant.post("/referrals", asked, 201, **key)
    second = sides.plant.post("/referrals", asked, 201, **key)
    assert first == second
    assert len(sides.plant.get("/referrals")["items"]) == 1
    sides.plant.post("/referrals", asked, 409)


def test_a_referral_is_handed_and_taken_back(sides: Sides, world: World) -> None:
    job = world.worker("Громов", world.place("Токарь", NOISE))
    asked = {"employment": str(job.uid), "clinic": str(world.clinic.uid), "kind": "preliminary", **ON}
    issued = sides.plant.post("/referrals", asked, 201)
    assert issued["specialists"][0]["reasons"]
    assert sides.plant.post(f"/referrals/{issued['uid']}/hand", ON)["handed_on"] == "2026-02-02"
    gone = sides.plant.post(f"/referrals/{issued['uid']}/cancel", {"reason": "передумал"})
    assert gone["state"] == "cancelled"
    assert sides.clinic.get(f"/referrals/{issued['uid']}/exam")["state"] == "cancelled"


def test_all_referrals_of_a_campaign_are_handed_at_once(sides: Sides, world: World) -> None:
    where = world.place("Токарь", NOISE)
    for last in ("Громов", "Зимин"):
        world.worker(last, where)
    path = f"/campaigns/{sides.campaign()}/referrals/hand"
    (first, *_) = sides.plant.get("/referrals")["items"]
    assert sides.plant.post(path, {"referrals": [first["uid"]], **ON}) == {"count": 1}
    assert sides.plant.post(path, ON) == {"count": 1}
    assert {row["handed_on"] for row in sides.plant.get("/referrals")["items"]} == {"2026-02-02"}
    assert "ждут вручения" in sides.plant.post(path, ON, 409)["detail"]


def test_a_visit_ends_without_a_conclusion(sides: Sides, world: World) -> None:
    where = world.place("Токарь", NOISE)
    jobs = [world.worker(last, where) for last in ("Громов", "Зимин", "Серов")]
    sides.campaign()
    absent, left, ill = [sides.exam_of(job) for job in jobs]
    sides.clinic.post(f"/exams/{absent}/plan", {"on": "2026-02-10"})
    closed = sides.clinic.post(f"/exams/{absent}/not-passed", {"reason": "не явился", **ON})
    assert (closed["state"], closed["planned_on"]) == ("not_passed", "2026-02-10")
    assert sides.clinic.post(f"/exams/{absent}/resume")["state"] == "planned"
    sides.clinic.post(f"/exams/{left}/start", ON)
    assert (
        sides.clinic.post(f"/exams/{left}/not-completed", {"reason": "уехал", **ON})["state"]
        == "not_completed"
    )
    sides.clinic.post(f"/exams/{ill}/start", ON)
    assert (
        sides.chair.post(f"/exams/{ill}/further-exam-note", ON | {"examinations": ["УЗИ"]}, 201)["number"]
        == 1
    )


def test_the_system_of_the_employer_meets_nothing_medical(sides: Sides, world: World) -> None:
    rigger = world.worker("Громов", world.place("Монтажник", HEIGHT))
    campaign = sides.campaign()
    exam = sides.exam_of(rigger)
    sides.clinic.post(f"/exams/{exam}/start", ON)
    sides.fill(exam, "male", {"code": "J45.0"})
    assert Finding.objects.unscoped("test").exists()
    for path in ("lines", "findings", "diagnoses", "conclusions/medical"):
        sides.plant.get(f"/exams/{exam}/{path}", 403)
    paths = (
        "/visits",
        "/conclusions",
        "/referrals",
        "/admissions",
        "/campaigns",
        f"/campaigns/{campaign}/roll",
    )
    seen = json.dumps([sides.plant.get(path) for path in paths], ensure_ascii=False)
    assert "Громов" in seen
    assert [word for word in MEDICAL if word in seen] == []


def test_a_worker_reads_his_own_and_a_stranger_nothing(sides: Sides, world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    other = world.worker("Зимин", world.place("Слесарь", NOISE))
    sides.campaign()
    exam, foreign = sides.exam_of(turner), sides.exam_of(other)
    sides.clinic.post(f"/exams/{exam}/start", ON)
    own = Outside("turner", Role.WORKER, None, turner.person_id)
    (visit,) = own.get("/visits")["items"]
    assert visit["uid"] == exam
    assert own.get(f"/exams/{exam}/lines")
    own.get(f"/exams/{foreign}/lines", 404)
    stranger = Outside("stranger", Role.CLINIC, World().clinic.pk)
    for path in (f"/exams/{exam}", f"/exams/{exam}/lines", f"/exams/{exam}/conclusions"):
        stranger.get(path, 404)
    stranger.post(f"/exams/{exam}/plan", {"on": "2026-02-10"}, 404)


def test_lists_cost_the_same_however_many_rows(sides: Sides, world: World) -> None:
    where = world.place("Токарь", NOISE)
    world.worker("Громов", where)
    campaign = sides.campaign()
    paths = {
        sides.plant: ("/visits", "/referrals", "/admissions", f"/campaigns/{campaign}/roll"),
        sides.clinic: ("/exams", "/referrals", "/campaigns"),
    }
    few = _prices(paths)
    for last in ("Зимин", "Серов", "Юдин"):
        row = world.worker(last, where)
        asked = {"employment": str(row.uid), "clinic": str(world.clinic.uid), "kind": "periodic", **ON}
        sides.plant.post("/referrals", asked, 201)
    assert _prices(paths) == few
    part = sides.clinic.get("/exams", size=3)
    rest = sides.clinic.get("/exams", size=3, after=part["next"])
    assert (len(part["items"]), len(rest["items"]), rest["next"]) == (3, 1, "")


def _prices(paths: dict[Outside, tuple[str, ...]]) -> list[int]:
    found = []
    for system, asked in paths.items():
        for path in asked:
            with CaptureQueriesContext(connection) as queries:
                system.get(path)
            found.append(len(queries))
    return found
