"""Renewing the proof of whatever can be hashed: one time stamp over the root of many hashes."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from medtrud.engines.journal.public import record
from medtrud.engines.signing import drivers
from medtrud.engines.signing.models import ArchivePath, ArchiveStamp, Signature, SignatureCheck
from medtrud.engines.signing.queries.lists import signature_bytes
from medtrud.engines.signing.queries.trust import authority_key
from medtrud.engines.signing.rules import leaf_of, tree
from medtrud.engines.store.public import action, keep_many, now
from medtrud.kernel.actor import Actor

from .signatures import STREEBOG, streebog, token_over


@action
def signatures_restamp(actor: Actor, *, signatures: Iterable[Signature]) -> ArchiveStamp:
    """Renew the proof of many signatures: one time stamp over the root of hashes with the last checks."""
    rows = sorted(signatures, key=lambda row: row.pk)
    stamp, _ = hashes_stamp(actor, hashes=[(row.uid, _evidence(row)) for row in rows])
    record(actor, "signing.signatures_restamp", stamp, count=len(rows))
    return stamp


@action
def hashes_stamp(
    actor: Actor, *, hashes: Sequence[tuple[UUID, bytes]]
) -> tuple[ArchiveStamp, list[ArchivePath]]:
    """Stamp the root over these objects; each gets its way to the root, in the order given."""
    leaves = [leaf_of(data, streebog) for _, data in hashes]
    root, paths = tree(leaves, streebog)
    at = now().replace(microsecond=0)
    _, pair = authority_key("stamps")
    stamp = ArchiveStamp(
        root=root.hex(), digest=STREEBOG, token=token_over(pair, root, at), count=len(leaves), stamped_at=at
    )
    stamp.save()
    rows = [
        ArchivePath(stamp=stamp, target=target, leaf=leaf.hex(), place=place, path=path)
        for place, ((target, _), leaf, path) in enumerate(zip(hashes, leaves, paths, strict=True))
    ]
    keep_many(rows)
    record(actor, "signing.hashes_stamp", stamp, count=len(rows))
    return stamp, rows


def _evidence(row: Signature) -> bytes:
    """Return what the stamp covers: the document, the signature, the last check."""
    last = SignatureCheck.objects.unscoped("the archive renews the proof").filter(signature=row).last()
    report = drivers.unseal(bytes(last.box), f"check {row.sha256}".encode(), last.key) if last else b""
    return bytes.fromhex(row.content_sha256) + signature_bytes(row) + report
