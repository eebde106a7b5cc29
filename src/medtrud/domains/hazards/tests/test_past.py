"""Work before the first record: by papers, in versions; and stored figures that keep up with the calendar."""

import datetime as dt
from functools import partial
from uuid import UUID

import pytest
from django.test import Client

from medtrud.domains.hazards.actions import (
    exposures_advance,
    past_job_add,
    past_job_change,
    past_job_withdraw,
)
from medtrud.domains.hazards.models import ExposurePeriod, ExposureTotal, PastJob
from medtrud.domains.hazards.public import exposures_of, harmful_since
from medtrud.domains.hazards.queries.exposure_groups import exposure_groups
from medtrud.domains.hazards.types.past import PastFactor, PastJobIn
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import organization_open
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, person_share

from .test_career import BEGUN, JOB, ON, Works, career, found, register, seat

__all__ = ["works"]
SINCE, UNTIL = dt.date(1994, 3, 1), dt.date(1999, 3, 1)


@pytest.fixture
def works(db: None) -> Works:
    return Works()


def uid_of(person: int) -> UUID:
    uid: UUID = Person.objects.unscoped("test").get(pk=person).uid
    return uid


def past(since: dt.date = SINCE, until: dt.date = UNTIL, **more: object) -> PastJobIn:
    said = {"sout_class": "3.2", "factors": (PastFactor("4.4", "3.2", 92.0),), "document": "ТК № 1"} | more
    return PastJobIn("Завод № 9", "Клепальщик", since, until, **said)  # type: ignore[arg-type]


@pytest.fixture
def man(works: Works) -> int:
    person = register("Прежний")
    works.factors("4.4")
    works.measured(BEGUN, 84.0)
    works.hire(person, dt.date(2001, 1, 1))
    run_pending()
    return person


def test_an_earlier_job_counts_in_dose_and_service_and_is_told_with_its_document(man: int) -> None:
    before, alone = found(career(man)), career(man).total.sums.harmful
    past_job_add(JOB, person=uid_of(man), job=past(), on=ON)
    told = career(man)
    assert told.total.sums.harmful - alone == (UNTIL - SINCE).days
    factor = found(told)
    assert factor.main.value is not None
    assert before.main.value is not None
    assert factor.main.value > before.main.value
    assert any(level.document == "ТК № 1" for level in told.levels.values())
    assert "Завод № 9: Клепальщик, по документу" in {job.title for job in told.jobs}
    fast = exposures_of(JOB, [man], on=ON)[man]
    assert fast["4.4"].sums.days == factor.sums.days, "the array road counts the same"
    assert fast["4.4"].value == pytest.approx(factor.main.value)
    assert harmful_since(JOB, [man], on=ON)[man] == ON - dt.timedelta(days=told.total.sums.harmful)


def test_an_employer_learns_nothing_of_work_elsewhere(man: int, works: Works) -> None:
    past_job_add(JOB, person=uid_of(man), job=past(), on=ON)
    own = career(man, actor=works.hr)
    assert all(job.employer == works.row.pk for job in own.jobs)
    assert not PastJob.objects.visible_to(works.hr).exists()


def test_a_correction_is_a_new_version_and_the_old_one_stays(man: int) -> None:
    row = past_job_add(JOB, person=uid_of(man), job=past(), on=ON)
    newer = past_job_change(JOB, past_job=row.uid, job=past(until=dt.date(1998, 3, 1)), on=ON)
    row.refresh_from_db()
    assert (newer.replaces_id, row.ended_why) == (row.pk, "исправлено")
    with pytest.raises(Refused, match="уже исправили"):
        past_job_change(JOB, past_job=row.uid, job=past(), on=ON)
    past_job_withdraw(JOB, past_job=newer.uid, why="не тот человек", on=ON)
    assert len(career(man).jobs) == 1
    assert PastJob.objects.unscoped("test").count() == 2


