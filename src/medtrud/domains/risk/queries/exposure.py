"""What the work of people gives their forecasts: mean noise, vibration of hands, dust."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping

from medtrud.domains.hazards.public import Counted, exposures_of, stretches_of
from medtrud.domains.hazards.types.dose import Measure, Stretch
from medtrud.kernel.actor import Actor
from medtrud.kernel.text import years_word

from ..kinds import models
from ..rules.rounding import shown
from ..types import Given

YEAR = 365.25
MODULE = "hazards"
TITLE = "экспозиция за трудовую жизнь"


def exposed(actor: Actor, people: Collection[int], *, on: dt.date) -> dict[int, dict[str, Given]]:
    """Return the exposure of people by the code of the observation; sums are counted for all at once."""
    found: dict[int, dict[str, Given]] = {}
    dusty = []
    for person, factors in exposures_of(actor, people, on=on).items():
        found[person] = dict(_levels(factors))
        if any(each.kind.measure is Measure.DUST and each.sums.measured for each in factors.values()):
            dusty.append(person)
    for person, dusts in stretches_of(actor, dusty, on=on, measure=Measure.DUST).items():
        for _, rows in dusts:
            found[person] |= dust_given([row for row in rows if _whole(row)])
    return found


def _levels(factors: Mapping[str, Counted]) -> Iterator[tuple[str, Given]]:
    for each in factors.values():
        if each.value is None or not each.sums.measured:
            continue
        years = each.sums.measured / YEAR
        if each.kind.measure is Measure.NOISE:
            words = f"{shown(each.value, 1)} дБА за {shown(years, 1)} года"
            yield "lex8h", Given(round(each.value, 2), None, TITLE, words, MODULE)
            yield "noise_years", Given(round(years, 1), None, TITLE, f"{shown(years, 1)} года", MODULE)
        if each.kind.measure is Measure.LOCAL:
            words = f"{shown(each.value, 2)} м/с² за {shown(years, 1)} года"
            yield "hav_a8", Given(round(each.value, 2), None, TITLE, words, MODULE)
            yield "hav_years", Given(round(years, 1), None, TITLE, f"{shown(years, 1)} года", MODULE)


def _whole(row: Stretch) -> bool:
    return None not in (row.value, row.norm, row.air, row.shifts) and bool(row.days)


def dust_given(rows: Collection[Stretch]) -> dict[str, Given]:
    """Return the periods of one dust as the model of the load takes them; their last limit counts."""
    if not rows:
        return {}
    last = max(rows, key=lambda row: row.since)
    periods = [
        {"k": row.value, "n": row.shifts, "t": round(row.days / YEAR, 2), "q": row.air}
        for row in sorted(rows, key=lambda row: row.since)
    ]
    years = sum(row.days for row in rows) / YEAR
    words = f"периодов: {len(periods)}, {shown(years, 1)} {years_word(shown(years, 1))}"
    border = models()["dust_load"].tables["sout_numbers"]["apfd_split"]["value"]
    group = "low" if (last.norm or 0) > border else "high"
    return {
        "dust_periods": Given(periods, None, TITLE, words, MODULE),
        "dust_pdk": Given(last.norm, None, TITLE, f"{last.norm:g} мг/м³".replace(".", ","), MODULE),
        "dust_group": Given(group, None, TITLE, "по ПДК вещества", MODULE),
    }
