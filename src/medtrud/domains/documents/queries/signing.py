"""The signing queue, and the signatures of a version."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db.models import Q, QuerySet

from medtrud.engines.files.public import content_at
from medtrud.engines.signing.public import Signature, signatures_of, stamp_for
from medtrud.engines.signing.types import TEXTS, Stamp, Verdict
from medtrud.engines.store.public import find
from medtrud.kernel.actor import Actor

from ..models import Request, Version
from ..types.signing import RequestState


@dataclass(frozen=True)
class Put:
    """A signature that was put on a version, as its last check found it."""

    row: Signature
    stamp: Stamp | None
    verdict: Verdict
    text: str


def requests_waiting(actor: Actor) -> QuerySet[Request]:
    """Return what waits for the signature of this seat: one's own, and the seal where the seat holds it."""
    return _mine(actor).filter(state=RequestState.WAIT)


def requests_marked(actor: Actor, marked: Sequence[UUID]) -> QuerySet[Request]:
    """Return what the seat was asked to sign among the marked, in whatever state it is by now."""
    return _mine(actor).filter(uid__in=marked)


def _mine(actor: Actor) -> QuerySet[Request]:
    mine = Q(account=actor.account)
    if actor.may("documents.seal_put"):
        mine |= Q(account__isnull=True)
    rows: QuerySet[Request] = Request.objects.visible_to(actor).filter(mine)
    return rows.select_related("version__document", "version__file").order_by("asked_at", "pk")


def requests_of(actor: Actor, version: Version) -> QuerySet[Request]:
    """Return who was asked to sign a version, in their order."""
    rows: QuerySet[Request] = Request.objects.visible_to(actor).filter(version=version)
    return rows.order_by("order", "pk")


def request_of(actor: Actor, uid: UUID) -> Request:
    """Return one request of the house."""
    return find(Request, actor, uid)


def path_of(version: Version) -> Path:
    """Return where the bytes of a version lie; the caller has shown the document to the seat."""
    return content_at(version.file)


def signatures_put(version: Version) -> list[Put]:
    """Return the signatures of a version; the caller has shown the document to the seat."""
    return signatures_many([version]).get(version.uid, [])


def signatures_many(versions: Iterable[Version]) -> dict[UUID, list[Put]]:
    """Return the signatures of versions by their uid; the caller has shown the documents to the seat."""
    return {
        uid: [put_of(row) for row in rows]
        for uid, rows in signatures_of([version.uid for version in versions]).items()
    }


def put_of(row: Signature) -> Put:
    """Return a signature with its mark and the last verdict."""
    return Put(row, stamp_for(row), Verdict(row.verdict), TEXTS[Verdict(row.verdict)])
