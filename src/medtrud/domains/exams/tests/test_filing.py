"""A conclusion becomes a document: signed by the chairman, sealed, then seen by the others."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from medtrud.domains.documents.public import document_open, documents, requests_sign, requests_waiting
from medtrud.domains.exams.actions import conclusions_file
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.models import Conclusion, Exam
from medtrud.domains.exams.queries.filed import conclusion_papers
from medtrud.domains.exams.types.results import NewConclusion
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.journal.public import history_of
from medtrud.engines.signing.public import authority_open, certificate_issue
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import StaffMember

from .desk import Commission
from .world import DAY, JOB, seat

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("icd10")]


def keyed(world: Commission) -> Actor:
    """Give the chairman an account, a certificate, and the clinic its seal."""
    account = account_open(JOB, login="chair", password="x", person=world.chair.person)
    house = world.clinic.pk
    seat_give(JOB, account=account, role=Role.COMMISSION, since=dt.date(2025, 1, 1), organization=house)
    chairs = StaffMember.objects.unscoped("test").filter(person=world.chair.person)
    chairs.update(account=account)
    authority_open(JOB, algorithm="gost256", name="Центр", organization="Медтруд")
    owner = {"surname": "Воронина", "given_name": "Елена Викторовна"}
    certificate_issue(JOB, kind="person", names=owner, account=account.pk, organization=house)
    certificate_issue(JOB, kind="seal", names={"organization": "Поликлиника № 1"}, organization=house)
    return replace(world.chair, account=account.pk)


def test_a_signed_conclusion_reaches_the_employer_and_the_worker() -> None:
    world = Commission()
    world.ready()
    chair = keyed(world)
    visit = world.visit(world.clear)
    worker = seat(Role.WORKER, world.plant.pk, visit.person_id)
    conclusion_give(chair, exam=visit.uid, given=NewConclusion("I"), on=DAY)
    run_pending()
    (filed,) = documents(chair)
    assert filed.state == "signing"
    assert not documents(world.hr).filter(kind="conclusion")
    assert not documents(worker)
    for _ in range(2):
        requests_sign(chair, requests=[row.uid for row in requests_waiting(chair)])
    run_pending()
    for side in (world.hr, worker):
        (seen,) = documents(side).filter(kind="conclusion")
        assert (seen.uid, seen.state) == (filed.uid, "signed")
    assert Path(document_open(worker, document=filed.uid).path).read_bytes().startswith(b"%PDF")


def test_a_changed_conclusion_is_a_new_version_of_the_same_document() -> None:
    world = Commission()
    world.ready()
    visit = world.visit(world.clear)
    for given in (NewConclusion("I"), NewConclusion("II", change_reason="уточнена группа здоровья")):
        conclusion_give(world.chair, exam=visit.uid, given=given, on=DAY)
        run_pending()
    (filed,) = documents(world.chair)
    assert [row.number for row in filed.versions.order_by("number")] == [1, 2]
    assert filed.state == "draft"  # the chairman has no account: nobody could be asked


def test_a_changed_conclusion_is_signed_again_and_stays_handed_over() -> None:
    world = Commission()
    world.ready()
    chair = keyed(world)
    visit = world.visit(world.clear)
    for given in (NewConclusion("I"), NewConclusion("II", change_reason="уточнена группа здоровья")):
        conclusion_give(chair, exam=visit.uid, given=given, on=DAY)
        run_pending()
        for _ in range(2):  # by his own hand, then with the seal
            requests_sign(chair, requests=[row.uid for row in requests_waiting(chair)])
        run_pending()
    (seen,) = documents(world.hr).filter(kind="conclusion")
    assert (seen.state, seen.versions.count()) == ("signed", 2)


def test_conclusions_given_together_are_filed_together_each_once() -> None:
    world = Commission()
    world.ready(clear=2)
    chair = keyed(world)
    ready = Exam.objects.unscoped("test").filter(state="ready")
    visits = list(ready.exclude(person=world.ill.person_id).order_by("pk"))
    for visit in visits:
        conclusion_give(world.chair, exam=visit.uid, given=NewConclusion("I"), on=DAY)
    again = NewConclusion("II", change_reason="уточнена группа здоровья")
    conclusion_give(world.chair, exam=visits[0].uid, given=again, on=DAY)
    run_pending()
    run_pending()
    rows = {row.about: row for row in documents(world.chair).filter(kind="conclusion")}
    assert set(rows) == {visit.uid for visit in visits}
    counts = [[v.number for v in rows[visit.uid].versions.order_by("number")] for visit in visits]
    assert counts == [[1, 2], [1]]
    assert {row.version_id for row in requests_waiting(chair)} == {
        row.versions.order_by("-number")[0].pk for row in rows.values()
    }, "only the newest version waits for a signature"
    for version in Conclusion.objects.unscoped("test"):
        (line,) = [each for each in history_of(version.uid) if each.action == "exams.conclusions_file"]
        assert line.outcome == "done"


def test_filing_again_what_is_filed_changes_nothing() -> None:
    world = Commission()
    world.ready()
    visit = world.visit(world.clear)
    conclusion_give(world.chair, exam=visit.uid, given=NewConclusion("I"), on=DAY)
    run_pending()
    uids = list(Conclusion.objects.unscoped("test").values_list("uid", flat=True))
    conclusions_file(JOB, printed=conclusion_papers(JOB, uids))
    (filed,) = documents(world.chair).filter(kind="conclusion")
    assert filed.versions.count() == 1
