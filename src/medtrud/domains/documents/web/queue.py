"""Signing in the browser: many documents in one go, each with its own outcome."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from medtrud.engines.signing.public import Certificate, certificates_of, content_digest
from medtrud.engines.ui.public import Request, needs, page
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from .. import actions
from ..models import Request as Asked
from ..queries.signing import path_of, request_of, requests_marked, requests_waiting
from ..types import kinds_on
from ..types.signing import ROLES, SEAL, Choice, RequestState, Waiting

MOST = 200  # marked rows: they travel in the address
WHOLE = 1000  # rows of the whole queue on one page
DIGESTS = frozenset({"streebog256", "streebog512", "sha256"})
UNKNOWN = "Отмеченные строки не найдены. Обновите страницу и отметьте их снова."


def marks_of(given: list[str]) -> list[UUID]:
    """Read the marked rows."""
    try:
        return [UUID(mark) for mark in given[:MOST]]
    except ValueError as error:
        raise NotFound(UNKNOWN) from error


@never_cache
@needs("documents.request_sign_own")
def queue_browser(request: Request) -> HttpResponse:
    """Show the marked documents (or all that wait) and sign them by the plug-in of the browser."""
    if request.method == "POST":
        marks = [("id", str(mark)) for mark in marks_of(request.POST.getlist("id"))]
        return HttpResponseRedirect(f"{reverse('documents:queue_browser')}?{urlencode(marks)}")
    marked = marks_of(request.GET.getlist("id"))
    found = requests_marked(request.actor, marked) if marked else requests_waiting(request.actor)
    shown = list(found[: MOST if marked else WHOLE])
    names = names_of(request.actor, persons_of(shown))
    rows = [_told(row, names) for row in shown]
    waiting = [row for row in rows if row.waits]
    return page(
        request,
        "documents/queue.html",
        title="Подписать в браузере",
        lead="Ключ остаётся на вашем носителе: подписывает расширение КриптоПро ЭЦП.",
        rows=rows,
        waiting=len(waiting),
        choices=_choices(request.actor, waiting),
        more=found.count() - len(rows),
    )


def _choices(actor: Actor, waiting: list[Waiting]) -> list[Choice]:
    """Return which certificates are needed: one's own, the seal of the house, or both."""
    found = []
    if any(not row.seal for row in waiting):
        own = certificates_of(actor, account=actor.account or 0)
        found.append(Choice("own", "Ваш сертификат", numbers_of(own)))
    if any(row.seal for row in waiting):
        seals = certificates_of(actor, organization=actor.organization or 0)
        found.append(Choice("seal", "Сертификат печати организации", numbers_of(seals)))
    return found


def numbers_of(rows: list[Certificate]) -> str:
    """Return the numbers by which the page recognises the certificate to offer first."""
    return " ".join(row.number for row in rows)


def persons_of(rows: list[Asked]) -> list[int]:
    """Return whom the documents are about."""
    return sorted({row.version.document.person_id for row in rows if row.version.document.person_id})


def _told(row: Asked, names: dict[int, PersonName]) -> Waiting:
    document, state = row.version.document, RequestState(row.state)
    person = names.get(document.person_id or 0)
    known = kinds_on(document.on).get(document.kind)
    return Waiting(
        uid=row.uid,
        document=document.uid,
        version=row.version.number,
        title=document.title,
        person=person.full if person else "",
        kind=known.title if known else document.kind,
        role=ROLES.get(row.role, row.role),
        seal=row.role == SEAL,
        size=row.version.file.size,
        state=state,
    )


@never_cache
@require_GET
@needs("documents.request_sign_own")
def queue_hash(request: Request, uid: UUID, name: str) -> HttpResponse:
    """Give the hash of a long document, so that it need not travel to the browser."""
    row = request_of(request.actor, uid)
    if name not in DIGESTS:
        raise NotFound("Такой хэш не считаем. Выберите сертификат ГОСТ, ECDSA или RSA.")
    return JsonResponse({"hash": content_digest(path_of(row.version), name)})


@require_POST
@needs("documents.request_sign_own")
def queue_put(request: Request, uid: UUID) -> HttpResponse:
    """Take one signature made in the browser and say how it went."""
    signature = request.POST.get("signature", "").encode()
    try:
        row = actions.request_sign_own(request.actor, request=uid, signature=signature)
    except Refused as refusal:
        return JsonResponse({"signed": False, "text": str(refusal)}, status=refusal.status)
    return JsonResponse({"signed": True, "text": RequestState(row.state).title_ru})


urlpatterns = [
    path("signing/browser/", queue_browser, name="queue_browser"),
    path("signing/<uuid:uid>/hash/<str:name>/", queue_hash, name="queue_hash"),
    path("signing/<uuid:uid>/put/", queue_put, name="queue_put"),
]
