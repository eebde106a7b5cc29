"""Routes: designed, started; documents sent along them; what waits for one's answer."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from medtrud.engines.access.public import colleagues
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from .. import actions
from ..models import Document, PassageStep, Route
from ..queries import document_of
from ..queries.routes import asked, passages_of, route_of, routes, routes_for, step_of, steps_of
from ..types import kinds_on
from ..types.routes import Deed, RouteState, StepState
from .forms import AnswerForm, ReasonForm, RouteForm, SendForm, StepForm

GONE = "сотрудник уволен"
PASSAGES = {"going": "идёт", "done": "пройден", "returned": "возвращён", "stopped": "остановлен"}


def walked(actor: Actor, document: Document) -> list[dict[str, Any]]:
    """Return how a document went along routes, with names, for its page."""
    names = colleagues(actor, today())
    return [
        {
            "title": f"Маршрут «{passage.route}»",
            "version": passage.version.number,
            "state": PASSAGES[passage.state],
            "going": passage.state == "going",
            "steps": [
                {
                    "uid": step.uid,
                    "mine": step.state == StepState.ASKED and step.account == actor.account,
                    "order": step.order,
                    "deed": Deed(step.deed).title_ru,
                    "who": names.get(step.account, GONE),
                    "instead": names.get(step.instead_of) if step.instead_of else None,
                    "due": step.due,
                    "late": _late(step),
                    "state": StepState(step.state),
                    "text": step.text,
                    "at": step.decided_at,
                }
                for step in sorted(passage.steps.all(), key=lambda one: (one.order, one.pk))
            ],
        }
        for passage in passages_of(actor, document)
    ]


@needs("documents.step_list")
def step_list(request: Request) -> HttpResponse:
    """Show what waits for an answer, one's own first."""
    on, going = today(), Q(state=StepState.ASKED)
    return listing(
        request,
        asked(request.actor),
        title="На рассмотрении",
        noun="документ,документа,документов",
        columns=(
            Column("document", "Документ", _document, "", "title", "name"),
            Column("deed", "Что сделать", lambda row, _: Deed(row.deed).title_ru),
            Column("who", "Кто", _who),
            Column("route", "Маршрут", lambda row, _: cells.muted(str(row.passage.route))),
            Column("due", "Срок", lambda row, _: cells.day(row.due), "", "aside", "date"),
            Column("state", "Состояние", lambda row, _: _state(row, on), role="state", width="state"),
        ),
        tabs=(
            Tab("mine", "Мои", going & Q(account=request.actor.account)),
            Tab("late", "Просрочены", going & Q(due__lt=on)),
            Tab("going", "Все на рассмотрении", going),
            Tab("answered", "Отвечено", Q(state__in=[StepState.DONE, StepState.REFUSED])),
        ),
        order="due",
        whole="",
        about=lambda rows: colleagues(request.actor, on),
        buttons=(
            Button("Маршруты", reverse("documents:route_list"), "route"),
            Button("Замещения", reverse("documents:substitution_list"), "users"),
        ),
        empty="Ничего не ждёт рассмотрения.",
    )


def _who(row: PassageStep, names: dict[int, str]) -> Any:
    who = names.get(row.account, GONE)
    if row.instead_of is None:
        return who
    return cells.joined([who, cells.muted(f"вместо: {names.get(row.instead_of, GONE)}")])


@needs("documents.step_decide")
def step_decide(request: Request, uid: UUID) -> HttpResponse:
    """Answer what one was asked."""
    step = step_of(request.actor, uid)
    document = step.passage.document
    form = AnswerForm(request.POST or None)
    answered = attempt(
        form,
        lambda facts: actions.step_decide(
            request.actor, step=uid, agree=facts["answer"] == "yes", text=facts["text"]
        ),
    )
    if answered:
        return done(request, "Ответ записан.", "documents:step_list")
    return form_page(
        request,
        form,
        "documents/step.html",
        title=Deed(step.deed).title_ru,
        lead=document.title,
        action="Ответить",
        back=reverse("documents:step_list"),
        step=step,
        document=document,
        version=step.passage.version,
        late=step.due is not None and step.due < today(),
        registers=step.deed == Deed.REGISTER,
        steps=walked(request.actor, document)[0]["steps"],
    )


@needs("documents.passage_start")
def passage_start(request: Request, uid: UUID) -> HttpResponse:
    """Send a document along a route."""
    row = document_of(request.actor, uid)
    choices = [(str(route.uid), route.title) for route in routes_for(request.actor, row)]
    form = SendForm(choices, request.POST or None)
    sent = attempt(
        form,
        lambda facts: actions.passage_start(request.actor, document=uid, route=UUID(facts["route"])),
    )
    if sent:
        return done(request, "Документ отправлен по маршруту.", "documents:document", uid)
    back = reverse("documents:document", args=[uid])
    return form_page(
        request, form, title="Отправить по маршруту", lead=row.title, action="Отправить", back=back
    )


@needs("documents.passage_stop")
def passage_stop(request: Request, uid: UUID) -> HttpResponse:
    """Take a document off its route."""
    row = document_of(request.actor, uid)
    form = ReasonForm(request.POST or None)

    def stop(facts: dict[str, Any]) -> bool:
        actions.passage_stop(request.actor, document=uid, **facts)
        return True

    if attempt(form, stop):
        return done(request, "Документ снят с маршрута.", "documents:document", uid)
    back = reverse("documents:document", args=[uid])
    return form_page(request, form, title="Снять с маршрута", lead=row.title, action="Снять", back=back)


