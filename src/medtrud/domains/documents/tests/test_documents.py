"""Documents at their desks: entered, corrected, numbered, handed over, annulled; who sees what."""

import datetime as dt
import io
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from medtrud.domains.documents.public import (
    document_annul,
    document_create,
    document_open,
    document_register,
    document_release,
    documents,
    register,
    version_add,
)
from medtrud.domains.documents.queries import document_sides, tasks_of
from medtrud.domains.documents.types import Content, Flow
from medtrud.engines.journal.public import history_of
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Forbidden, NotFound, Refused
from medtrud.registries.organizations.types import Kind
from medtrud.registries.people.public import person_register

from .houses import JOB, ON, House, house, letter, text

pytestmark = pytest.mark.django_db
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def test_numbers_go_in_turn_and_are_given_once(plant: House) -> None:
    first, second = (document_create(plant.actor, document=letter(), content=text(t)) for t in "аб")
    assert str(document_register(plant.actor, document=first.uid, on=ON)) == "№ 1 от 02.03.2026"
    assert document_register(plant.actor, document=second.uid, on=ON).number == 2
    with pytest.raises(Refused, match="Второй номер"):
        document_register(plant.actor, document=first.uid, on=ON)
    late = document_create(plant.actor, document=letter(), content=text("в"))
    with pytest.raises(Refused, match="позже зарегистрированы"):
        document_register(plant.actor, document=late.uid, on=dt.date(2026, 3, 1))


def test_what_comes_on_a_day_off_is_due_on_the_next_working_day(plant: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text())
    registered = document_register(plant.actor, document=row.uid, on=dt.date(2026, 3, 3))
    assert (registered.due, registered.late) == (dt.date(2026, 3, 2), True)


def test_a_correction_keeps_every_earlier_byte(plant: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text("первый"))
    with pytest.raises(Refused, match="не отличается"):
        version_add(plant.actor, document=row.uid, content=text("первый"), reason="опечатка")
    version_add(plant.actor, document=row.uid, content=text("второй"), reason="опечатка")
    said = []
    for number in (1, 2):
        opened = document_open(plant.actor, document=row.uid, version=number)
        said.append(Path(opened.path).read_text(encoding="utf8"))
    assert said == ["первый", "второй"]
    assert [line.action for line in history_of(row.uid)].count("documents.document_open") == 2


def test_a_virus_is_stopped_and_the_journal_knows(plant: House) -> None:
    bad = SimpleUploadedFile("счёт.com", EICAR)
    form = {"kind": "memo", "on": "02.03.2026", "title": "Счёт", "file": bad}
    answer = plant.client.post("/documents/new/", form)
    assert answer.status_code == 422
    assert "найден вирус «EICAR-Test-File»" in answer.content.decode()
    assert not documents(plant.actor).exists()
    with pytest.raises(Refused, match="вирус"):
        document_create(
            plant.actor, document=letter(), content=Content(io.BytesIO(b"x" * 2**20 + EICAR), "a")
        )


def test_the_other_side_sees_a_document_only_when_it_is_handed_over(plant: House, clinic: House) -> None:
    facts = letter(kind="letter_in", party=clinic.organization.pk)
    row = document_create(plant.actor, document=facts, content=text())
    assert not documents(clinic.actor).exists()
    document_release(plant.actor, document=row.uid, on=ON)
    assert [each.uid for each in documents(clinic.actor)] == [row.uid]
    with pytest.raises(Forbidden, match="другая организация"):
        document_annul(clinic.actor, document=row.uid, reason="не наш")


def patient() -> int:
    born = dt.date(1980, 2, 1)
    return person_register(JOB, last_name="Серов", first_name="Иван", birth_date=born, sex="male").pk


def test_a_medical_paper_is_not_for_an_employer(plant: House, clinic: House) -> None:
    facts = letter(kind="medical_in", person=None)
    with pytest.raises(Refused, match="работник"):
        document_create(clinic.actor, document=facts, content=text())
    person = patient()
    with pytest.raises(Forbidden, match="врачебную тайну"):
        document_create(plant.actor, document=letter(kind="medical_in", person=person), content=text())
    facts = letter(kind="medical_in", person=person, party=plant.organization.pk)
    row = document_create(clinic.actor, document=facts, content=text())
    document_release(clinic.actor, document=row.uid, on=ON)
    assert not documents(plant.actor).exists()
    assert plant.client.get(f"/documents/{row.uid}/").status_code == 404
    assert plant.client.get(f"/documents/{row.uid}/files/1/").status_code == 404


def test_an_annulled_document_stays_but_nothing_is_done_with_it(plant: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text())
    document_annul(plant.actor, document=row.uid, reason="заведён дважды")
    for act in (document_register, document_release):
        with pytest.raises(Refused, match="аннулирован"):
            act(plant.actor, document=row.uid, on=ON)
    assert plant.client.get(f"/documents/{row.uid}/").status_code == 200


