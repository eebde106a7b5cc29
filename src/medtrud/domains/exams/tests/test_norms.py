"""The clinic's own bounds of norm: table, form of entry, flags of results, file."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medtrud.domains.exams.actions.norms import norm_set
from medtrud.domains.exams.models import ClinicNorm, Exam, LineResult
from medtrud.domains.exams.rules.forms import entry_form, values_check
from medtrud.domains.exams.rules.norms import indicators, with_norms
from medtrud.domains.exams.types.norms import LABORATORY, NewNorm, Norm
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused

from .test_visit_screens import begun, field, lines, sign_in, text_of
from .world import World

DAY = dt.date(2026, 3, 1)
(HAEMOGLOBIN,) = [item for item in indicators(DAY) if item.field == "haemoglobin"]


def bound(low: str, high: str, laboratory: str = "") -> Norm:
    return Norm(laboratory, HAEMOGLOBIN.test, "haemoglobin", Decimal(low), Decimal(high), "норма клиники")


def new(low: str = "125", high: str = "165", **more: object) -> NewNorm:
    plain = NewNorm(
        HAEMOGLOBIN.test, "haemoglobin", Decimal(low), Decimal(high), "г/л", DAY, "паспорт набора"
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def filled(**more: str) -> dict[str, str]:
    form = entry_form(HAEMOGLOBIN.test, "male", DAY)
    needed = {f.code: str(f.low or f.high or 1) for f in form.fields if f.required and f.kind == "number"}
    return needed | more


def test_bounds_of_the_product_are_drafts_and_those_of_the_clinic_are_not() -> None:
    plain = entry_form(HAEMOGLOBIN.test, "male", DAY)
    own = with_norms(plain, [bound("125", "165")], [""])
    shown = {form.edition: next(f for f in form.fields if f.code == "haemoglobin") for form in (plain, own)}
    assert [(f.reference, f.draft) for f in shown.values()] == [("130–160", True), ("125–165", False)]
    assert values_check(plain, filled(haemoglobin="128")).flags == {"haemoglobin": "ниже нормы"}
    checked = values_check(own, filled(haemoglobin="128"))
    assert checked.flags == {}
    assert checked.form.endswith("нормы клиники")


def test_with_two_laboratories_the_result_is_judged_by_the_one_that_was_named() -> None:
    plain = entry_form(HAEMOGLOBIN.test, "male", DAY)
    form = with_norms(plain, [bound("125", "165"), bound("140", "150", "Инвитро")], ["", "Инвитро"])
    assert form.fields[0].choices == ("своя лаборатория", "Инвитро")
    assert "Инвитро: 140–150" in next(f.others for f in form.fields if f.code == "haemoglobin")
    typed = filled(haemoglobin="130")
    assert values_check(form, typed).flags == {}
    named = values_check(form, typed | {LABORATORY: "Инвитро"})
    assert named.flags == {"haemoglobin": "ниже нормы"}
    assert named.values[LABORATORY] == "Инвитро"


@pytest.fixture
def world(icd10: None) -> World:
    return World()


@pytest.mark.django_db
def test_versions_follow_one_another_and_bands_do_not_cross(world: World) -> None:
    first = norm_set(world.registrar, norm=new())
    norm_set(world.registrar, norm=new("120", since=dt.date(2026, 4, 1)))
    first.refresh_from_db()
    assert first.until == dt.date(2026, 4, 1)
    with pytest.raises(Refused, match="пересекаются"):
        norm_set(world.registrar, norm=new(sex="female", since=dt.date(2026, 5, 1)))
    with pytest.raises(Refused, match="уже задана"):
        norm_set(world.registrar, norm=new(since=dt.date(2026, 4, 1)))
    with pytest.raises(Refused, match="Пересчитайте границы"):
        norm_set(world.registrar, norm=new(unit="ммоль/л", since=dt.date(2026, 6, 1)))
    norm_set(World().registrar, norm=new())  # another clinic has its own table
    assert ClinicNorm.objects.unscoped("test").count() == 3


@pytest.mark.django_db
def test_the_form_shows_whose_bounds_it_uses_and_the_result_is_judged_by_them(world: World) -> None:
    desk = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)
    exam: Exam = begun(world, "Громов")[0]
    line = next(row for row in lines(exam) if row.title == HAEMOGLOBIN.test)
    address = f"/exams/exams/{exam.uid}/entry/?by={line.specialty}"
    assert "черновик продукта" in text_of(desk, address)
    typed = {
        "indicator": f"{HAEMOGLOBIN.test}|haemoglobin", "low": "100", "high": "110", "sex": "",
        "since": "01.01.2026", "basis": "паспорт набора", "laboratory": "",
    }  # fmt: skip
    assert desk.post("/exams/norms/new/", typed).status_code == 302
    shown = text_of(desk, address)
    assert "100–110" in shown
    assert "норма клиники с 01.01.2026: своя лаборатория; паспорт набора" in shown
    values = {field(line, code): value for code, value in filled(haemoglobin="115").items()}
    answer = desk.post(address, values | {"performed_on": f"{today():%d.%m.%Y}"})
    assert answer.status_code == 302, answer.content.decode()
    result = LineResult.objects.unscoped("test").get(line=line)
    assert result.flags["haemoglobin"] == "выше нормы"
    row = ClinicNorm.objects.unscoped("test").get()
    assert desk.post(f"/exams/norms/{row.uid}/end/", {"until": f"{today():%d.%m.%Y}"}).status_code == 302
    assert "100–110" not in text_of(desk, address.replace("entry/", ""))
    assert "Прежние" in text_of(desk, "/exams/norms/")


@pytest.mark.django_db
def test_a_table_is_loaded_and_taken_back(world: World) -> None:
    desk = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)
    before = norm_set(world.registrar, norm=new(sex="male"))
    text = (
        "Лаборатория;Исследование;Показатель;Пол;Норма от;Норма до;Единица;Действует с;Основание\n"
        ";;Гемоглобин;м;130,5;170;г/л;01.04.2026;методика\n"
        ";общий анализ крови;Тромбоциты;;150;400;;;методика\n"
        ";;Гемоглобин;ж;8;10;ммоль/л;;методика\n"
        ";;Небывалый;;1;2;;;методика\n"
    )
    file = SimpleUploadedFile("нормы.csv", text.encode())
    address = desk.post("/exchange/new/norms/", {"file": file}, follow=True).redirect_chain[-1][0]
    run_pending()
    run_pending()
    shown = text_of(desk, address)
    assert "Пересчитайте границы" in shown
    assert "показателя «Небывалый» нет" in shown
    desk.post(f"{address}commit/")
    run_pending()
    assert "/exams/norms/" in text_of(desk, address)
    before.refresh_from_db()
    assert before.until == dt.date(2026, 4, 1)
    assert ClinicNorm.objects.unscoped("test").filter(until=None).count() == 2
    desk.post(f"{address}undo/")
    run_pending()
    before.refresh_from_db()
    assert before.until is None
    assert not ClinicNorm.objects.unscoped("test").filter(cancelled=False).exclude(pk=before.pk).exists()


@pytest.mark.django_db
def test_the_table_is_of_the_clinic_only(world: World) -> None:
    row = norm_set(world.registrar, norm=new())
    other: Client = sign_in(Role.CLINIC, World().clinic.pk, None, "other")
    assert other.get(f"/exams/norms/{row.uid}/end/").status_code == 404
    employer = sign_in(Role.EMPLOYER, world.plant.pk, None, "employer")
    assert employer.get("/exams/norms/").status_code in (403, 404)


@pytest.mark.django_db
def test_the_clinic_is_told_who_loads_the_staff_list(world: World) -> None:
    desk = sign_in(Role.CLINIC, world.clinic.pk, world.doctor.person)
    shown = text_of(desk, "/exchange/")
    assert "загружает работодатель на своём рабочем месте" in shown
    assert "/exchange/new/staff/" not in shown
