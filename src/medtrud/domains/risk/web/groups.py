"""Group forecasts on screen: distributions by category, nobody is named, small numbers are hidden."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_start
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.actor import Role
from medtrud.kernel.errors import NotFound
from medtrud.registries.organizations.public import Organization, employers, organization_of

from ..queries.gather import plan
from ..queries.groups import CUTS, group_of, levels_of
from ..queries.texts import LEVEL_WORDS, LEVELS
from .faces import uid_or_none

NOBODY = "Ни одного работодателя не видно. Они появятся после договора на осмотры."


@needs("risk.group_list")
def group_list(request: Request) -> HttpResponse:
    """Show how many people of each unit, profession or factor have each category."""
    on = today()
    choices = [model for model in plan() if model.declared.bands]
    asked = {model.code: model for model in choices}
    model = asked.get(request.GET.get("model", ""), choices[0])
    cut = request.GET.get("cut", "division")
    cut = cut if cut in CUTS else "division"
    employer, known = _employer(request)
    return page(
        request,
        "risk/group_list.html",
        title="Групповые прогнозы",
        lead=str(employer),
        employer=employer,
        employers=known,
        models=[(each.code, each.declared.title, each is model) for each in choices],
        cuts=[(code, title, code == cut) for code, title in CUTS.items()],
        said=model.declared,
        found=group_of(model, employer=employer.pk, cut=cut, on=on),
        cut_title=CUTS[cut],
        levels=levels_of(employer=employer.pk, on=on),
        may_make=request.actor.may("risk.forecasts_make_many"),
        level_words=[(LEVELS[code], words) for code, words in LEVEL_WORDS.items()],
    )


def _employer(request: Request) -> tuple[Organization, list[Organization]]:
    """Return whose staff is counted: one's own, or one of the employers of a clinic."""
    if request.actor.role is Role.EMPLOYER:
        return organization_of(request.actor), []
    known = list(employers(request.actor).order_by("name")[:200])
    if not known:
        raise NotFound(NOBODY)
    uid = uid_or_none(request.GET.get("employer", ""))
    return next((row for row in known if row.uid == uid), known[0]), known


@require_POST
@needs("risk.forecasts_make_many")
def forecasts_make_many(request: Request) -> HttpResponse:
    """Make the forecasts of everybody who works for an employer, as long work."""
    uid = uid_or_none(request.POST.get("employer", ""))
    employer = employers(request.actor).filter(uid=uid).first() if uid else None
    if employer is None:
        raise NotFound(NOBODY)
    job = job_start(
        request.actor, job="risk.forecasts_make_many", title="Расчёт прогнозов риска",
        link=reverse("risk:group_list"), employer=employer.pk, day=today(),
    )  # fmt: skip
    return redirect("background:job_show", job.uid)


urlpatterns = [
    path("groups/", group_list, name="group_list"),
    path("groups/make/", forecasts_make_many, name="forecasts_make_many"),
]
