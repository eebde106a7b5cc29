import datetime as dt
from collections.abc import Collection, Iterator, Mapping

import pytest
from django.db import DatabaseError
from django.test import Client

from medtrud.domains.hazards.types.dose import ExposureChanged, Stretch
from medtrud.domains.record.public import measurements_declare
from medtrud.domains.record.types import Measurement
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.background.public import job_start, run_pending
from medtrud.engines.journal.public import history_of
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import employment_open, organization_open, post_open
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, person_register, person_share

from ..jobs import exposure_changed
from ..kinds import models
from ..models import Forecast
from ..public import forecasts_make_many
from ..queries.exposure import dust_given
from ..queries.groups import group_of, levels_of
from ..rules.groups import HIDDEN, apart, distribution

pytestmark = pytest.mark.django_db
JOB = Actor.job("test")
TODAY = dt.date.today()  # noqa: DTZ011, TID251 - the screens ask the clock
CLINIC = 501
KNOWN: dict[int, dict[str, tuple[object, dt.date]]] = {}
CALM = {"sbp": 125, "tchol": 5.1, "smoker": 0}
ILL = {"sbp": 182, "tchol": 7.9, "smoker": 1}


def dusty(norm: float) -> Stretch:
    since, until = dt.date(2020, 1, 1), dt.date(2022, 1, 1)
    return Stretch(1, 1, since, until, 731, 0, 0, "", 1, 1.8, norm, 7.0, 248, 0.0)


@pytest.mark.parametrize(("norm", "group"), [(2.0, "high"), (2.1, "low")])
def test_the_group_of_a_dust_is_told_by_its_norm_as_the_methodology_splits_them(
    norm: float, group: str
) -> None:
    given = dust_given([dusty(norm)])
    assert given["dust_group"].value == group
    assert given["dust_periods"].original == "периодов: 1, 2,0 года"
    assert given["dust_periods"].value == [{"k": 1.8, "n": 248, "t": 2.0, "q": 7.0}]


def told(persons: Collection[int], on: dt.date) -> Iterator[Measurement]:
    for person in persons:
        for code, (value, day) in KNOWN.get(person, {}).items():
            if day <= on:
                yield Measurement(person, code, value, day, code, f"{value}", "test")


measurements_declare(told)


def someone(last: str = "Орлов", age: int = 55, sex: str = "male") -> Person:
    born = dt.date(TODAY.year - age, 1, 1)
    return person_register(
        JOB, last_name=last, first_name="Пётр", middle_name="Ильич", birth_date=born, sex=sex
    )


def measure(person: Person, values: Mapping[str, object], on: dt.date = TODAY) -> None:
    KNOWN[person.pk] = {code: (value, on) for code, value in values.items()}


def client_of(role: Role, organization: int | None = None, person: int | None = None) -> Client:
    account = account_open(JOB, login=f"{role}{organization}{person}", password="x", person=person)
    seat_give(JOB, account=account, role=role, since=dt.date(2025, 1, 1), organization=organization)
    client = Client()
    client.force_login(account)
    return client


def make(*persons: Person, on: dt.date = TODAY) -> int:
    return forecasts_make_many(JOB, persons=[person.pk for person in persons], on=on)


def forecast(person: Person, model: str = "score_29n") -> Forecast:
    rows = Forecast.objects.unscoped("test").filter(person=person, model=model)
    row: Forecast = rows.order_by("-pk")[0]
    return row


@pytest.fixture
def person() -> Person:
    card = someone()
    person_share(JOB, persons=[card.pk], organization=CLINIC)
    return card


def test_a_forecast_keeps_its_inputs_with_their_dates_and_everything_that_explains_it(person: Person) -> None:
    measure(person, ILL, TODAY - dt.timedelta(days=10))
    make(person)
    row = forecast(person)
    assert row.value == {"kind": "absolute", "risk": 22, "unit": "%"}
    assert (row.figure, row.category, row.tone) == ("22 %", "очень высокий", "bad")
    day = (TODAY - dt.timedelta(days=10)).isoformat()
    assert {each["code"]: each["on"] for each in row.inputs}["sbp"] == day
    assert row.limits_text == "интервал источником не дан"
    assert row.fingerprint == models()["score_29n"].fingerprint
    assert "карта относительного риска не сверена" in " ".join(row.flags)
    assert row.steps


