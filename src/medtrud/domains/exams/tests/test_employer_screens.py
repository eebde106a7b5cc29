"""The employer's screens: campaign, list, referrals, admission, contingent; nothing of it is medical."""

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from medtrud.domains.exams.actions.campaign import campaign_agree, campaign_approve, campaign_open, roll_build
from medtrud.domains.exams.actions.conclusion import conclusion_give
from medtrud.domains.exams.actions.referral import referral_issue
from medtrud.domains.exams.models import Campaign, LastingIncapacity, Referral, RollEntry
from medtrud.domains.exams.queries.employer_papers import admission_rows, contingent_rows
from medtrud.domains.exams.types.results import NewConclusion
from medtrud.domains.exams.types.states import CampaignState, ExamKindCode, ReferralState
from medtrud.engines.background.public import Job, file_of, run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused

from .test_visit_screens import sign_in
from .world import DAY, HEIGHT, NOISE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(icd10: None) -> World:
    return World()


@pytest.fixture
def client(world: World) -> Client:
    return sign_in(Role.EMPLOYER, world.plant.pk)


def text(client: Client, name: str, *args: Any, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.content.decode()
    return str(answer.content.decode())


def done(client: Client, url: str, **values: Any) -> str:
    answer = client.post(url, values)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def finished(address: str) -> Job:
    run_pending()
    job: Job = Job.objects.unscoped("test").get(uid=address.rstrip("/").rpartition("/")[2])
    assert (job.state, job.error) == ("done", "")
    return job


def pages(content: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def staffed(world: World) -> None:
    where = world.place("Токарь", NOISE)
    for last in ("Громов", "Зимин"):
        world.worker(last, where)


def test_a_campaign_goes_from_the_form_to_printed_referrals(world: World, client: Client) -> None:
    staffed(world)
    since = today() + dt.timedelta(days=100)
    facts = {"title": "Осмотр", "clinic": world.clinic.uid, "since": f"{since:%d.%m.%Y}"}
    last = since + dt.timedelta(days=10)
    address = done(client, reverse("exams:campaign_open"), last=f"{last:%d.%m.%Y}", **facts)
    row = Campaign.objects.visible_to(world.hr).get()
    assert address == reverse("exams:campaign", args=[row.uid])
    job = finished(done(client, reverse("exams:roll_build", args=[row.uid])))
    assert "Вошли: 2" in job.result["text"]
    assert "Громов" in text(client, "exams:roll", row.uid)
    assert "Громов" not in text(client, "exams:roll", row.uid, query="?tab=left")
    assert "Громов" in pages(client.get(reverse("exams:roll_print", args=[row.uid])).content)
    done(client, reverse("exams:campaign_approve", args=[row.uid]))
    assert "Список у клиники" in text(client, "exams:campaign", row.uid)
    campaign_agree(world.registrar, campaign=row.uid, on=today())
    job = finished(done(client, reverse("exams:referrals_issue", args=[row.uid])))
    assert job.result["text"] == "Выдано направлений: 2."
    assert "Громов" in text(client, "exams:referral_list", query="?tab=wait")
    one = Referral.objects.visible_to(world.hr).order_by("number")[0]
    printed = pages(client.get(reverse("exams:referral_print", args=[one.uid])).content)
    assert "НАПРАВЛЕНИЕ" in printed
    assert "4.4" in printed
    job = finished(done(client, reverse("exams:campaign_referrals_print", args=[row.uid])))
    both = pages(b"".join(file_of(job)))
    assert both.count("НАПРАВЛЕНИЕ №") == 2
    done(client, reverse("exams:referrals_hand"), id=[one.uid])
    assert Referral.objects.visible_to(world.hr).get(pk=one.pk).handed_on == today()
    register = pages(b"".join(file_of(finished(done(client, reverse("exams:register_print"))))))
    assert "Громов" in register


def test_days_the_order_does_not_allow_come_back_with_its_points(world: World, client: Client) -> None:
    since = today() + dt.timedelta(days=20)
    facts = {
        "title": "Осмотр",
        "clinic": world.clinic.uid,
        "since": f"{since:%d.%m.%Y}",
        "last": f"{since:%d.%m.%Y}",
    }
    answer = client.post(reverse("exams:campaign_open"), facts)
    assert answer.status_code == 422
    assert "п. 24" in answer.content.decode()
    done(client, reverse("exams:campaign_open"), agreed="on", **facts)
    backwards = facts | {"last": f"{since - dt.timedelta(days=2):%d.%m.%Y}", "agreed": "on"}
    answer = client.post(reverse("exams:campaign_open"), backwards)
    assert "раньше первого" in answer.content.decode()


def test_a_worker_leaves_the_list_with_a_reason_and_comes_back(world: World, client: Client) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    row = opened(world)
    entry = world.entry_of(turner)
    answer = client.post(reverse("exams:roll_remove", args=[entry.uid]), {"reason": ""})
    assert answer.status_code == 422
    done(client, reverse("exams:roll_remove", args=[entry.uid]), reason="декретный отпуск")
    assert "декретный отпуск" in text(client, "exams:roll", row.uid, query="?tab=hand")
    done(client, reverse("exams:roll_restore", args=[entry.uid]), yes="1")
    assert "Громов" in text(client, "exams:roll", row.uid)


def opened(world: World) -> Campaign:
    row = campaign_open(world.hr, clinic=world.clinic.uid, title="2026", since=DAY, until=dt.date(2026, 4, 1))
    roll_build(world.hr, campaign=row.uid, on=DAY)
    return row


def test_every_line_of_the_programme_says_why_on_any_day(world: World, client: Client) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    shown = text(client, "exams:programme", turner.uid, query="?on=02.03.2026")
    assert "врач-оториноларинголог" in shown
    assert "п. 4.4" in shown
    assert "Что проверяет комиссия" in shown
    early = text(client, "exams:programme", turner.uid, query="?on=02.03.2026&kind=preliminary")
    assert early != shown
    assert "не рассчитана" in text(client, "exams:programme", turner.uid, query="?on=02.03.2031")
    clerk = world.worker("Агеева", world.place("Бухгалтер", (), "2"), sex="female")
    assert "Осмотр не обязателен" in text(client, "exams:programme", clerk.uid)


def test_admission_of_a_new_worker_appears_by_itself_and_follows_the_chosen_day(
    world: World, client: Client
) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    run_pending()
    assert "Громов" in text(client, "exams:admission_list", query="?tab=never")
    world.campaign()
    exam = world.start(turner)
    world.fill(exam)
    conclusion_give(world.chair, exam=exam.uid, given=NewConclusion(health_group="I"), on=DAY)
    assert "Громов" in text(client, "exams:admission_list", query="?tab=admitted&on=03.03.2026")
    assert "Громов" in text(client, "exams:admission_list", query="?tab=overdue&on=03.02.2027")
    assert "Громов" in text(client, "exams:admission_list", query="?tab=no&on=03.02.2027&factor=4.4")
    assert "Громов" not in text(
        client, "exams:admission_list", query="?tab=no&on=03.02.2027&until_from=03.02.2027"
    )
    [row] = admission_rows(world.hr, on=DAY)
    assert row[3] == "Допущен"
    job = finished(done(client, reverse("exams:admission_table") + "?on=03.02.2027"))
    assert b"".join(file_of(job)).startswith(b"PK")
    job = finished(done(client, reverse("exams:admission_journal") + "?on=03.02.2027"))
    assert "просрочен" in pages(b"".join(file_of(job)))
    done(client, reverse("exams:admissions_refresh"))
    assert "Не выявлены" in text(client, "exams:copy_list")
    printed = pages(client.get(reverse("exams:conclusion_print", args=[exam.conclusions.get().uid])).content)
    assert "Громов" in printed
    assert "Завершён" in text(client, "exams:visit_list", query="?tab=concluded")


def test_the_contingent_names_posts_with_factors_people_and_periodicity(world: World, client: Client) -> None:
    where = world.place("Токарь", NOISE)
    world.worker("Громов", where)
    world.worker("Зимин", where)
    world.place("Бухгалтер", (), "2")
    shown = text(client, "exams:contingent", query="?tab=harmful").replace("Бухгалтерия", "")  # the menu
    assert "Токарь" in shown
    assert "Бухгалтер" not in shown
    [line] = contingent_rows(world.hr, employer=world.plant.pk, on=today())
    assert (line[1], [factor.code for factor in line[2]], line[4], line[5]) == ("Токарь", ["4.4"], 12, 2)
    assert "Токарь" in pages(client.get(reverse("exams:contingent_print")).content)
    job = finished(done(client, reverse("exams:contingent_table")))
    assert job.result["text"] == "Строк: 1."


def test_one_worker_and_an_applicant_are_sent_from_forms(world: World, client: Client) -> None:
    post, place = world.place("Монтажник", HEIGHT)
    worker = world.worker("Громов", (post, place))
    facts = {"clinic": world.clinic.uid, "kind": ExamKindCode.EXTRAORDINARY}
    answer = client.post(reverse("exams:referral_issue", args=[worker.uid]), facts)
    assert answer.status_code == 422
    assert "п. 19" in answer.content.decode()
    done(client, reverse("exams:referral_issue", args=[worker.uid]), basis="справка от 01.11.2026", **facts)
    applicant = {
        "last_name": "Тихонов",
        "first_name": "Илья",
        "birth_date": "03.02.1991",
        "sex": "male",
        "workplace": place.uid,
        "clinic": world.clinic.uid,
    }
    address = done(client, reverse("exams:applicant_refer"), **applicant)
    assert "Тихонов Илья" in client.get(address).content.decode()
    sent = Referral.objects.visible_to(world.hr).get(kind=ExamKindCode.PRELIMINARY)
    done(client, reverse("exams:referral_cancel", args=[sent.uid]), reason="передумал")
    sent.refresh_from_db()
    assert sent.state == ReferralState.CANCELLED


def test_a_lasting_incapacity_is_noted_with_its_document(world: World, client: Client) -> None:
    worker = world.worker("Громов", world.place("Токарь", NOISE))
    facts = {"document": "справка 15 от 01.02.2026", "since": "01.02.2026", "last": "31.01.2027"}
    done(client, reverse("exams:incapacity_note", args=[worker.uid]), **facts)
    assert LastingIncapacity.objects.visible_to(world.hr).get().until == dt.date(2027, 2, 1)
    assert "справка 15" in text(client, "exams:incapacity_list")


def test_strangers_find_nothing_of_another_employer(world: World) -> None:
    turner = world.worker("Громов", world.place("Токарь", NOISE))
    campaign = world.campaign()
    other = sign_in(Role.EMPLOYER, World().plant.pk, login="other")
    sent = Referral.objects.unscoped("test").get()
    addresses = {
        "exams:campaign": campaign.uid,
        "exams:roll": campaign.uid,
        "exams:roll_print": campaign.uid,
        "exams:roll_remove": world.entry_of(turner).uid,
        "exams:referral": sent.uid,
        "exams:referral_print": sent.uid,
        "exams:programme": turner.uid,
        "exams:incapacity_note": turner.uid,
        "exams:referral_issue": turner.uid,
    }
    found = {name: other.get(reverse(name, args=[uid])).status_code for name, uid in addresses.items()}
    assert set(found.values()) == {404}, found


def test_a_returned_list_can_be_changed_and_an_executed_one_cannot(world: World, client: Client) -> None:
    world.worker("Громов", world.place("Токарь", NOISE))
    row = opened(world)
    campaign_approve(world.hr, campaign=row.uid, on=DAY)
    done(client, reverse("exams:campaign_return", args=[row.uid]))
    row.refresh_from_db()
    assert row.state == CampaignState.DRAFT
    world_campaign = world.campaign()
    with pytest.raises(Refused):
        roll_build(world.hr, campaign=world_campaign.uid, on=DAY)


LISTS = ("admission_list", "referral_list", "visit_list", "contingent", "campaign_list")


@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_however_many_rows(world: World, client: Client, name: str) -> None:
    where = world.place("Токарь", NOISE)
    world.worker("Громов", where)
    world.campaign()
    run_pending()
    ask: Callable[[], Any] = lambda: client.get(reverse(f"exams:{name}"))  # noqa: E731 - measured twice
    ask()
    with CaptureQueriesContext(
        connection,
    ) as few:
        ask()
    for last in ("Зимин", "Ильин", "Кротов"):
        job = world.worker(last, where)
        referral_issue(
            world.hr, employment=job.uid, clinic=world.clinic.uid, kind=ExamKindCode.PERIODIC, on=DAY
        )
    run_pending()
    with CaptureQueriesContext(connection) as many:
        ask()
    assert len(many) == len(few), "\n".join(query["sql"][:150] for query in many)


def test_marked_rows_of_the_list_get_their_referrals(world: World, client: Client) -> None:
    where = world.place("Токарь", NOISE)
    first, _ = world.worker("Громов", where), world.worker("Зимин", where)
    row = opened(world)
    campaign_approve(world.hr, campaign=row.uid, on=DAY)
    campaign_agree(world.registrar, campaign=row.uid, on=DAY)
    entry = RollEntry.objects.visible_to(world.hr).get(employment=first)
    finished(done(client, reverse("exams:referrals_issue", args=[row.uid]), id=[entry.uid]))
    assert [r.roll_entry for r in Referral.objects.visible_to(world.hr)] == [entry]
