"""Judging signatures by evidence that lies beside them: neither a register, nor a network, nor a database."""

import datetime as dt
from pathlib import Path

from ..types import Evidence, Report
from .backends import Digest, backend
from .certificates import certificate
from .chain import Store
from .verify import FAULTS, Content, stamp_time, verify


class Offline:
    """A judge that knows only what it is given."""

    @property
    def backend(self) -> str:
        """Name what computes."""
        return backend().name

    @property
    def quick(self) -> bool:
        """Tell whether GOST digests of large files are computed in a bearable time."""
        return backend().name != "pure"

    def digest(self, name: str) -> Digest:
        """Begin a digest."""
        return backend().digest(name)

    def trust(self, evidence: Evidence) -> tuple[Store, tuple[int, ...]]:
        """Build a store; also the numbers (in the order of the fields) of blobs that do not parse."""
        store, bad = Store(answers=list(evidence.answers)), []
        for number, der in enumerate((*evidence.anchors, *evidence.certificates)):
            try:
                found = certificate(der)
            except FAULTS:
                bad.append(number)
                continue
            store.add(found)
            if number < len(evidence.anchors):
                store.anchors[found.der] = found
        for number, der in enumerate(evidence.lists, len(evidence.anchors) + len(evidence.certificates)):
            try:
                store.crl_add(der)
            except FAULTS:
                bad.append(number)
        return store, tuple(bad)

    def check(self, signature: bytes, content: bytes | Path, trust: Store, at: dt.datetime) -> Report:
        """Judge a signature file over a document at a moment."""
        return verify(signature, Content(content), trust, at)

    def stamped(
        self, token: bytes, data: bytes, trust: Store, at: dt.datetime
    ) -> tuple[dt.datetime | None, str]:
        """Return the time a token proves for these bytes, or the reason why it does not."""
        return stamp_time(token, data, trust, at)

    def named(self, der: bytes) -> str:
        """Name the owner of a certificate."""
        try:
            return certificate(der).owner
        except FAULTS:
            return ""
