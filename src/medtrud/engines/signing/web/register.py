"""Certificates and requests on the security desk."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from medtrud.engines.access.public import Account, display_names
from medtrud.engines.signing import actions
from medtrud.engines.signing.drivers.certificates import Certificate as Facts
from medtrud.engines.signing.models import Carrier, Certificate, CertificateRequest
from medtrud.engines.signing.queries import (
    accounts_like,
    asked_of,
    carriers,
    certificate_changes,
    certificates,
    certificates_found,
    facts_of,
    place_behind,
    requests,
)
from medtrud.engines.signing.rules import KINDS
from medtrud.engines.store.public import find, now
from medtrud.engines.ui.public import (
    Button,
    Column,
    Request,
    Search,
    Select,
    Tab,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
    page,
)
from medtrud.kernel.errors import Refused

from .forms import CarrierChoiceForm, CertificateForm, NoteForm, RevokeForm, WhyForm
from .tables import changes_told, soon_end, state_of, told_of

CARD = "signing:certificate_card"
LIST = "signing:certificate_list"


@never_cache
@needs("signing.certificate_issue")
def account_list(request: Request) -> HttpResponse:
    """Answer the field of an account: what may be meant."""
    found = accounts_like(request.actor, request.GET.get("q", ""))
    names = display_names(request.actor, found)
    lines = [{"value": str(row.uid), "code": row.login, "label": names[row.pk]} for row in found]
    return JsonResponse(lines, safe=False)


@never_cache
@needs("signing.certificate_list")
def certificate_list(request: Request) -> HttpResponse:
    """Show the register."""
    at = now()
    return listing(
        request,
        certificates(request.actor).order_by(),
        title="Сертификаты",
        noun="сертификат,сертификата,сертификатов",
        columns=(
            Column(
                "owner",
                "Владелец",
                lambda row, about: cells.link(
                    about[row.pk].owner, reverse(CARD, args=[row.uid]), note=_beside(about[row.pk])
                ),
                "",
                "title",
                "name",
            ),
            Column("kind", "Назначение", lambda row, _: cells.muted(KINDS[row.kind]), "kind"),
            Column("number", "Номер", lambda row, _: cells.muted(f"…{row.number[-8:]}"), "number", "line"),
            Column("until", "Действует по", lambda row, _: cells.day(row.until), "until", "aside", "date"),
            Column("state", "Состояние", lambda row, _: cells.tag(*state_of(row, at)), "", "state", "state"),
        ),
        tabs=(
            Tab("active", "Действуют", Q(state="active", until__gt=at)),
            Tab("soon", "Скоро закончатся", Q(state="active", until__gt=at, until__lt=soon_end(at))),
            Tab("hold", "Приостановлены", Q(state="hold")),
            Tab("revoked", "Отозваны", Q(state="revoked")),
            Tab("past", "Истекли", Q(until__lte=at)),
        ),
        search=Search("Владелец или номер", certificates_found),
        filters=(Select("kind", "Любое назначение", list(KINDS.items())),),
        order="until",
        about=lambda rows: {row.pk: facts_of(row) for row in rows},
        buttons=(
            Button("Выпустить сертификат", reverse("signing:certificate_issue"), "plus"),
            Button("Запросы", reverse("signing:request_list"), "inbox"),
            Button("Носители", reverse("signing:carrier_list"), "key"),
            Button("Удостоверяющий центр", reverse("signing:authority_card"), "building"),
        ),
        empty="Сертификатов ещё нет. Создайте удостоверяющий центр и выпустите первый.",
    )


def _beside(facts: Facts) -> str:
    return facts.organization if facts.organization != facts.owner else ""


@never_cache
@needs("signing.certificate_list")
def certificate_card(request: Request, certificate: UUID) -> HttpResponse:
    """Show one certificate: what it says, what happened to it, what can be done."""
    row = find(Certificate, request.actor, certificate)
    facts = facts_of(row)
    state, tone = state_of(row, now())
    return page(
        request,
        "signing/certificate.html",
        title=facts.owner,
        lead=KINDS[row.kind],
        certificate=row,
        facts=told_of(row, facts),
        state=state,
        tone=tone,
        ours=row.own and row.issuer_id is not None,
        changes=changes_told(request.actor, certificate_changes(request.actor, row)),
    )


@never_cache
@needs("signing.certificate_issue")
def certificate_issue(request: Request) -> HttpResponse:
    """Make a key kept by the server and its certificate."""
    form = CertificateForm(request.POST or None)

    def act(facts: dict[str, Any]) -> Certificate:
        account = find(Account, request.actor, UUID(facts["account"])) if facts["account"] else None
        return actions.certificate_issue(
            request.actor,
            kind=facts["kind"],
            names=form.names,
            account=account.pk if account else None,
            person=account.person if account else None,
            organization=place_behind(facts["inn"]),
            days=int(facts["days"]),
            algorithm=facts["algorithm"],
        )

    if row := attempt(form, act):
        return done(request, "Сертификат выпущен, ключ хранится на сервере.", CARD, row.uid)
    return form_page(
        request, form, title="Новый сертификат", action="Выпустить", back=reverse("signing:certificate_list")
    )


@never_cache
@needs("signing.certificate_hold")
def certificate_hold(request: Request, certificate: UUID) -> HttpResponse:
    """Suspend."""
    row = find(Certificate, request.actor, certificate)
    form = NoteForm(request.POST or None)
    if attempt(
        form, lambda facts: actions.certificate_hold(request.actor, uid=certificate, note=facts["note"])
    ):
        return done(request, "Сертификат приостановлен: подписать им нельзя.", CARD, certificate)
    return form_page(
        request,
        form,
        title=f"Приостановить сертификат {facts_of(row).owner}",
        lead="Действие можно возобновить. Если ключ мог попасть к другим — отзовите сертификат.",
        action="Приостановить",
        back=reverse(CARD, args=[certificate]),
    )


@require_POST
@needs("signing.certificate_release")
def certificate_release(request: Request, certificate: UUID) -> HttpResponse:
    """Let it work again."""
    actions.certificate_release(request.actor, uid=certificate)
    return done(request, "Действие сертификата возобновлено.", CARD, certificate)


@never_cache
@needs("signing.certificate_revoke")
def certificate_revoke(request: Request, certificate: UUID) -> HttpResponse:
    """End it for ever."""
    row = find(Certificate, request.actor, certificate)
    form = RevokeForm(request.POST or None)
    if attempt(form, lambda facts: actions.certificate_revoke(request.actor, uid=certificate, **facts)):
        return done(request, "Сертификат отозван. Список отзыва обновлён.", CARD, certificate)
    return form_page(
        request,
        form,
        title=f"Отозвать сертификат {facts_of(row).owner}",
        lead="Отозванный сертификат не возобновляют. Подписи с отметкой времени до отзыва остаются верны.",
        action="Отозвать навсегда",
        back=reverse(CARD, args=[certificate]),
    )


@require_POST
@needs("signing.certificate_renew")
def certificate_renew(request: Request, certificate: UUID) -> HttpResponse:
    """Issue the next one to the same owner."""
    row = actions.certificate_renew(request.actor, uid=certificate)
    return done(request, "Выпущен следующий сертификат того же владельца.", CARD, row.uid)


@never_cache
@needs("signing.certificate_list")
def request_list(request: Request) -> HttpResponse:
    """Show who asks for a certificate of his own key."""
    rows = list(requests(request.actor).select_related("account", "certificate")[:200])
    askers = [row.account_id for row in rows if row.state == "waiting"]
    held: dict[int | None, list[Carrier]] = {}
    for carrier in carriers(request.actor).filter(state="issued", account__in=askers):
        held.setdefault(carrier.account_id, []).append(carrier)
    lines = [(row, asked_of(row), held.get(row.account_id, [])) for row in rows]
    return page(request, "signing/requests.html", title="Запросы сертификатов", lines=lines)


@require_POST
@needs("signing.request_issue")
def request_issue(request: Request, asked: UUID) -> HttpResponse:
    """Issue what was asked for."""
    form = CarrierChoiceForm(request.POST)
    if not form.is_valid():
        raise Refused("Такого носителя нет. Обновите страницу и выберите его снова.")
    row = actions.request_issue(request.actor, uid=asked, carrier=form.cleaned_data["carrier"])
    return done(request, "Сертификат выдан по запросу.", CARD, row.uid)


@never_cache
@needs("signing.request_refuse")
def request_refuse(request: Request, asked: UUID) -> HttpResponse:
    """Refuse with a reason."""
    row = find(CertificateRequest, request.actor, asked)
    form = WhyForm(request.POST or None)
    if attempt(form, lambda facts: actions.request_refuse(request.actor, uid=row.uid, note=facts["note"])):
        return done(request, "Отказ записан.", "signing:request_list")
    back = reverse("signing:request_list")
    return form_page(request, form, title="Отказать в сертификате", action="Отказать", back=back)
