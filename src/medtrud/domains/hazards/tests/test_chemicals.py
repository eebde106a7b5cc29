"""The register of substances: request, decision, work without permission, training, file."""

import datetime as dt
import io
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter
from django.test import Client

from medtrud.domains.hazards import actions
from medtrud.domains.hazards.demo.chemicals import LINES as LINES_SHOWN
from medtrud.domains.hazards.demo.chemicals import registered
from medtrud.domains.hazards.models import Chemical
from medtrud.domains.hazards.queries.chemicals import (
    chemicals,
    chemicals_unapproved,
    names_unlisted,
    steps_of,
    trainings_of,
    untrained,
)
from medtrud.domains.hazards.rules.chemicals import cas_parse
from medtrud.domains.hazards.types import FactorIn
from medtrud.domains.hazards.types.chemicals import ChemicalIn, ChemicalState
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import import_commit, import_of, import_undo, import_upload
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.organizations.public import Organization, employments_on, workplaces

from .conftest import Take, man, sheet

DAY = dt.date(2026, 3, 1)
AMMONIA = ChemicalIn(
    "Аммиак",
    "7664-41-7",
    Decimal(20),
    pdk_basis="СанПиН 1.2.3685-21",
    hazard=4,
    letters="О",
    training="Работа с едкими веществами",
    training_months=12,
)


@pytest.fixture
def ammonia(engineer: Actor) -> Chemical:
    return actions.chemical_request(engineer, chemical=AMMONIA, purpose="холодильная станция", on=DAY)


def decide(actor: Actor, row: Chemical, state: str, text: str = "проверено") -> Chemical:
    return actions.chemical_decide(actor, chemical=row.uid, state=ChemicalState(state), text=text, on=DAY)


def test_a_request_waits_and_knows_the_lists_of_the_act(engineer: Actor, ammonia: Chemical) -> None:
    assert ammonia.state == ChemicalState.REQUESTED
    assert set(ammonia.features) == {"chem_irritant", "chem_acute"}
    assert [step.text for step in steps_of(engineer, ammonia)] == ["холодильная станция"]


def test_a_decision_keeps_what_the_tables_said(engineer: Actor, ammonia: Chemical) -> None:
    after = decide(engineer, ammonia, "approved")
    step = steps_of(engineer, ammonia).first()
    assert after.state == ChemicalState.APPROVED
    assert step is not None
    said = " ".join(each["text"] for each in step.reasons)
    assert "Стоит в перечне: раздражающего действия" in said
    assert "Нет паспорта безопасности" in said
    with pytest.raises(Refused, match="без основания"):
        decide(engineer, ammonia, "withdrawn", " ")
    with pytest.raises(Refused, match="уже в состоянии"):
        decide(engineer, ammonia, "approved")


def test_work_with_an_unapproved_substance_is_flagged(
    engineer: Actor, plant: Organization, ammonia: Chemical, take: Take
) -> None:
    take(sheet([man(1)]), commit=True)
    place = workplaces(engineer, employer=plant.pk).get()
    actions.chemical_use(engineer, chemical=ammonia.uid, workplace=place.uid, since=DAY)

    def flagged() -> list[Chemical]:
        return list(chemicals_unapproved(engineer, employer=plant.pk, on=DAY))

    assert flagged() == [ammonia]
    decide(engineer, ammonia, "approved")
    assert flagged() == []
    decide(engineer, ammonia, "withdrawn")
    assert flagged() == [ammonia]
    with pytest.raises(Refused, match="уже указано"):
        actions.chemical_use(engineer, chemical=ammonia.uid, workplace=place.uid, since=DAY)


def test_training_is_asked_before_work_and_ends(
    engineer: Actor, plant: Organization, ammonia: Chemical, take: Take
) -> None:
    take(sheet([man(1), man(2)]), commit=True, on="2026-01-01")
    place = workplaces(engineer, employer=plant.pk).get()
    actions.chemical_use(engineer, chemical=ammonia.uid, workplace=place.uid, since=DAY)
    jobs = list(employments_on(engineer, employer=plant.pk, on=DAY))
    assert len(untrained(engineer, employer=plant.pk, on=DAY)) == 2
    assert actions.chemical_train(engineer, chemical=ammonia.uid, employments=[jobs[0].uid], on=DAY) == 1
    assert [each.employment for each in untrained(engineer, employer=plant.pk, on=DAY)] == [jobs[1].uid]
    later = untrained(engineer, employer=plant.pk, on=dt.date(2027, 3, 1))
    assert {each.until for each in later} == {"01.03.2027", ""}
    assert trainings_of(engineer, chemical=ammonia).count() == 1


