"""The exposure of a staff by units, professions or factors: a chart, a table, the way to the people."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Chart, Day, Request, Series, chart_json, needs, page
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import Organization, employers, organization_of

from ..queries import codes_in_use
from ..queries.exposure_groups import CUTS, GroupExposure, exposure_groups, unit_of
from ..queries.places import rows_named
from ..rules.exposure_words import number
from ..types.dose import Measure, dose_kind, dose_norms

NOISE = "4.4"
BARS = 15  # of the chart; the table has all
MOST = 200


@dataclass(frozen=True)
class Asked:
    """What the page was asked for."""

    employer: Organization
    employers: list[Organization]
    cut: str
    code: str
    codes: list[tuple[str, str]]
    on: dt.date

    @property
    def limit(self) -> float | None:
        """Return the bound beyond which a figure is marked: noise has one."""
        noise = dose_kind(self.code).measure is Measure.NOISE and self.cut != "factor"
        return dose_norms()["noise_limit"].value if noise else None


def _asked(request: Request) -> Asked:
    on = Day("on", "На день", today()).day_of(request)
    known = []
    if request.actor.role is Role.EMPLOYER:
        employer = organization_of(request.actor)
    else:
        known = list(employers(request.actor).order_by("name")[:MOST])
        if not known:
            raise NotFound("Ни одного работодателя не видно. Они появятся после договора на осмотры.")
        employer = next((row for row in known if str(row.uid) == request.GET.get("employer")), known[0])
    named = rows_named(on)
    used = codes_in_use(request.actor, employer=employer.pk, on=on)
    codes = [(code, f"{code} {named[code].short}" if code in named else code) for code in used]
    code = request.GET.get("factor", "")
    default = NOISE if NOISE in used else next(iter(used), NOISE)
    cut = request.GET.get("cut", "division")
    return Asked(
        employer, known, cut if cut in CUTS else "division", code if code in used else default, codes, on
    )


def _rows(request: Request, asked: Asked) -> list[GroupExposure]:
    return exposure_groups(
        request.actor,
        employer=asked.employer.pk,
        cut=asked.cut,
        code=asked.code,
        limit=asked.limit,
        on=asked.on,
    )


@needs("hazards.exposure_groups")
def groups(request: Request) -> HttpResponse:
    """Show what has accumulated in each unit, profession or factor of a staff."""
    asked = _asked(request)
    rows = _rows(request, asked)
    said = {
        "cut": asked.cut,
        "factor": asked.code,
        "employer": asked.employer.uid,
        "on": f"{asked.on:%d.%m.%Y}",
    }
    unit = unit_of(asked.code)
    return page(
        request,
        "hazards/exposure_groups.html",
        title="Экспозиция по группам",
        lead=str(asked.employer),
        asked=asked,
        cuts=[(code, title, code == asked.cut) for code, title in CUTS.items()],
        cut_title=CUTS[asked.cut],
        rows=[
            (row, _figure(row.mean, row, unit), _figure(row.worst, row, unit), _link(row, asked))
            for row in rows
        ],
        chart_url=f"{reverse('hazards:exposure_groups_chart')}?{urlencode(said)}",
        chart_title=_heading(asked),
        workers=sum(row.workers for row in rows) if asked.cut != "factor" else None,
        over=sum(row.over for row in rows),
    )


def _heading(asked: Asked) -> str:
    if asked.cut == "factor":
        return "Сколько работников под каждым фактором"
    title = dict(asked.codes).get(asked.code, asked.code)
    return f"{title}: сколько работников под фактором"


def _figure(value: float | None, row: GroupExposure, unit: str) -> str:
    if value is None:
        return "измерений нет" if row.exposed else "—"
    return f"{number(value, 1)} {unit}".strip()


def _link(row: GroupExposure, asked: Asked) -> str:
    """Return the list behind a group, where the list can be narrowed to it."""
    told = {"factor": row.key if asked.cut == "factor" else asked.code}
    if asked.cut == "division" and row.key and not asked.employers:
        told["division"] = row.key
    if asked.employers:
        told["employer"] = str(asked.employer.pk)
    return f"{reverse('hazards:exposure_list')}?{urlencode(told)}"


@needs("hazards.exposure_groups")
def groups_chart(request: Request) -> HttpResponse:
    """Answer the chart of the groups: how many people meet the factor, how many beyond its norm."""
    asked = _asked(request)
    rows = [row for row in _rows(request, asked) if row.exposed]
    labels = tuple(row.title for row in rows[:BARS])
    links = tuple(_link(row, asked) for row in rows[:BARS])
    safe = [row.measured - row.over for row in rows[:BARS]]
    parts = {
        "выше нормы": ("bad", [row.over for row in rows[:BARS]]),
        "в норме" if asked.limit is not None else "с измерениями": (
            "ok" if asked.limit is not None else "info",
            safe,
        ),
        "без измерений": ("rest", [row.exposed - row.measured for row in rows[:BARS]]),
    }
    series = tuple(
        Series(title, tuple(map(float, counts)), tone)
        for title, (tone, counts) in parts.items()
        if any(counts)
    )
    return chart_json(Chart("bar", labels, series, heading=CUTS[asked.cut], links=links))


urlpatterns = [
    path("exposure/groups/", groups, name="exposure_groups"),
    path("exposure/groups/chart/", groups_chart, name="exposure_groups_chart"),
]
