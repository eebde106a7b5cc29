"""The mark every address carries, and the page."""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render, resolve_url  # noqa: TID251 - the one page
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..types import Chart
from .shell import Shell

P = ParamSpec("P")
R = TypeVar("R")
TOAST = "ui.toast"


class Request(HttpRequest):
    """A request after the middleware: somebody asks, a screen or a part of it."""

    actor: Actor
    htmx: HtmxDetails
    refusal: Refused | None  # shown by a form of the page


def needs(permission: str) -> Callable[[Callable[Concatenate[Any, P], R]], Callable[Concatenate[Any, P], R]]:
    """Open an address to the holders of a permission; the mark is listed in addresses.txt."""

    def mark(view: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
        @wraps(view)
        def checked(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> R:
            request.actor.require(permission)
            return view(request, *args, **kwargs)

        checked.permission = permission  # type: ignore[attr-defined]
        return checked

    return mark


def anyone(reason: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Open an address to everybody; the reason is listed in addresses.txt."""

    def mark(view: Callable[P, R]) -> Callable[P, R]:
        view.permission = f"anyone: {reason}"  # type: ignore[attr-defined]
        return view

    return mark


def asks_part(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of the page."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def page(
    request: Request, template: str, *, fragment: str = "", status: int = 200, **values: object
) -> HttpResponse:
    """Answer with a page, or only with its partial `fragment` when htmx asks for it."""
    part = f"{template}#{fragment}" if fragment and asks_part(request) else template
    answer = render(request, part, context_of(request) | values, status=status)
    answer.setdefault("Cache-Control", "no-store")  # pages name people
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def context_of(request: Request) -> dict[str, object]:
    """Return what every template of the shell needs."""
    return {"actor": request.actor, "shell": Shell(request), "toast": _toast_of(request)}


def done(request: Request, text: str, to: Any, *args: Any, tone: str = "ok", **kwargs: Any) -> HttpResponse:
    """Answer a successful POST: go to an address and say there, in the corner, what was done."""
    if hasattr(request, "session"):
        request.session[TOAST] = {"text": text, "tone": tone}
    url = resolve_url(to, *args, **kwargs)
    if asks_part(request):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)


def toast(answer: HttpResponse, text: str, *, tone: str = "ok") -> HttpResponse:
    """Say something in the corner once a part of the page has been replaced."""
    answer["HX-Trigger"] = json.dumps({"toast": {"text": text, "tone": tone}})
    return answer


def chart_json(chart: Chart) -> HttpResponse:
    """Answer the address of a chart."""
    answer = JsonResponse(asdict(chart))
    answer["Cache-Control"] = "no-store"
    return answer


def _toast_of(request: Request) -> object:
    session = getattr(request, "session", None)
    return session.pop(TOAST, None) if session is not None and TOAST in session else None
