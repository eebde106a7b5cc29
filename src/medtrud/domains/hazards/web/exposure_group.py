"""The exposure of a group: an employer, a unit, a profession, a factor."""

import datetime as dt

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Chip,
    Column,
    Day,
    Request,
    Search,
    Select,
    cells,
    listing,
    needs,
    plain,
)
from medtrud.kernel.actor import Actor, Role
from medtrud.kernel.text import begun_small
from medtrud.registries.organizations.public import Employment, divisions, employers, employments, in_force
from medtrud.registries.people.public import names_of, persons_search
from medtrud.registries.people.types import PersonName

from ..queries import exposures_of, factors_valid_on
from ..queries.exposure import Counted
from ..queries.places import rows_named
from ..rules.exposure_figures import years_of
from ..rules.exposure_words import number
from ..types.annex import code_key
from ..types.dose import TOTAL, Measure, dose_norms

About = tuple[dict[int, PersonName], dict[int, dict[str, Counted]]]
SHOWN = 4


@needs("hazards.exposure_list")
def exposure_list(request: Request) -> HttpResponse:
    """Show the exposure of a group: an employer, a unit, a profession, a factor."""
    actor = request.actor
    on = Day("on", "На день", today())
    day = on.day_of(request)
    code = request.GET.get("factor", "")
    rows = employments(actor).filter(in_force(day))

    def with_factor(picked: str) -> Q:
        return Q(workplace__in=factors_valid_on(day).filter(code=picked).values("workplace"))

    return listing(
        request,
        rows,
        title="Экспозиция",
        noun="работник,работника,работников",
        columns=(
            Column("worker", "Работник", _who, "person__name_rank", "title", "name"),
            Column("division", "Подразделение", plain("division")),
            Column("post", "Должность", plain("post")),
            Column(
                "figures", "Показатели за стаж", lambda row, about: _figures(row, about, code), width="grow"
            ),
            Column("harmful", "Вредный стаж, лет", _harmful, width="number"),
            Column("gaps", "Без измерений, дней", _gaps, width="number"),
        ),
        filters=(_whose(actor), Select("factor", "Все факторы", _factors(day), where=with_factor), on),
        search=Search(
            "ФИО или СНИЛС", lambda found, text: found.filter(person__in=persons_search(actor, text))
        ),
        order="worker",
        about=lambda found: (
            names_of(actor, [row.person_id for row in found]),
            exposures_of(actor, [row.person_id for row in found], on=day),
        ),
        buttons=(Button("По группам", reverse("hazards:exposure_groups"), "chart-bar"),)
        if actor.may("hazards.exposure_groups")
        else (),
        empty="Работников нет. Загрузите список работников с рабочими местами.",
    )


def _factors(day: dt.date) -> list[tuple[str, str]]:
    return [(code, f"{code} {row.short}") for code, row in rows_named(day).items() if row.assignable]


def _whose(actor: Actor) -> Select:
    if actor.role is Role.EMPLOYER:
        units = divisions(actor, employer=actor.organization or 0)
        return Select("division", "Все подразделения", [(row.pk, row.path) for row in units])
    return Select("employer", "Все работодатели", [(row.pk, str(row)) for row in employers(actor)])


def _who(row: Employment, about: About) -> object:
    name = about[0].get(row.person_id)
    if name is None:
        return cells.muted("карта закрыта")
    return cells.link(name.full, reverse("hazards:exposure_show", args=[name.uid]))


def _figures(row: Employment, about: About, code: str) -> object:
    """Return the measured figures of a person; with a factor picked, of this one."""
    counted = about[1].get(row.person_id, {})
    codes = [code] if code else sorted(counted.keys() - {TOTAL}, key=code_key)
    told = [_told(counted[each]) for each in codes if each in counted and counted[each].value is not None]
    return cells.chips(told, shown=SHOWN) if told else cells.muted("измерений нет")


def _told(each: Counted) -> Chip:
    unit = "мг" if each.kind.measure is Measure.DUST else each.kind.unit
    digits = {Measure.DUST: 0, Measure.NOISE: 1}.get(each.kind.measure, 2)
    value = f"{number(each.value or 0, digits)} {unit}".replace(" ", cells.NBSP)
    text = f"{begun_small(each.kind.title)} {value}"
    loud = each.kind.measure is Measure.NOISE and (each.value or 0) > dose_norms()["noise_limit"].value
    return Chip(text, "выше предела за смену" if loud else "", "warn" if loud else "")


def _harmful(row: Employment, about: About) -> object:
    total = about[1].get(row.person_id, {}).get(TOTAL)
    return cells.DASH if total is None else number(years_of(total.sums.harmful), 1)


def _gaps(row: Employment, about: About) -> object:
    counted = about[1].get(row.person_id, {})
    missing = 0
    for code, each in counted.items():
        if code != TOTAL and each.kind.measure is not Measure.CLASSES:
            missing = max(missing, each.sums.days - each.sums.measured)
    return cells.number(missing) if missing else cells.DASH


urlpatterns = [path("exposure/", exposure_list, name="exposure_list")]
