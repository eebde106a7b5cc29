"""From the staff of a plant to the final act, and what each step refuses."""

import datetime as dt
from uuid import uuid4

import pytest

from medtrud.domains.exams.actions.act import final_act_close
from medtrud.domains.exams.actions.campaign import campaign_open, roll_build
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.diagnosis import finding_decide
from medtrud.domains.exams.actions.exam import exam_not_passed, exam_start
from medtrud.domains.exams.actions.line import draft_save, line_cancel, result_record
from medtrud.domains.exams.actions.note import further_exam_note_issue
from medtrud.domains.exams.actions.referral import referral_cancel, referral_issue
from medtrud.domains.exams.models import Conclusion, Exam, ExamLine, FinalAct, LineResult, RollEntry
from medtrud.domains.exams.queries.admission import admissions
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.rules.forms import FormRefused
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis, NewResult
from medtrud.domains.exams.types.states import AdmissionState, Decision, ExamKindCode, ExamState, LineState
from medtrud.domains.record.public import timeline_for
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.people.public import names_of, persons_merge

from .world import DAY, HEIGHT, JOB, NOISE, World, normal_values, seat, someone

pytestmark = pytest.mark.django_db
HEALTHY = NewConclusion(health_group="I")


@pytest.fixture
def world(icd10: None) -> World:
    return World()


