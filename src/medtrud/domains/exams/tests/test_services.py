"""Papers of accounting from what was really done: prices by the day and the contract, sums, versions."""

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medtrud.domains.documents.public import documents, versions_of
from medtrud.domains.exams.actions import price_end, price_set, services_file
from medtrud.domains.exams.models import ExamLine, ServicePrice
from medtrud.domains.exams.queries.prices_file import kopecks_of
from medtrud.domains.exams.queries.rows import campaign_of
from medtrud.domains.exams.queries.services import services_form, services_of
from medtrud.domains.exams.rules.services import billed, service_named, services_on
from medtrud.domains.exams.types.services import (
    AccountingPaper,
    NewPrice,
    Performed,
    Price,
    rubles,
    sum_in_words,
)
from medtrud.engines.background.public import run_pending
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import contracts

from .test_visit_screens import sign_in, text_of
from .world import DAY, World

BEFORE = dt.date(2025, 1, 1)
NEXT = DAY + dt.timedelta(days=1)


@pytest.fixture
def world(icd10: None) -> World:
    return World()


def test_the_price_is_that_of_the_day_and_the_contract_goes_first() -> None:
    done = [
        Performed(1, "specialist", "therapist", "врач-терапевт", DAY),
        Performed(2, "specialist", "therapist", "врач-терапевт", NEXT),
        Performed(2, "test", "ecg_rest", "ЭКГ в покое", NEXT),
        Performed(2, "test", "glucose_fasting", "глюкоза натощак", NEXT),
    ]
    prices = [
        Price("specialist", "therapist", 50_000, BEFORE, NEXT, own=False),
        Price("specialist", "therapist", 60_000, NEXT, None, own=False),
        Price("test", "ecg_rest", 40_000, BEFORE, None, own=False),
        Price("test", "ecg_rest", 30_050, BEFORE, None, own=True),
        Price("test", "glucose_fasting", 10_000, NEXT + dt.timedelta(days=1), None, own=False),
    ]
    found = billed(done, prices)
    assert [(line.title, line.count, line.kopecks, line.total) for line in found.lines] == [
        ("врач-терапевт", 1, 50_000, 50_000),
        ("врач-терапевт", 1, 60_000, 60_000),
        ("глюкоза натощак", 1, None, None),
        ("ЭКГ в покое", 1, 30_050, 30_050),
    ]
    assert [line.title for line in found.unpriced] == ["глюкоза натощак"]
    assert (found.kopecks, found.count, found.since, found.last) == (140_050, 4, DAY, NEXT)
    assert found.by_exam == {1: (1, 50_000), 2: (3, 90_050)}
    assert billed([], prices).kopecks == 0


@pytest.mark.parametrize(
    ("kopecks", "figures", "words"),
    [
        (0, "0,00", "Ноль рублей 00 копеек"),
        (101, "1,01", "Один рубль 01 копейка"),
        (2_202, "22,02", "Двадцать два рубля 02 копейки"),
        (1_100_011, "11 000,11", "Одиннадцать тысяч рублей 11 копеек"),
        (1_200_300_000, "12 003 000,00", "Двенадцать миллионов три тысячи рублей 00 копеек"),
    ],
)
def test_a_sum_is_written_in_figures_and_in_words(kopecks: int, figures: str, words: str) -> None:
    assert rubles(kopecks).replace("\u00a0", " ") == figures
    assert sum_in_words(kopecks) == words
    assert rubles(None) == "нет данных"


def test_a_price_is_rubles_with_kopecks() -> None:
    assert [kopecks_of(text) for text in ("650", "1 250,50", "0.05", "99 руб.")] == [
        65_000,
        125_050,
        5,
        9_900,
    ]
    for text in ("", "дорого", "-1", "1,005", "1e99", "NaN"):
        with pytest.raises(ValueError, match="цена"):
            kopecks_of(text)


def test_a_service_is_known_by_any_of_its_names() -> None:
    assert service_named("Терапевт", DAY).code == service_named("врач-терапевт", DAY).code == "therapist"
    with pytest.raises(Refused, match="Массаж"):
        service_named("Массаж", DAY)


def examined(world: World) -> tuple[UUID, int]:
    """Have a visit done; return the campaign and how many services were performed."""
    worker = world.worker("Громов", world.place("Токарь", ("4.4",)))
    campaign = world.campaign()
    visit = world.start(worker)
    world.fill(visit)
    credited = ExamLine.objects.unscoped("test").filter(exam=visit).order_by("pk").first()
    assert credited is not None
    ExamLine.objects.unscoped("test").filter(pk=credited.pk).update(state="credited")
    done = ExamLine.objects.unscoped("test").filter(exam=visit, state="done").count()
    return campaign.uid, done


