"""What programs of the world ask without an account: certificates, lists, states, time stamps."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from medtrud.engines.signing.drivers.answers import UNAUTHORIZED, stamp_answer, status_answer
from medtrud.engines.signing.drivers.authority import serial_new
from medtrud.engines.signing.queries import authority_key, facts_of, issuer_of, list_of, status_told
from medtrud.engines.store.public import now
from medtrud.engines.ui.public import anyone
from medtrud.kernel.errors import Refusal

LARGEST = 64 << 10  # bytes of a question


@require_GET
@anyone("certificates of an authority are public: whoever checks a signature needs them")
def issuer_file(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Give the certificate of our authority."""
    return HttpResponse(facts_of(issuer_of(certificate)).der, content_type="application/pkix-cert")


@require_GET
@anyone("lists of revoked numbers are public: whoever checks a signature needs them")
def list_file(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Give the latest list of our authority."""
    row = list_of(issuer_of(certificate))
    answer = HttpResponse(bytes(row.content), content_type="application/pkix-crl")
    answer["Content-Disposition"] = f'attachment; filename="{row.number}.crl"'
    return answer


@csrf_exempt
@require_POST
@anyone("the state of a certificate is public: the question names only its number")
def status(request: HttpRequest, certificate: UUID) -> HttpResponse:
    """Answer an OCSP question."""
    asked = request.read(LARGEST)
    issuer = issuer_of(certificate)
    try:
        _, pair = authority_key("answers", issuer.algorithm)
    except Refusal:
        return HttpResponse(UNAUTHORIZED, content_type="application/ocsp-response")
    told = status_answer(
        asked,
        pair,
        facts_of(issuer).der,
        lambda serial: status_told(issuer, serial),
        now().replace(microsecond=0),
    )
    return HttpResponse(told, content_type="application/ocsp-response")


@csrf_exempt
@require_POST
@anyone("a time stamp says only when some digest was seen; nothing is kept")
def stamp(request: HttpRequest) -> HttpResponse:
    """Answer a question for a time stamp."""
    asked = request.read(LARGEST)
    _, pair = authority_key("stamps")
    told = stamp_answer(asked, pair, now().replace(microsecond=0), serial=serial_new())
    return HttpResponse(told, content_type="application/timestamp-reply")
