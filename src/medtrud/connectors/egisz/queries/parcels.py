"""What leaves: the file of a document, its signatures, and what the registry is told of it."""

import hashlib
import io
import zipfile
from pathlib import Path

from medtrud.domains.documents.public import document_of, document_open, versions_of
from medtrud.engines.signing.public import Signature, facts_of, signature_bytes, signatures_of
from medtrud.kernel.actor import Actor
from medtrud.kernel.errors import Refused
from medtrud.registries.people.public import identities_of

from ..models import Exchange, Submission
from ..types.exchange import Registration, Signed
from ..types.semd import KIND
from .exchange import AGENT

SEAL, CHAIRMAN, HOUSE = "seal", "CHAIRMAN", "ORGANIZATION"
NOT_WRITTEN = "Документ ещё не составлен. Дождитесь составления или нажмите «Повторить»."


def file_of(actor: Actor, row: Submission) -> bytes:
    """Return the document as it was signed; the opening is journaled by the documents."""
    if row.document is None:
        raise Refused(NOT_WRITTEN)
    return Path(document_open(actor, document=row.document, version=row.document_version).path).read_bytes()


def signatures_put(row: Submission) -> list[tuple[str, Signature]]:
    """Return the signatures of a document: the chairman's, then the organisation's."""
    if row.document is None:
        return []
    version = versions_of(AGENT, document_of(AGENT, row.document)).get(number=row.document_version or 0)
    put = signatures_of([version.uid]).get(version.uid, [])
    return [(HOUSE if each.certificate and each.certificate.kind == SEAL else CHAIRMAN, each) for each in put]


def registration_of(row: Submission, exchange: Exchange) -> Registration:
    """Return what the registry is told: the file it asks for itself."""
    content = file_of(AGENT, row)
    who = identities_of(AGENT, [row.person_id])[row.person_id]
    patient = (
        ("surname", who.last_name), ("name", who.first_name), ("patrName", who.middle_name),
        ("birthDate", row.person.birth_date.isoformat()), ("snils", who.snils),
    )  # fmt: skip
    return Registration(
        local_uid=row.uid,
        kind=KIND,
        organization=exchange.oid,
        number=row.number,
        set_number=str(row.exam),
        version=row.version,
        written_at=row.created_at,
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        signatures=tuple(Signed(role, signature_bytes(each)) for role, each in signatures_put(row)),
        patient=tuple((name, text) for name, text in patient if text),
    )


def package_of(actor: Actor, row: Submission) -> bytes:
    """Return the document with its signatures and certificates in one archive."""
    content = file_of(actor, row)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{row.uid}.xml", content)
        for role, each in signatures_put(row):
            name = f"{row.uid}.{role.lower()}"
            archive.writestr(f"{name}.p7s", signature_bytes(each))
            if each.certificate:
                archive.writestr(f"{name}.cer", facts_of(each.certificate).der)
    return stream.getvalue()