def test_the_named_list_holds_whom_the_order_obliges_and_says_why(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.worker("Агеева", world.place("Бухгалтер", (), "2"), sex="female")
    world.campaign()
    (entry,) = RollEntry.objects.visible_to(world.hr).all()
    assert (entry.employment, entry.codes) == (turner, ["4.4"])
    names = {line["name"] for line in entry.programme.content["specialists"]}
    assert {"врач-терапевт", "врач-оториноларинголог"} <= names
    assert all(line["reasons"] for line in entry.programme.content["tests"])


def test_building_the_list_again_shows_who_entered_left_and_changed(world: World) -> None:
    where = world.place("Токарь", NOISE)
    world.worker("Громов", where)
    row = campaign_open(world.hr, clinic=world.clinic.uid, title="2026", since=DAY, until=dt.date(2026, 4, 1))
    first = roll_build(world.hr, campaign=row.uid, on=DAY)
    world.worker("Зимин", where)
    second = roll_build(world.hr, campaign=row.uid, on=DAY)
    assert (first.entered, second.entered, second.unchanged, second.left) == (1, 1, 1, 0)


def test_a_whole_visit_ends_with_a_conclusion_an_admission_and_a_record(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    assert exam.state == ExamState.STARTED
    with pytest.raises(Refused, match="весь объём"):
        conclusion_give(world.chair, exam=exam.uid, given=HEALTHY, on=DAY)
    world.fill(exam)
    exam.refresh_from_db()
    assert (exam.state, exam.lines_done) == (ExamState.READY, exam.lines_due)
    given = conclusion_give(world.chair, exam=exam.uid, given=HEALTHY, on=DAY)
    assert (given.version, given.valid_until) == (1, dt.date(2027, 2, 2))
    states = dict(admissions(world.hr, on=DAY).values_list("employment", "state"))
    assert states == {turner.pk: AdmissionState.ADMITTED}
    late = dict(admissions(world.hr, on=dt.date(2027, 2, 3)).values_list("employment", "state"))
    assert late == {turner.pk: AdmissionState.OVERDUE}
    kinds = [entry.kind for entry in timeline_for(JOB, turner.person_id)]
    assert kinds[0] == "conclusion"
    assert {"referral", "exam", "conclusion"} <= set(kinds)


def test_only_the_chairman_signs_and_a_second_signature_is_a_new_version(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    world.fill(exam)
    with pytest.raises(Forbidden):
        conclusion_give(world.doctor, exam=exam.uid, given=HEALTHY, on=DAY)
    first = conclusion_give(world.chair, exam=exam.uid, given=HEALTHY, on=DAY)
    second = conclusion_give(
        world.chair, exam=exam.uid, given=NewConclusion("II", change_reason="опечатка в группе"), on=DAY
    )
    rows = Conclusion.objects.visible_to(world.hr).filter(exam=exam).order_by("version")
    assert [(row.version, row.health_group, row.current) for row in rows] == [
        (1, "I", False),
        (2, "II", True),
    ]
    assert first.number == second.number


def test_a_diagnosis_asks_about_contraindications_and_the_answer_decides(world: World) -> None:
    rigger = world.worker("Громов", world.place("Монтажник", HEIGHT))
    world.campaign()
    exam = world.start(rigger)
    world.fill(exam, NewDiagnosis("G40.3", first_time=True, chronic=True))
    findings = open_findings(exam)
    assert findings
    assert {code for finding in findings for code in finding.codes} <= {"6.1", "4.4"}
    with pytest.raises(Refused, match="Решите о"):
        conclusion_give(world.chair, exam=exam.uid, given=HEALTHY, on=DAY)
    for finding in findings:
        finding_decide(world.chair, finding=finding.uid, decision=Decision.CONFIRMED)
    with pytest.raises(Refused, match="в заключении его нет"):
        conclusion_give(world.chair, exam=exam.uid, given=HEALTHY, on=DAY)
    with pytest.raises(Refused, match="нет в направлении"):
        conclusion_give(world.chair, exam=exam.uid, given=NewConclusion("IIIа", ("1.3",)), on=DAY)
    barred = NewConclusion("IIIа", tuple(findings[0].codes))
    conclusion_give(world.chair, exam=exam.uid, given=barred, on=DAY)
    (row,) = admissions(world.hr, on=DAY)
    assert row.state == AdmissionState.BARRED


def test_the_employer_sees_the_visit_and_nothing_medical(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    world.fill(exam, NewDiagnosis("J45.0"))
    assert not ExamLine.objects.visible_to(world.hr).exists()
    assert not LineResult.objects.visible_to(world.hr).exists()
    assert not timeline_for(world.hr, turner.person_id).exists()
    stranger = World()
    line = ExamLine.objects.unscoped("test").filter(exam=exam).latest("pk")
    with pytest.raises(NotFound):
        line_cancel(stranger.registrar, line=line.uid, reason="чужая")


def test_a_wrong_value_is_named_and_nothing_is_saved(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    line = ExamLine.objects.unscoped("test").get(exam=exam, title="АД")
    with pytest.raises(FormRefused) as refusal:
        result_record(world.doctor, line=line.uid, result=NewResult(DAY, {"pressure": "80/120"}))
    assert "верхнее 80 не больше нижнего 120" in refusal.value.errors["pressure"]
    assert not LineResult.objects.unscoped("test").exists()
    result_record(world.doctor, line=line.uid, result=NewResult(DAY, {"pressure": "15095"}))
    result = result_record(world.doctor, line=line.uid, result=NewResult(DAY, {"pressure": "150/95"}))
    assert (result.version, result.values["pressure"], result.flags) == (
        2,
        "150/95",
        {"pressure": "выше нормы"},
    )


def test_a_draft_survives_and_a_stale_window_is_refused(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    line = ExamLine.objects.unscoped("test").filter(exam=world.start(turner)).latest("pk")
    draft = draft_save(world.doctor, line=line.uid, values={"complaints": "каш"}, revision=0)
    assert draft.revision == 1
    with pytest.raises(Refused, match="в другом окне"):
        draft_save(world.doctor, line=line.uid, values={"complaints": ""}, revision=0)


def test_a_window_whose_answer_was_lost_saves_again_and_another_one_does_not(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    line = ExamLine.objects.unscoped("test").filter(exam=world.start(turner)).latest("pk")
    mine, other = uuid4(), uuid4()
    for text in ("каш", "кашель"):
        kept = draft_save(world.doctor, line=line.uid, values={"complaints": text}, revision=0, window=mine)
    assert (kept.revision, kept.values) == (2, {"complaints": "кашель"})
    with pytest.raises(Refused, match="в другом окне"):
        draft_save(world.doctor, line=line.uid, values={"complaints": ""}, revision=1, window=other)
    taken = draft_save(world.doctor, line=line.uid, values={"complaints": "нет"}, revision=2, window=other)
    with pytest.raises(Refused, match="в другом окне"):
        draft_save(world.doctor, line=line.uid, values={"complaints": ""}, revision=2, window=mine)
    assert taken.revision == 3


def test_a_doctor_without_accreditation_cannot_write_the_line(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    line = ExamLine.objects.unscoped("test").get(exam=world.start(turner), title="врач-невролог")
    therapist = world.staff("Попова", ("27",))
    result = NewResult(DAY, normal_values(line.title, "male", DAY), staff=therapist.uid)
    with pytest.raises(Forbidden, match="аккредитац"):
        result_record(world.doctor, line=line.uid, result=result)


def test_results_of_a_year_are_credited_in_the_next_exam(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    world.fill(exam)
    conclusion_give(world.chair, exam=exam.uid, given=HEALTHY, on=DAY)
    later = DAY + dt.timedelta(days=60)
    issued = referral_issue(
        world.hr,
        employment=turner.uid,
        clinic=world.clinic.uid,
        kind=ExamKindCode.EXTRAORDINARY,
        on=later,
        basis="по медицинским рекомендациям",
    )
    again = exam_start(world.registrar, exam=issued.exam.uid, on=later)
    states = set(ExamLine.objects.unscoped("test").filter(exam=again).values_list("state", flat=True))
    assert LineState.CREDITED in states


def test_a_referral_is_taken_back_only_before_the_visit(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.exam_of(turner)
    with pytest.raises(Refused, match="причину"):
        referral_cancel(world.hr, referral=exam.referral.uid, reason=" ")
    world.start(turner)
    with pytest.raises(Refused, match="уже начат"):
        referral_cancel(world.hr, referral=exam.referral.uid, reason="уволен")


def test_the_act_counts_everybody_once_and_keeps_its_versions(world: World) -> None:  # noqa: PLR0915 - a story  # noqa: PLR0915 - a story
    noise = world.place("Токарь", NOISE)
    height = world.place("Монтажник", HEIGHT)
    passed, unfinished = world.worker("Громов", noise), world.worker("Зимин", noise)
    barred, absent = world.worker("Серов", height), world.worker("Панова", noise, sex="female")
    note, young = world.worker("Юдин", noise), world.worker("Фомин", noise, born=dt.date(2008, 6, 1))
    world.worker("Агеева", world.place("Бухгалтер", (), "2"), sex="female")
    campaign = world.campaign()
    for employment in (passed, young):
        exam = world.start(employment)
        world.fill(exam, NewDiagnosis("I10", first_time=True, chronic=True))
        for finding in open_findings(exam):
            finding_decide(world.chair, finding=finding.uid, decision=Decision.REJECTED, reason="I степень")
        given = NewConclusion("II", dispensary=True)
        conclusion_give(world.chair, exam=exam.uid, given=given, on=DAY)
    world.start(unfinished)
    exam = world.start(barred)
    world.fill(
        exam,
        NewDiagnosis("G40.3", first_time=True, chronic=True),
        NewDiagnosis("H83.3", nature="occupational_suspected"),
    )
    for finding in open_findings(exam):
        finding_decide(world.chair, finding=finding.uid, decision=Decision.CONFIRMED)
    codes = tuple({code for finding in open_findings(exam) for code in finding.codes})
    conclusion_give(world.chair, exam=exam.uid, given=NewConclusion("IIIа", codes, center=True), on=DAY)
    exam_not_passed(world.registrar, exam=world.exam_of(absent).uid, reason="не явилась", on=DAY)
    exam = world.start(note)
    further_exam_note_issue(world.chair, exam=exam.uid, on=DAY, examinations=["Холтер"])
    act = final_act_close(
        world.chair, campaign=campaign.uid, as_of=dt.date(2026, 3, 31), on=dt.date(2026, 4, 5)
    )
    totals = {int(item): count["total"] for item, count in act.items["counts"].items()}
    assert totals == {
        4: 7,
        5: 6,
        6: 0,
        7: 6,
        8: 3,
        11: 1,
        13: 2,
        15: 2,
        16: 1,
        17: 1,
        18: 1,
        19: 0,
        20: 0,
        21: 0,
        22: 2,
        23: 1,
        24: 3,
        25: 0,
        26: 0,
    }
    assert act.items["coverage"] == "50,0"
    assert (act.items["counts"]["7"]["women"], act.items["counts"]["8"]["minors"]) == (1, 1)
    assert [(line["icd_class"], line["count"]) for line in act.items["chronic"]] == [("VI", 1), ("IX", 2)]
    for item, total in totals.items():
        if item in (7, 8, 11, 13, 15, 16):
            assert act.members.filter(items__contains=[item]).count() == total
    again = final_act_close(
        world.chair, campaign=campaign.uid, as_of=dt.date(2026, 3, 31), on=dt.date(2026, 4, 6)
    )
    assert (again.version, again.number) == (2, act.number)
    assert FinalAct.objects.visible_to(world.hr).count() == 2


def test_the_worker_reads_his_own_visit_also_after_two_cards_became_one(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    world.campaign()
    exam = world.start(turner)
    other = someone("Громов")
    cards = names_of(JOB, [turner.person_id, other])
    worker = seat(Role.WORKER, person=turner.person_id)
    stranger = seat(Role.WORKER, person=someone("Зимин"))
    assert list(Exam.objects.visible_to(worker)) == [exam]
    assert not Exam.objects.visible_to(stranger).exists()
    persons_merge(JOB, kept=cards[other].uid, gone=cards[turner.person_id].uid, reason="одна запись")
    assert list(Exam.objects.visible_to(seat(Role.WORKER, person=other))) == [exam]
    assert Exam.objects.visible_to(worker).exists()
