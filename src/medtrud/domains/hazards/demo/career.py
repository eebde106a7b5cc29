"""A working life of 27 years at four employers, counted by hand in docs/worked/exposure.md."""

import datetime as dt
from dataclasses import dataclass

from medtrud.domains.absences.public import absence_add
from medtrud.domains.absences.types import NewAbsence
from medtrud.engines.access.public import account_open, accounts, seat_give
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role
from medtrud.registries.organizations.public import (
    Organization,
    Workplace,
    employers,
    employment_close,
    employment_open,
    organization_open,
    post_open,
    workplace_open,
)
from medtrud.registries.organizations.types import Kind, Requisites
from medtrud.registries.people.public import Person, name_of, person_of, person_register, person_share

from ..actions import factors_set, protection_set, protocol_record
from ..types import FactorIn
from ..types.control import InstrumentIn, ProtocolIn, ValueIn

LOGIN, PLACE = "gromov", "1976"
NOISE, VIBRATION, DUST = "4.4", "4.3.1", "3.1.4"
UNITS = {NOISE: "дБА", VIBRATION: "м/с²", DUST: "мг/м³"}


@dataclass(frozen=True)
class Stage:
    """One employer of the life: the job, its conditions and what was measured."""

    inn: str
    name: str
    post: str
    since: dt.date
    until: dt.date | None
    sout_class: str
    measured: dict[dt.date, dict[str, float]]
    leaves: tuple[tuple[dt.date, dt.date], ...] = ()
    codes: tuple[str, ...] = (NOISE, VIBRATION, DUST)
    muffs: dt.date | None = None


STAGES = (
    Stage(
        "0000000056", "АО «Леспромхоз «Северный»", "Моторист бензопилы",
        dt.date(1999, 9, 1), dt.date(2005, 9, 1), "3.2",
        {dt.date(2000, 3, 1): {NOISE: 96.0, VIBRATION: 4.5}},
        leaves=((dt.date(2003, 2, 10), dt.date(2003, 2, 24)),), codes=(NOISE, VIBRATION),
    ),
    Stage(
        "0000000063", "АО «Литейный завод «Сокол»", "Обрубщик",
        dt.date(2005, 9, 1), dt.date(2013, 1, 1), "3.3",
        {
            dt.date(2005, 9, 1): {NOISE: 92.0, VIBRATION: 5.0, DUST: 3.0},
            dt.date(2009, 6, 15): {NOISE: 90.0},
        },
        leaves=((dt.date(2011, 5, 1), dt.date(2011, 6, 1)),),
    ),
    Stage(
        "0000000070", "ООО «Ремонтный завод «Шексна»", "Шлифовщик",
        dt.date(2013, 1, 1), dt.date(2019, 7, 1), "3.2",
        {dt.date(2012, 10, 10): {NOISE: 88.0, VIBRATION: 3.0, DUST: 1.8}},
    ),
    Stage(
        "0000000018", "Акционерное общество «Вологодский станкостроительный завод»", "Шлифовщик-обдирщик",
        dt.date(2019, 7, 1), None, "3.2",
        {dt.date(2019, 5, 20): {NOISE: 84.0, VIBRATION: 2.2, DUST: 1.2}},
        leaves=((dt.date(2021, 10, 4), dt.date(2021, 10, 18)),), muffs=dt.date(2021, 1, 1),
    ),
)  # fmt: skip


def life(actor: Actor, clinic: int | None = None) -> Person:
    """Write the whole life once; return the person."""
    if accounts(actor).filter(login=LOGIN).exists():
        known = accounts(actor).get(login=LOGIN).person
        return person_of(actor, name_of(actor, known or 0).uid)
    man = person_register(
        actor,
        last_name="Громов",
        first_name="Николай",
        middle_name="Петрович",
        birth_date=dt.date(1976, 4, 12),
        sex="male",
        confirmed=True,
    )
    account = account_open(actor, login=LOGIN, password="demo", person=man.pk)  # noqa: S106 - invented
    seat_give(actor, account=account, role=Role.WORKER, since=dt.date(2025, 1, 1))
    for stage in STAGES:
        _stage(actor, man, stage)
    if clinic is not None:
        person_share(actor, persons=[man.pk], organization=clinic)
    return man


def _stage(actor: Actor, man: Person, stage: Stage) -> None:
    employer = _employer(actor, stage)
    person_share(actor, persons=[man.pk], organization=employer.pk)
    post = post_open(actor, employer=employer.pk, title=stage.post)
    place = workplace_open(
        actor, employer=employer.pk, title=stage.post, number=PLACE, since=min(stage.measured)
    )
    begun = min(stage.since, *stage.measured)
    factors = [FactorIn(code, sout_class=stage.sout_class) for code in stage.codes]
    factors_set(
        actor, workplace=place.uid, factors=factors, sout_class=stage.sout_class, since=begun,
        basis="карта аттестации рабочего места",
    )  # fmt: skip
    for day, values in stage.measured.items():
        _measure(actor, place, day, values)
    if stage.muffs:
        protection_set(
            actor, workplace=place.uid, code=NOISE, reduction=15.0, since=stage.muffs,
            basis="наушники противошумные, карточка СИЗ",
        )  # fmt: skip
    job = employment_open(
        actor, person=man.pk, post=post.uid, workplace=place.uid, since=stage.since, personnel_number=PLACE
    )
    for since, until in stage.leaves:
        leave = NewAbsence(man.pk, employer.pk, since, until, reason="01", number=f"9{since:%y%m%d}00000")
        absence_add(actor, absence=leave)
    if stage.until:
        employment_close(actor, employment=job.uid, until=stage.until, reason="уволен")


def _employer(actor: Actor, stage: Stage) -> Organization:
    found = employers(actor, text=stage.inn).first()
    if found is not None:
        return found
    details = Requisites(name=stage.name, inn=stage.inn)
    return organization_open(
        actor, kind=Kind.EMPLOYER, requisites=details, since=dt.date(1999, 1, 1), region="35", confirmed=True
    )


def _measure(actor: Actor, place: Workplace, day: dt.date, values: dict[str, float]) -> None:
    lines = tuple(
        ValueIn(
            place.pk, code, value, UNITS[code],
            norm_max=2.0 if code == DUST else None,
            category="IIа" if code == DUST else "",
            shifts=248 if code == DUST else None,
        )
        for code, value in values.items()
    )  # fmt: skip
    until = dt.date(day.year + 1, day.month, day.day)
    protocol = ProtocolIn(
        number=f"{day:%y}-{place.number}", measured_on=day, issued_on=day + dt.timedelta(days=9),
        laboratory="Испытательный центр «Северная лаборатория»", accreditation="RA.RU.000000",
        values=lines, instruments=(InstrumentIn("Шумомер-виброметр", "000123", "С-АА/000001", until),),
    )  # fmt: skip
    protocol_record(actor, protocol=protocol, on=today())
