"""One factor or the class of a workplace."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

from medtrud.engines.store.public import today
from medtrud.engines.ui.public import DayField, Request, attempt, done, form_page, needs
from medtrud.kernel.text import sort_key
from medtrud.registries.organizations import public as organizations
from medtrud.registries.organizations.public import Workplace, workplace_of

from .. import actions
from ..models import WorkplaceFactor
from ..queries import classes_of, factors_of
from ..types import FactorRow, annex_on, factor_parse
from .forms import BY_SUBSTANCE, NONE, STATED, ClassForm, CodeForm, EndForm, FactorForm

OFFERED = 20


@needs("hazards.code_search")
def code_search(request: Request) -> JsonResponse:
    """Answer a combo box: codes and names of the annex that may be given to a workplace."""
    words = sort_key(request.GET.get("q", "")).replace(",", ".").split()
    rows = [
        row
        for row in annex_on(today()).values()
        if row.assignable and all(row.code.startswith(word) or word in sort_key(row.name) for word in words)
    ]
    found = [{"value": row.code, "code": row.code, "label": row.short} for row in rows[:OFFERED]]
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


@needs("hazards.factor_set")
def factor_add(request: Request, uid: UUID) -> HttpResponse:
    """Ask for the code; the next page asks for what belongs to its row."""
    place = workplace_of(request.actor, uid)
    form = CodeForm(request.POST or None)
    row = attempt(form, lambda facts: factor_parse(facts["code"], today()))
    if row:
        return done(
            request,
            f"Фактор {row.code}: укажите вещества и класс.",
            "hazards:factor_set",
            uid,
            row.code,
            tone="info",
        )
    return form_page(
        request, form, title="Новый фактор или работа", lead=str(place), action="Дальше", back=_back(uid)
    )


@needs("hazards.factor_set")
def factor_set(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Record or change a factor of a workplace."""
    actor, place, row = request.actor, workplace_of(request.actor, uid), factor_parse(code, today())
    known = factors_of(actor, workplace=place.pk).filter(code=row.code, until__isnull=True).first()
    form = FactorForm(request.POST or None, initial=_initial(row, known) | {"since": today()}, row=row)

    def act(facts: dict[str, Any]) -> str:
        actions.factor_set(
            actor, workplace=uid, factor=form.factor(), since=facts["since"], basis=facts["basis"]
        )
        return row.code

    if attempt(form, act):
        return done(request, f"Фактор {row.code} записан.", _back(uid))
    title = f"{'Изменить' if known else 'Новый'} фактор {row.code}"
    return form_page(request, form, title=title, lead=row.name, action="Записать", back=_back(uid))


def _initial(row: FactorRow, known: WorkplaceFactor | None) -> dict[str, Any]:
    if known is None:
        return {}
    mentions = {each.name for each in row.substances}
    letters = {None: BY_SUBSTANCE, "": NONE}.get(known.markers, STATED)
    return {
        "known": [name for name in known.substances if name in mentions],
        "other": "; ".join(name for name in known.substances if name not in mentions),
        "letters": letters,
        "markers": known.markers or "",
        "sout_class": known.sout_class,
        "basis": known.basis,
    }


@needs("hazards.factor_end")
def factor_end(request: Request, uid: UUID, code: str) -> HttpResponse:
    """Take a factor off a workplace."""
    place = workplace_of(request.actor, uid)
    form = EndForm(request.POST or None, initial={"since": today()})

    def act(facts: dict[str, Any]) -> str:
        actions.factor_end(request.actor, workplace=uid, code=code, **facts)
        return code

    if attempt(form, act):
        return done(request, f"Фактор {code} снят.", _back(uid))
    return form_page(
        request, form, title=f"Снять фактор {code}", lead=str(place), action="Снять", back=_back(uid)
    )


@needs("hazards.class_set")
def class_set(request: Request, uid: UUID) -> HttpResponse:
    """Record the total class of a workplace."""
    place = workplace_of(request.actor, uid)
    known = classes_of(request.actor, workplace=place.pk).filter(until__isnull=True).first()
    initial = {"sout_class": known.sout_class, "card_number": known.card_number} if known else {}
    form = ClassForm(request.POST or None, initial=initial | {"since": today()})

    def act(facts: dict[str, Any]) -> str:
        actions.class_set(request.actor, workplace=uid, **facts)
        return str(facts["sout_class"])

    if code := attempt(form, act):
        return done(request, f"Класс {code} записан.", _back(uid))
    return form_page(
        request, form, title="Класс условий труда", lead=str(place), action="Записать", back=_back(uid)
    )


class _UntilForm(forms.Form):
    until = DayField(label="Не действует с", hint="Первый день, когда уже не действует")


@needs("organizations.workplace_close")
def workplace_close(request: Request, uid: UUID) -> HttpResponse:
    """Close a workplace."""
    row = workplace_of(request.actor, uid)
    form = _UntilForm(request.POST or None, initial={"until": today()})

    def act(facts: dict[str, Any]) -> Workplace:
        return organizations.workplace_close(request.actor, workplace=uid, until=facts["until"])

    if attempt(form, act):
        return done(request, "Рабочее место закрыто.", "hazards:workplace_list")
    return form_page(request, form, title=f"Закрыть рабочее место «{row}»", action="Закрыть", back=_back(uid))


def _back(uid: UUID) -> str:
    return reverse("hazards:workplace_show", args=[uid])