@pytest.mark.django_db
def test_papers_are_drawn_up_only_with_every_price_and_again_as_a_version(world: World) -> None:
    uid, done = examined(world)
    desk: Client = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)
    address = f"/exams/services/{uid}/"
    shown = text_of(desk, address)
    assert "нет данных" in shown
    assert "Составить" not in shown
    refused = desk.post(f"{address}services_act/")
    assert (refused.status_code, "Нет цен на услуги" in refused.content.decode()) == (409, True)
    for service in services_on(DAY):
        price_set(world.registrar, price=NewPrice(service.code, 10_000, BEFORE, "прейскурант"))
    assert desk.post(f"{address}services_act/").status_code == 302
    (act,) = documents(world.registrar)
    assert [one.amount for one in versions_of(world.registrar, act)] == [Decimal(done * 100)]
    assert (act.kind, act.party_id) == ("services_act", world.plant.pk)
    cheaper = contracts(world.registrar).get()
    one = ExamLine.objects.unscoped("test").filter(state="done").order_by("pk")[0]
    price_set(world.registrar, price=NewPrice(one.code, 5_000, BEFORE, "приложение", cheaper.pk))
    assert desk.post(f"{address}services_act/").status_code == 302
    assert desk.post(f"{address}examined_register/").status_code == 302
    assert desk.post(f"{address}bribe/").status_code == 404
    again = versions_of(world.registrar, act)
    assert [one.amount for one in again] == [Decimal(done * 100 - 50), Decimal(done * 100)]
    assert "Пересчитать" in text_of(desk, address)
    assert f"{done * 100 - 50}" in text_of(desk, "/exams/services/").replace("\u00a0", "")
    run_pending()  # names of people stay in one place: what a module prints is not read for the search
    assert not any("громов" in row.text_key for row in documents(world.registrar))
    stranger = sign_in(Role.CLINIC, World().clinic.pk, None, "other")
    assert stranger.get(address).status_code == 404
    employer = sign_in(Role.EMPLOYER, world.plant.pk, None, "employer")
    assert employer.get(address).status_code in {403, 404}


@pytest.mark.django_db
def test_the_printed_paper_is_the_data(world: World) -> None:
    uid, done = examined(world)
    for service in services_on(DAY):
        price_set(world.registrar, price=NewPrice(service.code, 12_345, BEFORE, "прейскурант"))
    services_file(world.registrar, campaign=uid, kind=AccountingPaper.INVOICE, on=DAY)
    row = campaign_of(world.registrar, uid)
    found = services_of(world.registrar, row)
    form = services_form(world.registrar, row, found, AccountingPaper.INVOICE, DAY)
    assert sum(int(line[2]) for line in form.rows) == done
    assert form.total == rubles(done * 12_345)
    assert form.words == sum_in_words(done * 12_345)
    people = services_form(world.registrar, row, found, AccountingPaper.REGISTER, DAY)
    assert [(line[1], line[4], line[5]) for line in people.rows] == [
        ("Громов Пётр Ильич", str(done), rubles(done * 12_345))
    ]
    assert form.contract.startswith("договор № 7")


@pytest.mark.django_db
def test_prices_follow_one_another_and_are_not_overwritten(world: World) -> None:
    first = price_set(world.registrar, price=NewPrice("терапевт", 10_000, BEFORE, "прейскурант"))
    second = price_set(world.registrar, price=NewPrice("терапевт", 20_000, DAY, "прейскурант № 2"))
    first.refresh_from_db()
    assert (first.until, second.until) == (DAY, None)
    with pytest.raises(Refused, match="уже задана"):
        price_set(world.registrar, price=NewPrice("терапевт", 30_000, DAY, "прейскурант"))
    price_end(world.registrar, price=second.uid, until=NEXT)
    with pytest.raises(Refused, match="уже действует только до"):
        price_end(world.registrar, price=second.uid, until=NEXT)


@pytest.mark.django_db
def test_a_price_list_is_loaded_and_taken_back(world: World) -> None:
    desk = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)
    text = (
        "Услуга;Цена;Договор;Действует с;Основание\n"
        "Терапевт;500,50;;01.01.2025;прейскурант\n"
        "Тональная пороговая аудиометрия;650;7;;приложение\n"
        "Терапевт;600;;;прейскурант\n"
        "Массаж;100;;;прейскурант\n"
        "ЭКГ в покое;даром;;;прейскурант\n"
        "ЭКГ в покое;300;99;;прейскурант\n"
    )
    file = SimpleUploadedFile("цены.csv", text.encode())
    address = desk.post("/exchange/new/prices/", {"file": file}, follow=True).redirect_chain[-1][0]
    run_pending()
    run_pending()
    shown = text_of(desk, address)
    for said in ("такая же услуга уже есть выше", "Массаж", "не число", "договора № 99 нет"):
        assert said in shown, said
    desk.post(f"{address}commit/")
    run_pending()
    rows = ServicePrice.objects.unscoped("test").order_by("pk")
    assert [(row.code, row.price_kopecks, row.contract_id is None) for row in rows] == [
        ("therapist", 50_050, True),
        ("audiometry_pure_tone", 65_000, False),
    ]
    assert "500,50" in text_of(desk, "/exams/prices/")
    desk.post(f"{address}undo/")
    run_pending()
    assert not ServicePrice.objects.unscoped("test").filter(cancelled=False).exists()


@pytest.mark.django_db
def test_the_form_of_a_price_answers_in_words(world: World) -> None:
    desk = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)
    form = {"service": "therapist", "price": "450,00", "since": "01.03.2026", "basis": "прейскурант"}
    assert desk.post("/exams/prices/new/", form).status_code == 302
    again = desk.post("/exams/prices/new/", form)
    assert (again.status_code, "уже задана" in again.content.decode()) == (422, True)
    assert desk.post("/exams/prices/new/", form | {"price": "-1"}).status_code == 422
    row = ServicePrice.objects.unscoped("test").get()
    ended = desk.post(f"/exams/prices/{row.uid}/end/", {"until": "01.02.2026"})
    assert (ended.status_code, "раньше первого" in ended.content.decode()) == (422, True)
