"""A plan of measures, incidents of a year, inspections: of each invented employer."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from medtrud.engines.access.public import accounts, actor_of
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor
from medtrud.registries.organizations.public import employments_on, organization_of

from ..actions import (
    audit_add,
    incident_add,
    incident_close,
    investigation_open,
    leave_link,
    measure_add,
    measure_done,
    measure_start,
    reading_add,
)
from ..queries import incidents, leaves_unexplained, measures
from ..types import Moment, NewAudit, NewIncident, NewMeasure, NewMember, NewReading
from .equipment import equipped

AFTER = ("hazards", "absences")
DAY = dt.timedelta(days=1)
Say = Callable[[str], None]
MEASURES = (
    # title, level, days to the deadline, cost in roubles, factor, level before and after
    ("Кабина наблюдения у пилы", "engineering", -40, 480_000, "4.4", ("94", "82.5")),
    ("Замена растворителя на водный состав", "substitution", -15, 95_000, "", None),
    ("Местная вытяжка у сварочного поста", "engineering", -6, 310_000, "", None),
    ("Обучение приёмам подъёма тяжестей", "administrative", 12, 20_000, "", None),
    ("Звукопоглощающие панели в цехе", "engineering", 45, 260_000, "4.4", None),
    ("Противошумные наушники с рацией", "ppe", 30, 140_000, "4.4", None),
    ("Вывод прессовой линии из эксплуатации", "elimination", 120, None, "", None),
)
STORIES = (
    ("near_miss", "Не закреплена стремянка, стояла на мокром полу", "", "organization"),
    ("near_miss", "Кран-балка прошла над рабочим проходом без сигнала", "", "process"),
    ("micro_injury", "Порезал палец о край листа при разборке пачки", "порез пальца", "ppe"),
    ("micro_injury", "Оступился на ступени, ушиб голеностопа", "ушиб", "territory"),
    ("near_miss", "Сработала блокировка ограждения при открытом кожухе", "", "equipment"),
    ("micro_injury", "Брызги раствора попали на кисть", "раздражение кожи", "training"),
    ("incident", "Погрузчик задел стойку стеллажа, груз не упал", "", "discipline"),
    ("near_miss", "Заряд аккумуляторов вели при выключенной вытяжке", "", "process"),
)


def fill(actor: Actor) -> None:
    """Write the safety of the few people that are there."""
    _play(actor, lambda text: None)


def play(actor: Actor, say: Say, folder: Path) -> None:
    """Write the safety of everybody."""
    _play(actor, say)


def _play(actor: Actor, say: Say) -> None:
    on = today()
    for login in ("employer", "hospital", "transport"):
        account = accounts(actor).filter(login=login).first()
        if account is None:
            continue
        engineer = actor_of(account, None, on=on)
        plant = organization_of(engineer)
        told = equipped(engineer, on) if login == "employer" else ""
        if told:
            say(f"{plant}: {told}")
        if incidents(engineer).exists() or measures(engineer).exists():
            continue
        jobs = list(
            employments_on(engineer, employer=plant.pk, on=on).filter(since__lt=on - 400 * DAY).order_by("pk")
        )
        jobs = jobs or list(employments_on(engineer, employer=plant.pk, on=on).order_by("pk"))
        if not jobs:
            continue
        chance = Random(str(plant))
        _measures(engineer, plant.pk, jobs, on, chance)
        _incidents(engineer, plant.pk, jobs, on, chance)
        _audits(engineer, plant.pk, jobs, on, chance)
        say(f"{plant}: мероприятий {measures(engineer).count()}, происшествий {incidents(engineer).count()}")


def _measures(engineer: Actor, employer: int, jobs: list[Any], on: dt.date, chance: Random) -> None:
    for title, control, days, roubles, factor, levels in MEASURES:
        job = chance.choice(jobs)
        new = NewMeasure(
            employer,
            title,
            control,
            on + days * DAY,
            jobs[0].person_id,
            job.division_id,
            job.workplace_id,
            factor,
            cost_kopecks=roubles * 100 if roubles else None,
            people=chance.randrange(2, 15),
            basis="План улучшения условий труда",
        )
        row = measure_add(engineer, measure=new, on=on)
        if days < -10:
            for moment, value in zip(Moment, levels or (), strict=False):
                at = on + (days - 60 if moment is Moment.BEFORE else days + 5) * DAY
                reading = NewReading(moment, Decimal(value), "дБА", at, "протокол производственного контроля")
                reading_add(engineer, measure=row.uid, reading=reading)
            measure_done(
                engineer, measure=row.uid, done_on=on + (days - 2) * DAY, result="Выполнено по акту", on=on
            )
        elif days < 20:
            measure_start(engineer, measure=row.uid)


def _incidents(engineer: Actor, employer: int, jobs: list[Any], on: dt.date, chance: Random) -> None:
    for number, (kind, text, harm, cause) in enumerate(STORIES):
        job = chance.choice(jobs)
        happened = max(on - (330 - number * 42) * DAY, job.since)
        new = NewIncident(
            employer, kind, happened, text, dt.time(9 + number, 20), happened,
            job.person_id if kind == "micro_injury" else None, job.division_id, job.workplace_id, injury=harm,
        )  # fmt: skip
        row = incident_add(engineer, incident=new, on=on)
        if number < 6:
            incident_close(
                engineer, incident=row.uid, cause=cause, why=text, conclusion="Проведён внеплановый "
                    "инструктаж",
                closed_on=min(happened + 2 * DAY, on), on=on,
            )  # fmt: skip
    _injury(engineer, employer, jobs, on)


def _injury(engineer: Actor, employer: int, jobs: list[Any], on: dt.date) -> None:
    """Explain one sick leave by an accident; the others wait for the engineer."""
    leave = leaves_unexplained(engineer, employer=employer).filter(reason="04", until__isnull=False).last()
    if leave is None:
        return
    new = NewIncident(
        employer, "injury", leave.since, "Рука попала между роликом и заготовкой при наладке", dt.time(11, 5),
        leave.since, leave.person_id, injury="рана кисти", severity="light",
    )  # fmt: skip
    row = incident_add(engineer, incident=new, on=on)
    leave_link(engineer, incident=row.uid, sick_leave=leave.document)
    head = next((job for job in jobs if job.person_id != leave.person_id), jobs[0])
    if head.since <= leave.since:
        investigation_open(
            engineer, incident=row.uid, order_number="14-к", since=leave.since, due_on=None,
            members=[NewMember(head.person_id, str(head.post), "chairman")],
        )  # fmt: skip
        incident_close(
            engineer, incident=row.uid, cause="equipment", why="Наладка без остановки линии",
            conclusion="Установить блокировку ограждения", closed_on=leave.since + DAY, on=on,
        )  # fmt: skip
    due = on + 25 * DAY
    new_measure = NewMeasure(employer, "Блокировка ограждения роликов", "engineering", due, incident=row.uid)
    measure_add(engineer, measure=new_measure, on=on)


def _audits(engineer: Actor, employer: int, jobs: list[Any], on: dt.date, chance: Random) -> None:
    for month in range(8):
        day = on - (20 + month * 30) * DAY
        job = chance.choice(jobs)
        remarks = chance.randrange(0, 7)
        person = jobs[0].person_id if jobs[0].since <= day else None
        title = f"Обход рабочих мест: {job.division or 'предприятие'}"[:300]
        audit = NewAudit(
            employer, day, title, job.division_id, person, remarks, min(remarks, chance.randrange(0, 2))
        )
        audit_add(engineer, audit=audit, on=on)
