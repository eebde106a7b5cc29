"""Rules of suspicion are rows; what they notice is noticed once and closed with a note."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from medtrud.engines.background.public import file_of, run_pending
from medtrud.engines.journal.models import Suspicion
from medtrud.engines.journal.public import (
    history_of,
    line_export,
    lines,
    record,
    record_refusal,
    suspicion_close,
    suspicions,
    suspicions_find,
    watch_change,
    watches,
)
from medtrud.engines.store.public import now, together
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.errors import Forbidden, Refused

pytestmark = pytest.mark.django_db
DESK = frozenset({"journal.suspicion_close", "journal.line_export", "journal.watch_change"})
GUARD = Actor(role=Role.SECURITY, name="guard", account=1, permissions=DESK)
CLERK = Actor(role=Role.CLINIC, name="clerk", account=5)
JOB = Actor.job("test")


def refuse(actor: Actor, times: int) -> None:
    for _ in range(times):
        record_refusal(actor, "exams.exam", uuid4(), kind="NotFound", status=404)


def test_many_refusals_of_one_account_are_noticed_once() -> None:
    refuse(CLERK, 19)
    refuse(Actor(role=Role.CLINIC, name="other", account=6), 5)
    assert suspicions_find(JOB, at=now()) == []
    refuse(CLERK, 1)
    (found,) = suspicions_find(JOB, at=now())
    assert (found.watch.code, found.account, found.times) == ("many_refusals", 5, 20)
    refuse(CLERK, 3)
    assert suspicions_find(JOB, at=now()) == [], "it is open already"
    assert list(suspicions(GUARD)) == [found]
    assert not suspicions(CLERK).exists()


def test_old_refusals_are_not_counted() -> None:
    refuse(CLERK, 25)
    assert suspicions_find(JOB, at=now() + dt.timedelta(minutes=11)) == []


def test_the_administrator_changes_a_rule_and_it_works_at_once() -> None:
    watch = watches(GUARD).get(code="many_refusals")
    watch_change(GUARD, uid=watch.uid, times=2, minutes=5, is_active=True)
    refuse(CLERK, 2)
    assert len(suspicions_find(JOB, at=now())) == 1
    assert history_of(watch.uid).get().facts["before"] == {"times": 20, "minutes": 10, "is_active": True}
    with pytest.raises((Refused, ValidationError), match="больше нуля"):
        watch_change(GUARD, uid=watch.uid, times=0, minutes=5, is_active=True)


def test_a_suspicion_is_closed_with_a_note_and_may_come_again_with_new_lines() -> None:
    refuse(CLERK, 20)
    (found,) = suspicions_find(JOB, at=now())
    with pytest.raises(Refused, match="Вывод пуст"):
        suspicion_close(GUARD, uid=found.uid, note=" ")
    with pytest.raises(Forbidden):
        suspicion_close(CLERK, uid=found.uid, note="это я")
    suspicion_close(GUARD, uid=found.uid, note="Ошибся в адресах, объяснено")
    assert suspicions_find(JOB, at=now()) == [], "the same lines are not reported again"
    assert suspicions(GUARD).get().note == "Ошибся в адресах, объяснено"
    assert Suspicion.objects.unscoped("test").count() == 1


def test_the_export_is_a_job_that_leaves_a_file_safe_for_spreadsheets() -> None:
    with together():
        record(Actor(role=Role.WORKER, name="=cmd()", account=9), "exams.exam_open", uuid4())
    refuse(CLERK, 2)
    job = line_export(GUARD, filters={"outcome": "done"})
    run_pending()
    job.refresh_from_db()
    assert job.state == "done"
    text = b"".join(file_of(job)).decode("utf-8-sig")
    head, first, *others = text.splitlines()
    assert head.startswith("номер;когда;кто")
    assert "'=cmd()" in first
    assert all("отказано" not in line for line in others)


def test_filters_find_lines_by_person_action_and_day() -> None:
    refuse(CLERK, 2)
    with together():
        record(GUARD, "access.seat_give", uuid4())
    assert lines(GUARD, text="cle").count() == 2
    assert lines(GUARD, text="access.").count() == 1
    assert lines(GUARD, text="3").get().action == "access.seat_give"
    assert lines(GUARD, text=str(lines(GUARD, text="3").get().object)).count() == 1
    assert lines(GUARD, text="\x00" + "9" * 30).count() == 0
    assert lines(GUARD, outcome="refused").count() == 2
    assert lines(GUARD, since=now() + dt.timedelta(days=1)).count() == 0
    assert lines(CLERK).count() == 0
