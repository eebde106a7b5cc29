"""The screens of cards: a report comes in, is looked at, confirmed, read, printed; a card by hand."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.types import NewAbsence
from medtrud.domains.hazards.public import exposure_at, sout_cards, unread_late
from medtrud.engines.background.public import run_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import Organization, employment_open, post_open
from medtrud.registries.organizations.public import posts as posts_of
from medtrud.registries.people.public import person_register

from .conftest import engineer, office, plant
from .sout_xml import SIMILAR, alike, assessed, report

__all__ = ["engineer", "office", "plant"]
UPLOAD = "/hazards/reports/upload/"
ON = dt.date(2026, 3, 1)
JOB = Actor.job("test")


def upload(office: Client, text: str, *, take: bool = True) -> str:
    """Send a file, let the worker check it and take it in; return its address."""
    file = SimpleUploadedFile("отчёт.suot.xml", text.encode())
    answer = office.post(UPLOAD, {"file": file})
    assert answer.status_code == 302, answer.content.decode()
    address = str(answer["Location"])
    run_pending()
    if take:
        assert office.post(f"{address}take/").status_code == 302
        run_pending()
    return address


@pytest.fixture
def loaded(office: Client) -> Client:
    upload(
        office,
        report(
            alike("2", "5А"), SIMILAR.format(number="5А", stated="3.1"), assessed("2"),
            assessed("3", value=88.4, stated="3.1", title="Кузнец"),
        ),
    )  # fmt: skip
    return office


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_differences_are_shown_before_anything_is_written(office: Client, engineer: Actor) -> None:
    address = upload(office, report(assessed("2", value=88.4, stated="3.1")), take=False)
    shown = text_of(office.get(address))
    assert "Различия с действующими картами" in shown
    assert "шум: в отчёте 3.1, по измерениям 3.2" in shown
    assert not sout_cards(engineer).exists()


def test_a_file_that_is_no_report_is_told(office: Client) -> None:
    address = upload(office, "<a/>", take=False)
    assert "корнем Attestation" in text_of(office.get(address))


def test_a_file_taken_in_is_listed_and_undone(office: Client, engineer: Actor) -> None:
    address = upload(office, report(assessed("2")))
    assert "Загружено" in text_of(office.get(address))
    assert "отчёт.suot.xml" in text_of(office.get("/hazards/reports/files/"))
    office.post(f"{address}undo/")
    assert not sout_cards(engineer).exists()


def test_the_list_and_the_card_say_where_the_class_differs(loaded: Client, engineer: Actor) -> None:
    shown = text_of(loaded.get("/hazards/cards/?tab=differs"))
    assert "Кузнец" in shown
    assert "расчёт 3.2" in shown
    card = sout_cards(engineer).get(number="3")
    page = text_of(loaded.get(f"/hazards/cards/{card.uid}/"))
    assert "Класс расходится с измерениями" in page
    assert "Почему такой класс" in page
    assert "больше 85" in page
    assert "повышенная оплата труда" in page
    similar = sout_cards(engineer).get(number="5А")
    assert "Аналогичное место" in text_of(loaded.get(f"/hazards/cards/{similar.uid}/"))


def test_codes_are_confirmed_not_guessed(loaded: Client, engineer: Actor) -> None:
    places = list(sout_cards(engineer).values_list("workplace", flat=True))
    assert not any(each.factors for each in exposure_at(engineer, places, on=ON).values())
    page = text_of(loaded.get("/hazards/cards/codes/"))
    assert "Возможные коды: 4.4" in page
    answer = loaded.post("/hazards/cards/codes/", {"code_0": "4.4"})
    assert answer.status_code == 302, answer.content.decode()
    found = exposure_at(engineer, places, on=ON)
    assert {each.factors[0].code for each in found.values()} == {"4.4"}
    assert {each.factors[0].sout_class for each in found.values()} == {"3.1"}
    assert loaded.get("/hazards/cards/codes/").status_code == 302


def test_a_wrong_code_comes_back_as_an_error(loaded: Client) -> None:
    answer = loaded.post("/hazards/cards/codes/", {"code_0": "4.14"})
    assert answer.status_code == 422


def test_a_report_shows_its_instruments_and_summary(loaded: Client, engineer: Actor) -> None:
    card = sout_cards(engineer).get(number="2")
    page = text_of(loaded.get(f"/hazards/reports/{card.report.uid}/"))
    assert "Шумомер" in page
    assert "кончилась до утверждения отчёта" in page
    assert "вредные условия труда 1 степени" in page
    assert "20.11.2025" in text_of(loaded.get("/hazards/reports/"))


def test_a_card_and_the_summary_are_printed(loaded: Client, engineer: Actor) -> None:
    card = sout_cards(engineer).get(number="3")
    for url in (f"/hazards/cards/{card.uid}/print/", f"/hazards/reports/{card.report.uid}/summary/"):
        answer = loaded.get(url)
        assert answer.status_code == 200
        assert answer.content.startswith(b"%PDF")


def test_the_current_cards_are_written_out(loaded: Client) -> None:
    assert "Файл готов" in text_of(loaded.get("/hazards/cards/export/"))
    answer = loaded.get("/hazards/cards/export/file/")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert text.count("<WorkPlaceAttested>") == 2


def typed(**more: str) -> dict[str, str]:
    return {
        "number": "77", "position": "Слесарь", "unit": "Цех / Участок", "kind": "assessed", "workers": "3",
        "approved_on": "01.02.2026", "stated": "3.1", "indicator_0": "noise_laeq", "value_0": "88,4",
        "norm_0": "80",
        "class_0": "3.1",
    } | more  # fmt: skip


def test_the_class_follows_while_one_types(office: Client) -> None:
    shown = text_of(office.post("/hazards/cards/derive/", typed()))
    assert "Шум: 3.2" in shown
    assert "в карте другой" in shown
    assert "класс появится здесь" in text_of(office.post("/hazards/cards/derive/", {}))


def test_a_card_is_written_by_hand_and_changed_into_a_new_version(office: Client, engineer: Actor) -> None:
    assert office.get("/hazards/cards/new/").status_code == 200
    answer = office.post("/hazards/cards/new/", typed())
    assert answer.status_code == 302, answer.content.decode()
    card = sout_cards(engineer).get()
    assert (card.stated, card.derived, card.differs) == ("3.1", "3.2", True)
    change = f"/hazards/cards/{card.uid}/change/"
    assert "88.4" in office.get(change).content.decode().replace("88,4", "88.4")
    answer = office.post(change, typed(approved_on="15.02.2026", class_0="3.2", stated="3.2"))
    assert answer.status_code == 302, answer.content.decode()
    former, now = sout_cards(engineer).order_by("version")
    assert (former.until, now.stated, now.differs) == (dt.date(2026, 2, 15), "3.2", False)
    assert now.workplace_id == former.workplace_id


def test_a_negative_level_is_refused(office: Client) -> None:
    answer = office.post("/hazards/cards/new/", typed(value_0="-5"))
    assert answer.status_code == 422
    assert "меньше нуля" in answer.content.decode()


def test_a_worker_reads_the_card_of_his_place(loaded: Client, engineer: Actor, plant: Organization) -> None:
    card = sout_cards(engineer).get(number="2")
    page = text_of(loaded.get(f"/hazards/cards/{card.uid}/readers/"))
    assert "никто не работает" in page


def hired(engineer: Actor, place: Any, letter: str, since: dt.date) -> Any:
    person = person_register(
        JOB, last_name=f"Кузнец{letter}", first_name="Иван", sex="male", confirmed=True,
        birth_date=dt.date(1980, 1, ord(letter) % 28 + 1),
    )  # fmt: skip
    posts = list(posts_of(engineer, employer=place.employer_id))
    post = posts[0] if posts else post_open(engineer, employer=place.employer_id, title="Токарь")
    return employment_open(engineer, person=person.pk, post=post.uid, workplace=place.uid, since=since)


def test_the_employer_sees_who_is_late_to_read_a_card_and_records_it_for_many(
    loaded: Client, engineer: Actor
) -> None:
    place, day = sout_cards(engineer).get(number="2").workplace, today()
    jobs = [hired(engineer, place, letter, dt.date(2020, 1, 1)) for letter in "аб"]
    hired(engineer, place, "в", day - dt.timedelta(days=5))
    away = NewAbsence(
        jobs[1].person_id, place.employer_id, dt.date(2025, 11, 25), day + dt.timedelta(days=2), "vacation"
    )
    absence_add(JOB, absence=away)
    assert unread_late(engineer, employer=place.employer_id, on=day) == [jobs[0].pk]
    shown = text_of(loaded.get("/hazards/cards/readers/?tab=late"))
    assert "Кузнеца" in shown
    assert "Кузнецб" not in shown
    answer = loaded.post("/hazards/cards/readers/record/", {"id": [str(job.uid) for job in jobs[:2]]})
    assert answer.status_code == 302
    assert not unread_late(engineer, employer=place.employer_id, on=day)
    left = text_of(loaded.get("/hazards/cards/readers/"))
    assert "Кузнецв" in left
    assert "Кузнеца" not in left
    assert loaded.post("/hazards/cards/readers/record/", {"id": [str(jobs[0].uid)]}).status_code == 409
    assert loaded.post("/hazards/cards/readers/record/", {}).status_code == 409
