"""Writing containers: the files, the manifest over them, the seal over the manifest."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from medtrud.engines.signing.types import Evidence
from medtrud.kernel.numerals import in_words

from ..types.archive import (
    CHECKSUM,
    MANIFEST,
    README,
    RENEWALS,
    SCHEMA,
    SEALED,
    Line,
    Listed,
    Running,
)
from . import papers
from .canonical import pack
from .proof import checksum

PIECE = 1 << 20
TOLD = Path(__file__).parents[1] / "templates/documents/archive/README.txt"


@dataclass(frozen=True)
class Source:
    """One file to be put into a container."""

    path: str
    role: str
    content: bytes | Path
    signs: str = ""
    registered: dt.datetime | None = None

    def pieces(self) -> Iterator[bytes]:
        """Yield the content in pieces."""
        if isinstance(self.content, bytes):
            yield self.content
            return
        with self.content.open("rb") as stream:
            yield from iter(lambda: stream.read(PIECE), b"")


Digest = Callable[[str], Running]


def listed(source: Source, digest: Digest) -> Listed:
    """Return the line of a manifest about a file."""
    running = {name: digest(name) for name in ("sha256", "streebog256")}
    size = 0
    for piece in source.pieces():
        size += len(piece)
        for one in running.values():
            one.update(piece)
    sums = {name: one.digest().hex() for name, one in running.items()}
    return Listed(
        source.path, size, sums["sha256"], sums["streebog256"], source.role, source.signs, source.registered
    )


def manifest(lines: Iterable[Listed], facts: Mapping[str, object]) -> bytes:
    """Write the manifest: `facts` are kind, uid, title and made."""
    files = [papers.element("file", vars(line)) for line in lines]
    return papers.dump(papers.element("manifest", facts, files))


def container_write(
    target: IO[bytes],
    sources: Iterable[Source],
    facts: Mapping[str, object],
    *,
    digest: Digest,
    seal: Callable[[bytes], bytes],
) -> bytes:
    """Write a container into a stream; return its manifest."""
    files = [
        *sources,
        Source(SCHEMA, "schema", papers.schema_bytes()),
        Source(README, "readme", TOLD.read_bytes()),
    ]
    text = manifest((listed(source, digest) for source in files), facts)
    sealed = seal(text)
    head = [(MANIFEST, [text]), (SEALED, [sealed]), (CHECKSUM, [checksum(sealed)])]
    pack(target, [*head, *((source.path, source.pieces()) for source in files)])
    return text


def inventory(lines: Iterable[Line], facts: Mapping[str, object]) -> bytes:
    """Write an inventory with its final record: `facts` are kind, number and title."""
    rows = list(lines)
    record = papers.element(
        "record",
        {
            "lines": len(rows),
            "words": in_words(len(rows)),
            "units": sum(row.units for row in rows),
            "bytes": sum(row.bytes for row in rows),
        },
    )
    return papers.dump(
        papers.element("inventory", facts, [*(papers.element("line", vars(r)) for r in rows), record])
    )


def protocol(checks: Iterable[Mapping[str, object]], made: dt.datetime) -> bytes:
    """Write the protocol of checks."""
    return papers.dump(
        papers.element("protocol", {"made": made}, [papers.element("check", one) for one in checks])
    )


def evidence_files(evidence: Evidence, name: Callable[[bytes], str]) -> list[Source]:
    """Return the evidence as files, each under its digest, once."""
    found: dict[str, Source] = {}
    for role, folder, ending, blobs in (
        ("anchor", "anchors", "cer", evidence.anchors),
        ("certificate", "certificates", "cer", evidence.certificates),
        ("list", "revocation", "crl", evidence.lists),
        ("answer", "revocation", "ocsp", evidence.answers),
    ):
        for blob in blobs:
            source = Source(f"evidence/{folder}/{name(blob)}.{ending}", role, blob)
            found.setdefault(source.path, source)
    return list(found.values())


def renewal(number: int, place: int, near: list[str], leaf: bytes, root: bytes, token: bytes) -> list[Source]:
    """Return the two files of a renewal."""
    facts = {
        "number": number,
        "place": str(place),
        "leaf": leaf.hex(),
        "root": root.hex(),
        "token": hashlib.sha256(token).hexdigest(),
    }
    children = [papers.near(each) for each in near]
    path = f"{RENEWALS}{number:04}"
    return [
        Source(f"{path}.xml", "", papers.dump(papers.element("renewal", facts, children))),
        Source(f"{path}.tst", "", token),
    ]