def test_a_division_counts_with_those_below_it(
    engineer: Actor, plant: Organization, ammonia: Chemical, take: Take
) -> None:
    take(sheet([man(1)]), commit=True, on="2026-01-01")
    job = employments_on(engineer, employer=plant.pk, on=DAY).get()
    assert job.division is not None
    parent = job.division.parent
    actions.chemical_use(engineer, chemical=ammonia.uid, division=parent.uid, since=DAY)
    assert [each.employment for each in untrained(engineer, employer=plant.pk, on=DAY)] == [job.uid]


def test_substances_of_factors_that_the_register_lacks_are_named(
    engineer: Actor, plant: Organization, ammonia: Chemical, take: Take
) -> None:
    take(sheet([man(1, **{"Вредные факторы": "1.1 аммиак"})]), commit=True, on="2026-01-01")
    place = workplaces(engineer, employer=plant.pk).get()
    for code, names in (("1.3", ("формальдегид",)), ("1.1", ("АММИАК",))):
        actions.factor_set(engineer, workplace=place.uid, factor=FactorIn(code, names), since=DAY)
    assert names_unlisted(engineer, employer=plant.pk, on=DAY) == [("формальдегид", 1)]


@pytest.mark.parametrize("wrong", ["67-64-2", "ацетон", "1-1-1"])
def test_a_wrong_number_is_refused(wrong: str) -> None:
    assert cas_parse("67-64-1") == "67-64-1"
    with pytest.raises(Refused, match="CAS"):
        cas_parse(wrong)


def test_a_wrong_passport_is_refused(engineer: Actor, ammonia: Chemical) -> None:
    for wrong, text in (
        (ChemicalIn(" "), "нет названия"),
        (ChemicalIn("икс", pdk_max=Decimal(-1)), "невозможна"),
        (ChemicalIn("икс", pdk_max=Decimal(1), pdk_ss=Decimal(2)), "переставлены"),
        (ChemicalIn("икс", hazard=7), "Класса опасности"),
        (ChemicalIn("аммиак"), "уже есть"),
    ):
        with pytest.raises(Refused, match=text):
            actions.chemical_request(engineer, chemical=wrong, purpose="проба", on=DAY)


def test_a_stranger_finds_nothing(engineer: Actor, ammonia: Chemical) -> None:
    other = replace(engineer, name="чужой", organization=(engineer.organization or 0) + 1)
    with pytest.raises(NotFound):
        decide(other, ammonia, "approved")


HEAD = ["Наименование вещества", "КАС", "ПДК м.р.", "ПДК с.с.", "Кл. опасности", "Обучение", "Допущено"]
LINES: list[list[Any]] = [
    ["Ацетон", "67-64-1", "800", "200", 4, "", "да"],
    ["Формальдегид", "50-00-0", "0,5", "", 2, "Программа В", ""],
    ["Этиленимин", "151-56-4", "0,02", "", 1, "", "нет"],
    ["Ацетон", "67-64-1", "", "", "", "", ""],
    ["Бензол", "71-43-3", "15", "5", 2, "", ""],
]


def table(lines: list[list[Any]]) -> io.BytesIO:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        page = book.add_worksheet("Вещества")
        for number, row in enumerate([HEAD, *lines]):
            page.write_row(number, 0, row)
    stream.seek(0)
    return stream


def test_a_table_with_foreign_headers_comes_in_and_is_taken_back(
    engineer: Actor, plant: Organization
) -> None:
    row = import_upload(engineer, target="chemicals", stream=table(LINES), name="вещества.xlsx", options={})
    run_pending()
    row = import_of(engineer, row.uid)
    assert (row.state, row.counts["new"], row.counts["bad"]) == ("checked", 3, 2)
    import_commit(engineer, uid=row.uid)
    run_pending()
    register = chemicals(engineer, employer=plant.pk)
    states = dict(register.values_list("name", "state"))
    assert states == {"Ацетон": "approved", "Формальдегид": "requested", "Этиленимин": "refused"}
    again = import_upload(
        engineer, target="chemicals", stream=table(LINES), name="вещества.xlsx", options={}, again=True
    )
    run_pending()
    assert import_of(engineer, again.uid).counts["unchanged"] == 3
    import_undo(engineer, uid=row.uid)
    run_pending()
    assert not register.exists()