def test_nothing_is_written_twice_and_a_new_value_is_a_new_row(person: Person) -> None:
    measure(person, ILL)
    first = make(person)
    assert first
    assert make(person) == 0
    measure(person, ILL | {"sbp": 120})
    assert make(person)
    assert Forecast.objects.unscoped("test").filter(person=person, model="score_29n").count() == 2


def test_a_forecast_is_never_changed(person: Person) -> None:
    measure(person, CALM)
    make(person)
    row = forecast(person)
    row.figure = "0 %"
    with pytest.raises(DatabaseError, match="risk_forecast"):
        row.save()


def test_an_old_value_is_missing_and_its_date_is_named(person: Person) -> None:
    measure(person, CALM, TODAY - dt.timedelta(days=500))
    make(person)
    row = forecast(person)
    assert row.status == "missing_inputs"
    assert [each["code"] for each in row.missing] == ["smoker", "sbp", "tchol"]
    assert all(each["where"] and each["last"] for each in row.missing)
    assert row.value is None


def test_with_a_known_disease_nothing_is_computed_and_the_risk_is_very_high(person: Person) -> None:
    measure(person, CALM | {"diabetes": 1})
    make(person)
    row = forecast(person)
    assert (row.status, row.category, row.value) == ("not_applicable", "очень высокий", None)


def test_the_clinic_opens_every_figure_and_the_opening_is_journaled(person: Person) -> None:
    measure(person, ILL | {"weight": 92, "height_m": 1.78})
    make(person)
    client = client_of(Role.CLINIC, CLINIC)
    text = client.get(f"/risk/persons/{person.uid}/").content.decode()
    for said in (
        "22 %",
        "источником не дан",
        "Индекс массы тела",
        "29,0",
        "Не рассчитано",
    ):
        assert said in text
    assert "risk.forecasts_open" in {line.action for line in history_of(person.uid)}
    again = client.get(f"/risk/forecasts/{forecast(person).uid}/").content.decode()
    assert "Прежние прогнозы не меняются" in again
    assert client.get(f"/risk/persons/{person.uid}/paper/").content.startswith(b"%PDF")
    assert "Орлов" in client.get("/risk/").content.decode()


def test_a_stranger_gets_404_and_an_employer_no_personal_result_at_all(person: Person) -> None:
    measure(person, ILL)
    make(person)
    assert client_of(Role.CLINIC, 502).get(f"/risk/persons/{person.uid}/").status_code == 404
    person_share(JOB, persons=[person.pk], organization=601)
    employer = client_of(Role.EMPLOYER, 601)
    assert employer.get(f"/risk/persons/{person.uid}/").status_code == 403
    assert employer.get("/risk/").status_code == 403
    seat = Actor(Role.EMPLOYER, organization=601)
    assert not Forecast.objects.visible_to(seat).exists()


def test_the_worker_reads_his_forecast_in_plain_words(person: Person) -> None:
    measure(person, ILL)
    make(person)
    client = client_of(Role.WORKER, person=person.pk)
    text = client.get("/risk/mine/").content.decode()
    assert "Из 100 человек вашего возраста и пола" in text
    assert "если бросить курить" in text
    assert client.get("/risk/mine/paper/").content.startswith(b"%PDF")
    assert client.get(f"/risk/persons/{person.uid}/").status_code == 403


def test_every_model_has_its_page_and_simple_ones_a_calculator() -> None:
    client = client_of(Role.CLINIC, CLINIC)
    listed = client.get("/risk/models/").content.decode()
    for code, model in models().items():
        assert model.declared.title in listed or "&" in model.declared.title
        answer = client.get(f"/risk/models/{code}/")
        assert answer.status_code == 200, code
        assert "не сошлось" not in answer.content.decode(), code
    asked = client.get("/risk/models/bmi/?weight=95&height_m=1,75").content.decode()
    assert "31,0 кг/м²" in asked
    refused = client.get("/risk/models/bmi/?weight=95&height_m=175").content.decode()
    assert "Расчёт не сделан" in refused


