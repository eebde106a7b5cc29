"""One's own certificates."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from medtrud.engines.signing import actions
from medtrud.engines.signing.models import Certificate
from medtrud.engines.signing.queries import carriers_own, facts_of, requests_own
from medtrud.engines.signing.queries import certificates_own as own_rows
from medtrud.engines.signing.rules import CARRIER_STATES
from medtrud.engines.store.public import find, now
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page

from .forms import UploadForm
from .tables import state_of


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
        asked=requests_own(request.actor),
        carriers=[(row, CARRIER_STATES[row.state]) for row in carriers_own(request.actor)],
    )


@never_cache
@needs("signing.request_add")
def request_add(request: Request) -> HttpResponse:
    """Ask for a certificate of a key on one's own carrier."""
    form = UploadForm(
        request.POST or None, request.FILES or None, label="Запрос PKCS#10", accept=".p10,.csr,.req,.pem"
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