def test_the_screens_of_the_register(
    office: Client, plant: Organization, engineer: Actor, take: Take
) -> None:
    take(sheet([man(1)]), commit=True)
    asked = {"name": "Аммиак", "cas": "7664-41-7", "training": "Едкие вещества", "purpose": "холод"}
    answer = office.post("/hazards/substances/request/", asked, follow=True)
    assert "ждёт решения" in answer.content.decode()
    row = chemicals(engineer, employer=plant.pk).get()
    url = f"/hazards/substances/{row.uid}"
    place = workplaces(engineer, employer=plant.pk).get()
    office.post(f"{url}/use/", {"workplace": str(place.uid), "since": f"{today():%d.%m.%Y}"})
    assert "С веществом работают, а разрешения нет" in office.get(f"{url}/").content.decode()
    flags = office.get("/hazards/substances/flags/").content.decode()
    assert flags.count("Аммиак") == 2  # unapproved work, and a person without training
    job = employments_on(engineer, employer=plant.pk, on=today()).get()
    office.post(f"{url}/train/", {"employments": [str(job.uid)], "on": f"{today():%d.%m.%Y}"})
    file = io.BytesIO(b"%PDF-1.4 invented")
    file.name = "паспорт.pdf"
    office.post(f"{url}/sheet/", {"file": file, "dated_on": "01.02.2026"})
    decided = {"state": "approved", "text": "нужно для холода", "on": f"{today():%d.%m.%Y}"}
    assert "разрешено" in office.post(f"{url}/decide/", decided, follow=True).content.decode()
    assert (
        "Все вещества, с которыми работают, разрешены"
        in office.get("/hazards/substances/flags/").content.decode()
    )
    use = office.get(f"{url}/").content.decode()
    assert "паспорт.pdf" in use
    printed = office.get("/hazards/substances/print/")
    assert (printed["Content-Type"], printed.content[:4]) == ("application/pdf", b"%PDF")
    change = {"name": "Аммиак", "cas": "7664-41-7", "pdk_max": "20", "pdk_basis": "СанПиН", "hazard": "4"}
    assert office.post(f"{url}/change/", change).status_code == 302
    assert office.post(f"{url}/change/", change | {"cas": "7664-41-8"}).status_code == 422


def test_another_system_keeps_the_register(
    office: Client, plant: Organization, engineer: Actor, take: Take
) -> None:
    def ask(method: str, url: str, status: int = 200, **facts: Any) -> Any:
        body = json.dumps(facts).encode() if facts else b""
        address = f"/api/v1/hazards/substances{url}"
        answer = office.generic(method, address, body, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()

    take(sheet([man(1)]), commit=True, on="2026-01-01")
    place = workplaces(engineer, employer=plant.pk).get()
    job = employments_on(engineer, employer=plant.pk, on=today()).get()
    made = ask("POST", "", 201, name="Аммиак", cas="7664-41-7", training="Едкие", purpose="холод")
    url = f"/{made['uid']}"
    assert (made["state"], sorted(made["features"])) == ("requested", ["chem_acute", "chem_irritant"])
    use = ask("POST", f"{url}/uses", 201, workplace=str(place.uid), since="2026-01-01")
    flags = ask("GET", "/flags")
    assert [each["name"] for each in flags["unapproved"]] == ["Аммиак"]
    assert [each["employment"] for each in flags["untrained"]] == [str(job.uid)]
    assert ask("POST", f"{url}/trainings", employments=[str(job.uid)], on="2026-02-01") == {"count": 1}
    assert (
        ask("POST", f"{url}/decision", state="approved", text="нужно", on="2026-02-01")["state"] == "approved"
    )
    assert ask("GET", "/flags") == {"unapproved": [], "untrained": []}
    assert ask("PUT", url, name="Аммиак", pdk_max="20")["pdk_max"] == "20"
    assert ask("POST", f"/uses/{use['uid']}/end", until="2026-03-01")["until"] == "2026-03-01"
    assert ask("GET", url)["name"] == ask("GET", "")[0]["name"]
    assert "контрольная цифра" in ask("POST", "", 409, name="икс", cas="67-64-2", purpose="проба")["detail"]


def test_the_invented_register_has_something_to_find_and_is_written_once(
    engineer: Actor, plant: Organization, take: Take
) -> None:
    posts = ("Маляр", "Гальваник", "Лаборант химического анализа")
    take(sheet([man(n, Должность=post) for n, post in enumerate(posts)]), commit=True, on="2026-01-01")
    assert registered(engineer) == len(LINES_SHOWN)
    assert registered(engineer) == 0
    flagged = chemicals_unapproved(engineer, employer=plant.pk, on=today())
    assert [row.name for row in flagged] == ["Аммиак"]
    assert untrained(engineer, employer=plant.pk, on=today())