def test_the_api_answers_models_and_forecasts(person: Person) -> None:
    measure(person, ILL)
    client = client_of(Role.CLINIC, CLINIC)
    assert len(client.get("/api/v1/risk/models").json()) == len(models())
    asked = client.post(
        "/api/v1/risk/models/lex8h/ask", {"inputs": {"laeq": 90, "hours": 4}}, content_type="application/json"
    ).json()
    assert round(asked["value"], 2) == 86.99
    assert client.post(f"/api/v1/risk/persons/{person.uid}/forecasts").json()["new"] > 0
    found = client.get(f"/api/v1/risk/persons/{person.uid}/forecasts").json()["forecasts"]
    assert {row["model"] for row in found} >= {"score_29n", "bmi"}
    assert "last_name" not in str(found)


def staff(counts: dict[str, int]) -> int:
    facts = Requisites(name="ООО «Завод»")
    own = organization_open(JOB, kind=Kind.EMPLOYER, requisites=facts, since=dt.date(2020, 1, 1), region="35")
    for title, count in counts.items():
        post = post_open(JOB, employer=own.pk, title=title)
        for number in range(count):
            card = someone(f"Человек{title.lower()}{'абвгдежзик'[number]}")
            employment_open(
                JOB,
                person=card.pk,
                post=post.uid,
                since=dt.date(2020, 1, 1),
                personnel_number=f"{title}{number}",
            )
            measure(card, ILL if number % 2 else CALM)
            make(card)
    return own.pk


def test_groups_name_nobody_and_hide_small_numbers() -> None:
    employer = staff({"Токарь": 10, "Маляр": 3, "Сварщик": 6})
    found = group_of(models()["score_29n"], employer=employer, cut="post", on=TODAY)
    rows = {row.title: row for row in found.rows}
    assert not rows["Маляр"].shown
    shown = [row for row in found.rows if row.shown]
    assert [row.title for row in shown] == ["Токарь"], "one hidden row would be counted back from the sum"
    assert sum(rows["Токарь"].counts) == 10
    levels = levels_of(employer=employer, on=TODAY)
    assert {row.title for row in levels.rows} == {"Сердце и сосуды"}
    client = client_of(Role.EMPLOYER, employer)
    text = client.get("/risk/groups/?cut=post&model=score_29n").content.decode()
    assert "Токарь" in text
    assert "не показывается" in text
    assert "Человек" not in text
    for cut in ("division", "factor"):
        assert client.get(f"/risk/groups/?cut={cut}").status_code == 200


def test_a_whole_staff_is_computed_as_long_work() -> None:
    employer = staff({"Токарь": 6})
    KNOWN.update({person: {**known, "tchol": (6.6, TODAY)} for person, known in KNOWN.items()})
    work = job_start(
        JOB,
        job="risk.forecasts_make_many",
        title="Расчёт",
        link="/risk/groups/",
        employer=employer,
        day=TODAY,
    )
    run_pending()
    work.refresh_from_db()
    assert work.result["text"].startswith("Работников: 6. Новых прогнозов: ")
    assert not work.result["text"].endswith(": 0.")


def test_another_exposure_makes_the_forecasts_of_those_anew_who_have_them(person: Person) -> None:
    measure(person, CALM)
    make(person)
    stranger = someone("Новиков")
    measure(person, ILL)
    exposure_changed(ExposureChanged((person.pk, stranger.pk)))
    assert forecast(person).category == "очень высокий"
    assert not Forecast.objects.unscoped("test").filter(person=stranger).exists()


def test_a_hidden_number_takes_the_next_smallest_with_it() -> None:
    tones = {"a": "ok", "b": "warn", "c": "bad"}
    row = distribution("x", {"a": 20, "b": 7, "c": 2}, tones, 30)
    assert row.counts == (20, HIDDEN, HIDDEN)
    assert row.parts == []
    assert distribution("x", {"a": 2, "b": 1}, tones, 9).shown is False
    alone = distribution("x", {"a": 2}, tones, 9)
    assert [row.shown for row in apart([alone, row, distribution("y", {"a": 40}, tones, 40)])] == [
        False,
        False,
        True,
    ]