@needs("documents.route_list")
def route_list(request: Request) -> HttpResponse:
    """Show the routes of the house."""
    return listing(
        request,
        routes(request.actor),
        title="Маршруты",
        noun="маршрут,маршрута,маршрутов",
        columns=(
            Column("title", "Маршрут", _route, "title", "title", "name"),
            Column("kinds", "Для документов", lambda row, _: cells.muted(_kinds(row))),
            Column("state", "Состояние", lambda row, _: _mark(row), role="state", width="state"),
        ),
        order="title",
        buttons=(Button("Новый маршрут", reverse("documents:route_open"), "plus"),),
        empty="Маршрутов нет. Заведите первый: кто и в какой очереди рассматривает документы.",
    )


@needs("documents.route_open")
def route_open(request: Request) -> HttpResponse:
    """Begin a route."""
    form = RouteForm(today(), request.POST or None)
    row: Route | None = attempt(
        form,
        lambda facts: actions.route_open(
            request.actor, title=facts["title"], kinds=[facts["kind"]] if facts["kind"] else []
        ),
    )
    if row:
        return done(request, "Маршрут заведён. Добавьте шаги.", "documents:route", row.uid)
    back = reverse("documents:route_list")
    return form_page(request, form, title="Новый маршрут", action="Завести маршрут", back=back)


@needs("documents.route")
def route(request: Request, uid: UUID) -> HttpResponse:
    """Show a route; a draft is designed here, step by step."""
    actor, row = request.actor, route_of(request.actor, uid)
    steps = list(steps_of(actor, row))
    draft = row.state == RouteState.DRAFT
    following = max((step.order for step in steps), default=0) + 1
    form = StepForm(actor, today(), (draft and request.POST) or None, initial={"order": following})
    added = attempt(form, lambda _: actions.route_step_add(actor, route=uid, step=form.step()))
    if added:
        return done(request, "Шаг добавлен.", "documents:route", uid)
    names = colleagues(actor, today())
    return form_page(
        request,
        form,
        "documents/route.html",
        title=row.title,
        lead=_kinds(row),
        route=row,
        state=RouteState(row.state),
        draft=draft,
        steps=[
            {
                "uid": step.uid,
                "order": step.order,
                "deed": Deed(step.deed).title_ru,
                "who": names.get(step.account, "сотрудник уволен"),
                "days": step.days,
                "beside": sum(one.order == step.order for one in steps) > 1,
            }
            for step in steps
        ],
    )


@require_POST
@needs("documents.route_step_remove")
def route_step_remove(request: Request, uid: UUID, step: UUID) -> HttpResponse:
    """Take a step out of a draft."""
    actions.route_step_remove(request.actor, step=step)
    return done(request, "Шаг убран.", "documents:route", uid)


@require_POST
@needs("documents.route_start")
def route_start(request: Request, uid: UUID) -> HttpResponse:
    """Put a route to work."""
    try:
        actions.route_start(request.actor, route=uid)
    except Refused as refusal:
        return done(request, str(refusal), "documents:route", uid)
    return done(request, "Маршрут введён в действие.", "documents:route", uid)


@require_POST
@needs("documents.route_end")
def route_end(request: Request, uid: UUID) -> HttpResponse:
    """Take a route out of use."""
    actions.route_end(request.actor, route=uid)
    return done(request, "Маршрут больше не применяется.", "documents:route", uid)


def _late(step: PassageStep) -> bool:
    """Tell whether a step is late, or was answered late."""
    answered = localtime(step.decided_at).date() if step.decided_at else today()
    return step.state != StepState.WAITS and step.due is not None and step.due < answered


def _document(row: PassageStep, _: object) -> Any:
    document = row.passage.document
    if row.state == StepState.ASKED:
        return cells.link(document.title, reverse("documents:step_decide", args=[row.uid]))
    return cells.link(document.title, reverse("documents:document", args=[document.uid]))


def _state(row: PassageStep, on: Any) -> Any:
    if row.state == StepState.ASKED and row.due and row.due < on:
        return cells.tag("просрочено", "bad")
    state = StepState(row.state)
    return cells.tag(state.title_ru, state.tone)


def _route(row: Route, _: object) -> Any:
    return cells.link(row.title, reverse("documents:route", args=[row.uid]))


def _kinds(row: Route) -> str:
    known = kinds_on(today())
    return ", ".join(known[code].title for code in row.kinds if code in known) or "любой вид"


def _mark(row: Route) -> Any:
    state = RouteState(row.state)
    return cells.tag(state.title_ru, state.tone)


urlpatterns = [
    path("steps/", step_list, name="step_list"),
    path("steps/<uuid:uid>/", step_decide, name="step_decide"),
    path("routes/", route_list, name="route_list"),
    path("routes/new/", route_open, name="route_open"),
    path("routes/<uuid:uid>/", route, name="route"),
    path("routes/<uuid:uid>/steps/<uuid:step>/remove/", route_step_remove, name="route_step_remove"),
    path("routes/<uuid:uid>/start/", route_start, name="route_start"),
    path("routes/<uuid:uid>/end/", route_end, name="route_end"),
    path("<uuid:uid>/send/", passage_start, name="passage_start"),
    path("<uuid:uid>/stop/", passage_stop, name="passage_stop"),
]
