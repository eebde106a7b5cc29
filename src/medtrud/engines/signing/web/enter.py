"""The way in by a certificate: the browser signs a word that was never said before."""

import base64
import secrets

from django.http import HttpResponse
from django.views.decorators.cache import never_cache

from medtrud.engines.access.public import address_of, come_in, refusal_text, sign_in_proved
from medtrud.engines.access.types import Gate
from medtrud.engines.signing.queries import account_proved
from medtrud.engines.store.public import now
from medtrud.engines.ui.public import Request, anyone, page
from medtrud.kernel.actor import Actor

FRESH = 300  # seconds between the question and the answer
LATE = "Время ожидания вышло. Подпишите ещё раз."


@never_cache
@anyone("nobody is signed in yet: the signature is the proof")
def enter(request: Request) -> HttpResponse:
    """Ask for a signature over a fresh word, or let its owner in."""
    fault = _proved(request) if request.method == "POST" else ""
    if isinstance(fault, HttpResponse):
        return fault
    challenge = f"Вход в «Медтруд»: {secrets.token_urlsafe(24)}"
    request.session["challenge"] = [challenge, now().timestamp()]
    return page(
        request,
        "signing/enter.html",
        status=422 if fault else 200,
        title="Вход по сертификату",
        content=base64.b64encode(challenge.encode()).decode(),
        fault=fault,
    )


def _proved(request: Request) -> HttpResponse | str:
    challenge, began = request.session.pop("challenge", ("", 0.0))
    if now().timestamp() - began > FRESH:
        return LATE
    signature = request.POST.get("signature", "").encode()
    account, why = account_proved(signature, challenge.encode())
    outcome = sign_in_proved(
        Actor.job("вход"), account=account, why="certificate", address=address_of(request), at=now()
    )
    return come_in(request, outcome) or (why if outcome.gate is Gate.REFUSED else refusal_text(outcome))
