"""Our own authority, foreign ones, lists of revoked certificates."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from medtrud.engines.background.public import job_start
from medtrud.engines.signing import actions
from medtrud.engines.signing.drivers.backends import backend, backend_missing
from medtrud.engines.signing.drivers.places import stamps_address
from medtrud.engines.signing.queries import authorities, facts_of, lists_latest
from medtrud.engines.store.public import now
from medtrud.engines.ui.public import Request, attempt, done, form_page, needs, page

from .forms import AuthorityForm, UploadForm
from .tables import state_of

CARD = "signing:authority_card"
CERTIFICATES = ".cer,.crt,.pem,.der"


@never_cache
@needs("signing.certificate_list")
def authority_card(request: Request) -> HttpResponse:
    """Show whom we trust and what we serve."""
    at = now()
    lines = [(row, facts_of(row), *state_of(row, at)) for row in authorities(request.actor)]
    return page(
        request,
        "signing/authority.html",
        title="Удостоверяющий центр",
        ours=[line for line in lines if line[0].own],
        others=[line for line in lines if not line[0].own],
        lists=lists_latest(request.actor),
        now=at,
        backend=backend(),
        missing=backend_missing(),
        stamps=stamps_address(),
    )


@never_cache
@needs("signing.authority_open")
def authority_open(request: Request) -> HttpResponse:
    """Open our own authority."""
    form = AuthorityForm(request.POST or None)
    if attempt(form, lambda facts: actions.authority_open(request.actor, **facts)):
        return done(request, "Удостоверяющий центр создан. Выпускайте сертификаты.", CARD)
    return form_page(
        request,
        form,
        title="Создать удостоверяющий центр",
        lead="Такие сертификаты дают неквалифицированную подпись; квалифицированную — аккредитованные.",
        action="Создать",
        back=reverse(CARD),
    )


@require_POST
@needs("signing.lists_issue")
def lists_issue(request: Request) -> HttpResponse:
    """Issue the lists now."""
    actions.lists_issue(request.actor)
    return done(request, "Списки отзыва выпущены.", CARD)


@require_POST
@needs("signing.signatures_restamp")
def signatures_recheck(request: Request) -> HttpResponse:
    """Check everything again and renew the proof: a long job with progress."""
    started = job_start(
        request.actor,
        job="signing.signatures_recheck",
        title="Повторная проверка подписей",
        link=reverse(CARD),
        before=now().isoformat(),
    )
    return done(request, "Проверка начата.", "background:job_show", started.uid)


@never_cache
@needs("signing.anchor_add")
def anchor_add(request: Request) -> HttpResponse:
    """Load certificates of a foreign authority."""
    form = UploadForm(
        request.POST or None, request.FILES or None, label="Сертификат центра", accept=CERTIFICATES
    )
    if rows := attempt(form, lambda _: actions.anchor_add(request.actor, content=form.content)):
        return done(request, f"Загружено сертификатов: {len(rows)}.", CARD)
    return form_page(
        request,
        form,
        title="Доверять удостоверяющему центру",
        lead="Сверьте отпечаток сертификата с опубликованным: вы доверитесь всем, кого центр удостоверил.",
        action="Загрузить",
        back=reverse(CARD),
    )


@require_POST
@needs("signing.anchor_drop")
def anchor_drop(request: Request, certificate: UUID) -> HttpResponse:
    """Trust no more."""
    actions.anchor_drop(request.actor, uid=certificate)
    return done(request, "Доверие снято.", CARD)


@never_cache
@needs("signing.revocation_list_add")
def revocation_list_add(request: Request) -> HttpResponse:
    """Load a list of a foreign authority."""
    form = UploadForm(request.POST or None, request.FILES or None, label="Список отзыва", accept=".crl,.pem")
    row = attempt(form, lambda _: actions.revocation_list_add(request.actor, content=form.content))
    if row:
        return done(request, f"Список отзыва загружен: сертификатов {row.count}.", CARD)
    return form_page(request, form, title="Загрузить список отзыва", action="Загрузить", back=reverse(CARD))
