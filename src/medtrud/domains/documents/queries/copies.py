"""The visual copy of a signed document: its pages, the sheet of signatures, the source inside."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from medtrud.engines.messages.public import site_address
from medtrud.engines.paper.public import Attachment, form_render, pdf_bind, qr_svg
from medtrud.engines.signing.public import signature_bytes
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused

from ..models import Document, PaperCopy, Version
from ..types import kinds_on
from ..types.copies import CopyForm, MarkForm
from ..types.paper_copies import Certified
from .signing import Put, path_of, signatures_many, signatures_put

PDF = "application/pdf"
SIGNATURE = "application/pkcs7-signature"
VERIFY = "/documents/verify/"


def copy_of(document: Document, version: Version, at: dt.datetime) -> bytes:
    """Return the copy of a version as PDF/A-3; the signed bytes inside are the bytes that are kept.

    A PDF shows its own pages first; of any other file only the sheet is printed, the file lies inside.
    """
    return copy_made(document, version, signatures_put(version), at)


def copies_of(actor: Actor, uids: Sequence[UUID], at: dt.datetime) -> list[tuple[Document, bytes]]:
    """Return the copies of the latest versions of documents the seat sees, in the order asked for."""
    rows = Version.objects.visible_to(actor).filter(document__uid__in=uids)
    rows = rows.select_related("document__organization", "document__registration", "file")
    latest = {row.document.uid: row for row in rows.order_by("number")}
    put = signatures_many(latest.values())
    chosen = [latest[uid] for uid in uids if uid in latest]
    return [(row.document, copy_made(row.document, row, put.get(row.uid, []), at)) for row in chosen]


def certified_copy(row: PaperCopy, at: dt.datetime) -> bytes:
    """Return the copy that is handed out on paper, with «Копия верна» and its number in the journal."""
    if row.version is None or row.issued_on is None:
        raise Refused("Копия ещё не выдана: у неё нет номера. Выдайте её из журнала.")
    said = Certified(
        number=str(row),
        post=row.post,
        name=row.certified_by,
        on=f"{row.issued_on:%d.%m.%Y}",
        sheets=str(row.sheets),
        taken_by=row.taken_by,
    )
    return copy_made(row.document, row.version, signatures_put(row.version), at, said)


def copy_made(
    document: Document,
    version: Version,
    put: list[Put],
    at: dt.datetime,
    certified: Certified | None = None,
) -> bytes:
    """Bind the pages, the sheet of marks and the files inside."""
    form = replace(copy_form(document, version, put, at), certified=certified)
    sheet = form_render("documents/copy.typ", form, standard="a-3b", made_at=at)
    content = path_of(version).read_bytes()
    name = Path(version.file.name).name
    attachments = [Attachment(name, content, version.file.mime, "Подписанный документ", at, source=True)]
    for number, one in enumerate(put, 1):
        title = f"{name}.{number}.p7s" if len(put) > 1 else f"{name}.p7s"
        attachments.append(Attachment(title, signature_bytes(one.row), SIGNATURE, "Электронная подпись", at))
    return pdf_bind(sheet, pages=content if version.file.mime == PDF else None, attachments=attachments)


def copy_form(document: Document, version: Version, put: list[Put], at: dt.datetime) -> CopyForm:
    """Return the sheet of signatures of a version."""
    kind = kinds_on(document.on).get(document.kind)
    registered = getattr(document, "registration", None)
    address = f"{site_address()}{VERIFY}"
    return CopyForm(
        title=document.title,
        organization=str(document.organization),
        kind=kind.title if kind else document.kind,
        number=str(registered) if registered else "не зарегистрирован",
        version=str(version.number),
        sha256=version.sha256,
        made=f"{at:%d.%m.%Y %H:%M}",
        marks=tuple(
            MarkForm(
                one.stamp.title if one.stamp else "ПОДПИСЬ",
                one.stamp.lines if one.stamp else (),
                "" if one.verdict.good else one.text,
            )
            for one in put
        ),
        qr=qr_svg(address),
        address=address,
    )
