"""The books, the schemas, the registry and the clinic of these tests."""

import datetime as dt
import socket
from contextlib import suppress
from dataclasses import replace

import pytest

from medtrud.connectors.egisz.drivers.places import schemas_set
from medtrud.connectors.egisz.drivers.schemas import schemas_load
from medtrud.connectors.egisz.drivers.simulator import Simulator, serve
from medtrud.domains.exams.tests.conftest import icd10  # noqa: F401 - a fixture
from medtrud.domains.exams.tests.desk import Commission
from medtrud.domains.exams.tests.world import JOB
from medtrud.engines.access.public import account_open, seat_give
from medtrud.engines.signing.public import authority_open, certificate_issue
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import StaffMember, requisites_change
from medtrud.registries.reference import actions as reference
from medtrud.registries.reference.drivers import shipped

from ..test_semd import OFFICIAL
from .world import HOUSE, LARGE, NETWORK, House, Registry


@pytest.fixture
def books(db, monkeypatch):
    some = [(passport, content) for passport, content in shipped() if passport.code not in LARGE]
    monkeypatch.setattr(reference, "shipped", lambda: some)
    reference.books_load(JOB)


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("semd")
    with suppress(Refused):
        schemas_load(OFFICIAL / "194", made)
    return made


@pytest.fixture
def schemas(folder):
    schemas_set(folder)


@pytest.fixture
def registry(folder, monkeypatch):
    monkeypatch.setattr(socket.socket, "connect", NETWORK)  # the network of this machine only
    made = Registry(Simulator(judge=lambda *_: []), None, folder)
    made.simulator.post, made.simulator.judge = made.post, made.judge
    made.server = serve(made.simulator)
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def house(registry) -> House:
    world = Commission()
    world.ready()
    requisites_change(
        world.registrar, organization=world.clinic.pk, changes=HOUSE, since=dt.date(2021, 6, 1), basis="",
        confirmed=True,
    )  # fmt: skip
    account = account_open(JOB, login="chair", password="x", person=world.chair.person)
    place = world.clinic.pk
    seat_give(JOB, account=account, role=Role.COMMISSION, since=dt.date(2025, 1, 1), organization=place)
    StaffMember.objects.unscoped("test").filter(person=world.chair.person).update(account=account)
    authority_open(JOB, algorithm="ec", name="Центр", organization="Медтруд")
    owner = {"surname": "Орлова", "given_name": "Анна Петровна"}
    certificate_issue(JOB, kind="person", names=owner, account=account.pk, organization=place, algorithm="ec")
    seal = {"organization": "Поликлиника № 1"}
    certificate_issue(JOB, kind="seal", names=seal, organization=place, algorithm="ec")
    chair = replace(world.chair, account=account.pk)
    return House(world, chair, world.visit(world.clear))
