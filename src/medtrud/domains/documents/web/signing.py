"""The signing queue, asking for signatures, the public check."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db.models import Q
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST

from medtrud.engines.signing.public import hashes_fast, signature_bytes, signature_check
from medtrud.engines.signing.types import Report
from medtrud.engines.store.public import today
from medtrud.engines.ui.public import (
    Bulk,
    Button,
    Column,
    Request,
    Tab,
    anyone,
    attempt,
    cells,
    done,
    form_page,
    listing,
    needs,
)
from medtrud.kernel.errors import NotFound, Refused
from medtrud.registries.people.public import names_of
from medtrud.registries.people.types import PersonName

from .. import actions
from ..models import Request as Asked
from ..queries import document_of, versions_of
from ..queries.signing import request_of, requests_waiting, signatures_put
from ..types import kind_of, kinds_on
from ..types.signing import ROLES
from .forms import OwnSignatureForm, ReasonForm, SignersForm, VerifyForm
from .queue import marks_of, persons_of

LONGEST = 1 << 20  # of a signature file
LONG, SHORT = 300 << 20, 20 << 20  # of a document for the public page, by what computes the hash
TOO_LONG = (
    "Файл больше {size} МБ: здесь его не проверить. Проверьте командой medtrud signature verify "
    "или попросите отправителя."
)


@needs("documents.request_list")
def request_list(request: Request) -> HttpResponse:
    """Show what waits for the signature of the seat."""
    return listing(
        request,
        requests_waiting(request.actor),
        title="На подписи",
        noun="документ,документа,документов",
        columns=(
            Column("document", "Документ", _document, "", "title", "name"),
            Column("person", "О ком", _person),
            Column("kind", "Вид", lambda row, _: cells.muted(_kind(row))),
            Column("role", "Как", lambda row, _: ROLES.get(row.role, row.role)),
            Column(
                "asked", "Запрошено", lambda row, _: cells.moment(row.asked_at), "asked_at", "aside", "date"
            ),
            Column("refuse", "Отказать", _refuse, role=""),
        ),
        tabs=(
            Tab("own", "Моя подпись", Q(account__isnull=False)),
            Tab("seal", "Печать", Q(account__isnull=True)),
        )
        if request.actor.may("documents.seal_put")
        else (),
        order="asked",
        name=lambda row: row.version.document.title,
        about=lambda rows: names_of(request.actor, persons_of(rows)),
        bulk=(
            Bulk(
                "Подписать ключом на сервере",
                reverse("documents:requests_sign"),
                "signature",
                confirm="Подписать отмеченные документы вашим ключом, который хранится на сервере?",
            ),
            Bulk("Подписать в браузере", reverse("documents:queue_browser"), "plug"),
        ),
        buttons=(Button("Подписать в браузере", reverse("documents:queue_browser"), "signature"),),
        empty="Ничего не ждёт вашей подписи.",
    )


@require_POST
@needs("documents.requests_sign")
def requests_sign(request: Request) -> HttpResponse:
    """Sign the marked documents."""
    signed = actions.requests_sign(request.actor, requests=marks_of(request.POST.getlist("id")))
    return done(request, signed.text, "documents:request_list")


@needs("documents.request_refuse")
def request_refuse(request: Request, uid: UUID) -> HttpResponse:
    """Refuse to sign, with a reason."""
    row = request_of(request.actor, uid)
    form = ReasonForm(request.POST or None)
    if attempt(form, lambda facts: actions.request_refuse(request.actor, request=uid, **facts)):
        return done(request, "Отказ записан, автор извещён.", "documents:request_list")
    return form_page(
        request,
        form,
        title="Отказать в подписи",
        lead=row.version.document.title,
        action="Отказать",
        back=reverse("documents:request_list"),
    )


@needs("documents.request_sign_own")
def request_sign_own(request: Request, uid: UUID) -> HttpResponse:
    """Take a signature made by another program."""
    row = request_of(request.actor, uid)
    form = OwnSignatureForm(request.POST or None, request.FILES or None)

    def keep(facts: dict[str, Any]) -> Asked:
        signature = facts["signature"].read(LONGEST + 1)
        if len(signature) > LONGEST:
            raise Refused(
                "Файл подписи больше мегабайта: это не отсоединённая подпись. Выберите другой файл."
            )
        return actions.request_sign_own(request.actor, request=uid, signature=signature)

    if attempt(form, keep):
        return done(request, "Подпись принята.", "documents:document", row.version.document.uid)
    back = reverse("documents:document", args=[row.version.document.uid])
    return form_page(
        request,
        form,
        title="Приложить подпись",
        lead=row.version.document.title,
        action="Приложить",
        back=back,
    )


@needs("documents.signature_request")
def signature_request(request: Request, uid: UUID) -> HttpResponse:
    """Send a draft to those who sign it."""
    row = document_of(request.actor, uid)
    form = SignersForm(request.actor, today(), kind_of(row.kind, row.on).signers, request.POST or None)
    asked = attempt(
        form,
        lambda _: actions.signature_request(request.actor, document=uid, signers=form.signers()),
    )
    if asked:
        return done(request, "Документ отправлен на подпись.", "documents:document", uid)
    back = reverse("documents:document", args=[uid])
    return form_page(request, form, title="На подпись", lead=row.title, action="Отправить", back=back)


@needs("documents.document_open")
def signature_file(request: Request, uid: UUID, signature: UUID) -> HttpResponse:
    """Give a signature file, byte for byte."""
    row = document_of(request.actor, uid)
    for version in versions_of(request.actor, row):
        for put in signatures_put(version):
            if put.row.uid == signature:
                answer = HttpResponse(signature_bytes(put.row), content_type="application/pkcs7-signature")
                name = f"{Path(version.file.name).name}.p7s"
                answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
                return answer
    raise NotFound("Такой подписи у документа нет.")


@anyone("checks what the visitor brings himself; nothing of ours is shown or kept")
def verify(request: Request) -> HttpResponse:
    """Judge a document and its signature for anybody."""
    form = VerifyForm(request.POST or None, request.FILES or None)
    report = None
    if form.is_bound and form.is_valid():
        report = _report(form)
    return form_page(
        request,
        form,
        "documents/verify.html",
        title="Проверка электронной подписи",
        action="Проверить",
        report=report,
    )


def _report(form: VerifyForm) -> Report | None:
    """Judge what was brought; a document that would occupy the server for long is left to the command."""
    file, longest = form.cleaned_data["file"], LONG if hashes_fast() else SHORT
    if file.size > longest:
        form.add_error("file", TOO_LONG.format(size=longest >> 20))
        return None
    return signature_check(form.cleaned_data["signature"].read(LONGEST), content_of(file))


def content_of(upload: "UploadedFile[Any]") -> bytes | Path:
    """Return an upload as it lies: a long one on the disk, to be read in pieces."""
    if isinstance(upload, TemporaryUploadedFile):
        return Path(upload.temporary_file_path())
    content: bytes = upload.read()
    return content


def _document(row: Asked, _: object) -> Any:
    document = row.version.document
    return cells.link(document.title, reverse("documents:document", args=[document.uid]))


def _person(row: Asked, names: dict[int, PersonName]) -> str:
    known = names.get(row.version.document.person_id or 0)
    return known.full if known else ""


def _kind(row: Asked) -> str:
    document = row.version.document
    known = kinds_on(document.on).get(document.kind)
    return known.title if known else document.kind


def _refuse(row: Asked, _: object) -> Any:
    return cells.link("отказать", reverse("documents:request_refuse", args=[row.uid]))


urlpatterns = [
    path("signing/", request_list, name="request_list"),
    path("signing/sign/", requests_sign, name="requests_sign"),
    path("signing/<uuid:uid>/refuse/", request_refuse, name="request_refuse"),
    path("signing/<uuid:uid>/own/", request_sign_own, name="request_sign_own"),
    path("verify/", verify, name="verify"),
    path("<uuid:uid>/sign/", signature_request, name="signature_request"),
    path("<uuid:uid>/signatures/<uuid:signature>/", signature_file, name="signature_file"),
]