def test_the_printed_register_equals_the_data(plant: House) -> None:
    import python_calamine  # noqa: PLC0415

    for title in ("О сроках", "О списках", "О шуме"):
        row = document_create(plant.actor, document=letter(title=title), content=text(title))
        document_register(plant.actor, document=row.uid, on=ON)
    answer = plant.client.get("/documents/registers/incoming/xlsx/")
    sheet = python_calamine.load_workbook(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    head, body = sheet[1], sheet[2:]
    rows = [dict(zip(head, line, strict=True)) for line in body]
    kept = register(plant.actor, Flow.INCOMING)
    assert [row["Регистрационный номер"] for row in rows] == [row.index for row in kept]
    assert [row["Вид и краткое содержание"] for row in rows] == [
        f"Входящее письмо. {row.document.title}" for row in kept
    ]
    assert {row["Номер и дата корреспондента"] for row in rows} == {"15-п от 02.03.2026"}
    assert plant.client.get("/documents/registers/incoming/pdf/").content.startswith(b"%PDF")
    assert plant.client.get("/documents/registers/nothing/").status_code == 404


def test_words_are_found_in_any_form(plant: House) -> None:
    for title in ("О сроках осмотров", "О протоколах шума"):
        document_create(plant.actor, document=letter(title=title), content=text(title))
    page = plant.client.get("/documents/", {"q": "протокол"}).content.decode()
    assert "О протоколах шума" in page
    assert "О сроках осмотров" not in page


def test_a_resolution_is_given_to_a_colleague_and_reported(plant: House, clinic: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text())
    document_register(plant.actor, document=row.uid, on=ON)
    mine, theirs = plant.actor.account, clinic.actor.account
    url = f"/documents/{row.uid}/tasks/give/"
    assert plant.client.post(url, {"text": "Ответить", "account": theirs}).status_code == 422
    assert plant.client.post(url, {"text": "Ответить", "account": mine}).status_code == 302
    page = plant.client.get("/documents/tasks/").content.decode()
    assert "Ответить" in page
    (kept,) = register(plant.actor, Flow.INCOMING)
    (order,) = tasks_of(plant.actor, kept.document)
    answer = plant.client.post(
        f"/documents/tasks/{order.uid}/close/", {"on": "02.03.2026", "report": "ответили"}
    )
    assert answer.status_code == 302
    register_page = plant.client.get("/documents/registers/incoming/").content.decode()
    assert "02.03.2026 ответили" in register_page


def test_strangers_get_404(plant: House) -> None:
    row = document_create(plant.actor, document=letter(), content=text())
    stranger = house(Kind.EMPLOYER, Role.EMPLOYER, "3525000038")
    for tail in ("", "files/1/", "register/", "versions/add/", "annul/", "tasks/give/"):
        assert stranger.client.get(f"/documents/{row.uid}/{tail}").status_code == 404
    with pytest.raises(NotFound):
        document_open(stranger.actor, document=row.uid)


def test_the_two_halves_of_the_list_are_what_the_seat_may_see(plant: House, clinic: House) -> None:
    for side, other in ((plant, clinic), (clinic, plant)):
        row = document_create(side.actor, document=letter(party=other.organization.pk), content=text())
        document_release(side.actor, document=row.uid, on=ON)
    medical = letter(kind="medical_in", person=patient(), party=plant.organization.pk)
    secret = document_create(clinic.actor, document=medical, content=text("medical"))
    document_release(clinic.actor, document=secret.uid, on=ON)
    for side in (plant, clinic):
        halves = document_sides(side.actor)
        seen = set(halves.rows.filter(halves.own | halves.given).values_list("pk", flat=True))
        assert seen == set(documents(side.actor).values_list("pk", flat=True))
    assert secret.pk not in set(documents(plant.actor).values_list("pk", flat=True))


def test_the_tabs_of_a_search_are_counted_as_without_looking_first(
    plant: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        document_create(plant.actor, document=letter(title=f"О сроках осмотров {number}"), content=text())
    for title in ("Об осмотрах", "О пропусках"):
        document_create(
            plant.actor, document=letter(kind="order", title=title, received=None), content=text()
        )
    monkeypatch.setattr("medtrud.domains.documents.web.documents.COUNTED", 3)

    def tabs(asked: str) -> list[str]:
        page = plant.client.get(f"/documents/{asked}").content.decode()
        return re.findall(r"<small>([^<]*)</small></a>", page)

    assert tabs("?q=осмотр") == ["3+", "3+", "0", "1", "3+", "0"]
    assert tabs("?q=пропусках") == ["1", "0", "0", "1", "1", "0"]
