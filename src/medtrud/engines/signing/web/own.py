"""One's own certificates, and a trial of the plug-in of the browser."""

import base64
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from medtrud.engines.signing import actions
from medtrud.engines.signing.drivers.revocation import hashed
from medtrud.engines.signing.models import Certificate
from medtrud.engines.signing.queries import carriers_own, facts_of, requests_own, signature_check
from medtrud.engines.signing.queries import certificates_own as own_rows
from medtrud.engines.signing.rules import CARRIER_STATES
from medtrud.engines.store.public import find, now, today
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page

from .forms import UploadForm
from .tables import state_of

STEPS = (
    "1. Вставьте носитель. 2. Его программой создайте ключ и запрос на сертификат, сохраните файл. "
    "3. Приложите файл здесь. 4. Когда администратор выдаст сертификат, скачайте его в «Моих сертификатах» "
    "и той же программой запишите на носитель."
)


@never_cache
@needs("signing.certificates_own")
def certificates_own(request: Request) -> HttpResponse:
    """Show what one signs with, until when, and on which carriers."""
    at = now()
    return page(
        request,
        "signing/own.html",
        title="Мои сертификаты",
        lines=[(row, facts_of(row), *state_of(row, at)) for row in own_rows(request.actor)],
        trial=_trial(request),
        asked=requests_own(request.actor),
        carriers=[(row, CARRIER_STATES[row.state]) for row in carriers_own(request.actor)],
    )


def _trial_text(request: Request) -> bytes:
    return f"Пробная подпись. Учётная запись {request.actor.account}, {today():%d.%m.%Y}".encode()


def _trial(request: Request) -> dict[str, str]:
    text = _trial_text(request)
    hashes = {name: hashed(name, text).hex() for name in ("streebog256", "streebog512", "sha256")}
    return {"content": base64.b64encode(text).decode(), **hashes}


@require_POST
@needs("signing.certificates_own")
def signature_try(request: Request) -> HttpResponse:
    """Judge the trial signature of the browser; nothing is kept."""
    report = signature_check(request.POST.get("signature", "").encode(), _trial_text(request))
    return JsonResponse({"valid": report.verdict.good, "text": report.text})


@never_cache
@needs("signing.request_add")
def request_add(request: Request) -> HttpResponse:
    """Ask for a certificate of a key on one's own carrier."""
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        label="Файл запроса (PKCS#10)",
        accept=".p10,.csr,.req,.pem",
        hint=STEPS,
    )
    if attempt(form, lambda _: actions.request_add(request.actor, content=form.content)):
        return done(
            request, "Запрос подан. Решение примет администратор безопасности.", "signing:certificates_own"
        )
    return form_page(
        request,
        form,
        title="Запросить сертификат",
        lead="Создайте запрос программой вашего носителя: закрытый ключ его не покидает.",
        action="Подать запрос",
        back=reverse("signing:certificates_own"),
    )


@require_GET
@needs("signing.certificates_own")
def certificate_file(request: Request, certificate: UUID) -> HttpResponse:
    """Give a certificate one sees as a file."""
    row = find(Certificate, request.actor, certificate)
    answer = HttpResponse(facts_of(row).der, content_type="application/pkix-cert")
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.cer"'
    return answer
