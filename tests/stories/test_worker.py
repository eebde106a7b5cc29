"""A worker reads on his phone where to go and why, what was found, and who looked into his record."""

import datetime as dt
import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.diagnosis import finding_decide
from medtrud.domains.exams.actions.exam import exam_plan, exam_start
from medtrud.domains.exams.actions.line import result_record, results_record
from medtrud.domains.exams.actions.referral import referral_issue
from medtrud.domains.exams.models import Exam, ExamLine
from medtrud.domains.exams.queries.checks import open_findings
from medtrud.domains.exams.tests.world import JOB, World, normal_values
from medtrud.domains.exams.types.results import NewConclusion, NewDiagnosis, NewResult
from medtrud.domains.exams.types.states import Decision, ExamKindCode, LineState
from medtrud.domains.record.public import entries_add_many
from medtrud.domains.record.types import NewEntry
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.registries.organizations.public import employment_close, employment_open
from medtrud.registries.people.public import person_register

from .browser import look, sign_in

LOGIN, DOCTOR = "story-worker", "story-clinic"
SNILS = "112-233-445 95"


class Life(World):
    """Twenty years of one fitter: two posts, an examination every year, the next one planned."""

    def __init__(self) -> None:
        super().__init__()
        self.person = person_register(
            JOB,
            last_name="Белозёров",
            first_name="Николай",
            middle_name="Андреевич",
            birth_date=dt.date(1979, 4, 11),
            sex="male",
        )
        first = self.place("Слесарь-ремонтник", ("4.4",), "2")
        second = self.place("Электрогазосварщик", ("4.4", "1.29", "4.3.2"), "3.2")
        since, moved = dt.date(2006, 9, 1), dt.date(2021, 6, 1)
        old = self._hired(first, since)
        employment_close(self.hr, employment=old.uid, until=moved, reason="перевод")
        self.job = self._hired(second, moved)
        self._earlier(since.year)
        on = today()
        self.past = self._visit(on - dt.timedelta(days=400))
        self.fill(self.past, on=on - dt.timedelta(days=400))
        self._conclude(self.past, NewConclusion("II"), on - dt.timedelta(days=398))
        self.exam = self._visit(on, start=False)
        exam_plan(self.registrar, exam=self.exam.uid, on=on + dt.timedelta(days=5))
        run_pending()
        for login, role, person, place in (
            (LOGIN, Role.WORKER, self.person, None),
            (DOCTOR, Role.CLINIC, self.doctor.person, self.clinic.pk),
        ):
            card = person if isinstance(person, int) or person is None else person.pk
            account = account_open(JOB, login=login, password="x", person=card)
            seat_give(JOB, account=account, role=role, since=dt.date(2025, 1, 1), organization=place)

    def _hired(self, where, since: dt.date):
        post, place = where
        return employment_open(
            self.hr, person=self.person.pk, post=post.uid, workplace=place.uid, since=since
        )

    def _earlier(self, first: int) -> None:
        """Write the examinations of the years before the product."""
        entries = []
        for year in range(first, 2025):
            day = dt.date(year, 3, 3 + year % 20)
            barred = {"contraindicated": ["4.4"]} if year == 2019 else {}
            result = "есть противопоказания" if barred else "противопоказаний нет"
            entries += [
                NewEntry(self.person.pk, "exam", day, "Периодический осмотр начат", uuid4(), "archive"),
                NewEntry(
                    self.person.pk, "conclusion", day + dt.timedelta(days=9), f"Заключение: {result}",
                    uuid4(), "archive", data=barred,
                ),
            ]  # fmt: skip
        entries_add_many(JOB, entries=entries)

    def _visit(self, on: dt.date, *, start: bool = True) -> Exam:
        issued = referral_issue(
            self.hr, employment=self.job.uid, clinic=self.clinic.uid, kind=ExamKindCode.PERIODIC, on=on
        )
        return exam_start(self.registrar, exam=issued.exam.uid, on=on) if start else issued.exam

    def _conclude(self, exam: Exam, given: NewConclusion, on: dt.date) -> None:
        for finding in open_findings(exam):
            finding_decide(
                self.chair, finding=finding.uid, decision=Decision.REJECTED, reason="стадия не достигнута"
            )
        conclusion_give(self.chair, exam=exam.uid, given=given, on=on)
        run_pending()

    def begin(self) -> None:
        """Come to the clinic and pass half of the rooms; the pressure is high."""
        on = today()
        self.exam = exam_start(self.registrar, exam=self.exam.uid, on=on)
        lines = list(ExamLine.objects.unscoped("story").filter(exam=self.exam).order_by("order"))
        due = [line for line in lines if line.state in (LineState.DUE, LineState.UNKNOWN_EXPOSURE)]
        for line in due[: len(due) // 2]:
            values = normal_values(line.title, "male", on)
            result_record(self.doctor, line=line.uid, result=NewResult(on, values))

    def finish(self) -> None:
        """Pass the rest and receive the conclusion."""
        on = today()
        high = {"pressure": "152/96"}
        lines = ExamLine.objects.unscoped("story").filter(exam=self.exam, state=LineState.DUE)
        results = [
            NewResult(
                on,
                normal_values(line.title, "male", on) | (high if line.title == "АД" else {}),
                kind=line.kind,
                code=line.code,
            )
            for line in lines
        ]
        diagnosis = NewDiagnosis("I10", detail="I степень", first_time=True, chronic=True)
        results[0] = NewResult(
            on, results[0].values, diagnoses=(diagnosis,), kind=results[0].kind, code=results[0].code
        )
        results_record(self.doctor, exam=self.exam.uid, results=results)
        advice = "Измеряйте давление дважды в день и покажите записи терапевту через две недели."
        self._conclude(self.exam, NewConclusion("IIIа", dispensary=True, advice=advice), on)


@pytest.fixture(scope="module")
def life(own_database, django_db_blocker) -> Iterator[Life]:
    with django_db_blocker.unblock():
        yield Life()


def test_from_the_referral_to_the_conclusion_on_a_phone(page: Page, life: Life):
    sign_in(page, LOGIN)
    page.goto("/worker/")
    expect(page.locator(".hero")).to_contain_text("вам выдано направление")
    look(page, "worker-home", full=True)
    page.get_by_role("link", name="Показать QR-код направления").click()
    expect(page.locator(".ticket .code svg")).to_be_visible()
    page.locator(".why summary").first.click()
    expect(page.locator(".why details[open]").first).to_contain_text("29н")
    look(page, "worker-referral", full=True)
    life.begin()
    page.goto("/worker/")
    expect(page.locator(".hero")).to_contain_text("Осталось пройти")
    look(page, "worker-home-begun", full=True)
    page.locator("a.ring-card").click()
    look(page, "worker-exam-begun", full=True)
    life.finish()
    page.goto("/worker/")
    expect(page.locator(".hero")).to_contain_text("вы допущены")
    look(page, "worker-home-concluded", full=True)
    page.get_by_role("link", name="Заключение и результаты").click()
    expect(page.locator("main")).to_contain_text("Группа здоровья IIIа")
    expect(page.locator(".results").first).to_contain_text("152/96")
    look(page, "worker-exam", full=True)
    for name in ("exams", "work"):
        page.goto(f"/worker/{name}/")
        look(page, f"worker-{name}", full=True)


def test_the_record_shows_a_life_and_the_worker_sees_who_opened_it(page: Page, life: Life):
    sign_in(page, DOCTOR)
    page.goto(f"/record/{life.person.uid}/")
    expect(page.locator(".trajectory .mark.warn")).to_have_count(2)  # the conclusion and the diagnosis
    look(page, "record-timeline", full=True)
    page.locator(".trajectory .mark[href*='/record/entries/']:visible").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(
        re.compile(r"/record/entries/|/exams/exams/")
    )  # a doctor of the clinic opens the visit itself
    look(page, "record-entry")
    page.go_back()
    page.locator(".kinds a", has_text="Заключения").click()
    expect(page.locator(".life li").first).to_contain_text("Заключение")
    sign_in(page, LOGIN)
    page.goto("/record/mine/")
    look(page, "record-mine", full=True)
    page.goto("/worker/access/")
    expect(page.locator("main")).to_contain_text("Открыта карта работника")
    look(page, "worker-access")
    page.goto("/worker/card/")
    expect(page.locator("main")).to_contain_text("Белозёров")
    look(page, "worker-card")
