"""The way in and out."""

import datetime as dt
from uuid import UUID

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from medtrud.engines.access import actions
from medtrud.engines.access.queries import account_by_uid, entrances, limit_of
from medtrud.engines.access.types import Gate, Rule, SignIn
from medtrud.engines.store.public import now, today
from medtrud.engines.ui.public import Request, anyone, form_page, needs
from medtrud.kernel.actor import Actor

from .forms import CodeForm, SeatChoiceForm, SignInForm

TEXTS = {
    Gate.REFUSED: "Имя или пароль не подошли. Проверьте раскладку и Caps Lock и попробуйте ещё раз.",
    Gate.BLOCKED: "Учётная запись заблокирована. Обратитесь к администратору безопасности вашей организации.",
    Gate.CODE: "Код не подошёл. Введите код, который телефон показывает сейчас, или запасной код.",
}
DOOR = "вход"  # the journal's name for whoever stands at the door


@never_cache
@sensitive_post_parameters("password")
@anyone("nobody is signed in yet")
def sign_in(request: Request) -> HttpResponse:
    """Check the password and let the account in, or ask for the code."""
    form = SignInForm(request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        return form_page(request, form, "access/sign_in.html", title="Вход", ways=_ways())
    outcome = actions.sign_in(
        Actor.job(DOOR),
        login=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        address=address_of(request),
        at=now(),
    )
    if outcome.gate is Gate.CODE:
        request.session["second"] = [str(outcome.account), now().timestamp()]
        return redirect("access:sign_in_second")
    return come_in(request, outcome) or _again(request, "access/sign_in.html", form, outcome, "Вход")


@never_cache
@anyone("the password was right a moment ago, the code comes next")
def sign_in_second(request: Request) -> HttpResponse:
    """Check the code of the second step."""
    account, began = request.session.get("second", ("", 0.0))
    if now().timestamp() - began > limit_of(Rule.CODE_STEP, today()):
        request.session.pop("second", None)
        return redirect("access:sign_in")
    form = CodeForm(request.POST or None)
    if not (request.method == "POST" and form.is_valid()):
        return form_page(request, form, "access/code.html", title="Второй шаг входа")
    outcome = actions.sign_in_second(
        Actor.job(DOOR),
        account=UUID(account),
        code=form.cleaned_data["code"],
        address=address_of(request),
        at=now(),
    )
    return come_in(request, outcome) or _again(request, "access/code.html", form, outcome, "Второй шаг входа")


@require_POST
@anyone("it only signs the own account out")
def sign_out(request: Request) -> HttpResponse:
    """Sign the own account out."""
    if request.actor.account is not None:
        actions.sign_out(request.actor)
    logout(request)
    answer = redirect("access:sign_in")
    answer["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@require_POST
@needs("access.seat_choose")
def seat_choose(request: Request) -> HttpResponse:
    """Sit down on another of the own seats."""
    form = SeatChoiceForm(request.POST)
    if form.is_valid():
        seat = actions.seat_choose(request.actor, seat=form.cleaned_data["seat"], on=today())
        request.session["seat"] = str(seat.uid)
    return redirect("home")


def address_of(request: Request) -> str:
    """Return the address the request came from; a proxy must put the client there."""
    return str(request.META.get("REMOTE_ADDR", ""))[:45]


def wait_text(wait: dt.timedelta) -> str:
    """Say how long to wait."""
    minute = 60
    seconds = int(wait.total_seconds()) + 1
    length = f"{seconds} с" if seconds < minute else f"{-(-seconds // minute)} мин"
    return f"Слишком много неудачных попыток. Повторите через {length}."


def _ways() -> list[tuple[str, str]]:
    return [(title, reverse(name)) for title, name in entrances()]


def refusal_text(outcome: SignIn) -> str:
    """Say why somebody was not let in."""
    return wait_text(outcome.wait) if outcome.gate is Gate.PAUSED else TEXTS[outcome.gate]


def come_in(request: Request, outcome: SignIn) -> HttpResponse | None:
    """Begin the session of whoever may come in; otherwise nothing."""
    account = account_by_uid(outcome.account) if outcome.account and outcome.gate is Gate.OPEN else None
    if account is None:
        return None
    request.session.pop("second", None)
    login(request, account)
    request.session["address"] = address_of(request)
    request.session["agent"] = request.headers.get("User-Agent", "")[:200]
    return redirect("home")


def _again(request: Request, template: str, form: forms.Form, outcome: SignIn, title: str) -> HttpResponse:
    gate = Gate.CODE if outcome.gate is Gate.REFUSED and outcome.account else outcome.gate
    form.add_error(None, wait_text(outcome.wait) if gate is Gate.PAUSED else TEXTS[gate])
    return form_page(request, form, template, title=title, ways=_ways())
