"""The official schemas beside the checkout, and an invented conclusion."""

import datetime as dt
from pathlib import Path

import pytest

from medtrud.connectors.egisz.drivers.schemas import schemas_load
from medtrud.connectors.egisz.rules import Books, books_from
from medtrud.connectors.egisz.types import Coded, Doctor, House, Name, SemdFacts, Worker
from medtrud.connectors.egisz.types.semd import (
    ADDRESSES,
    CONCLUSIONS,
    CONFIDENTIALITY,
    EVENTS,
    FACTORS,
    FIELDS,
    GROUPS,
    KINDS,
    POLICIES,
    POSTS,
    PROFESSIONS,
    REGIONS,
    ROLES,
    SECTIONS,
    SEX,
)
from medtrud.registries.reference.public import books_shipped

OFFICIAL = Path(__file__).parents[6] / "shared" / "schemas" / "semd"
SKIPPED = f"official schemas not found at {OFFICIAL}: XSD and schematron checks skipped"
official = pytest.mark.skipif(not OFFICIAL.exists(), reason=SKIPPED)
ZONE = dt.timezone(dt.timedelta(hours=3))
CODES = ("4073", "8085", "8006", "4074", "8086", "813", "837", "8007", "9021", "6020", "8087")


@pytest.fixture(scope="session")
def books() -> Books:
    return books_from(books_shipped())


@pytest.fixture(scope="session")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas")
    if OFFICIAL.exists():
        schemas_load(OFFICIAL / "194", folder)
    return folder


@pytest.fixture(scope="session")
def facts(books: Books) -> SemdFacts:
    def row(oid: str, code: str) -> Coded:
        edition = next(edition for (known, _), edition in books.editions.items() if known == oid)
        return Coded(code, edition.rows[code], oid, edition.version, edition.title)

    region = row(REGIONS, "35")
    chairman = Doctor(
        "D-2", Name("Председателев", "Олег"), "900-000-069 01", row(POSTS, "80"), row(ROLES, "CHAIRMAN")
    )
    doctor = Doctor(
        "D-1",
        Name("Врачев", "Пётр", "Петрович"),
        "900-000-059 00",
        row(POSTS, "80"),
        row(ROLES, "COMMISSIONER"),
    )
    return SemdFacts(
        number="C-15-1",
        set_number="C-15",
        version=1,
        written_at=dt.datetime(2026, 3, 5, 12, 30, tzinfo=ZONE),
        began_on=dt.date(2026, 3, 1),
        ended_on=dt.date(2026, 3, 5),
        worker=Worker(
            "W-42",
            Name("Примеров", "Иван", "Иванович"),
            row(SEX, "1"),
            dt.date(1980, 4, 5),
            snils="987-654-321 83",
            policy="7700008145000411",
            policy_kind=row(POLICIES, "2"),
            phone="+79000000000",
            address="162600, г. Череповец, ул. Примерная, д. 1",
            address_kind=row(ADDRESSES, "1"),
            region=region,
        ),
        house=House(
            "1.2.643.5.1.13.13.12.2.35.99999", "БУЗ «Пример»", "1020000000998",
            "162600, г. Череповец, ул. Врачебная, 2",
            region, "+78200000000", "ЛО-35-01-000001", "Департамент здравоохранения",
        ),
        doctors=(chairman, doctor),
        employer="АО «Пример»",
        employer_number="0098765437",
        division="Цех № 1",
        post="машинист завалочной машины",
        profession=row(PROFESSIONS, "8337"),
        factors=(row(FACTORS, "717"),),
        outcome=row(CONCLUSIONS, "32"),
        health_group=row(GROUPS, "2"),
        next_on=dt.date(2027, 3, 5),
        codes={
            "47": row(KINDS, "47"), "N": row(CONFIDENTIALITY, "N"), "5": row(EVENTS, "5"),
            "DOCINFO": row(SECTIONS, "DOCINFO"), **{code: row(FIELDS, code) for code in CODES},
        },
    )  # fmt: skip