@pytest.mark.parametrize(("job", "said"), [
    (past(until=dt.date(2003, 1, 1)), "пересекается с работой «Завод: Токарь"),
    (past(document=" "), "по документу"),
    (past(sout_class="", factors=()), "Об условиях труда ничего не сказано"),
    (past(since=UNTIL), "раньше, чем началась"),
    (past(until=dt.date(2099, 1, 1)), "не похож на прежнюю работу"),
    (past(factors=(PastFactor("4.4", "3.2"), PastFactor("4.4", "3.1"))), "указан дважды"),
    (past(factors=(PastFactor("3.1.4", "", 5.0),)), "для пылевой нагрузки"),
    (past(factors=(PastFactor("99.9", "3.1"),)), "99.9"),
    (past(factors=(PastFactor("4.4", "", -3.0),)), "меньше нуля"),
])  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason(man: int, job: PastJobIn, said: str) -> None:
    with pytest.raises(Refused, match=said):
        past_job_add(JOB, person=uid_of(man), job=job, on=ON)


def test_two_earlier_jobs_share_no_day(man: int) -> None:
    past_job_add(JOB, person=uid_of(man), job=past(), on=ON)
    with pytest.raises(Refused, match="Завод № 9: Клепальщик"):
        past_job_add(JOB, person=uid_of(man), job=past(since=dt.date(1998, 1, 1)), on=ON)


def test_time_moves_the_stored_figures_of_those_whose_conditions_go_on_and_of_nobody_else(
    man: int, works: Works
) -> None:
    gone = register("Ушедший")
    works.hire(gone, dt.date(2002, 1, 1), dt.date(2010, 1, 1))
    run_pending()
    rows = ExposureTotal.objects.unscoped("test").filter(replaced_at__isnull=True)
    left = list(rows.filter(person=gone).order_by("code").values_list("pk", "counted_on", "days"))
    versions = dict(rows.filter(person=man).values_list("code", "version"))
    days = rows.get(person=man, code="4.4").days
    later = today() + dt.timedelta(days=40)
    assert exposures_advance(JOB, on=later) == len(versions)
    moved = rows.get(person=man, code="4.4")
    assert (moved.counted_on, moved.days) == (later, days + 40)
    assert dict(rows.filter(person=man).values_list("code", "version")) == versions, "time makes no version"
    assert ExposurePeriod.objects.unscoped("test").get(total=moved).until[-1] == later
    assert list(rows.filter(person=gone).order_by("code").values_list("pk", "counted_on", "days")) == left
    assert exposures_advance(JOB, on=later) == 0, "moved once, nothing is left to move"


def test_the_physician_writes_an_earlier_job_on_the_screen(man: int) -> None:
    clinic = organization_open(JOB, kind=Kind.CLINIC, requisites=Requisites("Поликлиника"), since=BEGUN)
    person_share(JOB, persons=[man], organization=clinic.pk)
    account = account_open(JOB, login="doctor", password="long-enough-Password-7")
    seat_give(JOB, account=account, role=Role.COMMISSION, since=BEGUN, organization=clinic.pk)
    client = Client()
    client.force_login(account)
    uid = uid_of(man)
    page = f"/hazards/exposure/{uid}/past/add/"
    said = {"employer": "Завод № 9", "post": "Клепальщик", "since": "01.03.1994", "last": "28.02.1999"}
    said |= {"document": "трудовая книжка", "sout_class": "3.2", "code_0": "4.4", "value_0": "92"}
    assert client.post(page, said | {"last": "01.02.2005"}).status_code == 422
    assert client.post(page, said).status_code == 302
    shown = client.get(f"/hazards/exposure/{uid}/").content.decode()
    assert "Прежняя работа по документам" in shown
    assert "4.4: 92,00 дБА" in shown
    assert f"на {today():%d.%m.%Y}" in shown
    row = PastJob.objects.unscoped("test").get()
    assert "Клепальщик" in client.get(f"/hazards/exposure/past/{row.uid}/").content.decode()
    assert client.post(f"/hazards/exposure/past/{row.uid}/withdraw/", {"why": "ошибка"}).status_code == 302
    stranger = seat(Role.EMPLOYER, 1)
    assert not stranger.may("hazards.past_job_add")


def test_groups_tell_the_same_as_the_people_in_them(man: int, works: Works) -> None:
    told = career(man, actor=works.hr)
    ask = partial(exposure_groups, works.hr, employer=works.row.pk, code="4.4", on=ON)
    (row,) = ask(cut="post", limit=80.0)
    assert (row.title, row.workers, row.exposed, row.over) == ("Токарь", 1, 1, 1)
    assert row.mean == row.worst == pytest.approx(found(told).main.value)
    (factor,) = ask(cut="factor", limit=None)
    assert (factor.title.split()[0], factor.exposed, factor.measured) == ("4.4", 1, 1)
