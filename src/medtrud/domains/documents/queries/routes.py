"""Routes, passages, what waits for whom, who stands in for whom."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Document, Passage, PassageStep, Route, RouteStep, Substitution
from ..types.routes import RouteState, StepState


def routes(actor: Actor) -> QuerySet[Route]:
    """Return the routes of the house."""
    rows: QuerySet[Route] = Route.objects.visible_to(actor)
    return rows.order_by("title", "pk")


def route_of(actor: Actor, uid: UUID) -> Route:
    """Return one route of the house."""
    return find(Route, actor, uid)


def routes_for(actor: Actor, document: Document) -> QuerySet[Route]:
    """Return the working routes a document may take: those of its kind and those of any kind."""
    fits = Q(kinds__contains=[document.kind]) | Q(kinds=[])
    return routes(actor).filter(fits, state=RouteState.ACTIVE)


def steps_of(actor: Actor, route: Route) -> QuerySet[RouteStep]:
    """Return the steps of a route in their order."""
    rows: QuerySet[RouteStep] = RouteStep.objects.visible_to(actor).filter(route=route)
    return rows.order_by("order", "pk")


def passages_of(actor: Actor, document: Document) -> QuerySet[Passage]:
    """Return how a document went along routes, the latest first."""
    rows: QuerySet[Passage] = Passage.objects.visible_to(actor).filter(document=document)
    return rows.select_related("route", "version").prefetch_related("steps").order_by("-pk")


def asked(actor: Actor) -> QuerySet[PassageStep]:
    """Return the steps of the house with their documents, the most urgent first."""
    rows: QuerySet[PassageStep] = PassageStep.objects.visible_to(actor)
    return rows.select_related("passage__document", "passage__route").order_by("due", "pk")


def asked_due(since: dt.date, until: dt.date) -> QuerySet[PassageStep]:
    """Return what every house is asked, due in these days, for reminders."""
    rows = PassageStep.objects.unscoped("reminders go to whoever is asked")
    return rows.filter(state=StepState.ASKED, due__range=(since, until)).order_by("pk")


def step_of(actor: Actor, uid: UUID) -> PassageStep:
    """Return one step of the house."""
    return find(PassageStep, actor, uid)


def substitutions(actor: Actor) -> QuerySet[Substitution]:
    """Return who stands in for whom, the latest first."""
    rows: QuerySet[Substitution] = Substitution.objects.visible_to(actor)
    return rows.order_by("-since", "-pk")


def substitutes_on(actor: Actor, accounts: Iterable[int], on: dt.date) -> dict[int, int]:
    """Return who answers for these accounts on a day; a substitute who is away himself passes it on."""
    going = substitutions(actor).filter(ended_on__isnull=True, since__lte=on, until__gt=on).order_by("pk")
    known = dict(going.values_list("account", "substitute"))
    found = {}
    for account in accounts:
        last, seen = account, {account}
        while known.get(last) not in {None, *seen}:
            last = known[last]
            seen.add(last)
        if last != account:
            found[account] = last
    return found
