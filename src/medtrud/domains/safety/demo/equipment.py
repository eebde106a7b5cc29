"""Protective equipment and milk of the machine works: norms, cards, what is late, a month."""

import datetime as dt
from decimal import Decimal
from random import Random
from typing import Any

from medtrud.domains.hazards.public import exposure_at, harmful_classes
from medtrud.kernel.actor import Actor
from medtrud.kernel.dates import add_months
from medtrud.kernel.errors import Refused
from medtrud.registries.organizations.public import Workplace, employments_on, organization_of, workplaces_of

from ..actions import (
    nutrition_grant,
    nutrition_issue,
    ppe_certificate_add,
    ppe_issue,
    ppe_item_add,
    ppe_norm_set,
    ppe_sizes_set,
)
from ..models import PpeItem
from ..queries.nutrition import entitlements, grants, month_lines
from ..queries.ppe import ppe_items
from ..types.nutrition import Entitled, NewGrant
from ..types.ppe import NewIssue, NewPpe

DAY = dt.timedelta(days=1)
NOISE, EARMUFFS = "4.4", "Наушники противошумные"
ITEMS = (
    # title, unit, months, quantity, price in roubles, days to the end of the certificate, model
    (EARMUFFS, "шт.", 24, 1, 1450, 400, "СОМЗ-3"),
    ("Костюм от механических воздействий", "шт.", 12, 1, 4200, 700, "Мастер"),
    ("Ботинки кожаные с защитным подноском", "пара", 12, 1, 3900, 500, "Завод-2"),
    ("Перчатки с полимерным покрытием", "пара", 1, 2, 95, 300, "П-10"),
    ("Респиратор противоаэрозольный", "шт.", 1, 4, 160, 250, "FFP2"),
    ("Очки защитные открытые", "шт.", 12, 1, 380, -30, "О-45"),
)
PLACES, WORKERS, FED, BARE = 8, 60, 6, 2
GROUND = "Коллективный договор, п. 6.4"
VETERAN = "1976"  # the place of the man with the long career
SIZES = ("48-50", "52-54", "56-58")


def equipped(engineer: Actor, on: dt.date) -> str:
    """Write it once; say what there is."""
    if ppe_items(engineer, closed=True).exists():
        return ""
    chance = Random(18)
    plant = organization_of(engineer).pk
    jobs = list(employments_on(engineer, employer=plant, on=on).filter(workplace__number="").order_by("pk"))
    places = _places(engineer, jobs, on)
    items = {row.title: row for row in (_item(engineer, line, on) for line in ITEMS)}
    _norms(engineer, places, items, on)
    known = {place.pk for place in places}
    workers = [job for job in jobs if job.workplace_id in known][:WORKERS]
    workers += employments_on(engineer, employer=plant, on=on).filter(workplace__number=VETERAN)
    issued = sum(_issues(engineer, job, items, on, chance) for job in workers)
    _milk(engineer, plant, on, chance)
    return f"СИЗ: норм на {len(places)} рабочих местах, выдач {issued}; молоко: {grants(engineer).count()}"


def _places(engineer: Actor, jobs: list[Any], on: dt.date) -> list[Workplace]:
    """Return the harmful workplaces with the most people."""
    counts: dict[int, int] = {}
    for job in jobs:
        counts[job.workplace_id] = counts.get(job.workplace_id, 0) + 1
    known = exposure_at(engineer, list(counts), on=on)
    harmful = [place for place in counts if place in known and known[place].sout_class in harmful_classes()]
    most = sorted(harmful, key=lambda place: (-counts[place], place))[:PLACES]
    return list(workplaces_of(engineer, most))


def _item(engineer: Actor, line: tuple[Any, ...], on: dt.date) -> PpeItem:
    title, unit, _, _, roubles, days, _ = line
    muffs = title == EARMUFFS
    new = NewPpe(
        title, unit, codes=(NOISE,) if muffs else (), reduction=20 if muffs else None,
        price_kopecks=roubles * 100,
    )  # fmt: skip
    item = ppe_item_add(engineer, item=new, on=on)
    until = on + days * DAY
    number = f"ЕАЭС RU С-RU.ПР00.В.{item.pk:05d}/{(until - 1500 * DAY):%y}"
    ppe_certificate_add(
        engineer, item=item.uid, number=number, issuer="Орган по сертификации (пример)",
        since=until - 1500 * DAY, until=until,
    )  # fmt: skip
    return item


def _norms(engineer: Actor, places: list[Workplace], items: dict[str, PpeItem], on: dt.date) -> None:
    """Set norms of long ago; earmuffs are new, and only where there is noise."""
    known = exposure_at(engineer, [place.pk for place in places], on=on)
    for place in places:
        codes = {factor.code for factor in known[place.pk].factors} if place.pk in known else set()
        for point, (title, _, months, quantity, *_) in enumerate(ITEMS, 1):
            if title == EARMUFFS and NOISE not in codes:
                continue
            since = on - (30 if title == EARMUFFS else 900) * DAY
            ppe_norm_set(
                engineer, workplace=place.uid, item=items[title].uid, quantity=Decimal(quantity),
                months=months, basis=f"Перечень норм выдачи СИЗ завода, п. {point}", since=since,
            )  # fmt: skip


def _issues(engineer: Actor, job: Any, items: dict[str, PpeItem], on: dt.date, chance: Random) -> int:
    """Issue two or three things: some of them long ago, so that they are late."""
    size = chance.choice(SIZES)
    ppe_sizes_set(engineer, employment=job.uid, on=max(on - 90 * DAY, job.since), sizes={"clothes": size})
    count = 0
    ago = {title: chance.randrange(40, 420) for title, _, months, *_ in ITEMS if months and months > 1}
    ago[EARMUFFS] = chance.randrange(1, 25)
    for title, _, _, quantity, _, _, model in ITEMS:
        if title not in ago or chance.random() < 0.25:
            continue
        day = max(on - ago[title] * DAY, job.since)
        new = NewIssue(
            job.uid, items[title].uid, Decimal(quantity), day, model, size if "Костюм" in title else ""
        )
        try:
            ppe_issue(engineer, issue=new)
        except Refused:  # the certificate of the goggles has expired
            continue
        count += 1
    return count


def _milk(engineer: Actor, plant: int, on: dt.date, chance: Random) -> None:
    """Grant milk where the card says so and to a few by the collective agreement; record the last month."""
    month = add_months(on.replace(day=1), -1)
    rows = entitlements(engineer, employer=plant, on=month)
    fed = [row for row in rows if row.rights.milk is Entitled.YES][:FED]
    bare = [row for row in rows if row.rights.milk is Entitled.UNKNOWN][: BARE if fed else FED]
    for row in [*fed, *bare]:
        basis = GROUND if row in bare else ""
        nutrition_grant(engineer, grant=NewGrant(row.employment_uid, "milk", month, basis=basis))
    for line in month_lines(engineer, employer=plant, month=month):
        shifts = max(line.shifts_most - chance.randrange(0, 3), 0)
        nutrition_issue(engineer, grant=line.grant.uid, month=month, shifts=shifts)
