"""Three invented employers; their staff lists come in by the import wizard, mistakes and all."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

from medtrud.engines.access.public import account_open, accounts, actor_of, seat_give
from medtrud.engines.background.public import run_pending
from medtrud.engines.exchange.public import import_check, import_commit, import_of, import_upload
from medtrud.engines.exchange.types import State
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    Organization,
    clinics,
    contract_open,
    employers,
    employments_on,
    organization_open,
)
from medtrud.registries.organizations.types import Kind, Requisites

from .cards import assessed
from .career import life
from .chemicals import registered
from .control import control
from .plants import PLANTS, Plant
from .sheets import sheets

LONG_AGO = dt.date(2022, 9, 1)
LISTED_BEFORE = dt.timedelta(days=110)  # the lists are older than the campaigns built from them
FEW = 14
LOGINS = {"machine_works": "employer", "hospital": "hospital", "transport": "transport"}
Say = Callable[[str], None]


def fill(actor: Actor) -> None:
    """Take in the first lines of each list, for query counts and browser tests."""
    _take_in(actor, lambda text: None, people=FEW, folder=None)
    _measure(actor)


def play(actor: Actor, say: Say, folder: Path) -> None:
    """Take in the whole lists."""
    folder.mkdir(parents=True, exist_ok=True)
    _take_in(actor, say, people=None, folder=folder)
    _measure(actor)
    say("АО «ВСЗ»: производственный контроль за четыре года; у Громова Н. П. 27 лет стажа (вход gromov)")


def _measure(actor: Actor) -> None:
    """Write what was measured, and one long life."""
    clinic = clinics(actor).order_by("pk").first()
    life(actor, clinic.pk if clinic else None)
    plant = _employer(actor, PLANTS[0])
    control(actor, employer=plant.pk, on=today())
    run_pending()


def _take_in(actor: Actor, say: Say, *, people: int | None, folder: Path | None) -> None:
    listed_on = today() - LISTED_BEFORE
    for plant, name, content, lines in sheets(listed_on, people=people):
        employer = _employer(actor, plant)
        if employments_on(actor, employer=employer.pk, on=today()).exists():
            continue
        if folder is not None:
            (folder / name).write_bytes(content)
        engineer = actor_of(accounts(actor).get(login=LOGINS[plant.code]), None, on=today())
        row = import_upload(
            engineer,
            target="staff",
            stream=io.BytesIO(content),
            name=name,
            options={"on": listed_on.isoformat()},
        )
        run_pending()
        row = import_of(engineer, row.uid)
        if row.state == State.MAPPING:  # a person looks at the columns and agrees
            columns = {int(place): code for place, code in row.columns.items()}
            import_check(engineer, uid=row.uid, columns=columns)
            run_pending()
        import_commit(engineer, uid=row.uid)
        run_pending()
        counts = import_of(engineer, row.uid).counts
        where = folder / name if folder else name
        say(
            f"{plant.short_name}: список {where}, строк {lines}; "
            f"принято {counts['new']}, с ошибками {counts['bad']}"
        )
        if plant is PLANTS[0]:
            say(f"{plant.short_name}: {assessed(engineer, listed_on, folder)}")
            say(f"{plant.short_name}: химических веществ в реестре {registered(engineer)}")


def _employer(actor: Actor, plant: Plant) -> Organization:
    found = employers(actor, text=plant.inn).first()
    if found is not None:
        return found
    details = Requisites(
        name=plant.name,
        short_name=plant.short_name,
        inn=plant.inn,
        ogrn=plant.ogrn,
        okved=plant.okved,
        ownership=plant.ownership,
        address=plant.address,
    )
    employer = organization_open(
        actor, kind=Kind.EMPLOYER, requisites=details, since=LONG_AGO, region="35", confirmed=True
    )
    account = account_open(actor, login=LOGINS[plant.code], password="demo")  # noqa: S106 - invented
    seat_give(
        actor, account=account, role=Role.EMPLOYER, since=LONG_AGO, organization=employer.pk, region="35"
    )
    engineer = actor_of(account, None, on=today())
    clinic = clinics(actor).order_by("pk").first()
    if clinic is not None:
        contract_open(
            engineer,
            employer=employer.pk,
            clinic=clinic.pk,
            number=f"ПМО-{PLANTS.index(plant) + 1}",
            signed_on=LONG_AGO,
            since=LONG_AGO,
        )
    return employer
