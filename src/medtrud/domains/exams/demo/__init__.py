"""Three campaigns: one ended with its act, one in the middle, one waiting for the clinic's agreement."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from medtrud.engines.access.public import account_open, accounts, actor_of, seat_give
from medtrud.engines.background.public import deliver_pending
from medtrud.engines.store.public import today
from medtrud.kernel.actor import Actor, Role

from ..actions import contingent_approve, contingent_tallies, contingent_touch
from ..jobs import conclusion_given, final_act_closed
from ..jobs.papers import roll_approved
from ..queries.rows import conclusions
from . import services
from .caller import Caller
from .earlier import earlier
from .story import ABSENT, RECOMMENDATIONS, Clinic, Tally, prepare

AFTER = ("hazards",)
DAYS = dt.timedelta(days=1)
WHOLE_LENGTH, HALF_LENGTH = 25, 20
PORTION = 100
WORKERS = 3
Say = Callable[[str], None]


def fill(actor: Actor) -> None:
    """Play the same with the few people that are there."""
    _play(actor, lambda text: None)


def play(actor: Actor, say: Say, folder: Path) -> None:
    """Play the whole campaigns."""
    _play(actor, say)


def _play(actor: Actor, say: Say) -> None:
    if accounts(actor).filter(login="worker").exists():  # the last step has been made
        return
    day = today()
    clinic = Clinic(actor, day)
    plants = {
        login: Caller(accounts(actor).get(login=login)) for login in ("employer", "hospital", "transport")
    }
    _whole(actor, clinic, plants["employer"], day, say)
    _half(clinic, plants["hospital"], day, say)
    uid = prepare(
        plants["transport"], None, f"Периодические осмотры {day.year}", since=day + 9 * DAYS,
        until=day + 60 * DAYS, uid=str(clinic.clinic.uid),
    )  # fmt: skip
    count = len(plants["transport"].all(f"/campaigns/{uid}/roll"))
    for login in plants:
        contingent_approve(actor_of(accounts(actor).get(login=login), None, on=day), on=day - 21 * DAYS)
    contingent_touch(actor)
    contingent_tallies(actor, on=day)
    say(f"ООО «Севавтотранс»: список из {count} работников утверждён и ждёт согласования клиники")
    deliver_pending(conclusion_given, final_act_closed, roll_approved)
    say("Заключения, акт и списки внесены в документы и ждут подписи")
    services.play(actor)
    _workers(actor, say)


def _whole(actor: Actor, clinic: Clinic, plant: Caller, day: dt.date, say: Say) -> None:
    since = day - 75 * DAYS
    if not plant.get("/campaigns")["items"]:
        say(f"АО «ВСЗ»: у Громова Н. П. осмотры прежних лет: {earlier(actor, clinic, plant, day=day)}")
    campaign = prepare(
        plant, clinic, f"Периодические осмотры {since.year}", since=since, until=day - 10 * DAYS,
        uid=str(clinic.clinic.uid),
    )  # fmt: skip
    if plant.get(f"/campaigns/{campaign}/acts"):
        return
    tally = Tally()
    days = clinic.days(campaign, plant, first=since, length=WHOLE_LENGTH)
    for number, visit in enumerate(days, start=1):
        if visit.chance < ABSENT:
            clinic.miss(visit, tally)
            continue
        clinic.examine(visit, tally)
        if "diagnoses" in visit.exam:
            clinic.conclude(visit, tally)
        if number % PORTION == 0:
            say(f"  осмотрено {number} из {len(days)}")
    signed = (day - 8 * DAYS).isoformat()
    act = clinic.chair.post(
        f"/campaigns/{campaign}/act", as_of=signed, on=signed, recommendations=list(RECOMMENDATIONS)
    )
    say(
        f"АО «ВСЗ»: осмотрено {tally.concluded}, противопоказания у {tally.barred}, подозрений на "
        f"профзаболевание {tally.suspected}, не явились {tally.absent}, не завершили {tally.unfinished}; "
        f"заключительный акт № {act['number']} закрыт"
    )


def _half(clinic: Clinic, plant: Caller, day: dt.date, say: Say) -> None:
    since = day - 18 * DAYS
    campaign = prepare(
        plant, clinic, f"Периодические осмотры {since.year}", since=since, until=day + 40 * DAYS,
        uid=str(clinic.clinic.uid),
    )  # fmt: skip
    tally = Tally()
    days = clinic.days(campaign, plant, first=since, length=HALF_LENGTH)
    past = [visit for visit in days if visit.on < day]
    for visit in past:
        if visit.chance < ABSENT:
            clinic.miss(visit, tally)
            continue
        clinic.examine(visit, tally)
        if "diagnoses" in visit.exam and (day - visit.on).days > 4:
            clinic.conclude(visit, tally)
    for visit in days[len(past) :]:
        clinic.registry.post(f"/exams/{visit.exam['uid']}/plan", on=visit.on.isoformat())
    say(
        f"БУЗ «ВГБ № 7»: заключений {tally.concluded}, ждут председателя {tally.waiting}, на осмотре "
        f"{tally.unfinished}, назначены на ближайшие дни {len(days) - len(past)}"
    )


def _workers(actor: Actor, say: Say) -> None:
    """Give a few examined workers their own cabinets."""
    rows = conclusions(actor).filter(current=True).order_by("contraindicated__len", "pk")
    chosen = list(dict.fromkeys(row.person_id for row in rows))
    for number, person in enumerate([*chosen[: WORKERS - 1], *chosen[-1:]], start=1):
        login = "worker" if number == 1 else f"worker{number}"
        account = account_open(actor, login=login, password="demo", person=person)  # noqa: S106 - invented
        seat_give(actor, account=account, role=Role.WORKER, since=dt.date(2025, 1, 1))
    say(f"Кабинеты работников: {min(len(chosen), WORKERS)}")
